#include "store/json_read.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"

/* One pass over the bytes: UTF-8, control characters, escapes of U+0000, the grammar of numbers, depth. Everything else
 * is cJSON's work. */
struct scan {
    const char *text;
    size_t length;
    size_t at;
    int depth;
    struct fault *fault;
};

static bool found(struct scan *scan, const char *code, const char *what, const char *expected, const char *argument) {
    scan->fault->code = code;
    scan->fault->found = what;
    scan->fault->expected = expected;
    text_copy(argument, scan->fault->found_arg, FAULT_TEXT_SIZE);
    return false;
}

static bool fault_character(struct scan *scan, uint32_t c) {
    char name[16];
    snprintf(name, sizeof name, "U+%04X", (unsigned)c);
    return found(scan, "control-character", N_FAULT("control character %1"), N_FAULT("text without control characters"),
                 name);
}

/* In GBK hardly anything happens to be UTF-8; in damaged UTF-8 nearly everything still is. */
static bool mostly_utf8(const char *text, size_t length) {
    size_t good = 0, bad = 0, used;
    for (size_t at = 0; at < length; at += used) {
        bool valid = text_decode(text + at, length - at, &used) != TEXT_INVALID;
        good += valid && used > 1 ? 1 : 0;
        bad += valid ? 0 : 1;
    }
    return good >= bad;
}

static bool looks_gbk(const char *text, size_t length) {
    const unsigned char *s = (const unsigned char *)text;
    size_t pairs = 0;
    for (size_t i = 0; i < length; i++) {
        if (s[i] < 0x80)
            continue;
        if (s[i] == 0x80 || s[i] == 0xFF || i + 1 >= length)
            return false;
        bool four = s[i + 1] >= 0x30 && s[i + 1] <= 0x39 && i + 3 < length;
        bool two = s[i + 1] >= 0x40 && s[i + 1] != 0x7F && s[i + 1] != 0xFF;
        if (!four && !two)
            return false;
        i += four ? 3 : 1;
        pairs++;
    }
    return pairs > 0 && !mostly_utf8(text, length);
}

static bool scan_utf8(struct scan *scan, uint32_t *character, size_t *used) {
    *character = text_decode(scan->text + scan->at, scan->length - scan->at, used);
    if (*character != TEXT_INVALID)
        return true;
    if (looks_gbk(scan->text, scan->length))
        return found(scan, "encoding", N_FAULT("GBK or GB18030 text"), N_FAULT("UTF-8"), "");
    char byte[8];
    snprintf(byte, sizeof byte, "0x%02X", (unsigned char)scan->text[scan->at]);
    return found(scan, "encoding", N_FAULT("invalid UTF-8, byte %1"), N_FAULT("UTF-8"), byte);
}

static bool scan_string(struct scan *scan) {
    scan->at++;
    while (scan->at < scan->length) {
        const char *p = scan->text + scan->at;
        size_t left = scan->length - scan->at;
        if (*p == '"') {
            scan->at++;
            return true;
        }
        if (*p == '\\') {
            if (left >= 6 && memcmp(p, "\\u0000", 6) == 0)
                return fault_character(scan, 0);
            scan->at += left >= 2 && (unsigned char)p[1] < 0x80 ? 2 : 1;
            continue;
        }
        if ((unsigned char)*p >= 0x20 && (unsigned char)*p < 0x7F) {
            scan->at++;
            continue;
        }
        uint32_t c;
        size_t used;
        if (!scan_utf8(scan, &c, &used))
            return false;
        if (c < 0x20)
            return fault_character(scan, c);
        scan->at += used;
    }
    return true; /* not closed: cJSON says so */
}

static size_t digits(const struct scan *scan, size_t at) {
    size_t n = 0;
    while (at + n < scan->length && scan->text[at + n] >= '0' && scan->text[at + n] <= '9')
        n++;
    return n;
}

/* RFC 8259: -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)? */
static bool scan_number(struct scan *scan) {
    const char *s = scan->text;
    size_t at = scan->at;
    if (s[at] == '-')
        at++;
    size_t whole = digits(scan, at);
    bool good = whole > 0 && (whole == 1 || s[at] != '0');
    at += whole;
    if (good && at < scan->length && s[at] == '.') {
        size_t n = digits(scan, ++at);
        good = n > 0;
        at += n;
    }
    if (good && at < scan->length && (s[at] == 'e' || s[at] == 'E')) {
        at++;
        if (at < scan->length && (s[at] == '+' || s[at] == '-'))
            at++;
        size_t n = digits(scan, at);
        good = n > 0;
        at += n;
    }
    if (!good || (at < scan->length && strchr(".eE+-", s[at]) != NULL))
        return found(scan, "not-json", N_FAULT("a malformed number"), N_FAULT("a JSON number"), "");
    scan->at = at;
    return true;
}

static bool scan_other(struct scan *scan) {
    char c = scan->text[scan->at];
    if (c == '{' || c == '[') {
        if (++scan->depth > JSON_DEPTH_MAX)
            return found(scan, "nesting", N_FAULT("nesting deeper than 32"), N_FAULT("nesting of 32 at the most"), "");
    } else if (c == '}' || c == ']') {
        scan->depth--;
    } else if ((unsigned char)c < 0x20 && c != '\t' && c != '\n' && c != '\r') {
        return fault_character(scan, (unsigned char)c);
    } else if ((unsigned char)c >= 0x80) {
        uint32_t character;
        size_t used;
        if (!scan_utf8(scan, &character, &used))
            return false;
        return found(scan, "not-json", N_FAULT("a character outside a string"), N_FAULT("JSON"), "");
    }
    scan->at++;
    return true;
}

static bool scan_all(struct scan *scan) {
    while (scan->at < scan->length) {
        char c = scan->text[scan->at];
        bool good = c == '"'                             ? scan_string(scan)
                    : c == '-' || (c >= '0' && c <= '9') ? scan_number(scan)
                                                         : scan_other(scan);
        if (!good)
            return false;
    }
    return true;
}

/* The path of containers that are open at a place, for the pointer of a fault: only walked once something is wrong. */
struct path {
    struct {
        char bracket;
        unsigned index;
        size_t key, key_length; /* of the member we are in: where its name stands */
    } levels[JSON_DEPTH_MAX + 2];
    size_t depth;
};

static size_t string_end(const char *text, size_t at, size_t to) {
    for (at++; at < to && text[at] != '"'; at++)
        if (text[at] == '\\')
            at++;
    return at;
}

static void path_walk(struct path *path, const char *text, size_t to) {
    for (size_t at = 0; at < to; at++) {
        char c = text[at];
        if (c == '"') {
            size_t end = string_end(text, at, to);
            if (path->depth > 0 && path->levels[path->depth - 1].key_length == 0) {
                path->levels[path->depth - 1].key = at + 1;
                path->levels[path->depth - 1].key_length = end > at + 1 ? (end < to ? end : to) - at - 1 : 0;
            }
            at = end;
        } else if ((c == '{' || c == '[') && path->depth < sizeof path->levels / sizeof path->levels[0]) {
            path->levels[path->depth].bracket = c;
            path->levels[path->depth].index = 0;
            path->levels[path->depth++].key_length = 0;
        } else if ((c == '}' || c == ']') && path->depth > 0) {
            path->depth--;
        } else if (c == ',' && path->depth > 0) {
            path->levels[path->depth - 1].index++;
            path->levels[path->depth - 1].key_length = 0;
        }
    }
}

static void locate(const char *text, size_t at, struct fault *fault) {
    struct path path = {.depth = 0};
    path_walk(&path, text, at);
    fault->pointer[0] = '\0';
    for (size_t i = 0; i < path.depth; i++) {
        char index[16];
        bool list = path.levels[i].bracket == '[';
        int n = snprintf(index, sizeof index, "%u", path.levels[i].index);
        fault_step(fault->pointer, list ? index : text + path.levels[i].key,
                   list ? (size_t)n : path.levels[i].key_length);
    }
    for (size_t i = 0; i < at; i++)
        if (text[i] == '\n')
            fault->line++;
}

static void fault_syntax(struct scan *scan, bool trailing) {
    const char *p = scan->text + scan->at;
    char shown[8] = "";
    if (scan->at < scan->length) {
        size_t used;
        text_decode(p, scan->length - scan->at, &used);
        snprintf(shown, sizeof shown, "%.*s", (int)used, p);
    }
    if (trailing)
        found(scan, "trailing-text", N_FAULT("text after the document: %1"), N_FAULT("nothing after the document"),
              shown);
    else if (scan->at >= scan->length)
        found(scan, "not-json", N_FAULT("the end of the text"), N_FAULT("the rest of a JSON document"), "");
    else
        found(scan, "not-json", N_FAULT("not JSON at: %1"), N_FAULT("JSON"), shown);
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

cJSON *json_read(const char *text, size_t length, struct fault *fault) {
    struct scan scan = {.text = text, .length = length, .fault = fault};
    cJSON *tree = NULL;
    if (!scan_all(&scan)) {
        locate(text, scan.at, fault);
        return NULL;
    }
    const char *end = text;
    tree = cJSON_ParseWithLengthOpts(text, length, &end, 0);
    scan.at = (size_t)(end - text);
    while (scan.at < length && is_space(text[scan.at]))
        scan.at++;
    if (tree != NULL && scan.at == length)
        return tree;
    fault_syntax(&scan, tree != NULL);
    locate(text, scan.at, fault);
    cJSON_Delete(tree);
    return NULL;
}

bool json_whole(const cJSON *node, int64_t *out) {
    static const double largest = 9007199254740991;
    double number = cJSON_IsNumber(node) ? node->valuedouble : 0.5;
    if (!(number >= -largest && number <= largest) || (double)(int64_t)number != number)
        return false;
    *out = (int64_t)number;
    return true;
}
