/* A program that is run to its end: what it is told on its standard input, what it says on its output. */
#ifndef ORIEL_PROGRAM_H
#define ORIEL_PROGRAM_H
#include <windows.h>

/* Gets each line as it comes. */
typedef void (*line_taker)(void *context, const wchar_t *line);

/*
 * Runs a command line without a window, in a job that ends with it. `input` is ASCII. Gives the exit code, or (DWORD)-1 with
 * GetLastError where it cannot be started.
 */
DWORD program_run(const wchar_t *command, const wchar_t *input, line_taker take, void *context);
#endif
