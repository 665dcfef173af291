#include "text.h"
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

wchar_t *text_room(struct text *text, size_t length)
{
    if (text->capacity <= length) {
        struct text larger = {calloc(2 * length + 64, sizeof(wchar_t)), text->length, 2 * length + 64};
        if (!larger.at)
            return NULL;
        if (text->at)
            wmemcpy(larger.at, text->at, text->length);
        text_end(text);
        *text = larger;
    }
    return text->at;
}

void text_add(struct text *text, const wchar_t *more)
{
    size_t length = wcslen(more);
    if (!text_room(text, text->length + length))
        return;
    wmemcpy(text->at + text->length, more, length + 1);
    text->length += length;
}

void text_add_json(struct text *text, const wchar_t *value)
{
    wchar_t one[8];
    text_add(text, L"\"");
    for (; *value; value++) {
        BOOL plain = *value >= L' ' && *value < 127 && *value != L'"' && *value != L'\\';
        _snwprintf(one, 7, plain ? L"%lc" : L"\\u%04x", *value);
        one[7] = 0;
        text_add(text, one);
    }
    text_add(text, L"\"");
}

void text_end(struct text *text)
{
    if (text->at)
        SecureZeroMemory(text->at, text->capacity * sizeof(wchar_t));
    free(text->at);
    *text = (struct text){0};
}
