#include "environment.h"

int next_variable(wchar_t **at, struct variable *variable)
{
    if (!variable->line && **at == 0xfeff)
        ++*at;
    while (**at) {
        wchar_t *line = *at, *equals;
        size_t length = wcscspn(line, L"\n");
        *at = line + length + (line[length] == L'\n');
        line[length] = 0;
        if (length && line[length - 1] == L'\r')
            line[length - 1] = 0;
        variable->line++;
        if (!*line || *line == L'#')
            continue;
        equals = wcschr(line, L'=');
        if (!equals || equals == line)
            return -1;
        *equals = 0;
        variable->name = line;
        variable->value = equals + 1;
        return 1;
    }
    return 0;
}
