#include "store/input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/text.h"
#include "store/crypto.h"

enum framing { FRAMING_UNKNOWN, FRAMING_LINES, FRAMING_ARRAY, FRAMING_WHOLE };

enum { CHUNK = 256 * 1024, CAPACITY = INPUT_LINE_MAX + CHUNK + 1, ASK_EVERY_MS = 200 };

struct input {
    int fd;
    char name[256];
    uint64_t size;
    uint64_t position; /* bytes read from the file so far */
    enum framing framing;
    bool at_end; /* of the file */
    bool broken; /* the framing cannot be followed any further */
    bool array_begun;
    bool array_closed;
    EVP_MD *algorithm;
    EVP_MD_CTX *bytes;                    /* digest of what was read */
    unsigned char first[EVP_MAX_MD_SIZE]; /* of the first reading */
    bool again;                           /* this is the second */
    int64_t line;                         /* of data[start] */
    size_t start, end;                    /* of what is not consumed yet */
    char *data;
};

const char *input_spool_folder(void) {
    const char *folder = getenv("TMPDIR");
    return folder != NULL && folder[0] == '/' ? folder : "/tmp";
}

/* Waits for standard input, and looks now and then whether it is still wanted; false where it is not. */
static bool wait_for_stdin(bool (*quit)(void *data), void *data) {
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    int ready = 0;
    while (ready <= 0 && (quit == NULL || !quit(data)))
        ready = poll(&in, 1, ASK_EVERY_MS);
    return ready > 0;
}

static enum status spool_stdin(struct input *input, bool (*quit)(void *data), void *data, struct err *err) {
    int fd = open(input_spool_folder(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_set(err, STATUS_CANNOT_CREATE, N_("cannot make a temporary file for standard input: %1"),
                       strerror(errno), NULL);
    input->fd = fd;
    for (;;) {
        if (!wait_for_stdin(quit, data))
            return err_set(err, STATUS_BUSY, N_("ended as asked; nothing was changed"), NULL);
        ssize_t n = read(STDIN_FILENO, input->data, CHUNK);
        if (n == 0)
            return STATUS_OK;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_set(err, STATUS_NO_INPUT, N_("standard input cannot be read: %1"), strerror(errno), NULL);
        for (ssize_t done = 0; done < n;) {
            ssize_t written = write(fd, input->data + done, (size_t)(n - done));
            if (written < 0)
                return err_set(err, STATUS_IO, N_("cannot keep standard input in a temporary file: %1"),
                               strerror(errno), NULL);
            done += written;
        }
    }
}

static enum status open_file(struct input *input, const char *path, struct err *err) {
    struct stat info;
    input->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (input->fd < 0)
        return err_set(err, STATUS_NO_INPUT, N_("cannot open %1: %2"), path, strerror(errno), NULL);
    if (fstat(input->fd, &info) != 0 || !S_ISREG(info.st_mode))
        return err_set(err, STATUS_NO_INPUT, N_("%1 is not a regular file; use - for standard input"), path, NULL);
    return STATUS_OK;
}

enum status input_open(const char *path, bool (*quit)(void *data), void *data, struct input **out, struct err *err) {
    struct input *input = calloc(1, sizeof *input);
    if (input == NULL)
        return err_no_memory(err);
    input->fd = -1;
    if ((input->data = malloc(CAPACITY)) == NULL || (input->bytes = EVP_MD_CTX_new()) == NULL ||
        (input->algorithm = crypto_digest("SHA256")) == NULL) {
        input_close(input);
        return err_no_memory(err);
    }
    bool standard = strcmp(path, "-") == 0;
    text_copy(standard ? "<stdin>" : path, input->name, sizeof input->name);
    enum status status = standard ? spool_stdin(input, quit, data, err) : open_file(input, path, err);
    struct stat info;
    if (status == STATUS_OK && fstat(input->fd, &info) == 0)
        input->size = (uint64_t)info.st_size;
    if (status == STATUS_OK)
        status = input_rewind(input, err);
    if (status != STATUS_OK) {
        input_close(input);
        return status;
    }
    *out = input;
    return STATUS_OK;
}

void input_close(struct input *input) {
    if (input == NULL)
        return;
    if (input->fd >= 0)
        close(input->fd);
    EVP_MD_CTX_free(input->bytes);
    EVP_MD_free(input->algorithm);
    free(input->data);
    free(input);
}

const char *input_name(const struct input *input) {
    return input->name;
}

uint64_t input_position(const struct input *input) {
    return input->position;
}

uint64_t input_size(const struct input *input) {
    return input->size;
}

enum status input_rewind(struct input *input, struct err *err) {
    if (lseek(input->fd, 0, SEEK_SET) != 0)
        return err_set(err, STATUS_NO_INPUT, N_("%1 cannot be read twice: %2"), input->name, strerror(errno), NULL);
    input->again = input->framing != FRAMING_UNKNOWN;
    if ((input->again && EVP_DigestFinal_ex(input->bytes, input->first, NULL) != 1) ||
        EVP_DigestInit_ex2(input->bytes, input->algorithm, NULL) != 1)
        return err_no_memory(err);
    input->framing = FRAMING_UNKNOWN;
    input->at_end = input->broken = input->array_begun = input->array_closed = false;
    input->position = 0;
    input->start = input->end = 0;
    input->line = 1;
    return STATUS_OK;
}

/* Reads more behind what is there; false on an error. Where the buffer is full nothing is read. */
static bool fill(struct input *input, struct err *err) {
    if (input->start > 0) {
        memmove(input->data, input->data + input->start, input->end - input->start);
        input->end -= input->start;
        input->start = 0;
    }
    size_t room = CAPACITY - input->end;
    if (room == 0 || input->at_end)
        return true;
    ssize_t n;
    while ((n = read(input->fd, input->data + input->end, room < CHUNK ? room : CHUNK)) < 0 && errno == EINTR)
        ;
    if (n < 0) {
        err_set(err, STATUS_NO_INPUT, N_("%1 cannot be read: %2"), input->name, strerror(errno), NULL);
        return false;
    }
    if (EVP_DigestUpdate(input->bytes, input->data + input->end, (size_t)n) != 1) {
        err_no_memory(err);
        return false;
    }
    input->at_end = n == 0;
    input->end += (size_t)n;
    input->position += (size_t)n;
    return true;
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Consumes n bytes. */
static void consume(struct input *input, size_t n) {
    for (const char *p = input->data + input->start; n > 0; p++, n--) {
        if (*p == '\n')
            input->line++;
        input->start++;
    }
}

/* Consumes white space; false on an error. */
static bool skip_space(struct input *input, struct err *err) {
    for (;;) {
        while (input->start < input->end && is_space(input->data[input->start]))
            consume(input, 1);
        if (input->start < input->end || input->at_end)
            return true;
        if (!fill(input, err))
            return false;
    }
}

static void fault_here(struct input *input, struct fault *fault, const char *code, const char *found,
                       const char *expected) {
    fault->line = input->line;
    fault->pointer[0] = fault->found_arg[0] = fault->expected_arg[0] = '\0';
    fault->code = code;
    fault->found = found;
    fault->expected = expected;
}

static bool starts_utf16(const struct input *input) {
    const unsigned char *s = (const unsigned char *)input->data;
    return input->end >= 2 &&
           ((s[0] == 0xFF && s[1] == 0xFE) || (s[0] == 0xFE && s[1] == 0xFF) || s[0] == 0 || s[1] == 0);
}

/* How far the brackets of the first line are from closed; *next is where the following line starts. */
static int open_brackets(const char *text, size_t length, size_t *next) {
    int depth = 0;
    bool in_string = false;
    size_t i = 0;
    for (; i < length && text[i] != '\n'; i++) {
        if (in_string && text[i] == '\\')
            i++;
        else if (text[i] == '"')
            in_string = !in_string;
        else if (!in_string && (text[i] == '{' || text[i] == '['))
            depth++;
        else if (!in_string && (text[i] == '}' || text[i] == ']'))
            depth--;
    }
    *next = i < length ? i + 1 : length;
    return depth;
}

/* An input that starts with { is one document over several lines where its first line leaves brackets open and the next
 * does not start a document of its own; else it is a document a line. */
static enum framing detect(const struct input *input) {
    const char *text = input->data + input->start;
    size_t length = input->end - input->start, next;
    if (length > 0 && text[0] == '[')
        return FRAMING_ARRAY;
    if (length == 0 || text[0] != '{' || open_brackets(text, length, &next) <= 0 || next == length)
        return FRAMING_LINES;
    return text[next] == '{' ? FRAMING_LINES : FRAMING_WHOLE;
}

static enum input_step begin(struct input *input, struct fault *fault, struct err *err) {
    if (!fill(input, err))
        return INPUT_ERROR;
    if (starts_utf16(input)) {
        fault_here(input, fault, "encoding", N_FAULT("UTF-16 text"), N_FAULT("UTF-8"));
        input->framing = FRAMING_WHOLE;
        input->broken = true;
        return INPUT_FAULT;
    }
    if (input->end >= 3 && memcmp(input->data, "\xEF\xBB\xBF", 3) == 0)
        input->start = 3;
    if (!skip_space(input, err))
        return INPUT_ERROR;
    input->framing = detect(input);
    return INPUT_DOCUMENT;
}

static enum input_step too_long(struct input *input, struct fault *fault) {
    fault_here(input, fault, "line-length", N_FAULT("a document or line over 1 MiB"), N_FAULT("at most 1 MiB"));
    return INPUT_FAULT;
}

static enum input_step skip_long_line(struct input *input, struct fault *fault, struct err *err) {
    too_long(input, fault);
    for (;;) {
        const char *newline = memchr(input->data + input->start, '\n', input->end - input->start);
        size_t n = newline == NULL ? input->end - input->start : (size_t)(newline - input->data) - input->start + 1;
        consume(input, n);
        if (newline != NULL || input->at_end)
            return INPUT_FAULT;
        if (!fill(input, err))
            return INPUT_ERROR;
    }
}

static enum input_step next_line(struct input *input, struct input_slice *slice, struct fault *fault, struct err *err) {
    if (!skip_space(input, err))
        return INPUT_ERROR;
    for (;;) {
        size_t have = input->end - input->start;
        const char *newline = memchr(input->data + input->start, '\n', have);
        size_t length = newline == NULL ? have : (size_t)(newline - input->data) - input->start;
        if (length > INPUT_LINE_MAX)
            return skip_long_line(input, fault, err);
        if (newline != NULL || input->at_end) {
            *slice = (struct input_slice){input->data + input->start, length, input->line};
            consume(input, newline == NULL ? length : length + 1);
            return length == 0 ? INPUT_END : INPUT_DOCUMENT;
        }
        if (!fill(input, err))
            return INPUT_ERROR;
    }
}

static enum input_step next_whole(struct input *input, struct input_slice *slice, struct fault *fault,
                                  struct err *err) {
    while (!input->at_end && input->end - input->start <= INPUT_LINE_MAX)
        if (!fill(input, err))
            return INPUT_ERROR;
    if (input->end == input->start)
        return INPUT_END;
    if (input->end - input->start > INPUT_LINE_MAX) {
        input->broken = true;
        return too_long(input, fault);
    }
    *slice = (struct input_slice){input->data + input->start, input->end - input->start, input->line};
    consume(input, input->end - input->start);
    return INPUT_DOCUMENT;
}

/* Length of the array element that starts at data[start]: up to the comma or bracket that ends it. False where the
 * bytes at hand do not hold its end. */
static bool element_length(const struct input *input, size_t *length) {
    int depth = 0;
    bool in_string = false;
    for (size_t i = input->start; i < input->end; i++) {
        char c = input->data[i];
        if (in_string && c == '\\') {
            i++;
        } else if (c == '"') {
            in_string = !in_string;
        } else if (!in_string && depth == 0 && (c == ',' || c == ']')) {
            *length = i - input->start;
            return true;
        } else if (!in_string && (c == '{' || c == '[')) {
            depth++;
        } else if (!in_string && (c == '}' || c == ']')) {
            depth--;
        }
    }
    return false;
}

static enum input_step array_broken(struct input *input, struct fault *fault, const char *found, const char *expected) {
    input->broken = true;
    fault_here(input, fault, "not-json", found, expected);
    return INPUT_FAULT;
}

/* Stands behind [ or behind an element: consumes the bracket or comma there. */
static enum input_step array_step(struct input *input, struct fault *fault, struct err *err) {
    if (!skip_space(input, err))
        return INPUT_ERROR;
    if (input->start == input->end)
        return array_broken(input, fault, N_FAULT("the end of the text"), N_FAULT("the ] that ends the array"));
    char c = input->data[input->start];
    consume(input, 1);
    bool first = !input->array_begun;
    input->array_begun = true;
    if (!skip_space(input, err))
        return INPUT_ERROR;
    bool closes = first && input->start < input->end && input->data[input->start] == ']';
    if (closes)
        consume(input, 1);
    if (c != ']' && !closes)
        return INPUT_DOCUMENT;
    input->array_closed = true;
    return skip_space(input, err) ? INPUT_END : INPUT_ERROR;
}

static enum input_step next_element(struct input *input, struct input_slice *slice, struct fault *fault,
                                    struct err *err) {
    if (!input->array_closed) {
        enum input_step step = array_step(input, fault, err);
        if (step == INPUT_ERROR || step == INPUT_FAULT)
            return step;
    }
    if (input->array_closed) {
        input->broken = true;
        if (input->start == input->end)
            return INPUT_END;
        fault_here(input, fault, "trailing-text", N_FAULT("text after the array"), N_FAULT("nothing after the array"));
        return INPUT_FAULT;
    }
    size_t length;
    while (!element_length(input, &length)) {
        if (input->end - input->start > INPUT_LINE_MAX) {
            input->broken = true;
            return too_long(input, fault);
        }
        if (input->at_end)
            return array_broken(input, fault, N_FAULT("the end of the text"), N_FAULT("the ] that ends the array"));
        if (!fill(input, err))
            return INPUT_ERROR;
    }
    *slice = (struct input_slice){input->data + input->start, length, input->line};
    consume(input, length);
    return INPUT_DOCUMENT;
}

static enum input_step next(struct input *input, struct input_slice *slice, struct fault *fault, struct err *err) {
    if (input->framing == FRAMING_UNKNOWN) {
        enum input_step step = begin(input, fault, err);
        if (step != INPUT_DOCUMENT)
            return step;
    }
    if (input->broken)
        return INPUT_END;
    switch (input->framing) {
    case FRAMING_ARRAY:
        return next_element(input, slice, fault, err);
    case FRAMING_WHOLE:
        return next_whole(input, slice, fault, err);
    default:
        return next_line(input, slice, fault, err);
    }
}

/* At the end of the second reading: whether it was the same bytes as the first. */
static bool read_the_same(struct input *input, struct err *err) {
    unsigned char second[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    bool summed = EVP_DigestFinal_ex(input->bytes, second, &length) == 1;
    if (summed && memcmp(second, input->first, length) == 0)
        return true;
    if (!summed)
        err_no_memory(err);
    else
        err_set(err, STATUS_NO_INPUT, N_("%1 was changed while it was read; nothing was written, try again"),
                input->name, NULL);
    return false;
}

enum input_step input_next(struct input *input, struct input_slice *slice, struct fault *fault, struct err *err) {
    enum input_step step = next(input, slice, fault, err);
    return step == INPUT_END && input->again && !read_the_same(input, err) ? INPUT_ERROR : step;
}
