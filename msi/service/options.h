/* What the command line says. Portable, so that the tests can run it where there is no Windows. */
#ifndef ORIEL_OPTIONS_H
#define ORIEL_OPTIONS_H
#include <wchar.h>

enum { MAX_ENVIRONMENT = 64 };
#define NOT_GIVEN ((unsigned long)-1)

struct options {
    const wchar_t *name;
    const wchar_t *log;
    unsigned long log_size; /* MiB */
    unsigned long log_keep;
    const wchar_t *stop_event; /* NULL: made from the name */
    unsigned long drain;       /* seconds; NOT_GIVEN: see settle_drain */
    unsigned long ready;       /* seconds; 0: running when it has been up for a second */
    const wchar_t *directory;
    const wchar_t *environment_file;
    const wchar_t *before;
    const wchar_t *environment[MAX_ENVIRONMENT]; /* NAME=VALUE */
    int environment_count;
    int check;
    const wchar_t *command; /* all that stands after "--", as it was written */
};

/*
 * Reads a whole command line (as of GetCommandLineW) by the rules of the C run-time. Returns NULL, or what is wrong with it. The
 * strings live as long as the process.
 */
const wchar_t *parse_options(const wchar_t *line, struct options *options);
/*
 * Fills in the drain where the command line has none: what the environment says (`text`, NULL: nothing), else 60. Returns NULL, or
 * what is wrong with the text.
 */
const wchar_t *settle_drain(struct options *options, const wchar_t *text);
#endif
