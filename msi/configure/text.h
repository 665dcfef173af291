/* Text that grows; it may hold secrets, so it is wiped before it is given back. */
#ifndef ORIEL_TEXT_H
#define ORIEL_TEXT_H
#include <stddef.h>
#include <wchar.h>

struct text {
    wchar_t *at; /* NULL: empty, or there was no memory */
    size_t length, capacity;
};

void text_add(struct text *text, const wchar_t *more);
/* Adds a JSON string with its quotes, ASCII only. */
void text_add_json(struct text *text, const wchar_t *value);
/* Room for `length` characters and a NUL, to be written by somebody else; NULL without memory. */
wchar_t *text_room(struct text *text, size_t length);
void text_end(struct text *text);
#endif
