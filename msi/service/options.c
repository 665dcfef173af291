#include "options.h"
#include <stdlib.h>

static int is_blank(wchar_t c)
{
    return c == L' ' || c == L'\t';
}

/* The program's own name: up to the closing quote or the first blank; backslashes mean nothing here. */
static const wchar_t *skip_program(const wchar_t *at)
{
    if (*at == L'"') {
        for (at++; *at && *at != L'"'; at++)
            ;
        return *at ? at + 1 : at;
    }
    while (*at && !is_blank(*at))
        at++;
    return at;
}

/* Reads one argument into `out` and returns where it ends: 2n backslashes before a quote are n, 2n+1 are n and a plain quote. */
static const wchar_t *read_argument(const wchar_t *at, wchar_t *out)
{
    int quoted = 0;
    while (*at && (quoted || !is_blank(*at))) {
        size_t slashes = 0;
        for (; *at == L'\\'; at++)
            slashes++;
        size_t kept = *at == L'"' ? slashes / 2 : slashes;
        for (; kept; kept--)
            *out++ = L'\\';
        if (*at == L'"' && slashes % 2) {
            *out++ = *at++;
        } else if (*at == L'"' && quoted && at[1] == L'"') {
            *out++ = L'"'; /* "" within quotes is a quote */
            at += 2;
        } else if (*at == L'"') {
            quoted = !quoted;
            at++;
        } else if (*at && (quoted || !is_blank(*at))) {
            *out++ = *at++;
        }
    }
    *out = 0;
    return at;
}

static const wchar_t *skip_blanks(const wchar_t *at)
{
    while (is_blank(*at))
        at++;
    return at;
}

/* The next argument, or NULL at the end; a copy that is never freed. */
static wchar_t *next_argument(const wchar_t **at)
{
    *at = skip_blanks(*at);
    if (!**at)
        return NULL;
    wchar_t *argument = malloc((wcslen(*at) + 1) * sizeof *argument);
    if (argument)
        *at = read_argument(*at, argument);
    return argument;
}

/* A whole number of 0 to 1000000. */
static int read_number(const wchar_t *text, unsigned long *number)
{
    wchar_t *end;
    if (*text < L'0' || *text > L'9')
        return 0;
    *number = wcstoul(text, &end, 10);
    return !*end && *number <= 1000000;
}

static const wchar_t *set_number(const wchar_t *key, const wchar_t *value, struct options *o)
{
    unsigned long *field = !wcscmp(key, L"--drain") ? &o->drain : !wcscmp(key, L"--ready") ? &o->ready
                         : !wcscmp(key, L"--log-size") ? &o->log_size : !wcscmp(key, L"--log-keep") ? &o->log_keep : NULL;
    if (!field)
        return L"unknown option";
    return read_number(value, field) ? NULL : L"a number of 0 to 1000000 is wanted";
}

static const wchar_t *set_option(const wchar_t *key, const wchar_t *value, struct options *o)
{
    const wchar_t **field = !wcscmp(key, L"--log") ? &o->log : !wcscmp(key, L"--stop-event") ? &o->stop_event
                          : !wcscmp(key, L"--directory") ? &o->directory : !wcscmp(key, L"--before") ? &o->before
                          : !wcscmp(key, L"--environment-file") ? &o->environment_file : NULL;
    if (!wcscmp(key, L"--environment")) {
        const wchar_t *equals = wcschr(value, L'=');
        if (!equals || equals == value)
            return L"--environment wants NAME=VALUE";
        if (o->environment_count == MAX_ENVIRONMENT)
            return L"too many --environment; use --environment-file";
        o->environment[o->environment_count++] = value;
        return NULL;
    }
    if (!field)
        return set_number(key, value, o);
    if (!*value)
        return L"an option has an empty value";
    *field = value;
    return NULL;
}

const wchar_t *parse_options(const wchar_t *line, struct options *o)
{
    const wchar_t *at = skip_program(line), *key, *value, *problem;
    *o = (struct options){.log_size = 20, .log_keep = 5, .drain = NOT_GIVEN};
    o->name = next_argument(&at);
    if (!o->name || *o->name == L'-')
        return L"the first argument is the name of the service";
    while ((key = next_argument(&at))) {
        if (!wcscmp(key, L"--")) {
            o->command = skip_blanks(at);
            break;
        }
        if (!wcscmp(key, L"--check")) {
            o->check = 1;
            continue;
        }
        value = next_argument(&at);
        if (!value)
            return L"the last option has no value";
        if ((problem = set_option(key, value, o)))
            return problem;
    }
    if (!o->command || !*o->command)
        return L"-- and the command line of the program are missing";
    if (!o->log)
        return L"--log FILE is missing";
    return o->log_size ? NULL : L"--log-size is at least 1";
}

const wchar_t *settle_drain(struct options *o, const wchar_t *text)
{
    if (o->drain != NOT_GIVEN)
        return NULL;
    o->drain = 60;
    return !text || read_number(text, &o->drain) ? NULL : L"ORIEL_DRAIN: a number of 0 to 1000000 is wanted";
}
