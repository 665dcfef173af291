#include "log.h"
#include <windows.h>
#include <stdlib.h>

/* The whole log: UTF-16 with a mark on Windows, bytes in Wine. NULL where it cannot be read. */
static wchar_t *read_log(const wchar_t *path)
{
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
    DWORD size = file == INVALID_HANDLE_VALUE ? 0 : GetFileSize(file, NULL), length = 0;
    char *bytes = size && size < 64u << 20 ? calloc(size + 2, 1) : NULL;
    wchar_t *words = bytes ? calloc(size + 2, sizeof *words) : NULL;
    if (words && ReadFile(file, bytes, size, &length, NULL)) {
        if (length > 1 && (unsigned char)bytes[0] == 0xff && (unsigned char)bytes[1] == 0xfe)
            memcpy(words, bytes + 2, length - 2);
        else
            MultiByteToWideChar(CP_ACP, 0, bytes, (int)length, words, (int)size);
    }
    free(bytes);
    if (file != INVALID_HANDLE_VALUE)
        CloseHandle(file);
    return words;
}

/* Windows logs each error message once more as `Product: NAME -- MESSAGE`, in its language; the first is the cause of the others. */
static void find_error(const wchar_t *log, const wchar_t *product, struct text *found)
{
    struct text mark = {0};
    text_add(&mark, product);
    text_add(&mark, L" -- ");
    const wchar_t *at = log ? wcsstr(log, mark.at) : NULL;
    if (at) {
        at += mark.length;
        size_t length = wcscspn(at, L"\r\n");
        wchar_t *line = calloc(length + 1, sizeof *line);
        if (line) {
            wmemcpy(line, at, length < 600 ? length : 600);
            text_add(found, line);
        }
        free(line);
    }
    text_end(&mark);
}

struct text first_error(const wchar_t *path, const wchar_t *product)
{
    struct text found = {0};
    wchar_t *log = read_log(path);
    find_error(log, product, &found);
    free(log);
    return found;
}
