/* The log of a service: one writer, bounded files, readable (and movable) by others at any time. */
#ifndef ORIEL_LOG_H
#define ORIEL_LOG_H
#include <windows.h>

/* Opens FILE for appending, makes its directories. `size` in bytes. FALSE: GetLastError says why. */
BOOL log_open(const wchar_t *file, ULONGLONG size, unsigned long keep);
/* Adds bytes as they are; a file that has reached its size is put aside at the end of a line. Safe from any thread. */
void log_write(const char *bytes, DWORD length);
/* Adds a line of our own: time in UTC, "oriel-service:", the text. */
void log_say(const wchar_t *format, ...);
/* The last 2 KiB that were written, as text. */
const wchar_t *log_tail(void);
#endif
