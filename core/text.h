/* UTF-8 text as core sees it: decoding, counting, and which characters may stand in a document. */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TEXT_INVALID UINT32_MAX

/* Decodes the character at text[0..length) and sets *used to its bytes (≥ 1 where length ≥ 1). TEXT_INVALID, with *used
 * 1, for bytes that are not UTF-8 (RFC 3629: no overlong form, no surrogate, nothing above U+10FFFF). */
uint32_t text_decode(const char *text, size_t length, size_t *used);

/* Writes the character as UTF-8; returns the bytes written, 1-4, without a NUL. */
size_t text_encode(uint32_t character, char out[4]);

/* Copies the text, cut at a character where `size` is too small; always terminates. Returns the bytes written without
 * the NUL. */
size_t text_copy(const char *text, char *out, size_t size);

/* Number of characters of a valid NUL-terminated text; an invalid byte counts as one. */
size_t text_count(const char *text);

/* C0, DEL, C1. */
bool text_is_control(uint32_t character);

/* The characters that reorder what stands around them (U+061C, U+200E/F, U+202A-E, U+2066-9). */
bool text_is_bidi_control(uint32_t character);

/* White space of any kind (Unicode White_Space). */
bool text_is_space(uint32_t character);

/* Takes a cell nowhere and is seen nowhere: ZWSP, ZWNJ, ZWJ, WJ, BOM, soft hyphen and the like. */
bool text_is_zero_width(uint32_t character);

/* Whether the text, white space and zero-width characters aside, is empty. */
bool text_is_blank(const char *text);

#endif
