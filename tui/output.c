#include "tui/output.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tui/door.h"
#include "tui/message.h"

enum { TEXT_SIZE = 8192, LASTS_MS = 500, EVERY_MS = 100, BAR_CELLS = 30 };

/* A pipe or socket whose other end is closed: `yijian list | head` is no fault, and ends without a word. */
static bool reader_is_gone(void) {
    struct pollfd out = {.fd = STDOUT_FILENO};
    return poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

int output_err(const struct err *err) {
    char text[TEXT_SIZE];
    if (err->status != STATUS_IO || !reader_is_gone())
        fprintf(stderr, "yijian: %s\n", message_err(err, text, sizeof text));
    return (int)err->status;
}

static void complain(const char *format, va_list arguments) {
    char raw[TEXT_SIZE], safe[TEXT_SIZE];
    vsnprintf(raw, sizeof raw, format, arguments);
    fprintf(stderr, "yijian: %s\n", door_text(raw, safe, sizeof safe));
}

int output_usage(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    complain(format, arguments);
    va_end(arguments);
    fprintf(stderr, "%s\n", _("`yijian help` shows the commands, `yijian COMMAND --help` one of them."));
    return STATUS_USAGE;
}

int output_not_allowed(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    complain(format, arguments);
    va_end(arguments);
    return STATUS_NOT_ALLOWED;
}

void output_note(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    complain(format, arguments);
    va_end(arguments);
}

int output_no_memory(void) {
    static const struct err err = {.status = STATUS_INTERNAL, .message = N_("no memory left; nothing was changed")};
    return output_err(&err);
}

/* Reading from a stream that is for writing makes it one that has failed. */
static void lost(FILE *file) {
    (void)fgetc(file);
}

void output_lost(void) {
    lost(stdout);
}

void output_text(FILE *file, const char *text) {
    char small[TEXT_SIZE];
    size_t room = 8 * strlen(text) + 1; /* a byte becomes a mark of at most eight */
    char *out = room <= sizeof small ? small : malloc(room);
    if (out == NULL) {
        lost(file);
        return;
    }
    fputs(door_text(text, out, room), file);
    if (out != small)
        free(out);
}

void output_line(const char *format, ...) {
    char *line = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&line, format, arguments);
    va_end(arguments);
    if (length < 0) {
        lost(stdout);
        return;
    }
    output_text(stdout, line);
    fputc('\n', stdout);
    free(line);
}

void output_cell(const char *text, int cells) {
    char out[TEXT_SIZE];
    int width = door_width(text);
    if (width > cells && !isatty(STDOUT_FILENO))
        cells = width;
    printf("%s ", door_fit(text, cells, out, sizeof out));
}

void output_labelled(const char *label, int cells, const char *text) {
    output_cell(label, cells);
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
    if (!failed)
        return STATUS_OK;
    output_lost();
    return output_no_memory();
}

bool output_failed(void) {
    return ferror(stdout) != 0 || reader_is_gone();
}

int output_flush(void) {
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return STATUS_OK;
    int why = errno;
    if (!reader_is_gone())
        output_note(_("the output could not be written in full: %s"), strerror(why != 0 ? why : EIO));
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
    uint64_t part = done < total ? done : total;
    int filled = (int)(part * BAR_CELLS / total);
    fprintf(stderr, "\r[%.*s%*s] %3llu%%", filled, "##############################", BAR_CELLS - filled, "",
            (unsigned long long)(part * 100 / total));
}

void output_progress_end(struct output_progress *progress) {
    if (progress->shown)
        fprintf(stderr, "\r%*s\r", BAR_CELLS + 12, "");
    progress->shown = false;
}
