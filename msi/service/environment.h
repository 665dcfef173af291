/* What an environment file says. Portable, so that the tests can run it where there is no Windows. */
#ifndef ORIEL_ENVIRONMENT_H
#define ORIEL_ENVIRONMENT_H
#include <wchar.h>

struct variable {
    wchar_t *name;
    wchar_t *value;
    int line; /* counts from 1 */
};

/*
 * The next NAME=VALUE of a file's text: one a line, empty lines and those that begin with # are passed over, a byte order mark too.
 * Writes zeros into the text and moves `at`; `variable` is all zeros before the first call. 1: there is one; 0: the end; -1: the
 * line `variable->line` is none.
 */
int next_variable(wchar_t **at, struct variable *variable);
#endif
