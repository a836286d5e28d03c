#include "store/json_write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool reserve(struct json *json, size_t more) {
    if (json->failed)
        return false;
    if (json->used + more < json->size)
        return true;
    size_t size = json->size == 0 ? 1024 : json->size;
    while (json->used + more >= size)
        size *= 2;
    char *data = realloc(json->data, size);
    if (data == NULL) {
        json->failed = true;
        return false;
    }
    json->data = data;
    json->size = size;
    return true;
}

static void put_bytes(struct json *json, const char *bytes, size_t count) {
    if (!reserve(json, count + 1))
        return;
    memcpy(json->data + json->used, bytes, count);
    json->used += count;
    json->data[json->used] = '\0';
}

/* RFC 8785 3.2.2.2: short escapes where there are any, \u00xx in lower case for the other controls. */
static void put_escaped(struct json *json, unsigned char c) {
    static const char shorts[32] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    char escape[8];
    int n;
    if (c == '"' || c == '\\')
        n = snprintf(escape, sizeof escape, "\\%c", c);
    else if (shorts[c] != 0)
        n = snprintf(escape, sizeof escape, "\\%c", shorts[c]);
    else
        n = snprintf(escape, sizeof escape, "\\u%04x", c);
    put_bytes(json, escape, (size_t)n);
}

static void put_string(struct json *json, const char *text) {
    put_bytes(json, "\"", 1);
    const char *run = text;
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        put_bytes(json, run, (size_t)(text - run));
        put_escaped(json, c);
        run = text + 1;
    }
    put_bytes(json, run, (size_t)(text - run));
    put_bytes(json, "\"", 1);
}

static void put_key(struct json *json, const char *key) {
    if (json->comma)
        put_bytes(json, ",", 1);
    json->comma = true;
    if (key == NULL)
        return;
    put_string(json, key);
    put_bytes(json, ":", 1);
}

void json_reset(struct json *json) {
    json->used = 0;
    json->failed = false;
    json->comma = false;
}

void json_free(struct json *json) {
    free(json->data);
    *json = (struct json){0};
}

static void open_with(struct json *json, const char *key, const char *bracket) {
    put_key(json, key);
    put_bytes(json, bracket, 1);
    json->comma = false;
}

static void close_with(struct json *json, const char *bracket) {
    put_bytes(json, bracket, 1);
    json->comma = true;
}

void json_object(struct json *json, const char *key) {
    open_with(json, key, "{");
}

void json_array(struct json *json, const char *key) {
    open_with(json, key, "[");
}

void json_object_end(struct json *json) {
    close_with(json, "}");
}

void json_array_end(struct json *json) {
    close_with(json, "]");
}

void json_raw(struct json *json, const char *key, const char *raw) {
    put_key(json, key);
    put_bytes(json, raw, strlen(raw));
}

void json_text(struct json *json, const char *key, const char *text) {
    if (text == NULL) {
        json_null(json, key);
        return;
    }
    put_key(json, key);
    put_string(json, text);
}

void json_integer(struct json *json, const char *key, int64_t number) {
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)number);
    json_raw(json, key, text);
}

void json_bool(struct json *json, const char *key, bool value) {
    json_raw(json, key, value ? "true" : "false");
}

void json_null(struct json *json, const char *key) {
    json_raw(json, key, "null");
}

void json_day(struct json *json, const char *key, day d) {
    char text[DAY_TEXT_SIZE];
    day_format(d, text);
    json_text(json, key, text[0] == '\0' ? NULL : text);
}

void json_lines(struct json *json, const char *key, const char *text) {
    json_array(json, key);
    while (*(text += strspn(text, "\r\n ")) != '\0') {
        size_t length = strcspn(text, "\r\n");
        char *line = strndup(text, length);
        if (line == NULL)
            json->failed = true;
        else
            json_text(json, NULL, line);
        free(line);
        text += length;
    }
    json_array_end(json);
}

static void indent(struct json *out, unsigned depth) {
    put_bytes(out, "\n", 1);
    while (depth-- > 0)
        put_bytes(out, "  ", 2);
}

/* Our own JSON has no white space outside strings, so laying it out needs no parser. */
char *json_pretty(const char *text) {
    struct json out = {0};
    unsigned depth = 0;
    bool in_string = false;
    for (const char *p = text; *p != '\0'; p++) {
        bool opens = !in_string && (*p == '{' || *p == '['), closes = !in_string && (*p == '}' || *p == ']');
        bool empty = opens && (p[1] == '}' || p[1] == ']');
        if (closes)
            indent(&out, --depth);
        put_bytes(&out, p, 1);
        if (empty)
            put_bytes(&out, ++p, 1);
        else if (opens)
            indent(&out, ++depth);
        else if (!in_string && *p == ',')
            indent(&out, depth);
        else if (!in_string && *p == ':')
            put_bytes(&out, " ", 1);
        if (*p == '"')
            in_string = !in_string;
        if (in_string && *p == '\\')
            put_bytes(&out, ++p, 1);
    }
    if (out.failed)
        json_free(&out);
    return out.data;
}
