#include "winectl.h"

void json_string(FILE *out, const wchar_t *text)
{
    fputc('"', out);
    for (; *text; text++) {
        if (*text == L'"' || *text == L'\\')
            fprintf(out, "\\%c", (char)*text);
        else if (*text < 0x20 || *text > 0x7e)
            fprintf(out, "\\u%04x", (unsigned)*text);
        else
            fputc((char)*text, out);
    }
    fputc('"', out);
}

int json_error(const wchar_t *what, DWORD code)
{
    wchar_t text[512] = L"";
    DWORD length = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, code, 0, text, 500, NULL);
    while (length && text[length - 1] <= L' ')
        text[--length] = 0;
    wchar_t message[1024];
    _snwprintf(message, 1023, L"%ls: %ls", what, *text ? text : L"unknown error");
    message[1023] = 0;
    printf("{\"error\":%lu,\"message\":", (unsigned long)code);
    json_string(stdout, message);
    puts("}");
    return 1;
}

/* Holds the prefix up until its standard input ends: Wine ends the services with the last program that is none. */
static int keep(void)
{
    char byte;
    DWORD read;
    puts("{\"kept\":true}");
    fflush(stdout);
    while (ReadFile(GetStdHandle(STD_INPUT_HANDLE), &byte, 1, &read, NULL) && read)
        ;
    return 0;
}

/* What a program gets as its arguments. */
static int arguments(int argc, wchar_t **argv)
{
    putchar('[');
    for (int i = 0; i < argc; i++) {
        if (i)
            putchar(',');
        json_string(stdout, argv[i]);
    }
    puts("]");
    return 0;
}

static int usage(void)
{
    fputs("winectl keep | arguments [ARGUMENT]... | service NAME | start NAME SECONDS | stop NAME SECONDS |\n"
          "        mode NAME Auto|Manual|Disabled | account NAME ACCOUNT | depend NAME [SERVICE]... | registry KEY [NAME] | products UPGRADECODE |\n"
          "        processes | recoverable |\n"
          "        run RESULT DIRECTORY|- MILLISECONDS FILE [ARGUMENT]... |\n"
          "        line RESULT DIRECTORY|- MILLISECONDS COMMANDLINE\n",
          stderr);
    return 2;
}

int wmain(int argc, wchar_t **argv)
{
    const wchar_t *verb = argc > 1 ? argv[1] : L"";
    if (argc == 2 && !wcscmp(verb, L"keep"))
        return keep();
    if (argc >= 2 && !wcscmp(verb, L"arguments"))
        return arguments(argc - 2, argv + 2);
    if (argc == 3 && !wcscmp(verb, L"service"))
        return service_state(argv[2]);
    if (argc == 4 && !wcscmp(verb, L"start"))
        return service_start(argv[2], wcstoul(argv[3], NULL, 10));
    if (argc == 4 && !wcscmp(verb, L"stop"))
        return service_stop(argv[2], wcstoul(argv[3], NULL, 10));
    if (argc == 4 && !wcscmp(verb, L"mode"))
        return service_mode(argv[2], argv[3]);
    if (argc == 4 && !wcscmp(verb, L"account"))
        return service_account(argv[2], argv[3]);
    if (argc >= 3 && !wcscmp(verb, L"depend"))
        return service_depend(argv[2], argc - 3, argv + 3);
    if ((argc == 3 || argc == 4) && !wcscmp(verb, L"registry"))
        return registry_value(argv[2], argc == 4 ? argv[3] : L"");
    if (argc == 3 && !wcscmp(verb, L"products"))
        return msi_products(argv[2]);
    if (argc == 2 && !wcscmp(verb, L"processes"))
        return processes();
    if (argc == 2 && !wcscmp(verb, L"recoverable"))
        return recoverable();
    if (argc >= 6 && !wcscmp(verb, L"run"))
        return run_program(argc - 2, argv + 2, FALSE);
    if (argc == 6 && !wcscmp(verb, L"line"))
        return run_program(argc - 2, argv + 2, TRUE);
    return usage();
}
