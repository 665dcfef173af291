#include "log.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { TAIL = 2048 };

static CRITICAL_SECTION guard;
static HANDLE file = INVALID_HANDLE_VALUE;
static wchar_t path[MAX_PATH * 2];
static ULONGLONG limit, written, retry_at;
static unsigned long kept;
static BOOL at_line_start = TRUE;
static char tail[TAIL];
static size_t tail_length;

static BOOL open_file(void)
{
    LARGE_INTEGER size = {0};
    file = CreateFileW(path, FILE_APPEND_DATA | SYNCHRONIZE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                       OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file != INVALID_HANDLE_VALUE)
        GetFileSizeEx(file, &size);
    written = (ULONGLONG)size.QuadPart;
    return file != INVALID_HANDLE_VALUE;
}

static void make_directories(void)
{
    for (wchar_t *at = path + 3; *at; at++)
        if (*at == L'\\') {
            *at = 0;
            CreateDirectoryW(path, NULL);
            *at = L'\\';
        }
}

BOOL log_open(const wchar_t *name, ULONGLONG size, unsigned long keep)
{
    InitializeCriticalSection(&guard);
    DWORD length = GetFullPathNameW(name, MAX_PATH * 2 - 12, path, NULL);
    if (!length || length >= MAX_PATH * 2 - 12) {
        SetLastError(ERROR_BAD_PATHNAME);
        return FALSE;
    }
    limit = retry_at = size;
    kept = keep;
    make_directories();
    return open_file();
}

static void numbered(wchar_t *out, unsigned long number)
{
    if (number)
        _snwprintf(out, MAX_PATH * 2, L"%ls.%lu", path, number);
    else
        wcscpy(out, path);
}

/* Moves FILE to FILE.1 and so on. A reader that does not share deletion stops the move: then the file grows on, and it is tried again. */
static void rotate(void)
{
    wchar_t from[MAX_PATH * 2], to[MAX_PATH * 2];
    BOOL moved = TRUE;
    for (unsigned long number = kept; number && moved; number--) {
        numbered(from, number - 1);
        numbered(to, number);
        if (number == 1)
            CloseHandle(file);
        moved = MoveFileExW(from, to, MOVEFILE_REPLACE_EXISTING) || GetLastError() == ERROR_FILE_NOT_FOUND;
        if (number == 1)
            open_file();
    }
    if (!kept) {
        CloseHandle(file);
        DeleteFileW(path);
        open_file();
        moved = written == 0;
    }
    retry_at = moved ? limit : written + (1 << 20);
}

static void remember(const char *bytes, DWORD length)
{
    if (length > TAIL - 1) {
        bytes += length - (TAIL - 1);
        length = TAIL - 1;
    }
    size_t over = tail_length + length > TAIL - 1 ? tail_length + length - (TAIL - 1) : 0;
    memmove(tail, tail + over, tail_length - over);
    memcpy(tail + tail_length - over, bytes, length);
    tail_length += length - over;
}

static void append(const char *bytes, DWORD length)
{
    DWORD done;
    WriteFile(file, bytes, length, &done, NULL); /* a full disk loses lines, it must not stop the program */
    written += length;
    at_line_start = bytes[length - 1] == '\n';
}

void log_write(const char *bytes, DWORD length)
{
    if (!limit)
        return; /* not opened yet */
    EnterCriticalSection(&guard);
    remember(bytes, length);
    if (file == INVALID_HANDLE_VALUE)
        open_file();
    while (length) {
        if (written >= retry_at && at_line_start)
            rotate();
        const char *end = written + length >= retry_at ? memchr(bytes, '\n', length) : NULL;
        DWORD part = end ? (DWORD)(end - bytes) + 1 : length;
        append(bytes, part);
        bytes += part;
        length -= part;
    }
    LeaveCriticalSection(&guard);
}

void log_say(const wchar_t *format, ...)
{
    wchar_t text[1024];
    char line[4096];
    SYSTEMTIME now;
    va_list arguments;
    va_start(arguments, format);
    _vsnwprintf(text, 1023, format, arguments);
    va_end(arguments);
    text[1023] = 0;
    GetSystemTime(&now);
    int length = snprintf(line, 64, "%04u-%02u-%02u %02u:%02u:%02u.%03u oriel-service: ", now.wYear, now.wMonth, now.wDay,
                          now.wHour, now.wMinute, now.wSecond, now.wMilliseconds);
    int more = WideCharToMultiByte(CP_UTF8, 0, text, -1, line + length, (int)sizeof line - length - 1, NULL, NULL);
    length += more > 0 ? more - 1 : 0;
    line[length++] = '\n';
    log_write(line, (DWORD)length);
}

const wchar_t *log_tail(void)
{
    static wchar_t text[TAIL];
    if (!*path)
        return text;
    EnterCriticalSection(&guard);
    int length = MultiByteToWideChar(CP_UTF8, 0, tail, (int)tail_length, text, TAIL - 1);
    LeaveCriticalSection(&guard);
    text[length > 0 ? length : 0] = 0;
    return text;
}
