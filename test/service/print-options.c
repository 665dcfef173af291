/* Prints what is made of a whole command line in UTF-8 and, where there is a second argument, of that as ORIEL_DRAIN, as JSON. */
#include "../../msi/service/options.h"
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

static void string(const wchar_t *text)
{
    if (!text) {
        printf("null");
        return;
    }
    putchar('"');
    for (; *text; text++) {
        if (*text == L'"' || *text == L'\\')
            printf("\\%c", (char)*text);
        else if (*text < 0x20 || *text > 0x7e)
            printf("\\u%04x", (unsigned)*text);
        else
            putchar((char)*text);
    }
    putchar('"');
}

static void field(const char *name, const wchar_t *text)
{
    printf(",\"%s\":", name);
    string(text);
}

int main(int argc, char **argv)
{
    static wchar_t line[65536], drain[64];
    struct options o;
    setlocale(LC_ALL, "C.UTF-8");
    if (argc < 2 || mbstowcs(line, argv[1], 65535) == (size_t)-1)
        return 2;
    const wchar_t *problem = parse_options(line, &o);
    if (argc > 2)
        mbstowcs(drain, argv[2], 63);
    if (!problem)
        problem = settle_drain(&o, argc > 2 ? drain : NULL);
    printf("{\"problem\":");
    string(problem);
    field("name", o.name), field("log", o.log), field("stopEvent", o.stop_event), field("directory", o.directory);
    field("environmentFile", o.environment_file), field("before", o.before), field("command", o.command);
    printf(",\"logSize\":%lu,\"logKeep\":%lu,\"drain\":%lu,\"ready\":%lu,\"environment\":[", o.log_size, o.log_keep, o.drain, o.ready);
    for (int i = 0; i < o.environment_count; i++) {
        if (i)
            putchar(',');
        string(o.environment[i]);
    }
    puts("]}");
    return 0;
}
