/* With a second argument: prints the first error of that product in the log. Else says of each line `FORM|LEAST|MOST|VALUE` of a file in UTF-8 which problem its value has, or -1. */
#include "checks.h"
#include "log.h"
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **arguments)
{
    char line[4096];
    wchar_t words[4096];
    if (count == 3) {
        wchar_t path[260], product[260];
        MultiByteToWideChar(CP_UTF8, 0, arguments[1], -1, path, 260);
        MultiByteToWideChar(CP_UTF8, 0, arguments[2], -1, product, 260);
        struct text found = first_error(path, product);
        printf("%ls\n", found.at ? found.at : L"");
        return 0;
    }
    FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
    while (file && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = 0;
        MultiByteToWideChar(CP_UTF8, 0, line, -1, words, 4096);
        wchar_t *least = wcschr(words, L'|'), *most = wcschr(least + 1, L'|'), *value = wcschr(most + 1, L'|');
        *least = *value = 0;
        struct form form = {words, wcstol(least + 1, NULL, 10), wcstol(most + 1, NULL, 10)};
        printf("%d\n", check_value(&form, value + 1));
    }
    return 0;
}
