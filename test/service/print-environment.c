/* Prints the variables of its first argument, the text of an environment file in UTF-8, one a line; then the line that is none. */
#include "../../msi/service/environment.h"
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    static wchar_t text[65536];
    struct variable variable = {0};
    wchar_t *at = text;
    int found;
    setlocale(LC_ALL, "C.UTF-8");
    if (argc != 2 || mbstowcs(text, argv[1], 65535) == (size_t)-1)
        return 2;
    while ((found = next_variable(&at, &variable)) > 0)
        printf("%d: %ls=%ls\n", variable.line, variable.name, variable.value);
    if (found < 0)
        printf("%d: none\n", variable.line);
    return 0;
}
