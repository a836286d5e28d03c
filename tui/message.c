#include "tui/message.h"

#include <errno.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tui/door.h"

#ifndef LOCALEDIR
#define LOCALEDIR "/usr/local/share/locale"
#endif

/* A build folder carries its catalogue beside the program, an installed program beside its bin/. The catalogue itself
 * is looked for: beside an installed program /usr/bin/locale is another program. */
static const char *catalogue_folder(char out[PATH_MAX]) {
    static const char *const folders[] = {"/locale", "/../share/locale"};
    static const char catalogue[] = "/zh_CN/LC_MESSAGES/yijian.mo";
    char program[PATH_MAX], path[PATH_MAX + 64];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    if (n <= 0)
        return LOCALEDIR;
    program[n] = '\0';
    *strrchr(program, '/') = '\0';
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        int length = snprintf(out, PATH_MAX, "%s%s", program, folders[i]);
        snprintf(path, sizeof path, "%s%s", out, catalogue);
        if (length > 0 && length < PATH_MAX && access(path, R_OK) == 0)
            return out;
    }
    return LOCALEDIR;
}

static bool wants_chinese(const char *lang) {
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; lang == NULL && i < sizeof variables / sizeof variables[0]; i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && value[0] != '\0')
            lang = value;
    }
    return lang != NULL && strncmp(lang, "zh", 2) == 0;
}

enum language message_init(const char *lang) {
    char folder[PATH_MAX];
    bool chinese = wants_chinese(lang);
    static const char *const locales[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8", "zh_CN.UTF-8"};
    for (size_t i = 0; i < sizeof locales / sizeof locales[0]; i++)
        if (setlocale(LC_CTYPE, locales[i]) != NULL)
            break;
    /* gettext looks at LANGUAGE only where the locale of messages is not "C": C.UTF-8 is everywhere and will do. */
    setlocale(LC_MESSAGES, setlocale(LC_CTYPE, NULL));
    setlocale(LC_NUMERIC, "C");
    setenv("LANGUAGE", chinese ? "zh_CN" : "en", 1);
    bindtextdomain("yijian", catalogue_folder(folder));
    bind_textdomain_codeset("yijian", "UTF-8");
    textdomain("yijian");
    return chinese ? LANGUAGE_ZH : LANGUAGE_EN;
}

bool message_has_locale(void) {
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

bool message_catalogue(char out[PATH_MAX]) {
    char folder[PATH_MAX];
    int n = snprintf(out, PATH_MAX, "%s/zh_CN/LC_MESSAGES/yijian.mo", catalogue_folder(folder));
    return n > 0 && n < PATH_MAX && access(out, R_OK) == 0;
}

void message_load(void) {
    _("no memory left; nothing was changed"); /* gettext reads its catalogue when it is first asked */
    (void)strerror(EIO);                      /* and the C library its own: else its words would be English */
}

char *message_err(const struct err *err, char *out, size_t size) {
    char text[8192];
    err_format(err, err->message == NULL ? "" : _(err->message), text, sizeof text);
    return door_text(text, out, size);
}

const char *message_word(const struct document_word *word, enum language language) {
    return language == LANGUAGE_ZH ? word->zh : word->en;
}
