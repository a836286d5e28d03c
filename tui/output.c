#include "tui/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tui/door.h"
#include "tui/message.h"

enum { TEXT_SIZE = 8192, LABEL_CELLS = 14, LASTS_MS = 500, EVERY_MS = 100, BAR_CELLS = 30 };

int output_err(const struct err *err) {
    char text[TEXT_SIZE];
    fprintf(stderr, "yijian: %s\n", message_err(err, text, sizeof text));
    return (int)err->status;
}

static void complain(const char *format, const char *first, const char *second) {
    char raw[TEXT_SIZE], safe[TEXT_SIZE];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(raw, sizeof raw, format, first, second);
#pragma GCC diagnostic pop
    fprintf(stderr, "yijian: %s\n", door_text(raw, safe, sizeof safe));
}

int output_usage(const char *format, const char *first, const char *second) {
    complain(format, first, second);
    fprintf(stderr, "%s\n", _("`yijian help` shows the commands, `yijian COMMAND --help` one of them."));
    return STATUS_USAGE;
}

int output_not_allowed(const char *format, const char *first) {
    complain(format, first, "");
    return STATUS_NOT_ALLOWED;
}

void output_note(const char *format, const char *first) {
    complain(format, first, "");
}

void output_text(FILE *file, const char *text) {
    char small[TEXT_SIZE];
    size_t room = 8 * strlen(text) + 1; /* a byte becomes a mark of at most eight */
    char *out = room <= sizeof small ? small : malloc(room);
    if (out == NULL)
        return;
    fputs(door_text(text, out, room), file);
    if (out != small)
        free(out);
}

void output_cell(FILE *file, const char *text, int cells) {
    char out[TEXT_SIZE];
    fprintf(file, "%s ", door_fit(text, cells, out, sizeof out));
}

void output_line(const char *label, const char *text) {
    output_cell(stdout, label, LABEL_CELLS);
    output_text(stdout, text);
    fputc('\n', stdout);
}

int output_json(struct json *json) {
    bool failed = json->failed;
    if (!failed) {
        fputs(json->data, stdout);
        fputc('\n', stdout);
    }
    json_free(json);
    struct err err = {.status = STATUS_INTERNAL, .message = N_("no memory left; nothing was changed")};
    return failed ? output_err(&err) : STATUS_OK;
}

int output_flush(void) {
    if (fflush(stdout) == 0 && !ferror(stdout))
        return STATUS_OK;
    if (errno != EPIPE)
        complain(_("cannot write the output: %s%s"), strerror(errno), "");
    return STATUS_IO;
}

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void output_progress_start(struct output_progress *progress) {
    *progress = (struct output_progress){.started_ms = now_ms()};
}

void output_progress_show(struct output_progress *progress, uint64_t done, uint64_t total) {
    int64_t now = now_ms();
    if (now - progress->started_ms < LASTS_MS || now - progress->shown_ms < EVERY_MS || !isatty(STDERR_FILENO))
        return;
    progress->shown_ms = now;
    progress->shown = true;
    if (total == 0) {
        fprintf(stderr, "\r%llu", (unsigned long long)done);
        return;
    }
    int filled = (int)(done * BAR_CELLS / total);
    fprintf(stderr, "\r[%.*s%*s] %3llu%%", filled, "##############################", BAR_CELLS - filled, "",
            (unsigned long long)(done * 100 / total));
}

void output_progress_end(struct output_progress *progress) {
    if (progress->shown)
        fprintf(stderr, "\r%*s\r", BAR_CELLS + 12, "");
    progress->shown = false;
}
