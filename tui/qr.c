#include "tui/qr.h"

#include <qrencode.h>
#include <string.h>

enum { QUIET = 4, LINE_SIZE = 1024 };

static bool dark(const QRcode *code, int row, int column) {
    bool inside = row >= 0 && row < code->width && column >= 0 && column < code->width;
    return inside && (code->data[row * code->width + column] & 1) != 0;
}

/* A light module is a full block (bright on a dark terminal); the upper and lower half of a character are two rows. */
static const char *cell(bool upper_dark, bool lower_dark) {
    static const char *const cells[2][2] = {{"█", "▀"}, {"▄", " "}};
    return cells[upper_dark][lower_dark];
}

/* The code says that its text is UTF-8: a reader that has to guess takes Chinese for Japanese. NULL: it does not fit,
 * or there is no memory (errno is ENOMEM). */
static QRcode *encode(const char *text) {
    enum { ECI_UTF_8 = 26 };
    QRcode *code = NULL;
    QRinput *input = QRinput_new2(0, QR_ECLEVEL_M);
    if (input != NULL && QRinput_appendECIheader(input, ECI_UTF_8) == 0 &&
        QRinput_append(input, QR_MODE_8, (int)strlen(text), (const unsigned char *)text) == 0)
        code = QRcode_encodeInput(input);
    QRinput_free(input);
    return code;
}

bool qr_write(const char *text, void (*emit)(void *data, const char *line), void *data) {
    QRcode *code = encode(text);
    if (code == NULL)
        return false;
    for (int row = -QUIET; row < code->width + QUIET; row += 2) {
        char line[LINE_SIZE];
        size_t used = 0;
        for (int column = -QUIET; column < code->width + QUIET && used + 4 < sizeof line; column++) {
            const char *piece = cell(dark(code, row, column), dark(code, row + 1, column));
            memcpy(line + used, piece, strlen(piece));
            used += strlen(piece);
        }
        line[used] = '\0';
        emit(data, line);
    }
    QRcode_free(code);
    return true;
}
