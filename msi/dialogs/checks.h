/* What a value of a property has to look like. */
#ifndef ORIEL_CHECKS_H
#define ORIEL_CHECKS_H
#include <stddef.h>
#include <wchar.h>

/* Offsets of messages in the Error table; OK is none. src/msi/dialogs/ui-rows.ts has the same order. */
enum problem {
    OK = -1,
    MISSING,
    CHARACTERS,
    WHOLE,
    PATH,
    URL,
    URL_OR_NONE,
    DATABASE,
    ADDRESS,
    CHOICE
};

struct form {
    const wchar_t *kind; /* `text`, `whole`, `path`, `URL`, ..., or the values of a choice with `;` between */
    long least, most;
};

/* What is wrong with a value that is not empty. */
enum problem check_value(const struct form *form, const wchar_t *value);
#endif
