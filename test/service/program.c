/*
 * A program to be run as a service. Arguments, in any number: say=TEXT, show=VARIABLE, lines=COUNT (numbered, 100 bytes each), child
 * (starts itself, waiting for ever), writers=COUNT (starts itself that often, each writing 300 lines, one at a time), ready=MS (says that it is ready), exit=CODE (at once), ignore (the stop), linger=MS (after it).
 */
#include <windows.h>
#include <stdio.h>
#include <string.h>

static const char *value_of(const char *argument, const char *key)
{
    size_t length = strlen(key);
    return !strncmp(argument, key, length) && argument[length] == '=' ? argument + length + 1 : NULL;
}

static HANDLE open_named(const char *variable)
{
    char name[256] = "";
    GetEnvironmentVariableA(variable, name, sizeof name);
    return CreateEventA(NULL, TRUE, FALSE, name);
}

static void start_child(const char *self, const char *arguments)
{
    char line[512];
    STARTUPINFOA startup = {.cb = sizeof startup};
    PROCESS_INFORMATION process;
    snprintf(line, sizeof line, "\"%s\" %s", self, arguments);
    CreateProcessA(NULL, line, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process);
}

int main(int argc, char **argv)
{
    int ignore = 0, linger = 0;
    char text[1024];
    const char *value;
    setvbuf(stdout, NULL, _IOFBF, 1 << 14);
    for (int i = 1; i < argc; i++) {
        if ((value = value_of(argv[i], "say"))) {
            printf("%s\n", value);
        } else if ((value = value_of(argv[i], "show"))) {
            text[GetEnvironmentVariableA(value, text, sizeof text - 1)] = 0;
            printf("%s=%s\n", value, text);
        } else if ((value = value_of(argv[i], "lines"))) {
            for (int n = 1; n <= atoi(value); n++)
                printf("line %08d %85s\n", n, ".");
        } else if ((value = value_of(argv[i], "writers"))) {
            for (int n = atoi(value); n; n--)
                start_child(argv[0], "write ignore");
        } else if (!strcmp(argv[i], "write")) {
            for (int n = 0; n < 300; n++) {
                DWORD done;
                int length = snprintf(text, sizeof text, "writer %08lu %03d %900s|\n", GetCurrentProcessId(), n, "");
                WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), text, (DWORD)length, &done, NULL);
            }
        } else if ((value = value_of(argv[i], "ready"))) {
            Sleep((DWORD)atoi(value));
            SetEvent(open_named("ORIEL_READY_EVENT"));
        } else if ((value = value_of(argv[i], "exit"))) {
            fflush(stdout);
            return atoi(value);
        } else if ((value = value_of(argv[i], "linger"))) {
            linger = atoi(value);
        } else if (!strcmp(argv[i], "child")) {
            start_child(argv[0], "ignore");
        } else if (!strcmp(argv[i], "ignore")) {
            ignore = 1;
        }
        fflush(stdout);
    }
    WaitForSingleObject(ignore ? CreateEventA(NULL, TRUE, FALSE, NULL) : open_named("ORIEL_STOP_EVENT"), INFINITE);
    Sleep((DWORD)linger);
    printf("stopping\n");
    return 0;
}
