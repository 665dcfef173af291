#include "winectl.h"

/* Adds one argument to a command line so that the C run-time and CommandLineToArgvW read it back as it was. */
static wchar_t *append_argument(wchar_t *out, const wchar_t *argument)
{
    if (*argument && !wcspbrk(argument, L" \t\n\v\"")) {
        size_t length = wcslen(argument);
        wmemcpy(out, argument, length);
        return out + length;
    }
    *out++ = L'"';
    for (const wchar_t *p = argument;; p++) {
        size_t slashes = 0;
        for (; *p == L'\\'; p++)
            slashes++;
        for (size_t n = *p == 0 ? slashes * 2 : *p == L'"' ? slashes * 2 + 1 : slashes; n; n--)
            *out++ = L'\\';
        if (*p == 0)
            break;
        *out++ = *p;
    }
    *out++ = L'"';
    return out;
}

static wchar_t *command_line(int argc, wchar_t **argv)
{
    size_t size = 1;
    for (int i = 0; i < argc; i++)
        size += wcslen(argv[i]) * 2 + 3;
    wchar_t *line = malloc(size * sizeof *line), *end = line;
    if (!line)
        exit(3);
    for (int i = 0; i < argc; i++) {
        if (i)
            *end++ = L' ';
        end = append_argument(end, argv[i]);
    }
    *end = 0;
    return line;
}

/* The program and all it starts end with this process: Windows closes the job with its last handle. */
static HANDLE closing_job(void)
{
    HANDLE job = CreateJobObjectW(NULL, NULL);
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
    return job;
}

/*
 * RESULT DIRECTORY|- MILLISECONDS, and FILE [ARGUMENT]... or one whole command line: the exit code goes to the file RESULT, because Wine's
 * own keeps 8 bits.
 */
int run_program(int argc, wchar_t **argv, BOOL whole)
{
    FILE *result = _wfopen(argv[0], L"wb");
    if (!result)
        return 3;
    DWORD limit = wcstoul(argv[2], NULL, 10), code = 0;
    HANDLE job = closing_job();
    PROCESS_INFORMATION process;
    STARTUPINFOW startup = {.cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES,
                            .hStdInput = GetStdHandle(STD_INPUT_HANDLE), .hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE),
                            .hStdError = GetStdHandle(STD_ERROR_HANDLE)};
    if (!CreateProcessW(NULL, whole ? argv[3] : command_line(argc - 3, argv + 3), NULL, NULL, TRUE, CREATE_SUSPENDED | CREATE_NO_WINDOW, NULL,
                        wcscmp(argv[1], L"-") ? argv[1] : NULL, &startup, &process)) {
        fprintf(result, "{\"error\":%lu}", (unsigned long)GetLastError());
        return fclose(result) ? 3 : 0;
    }
    AssignProcessToJobObject(job, process.hProcess);
    ResumeThread(process.hThread);
    BOOL over = WaitForSingleObject(process.hProcess, limit ? limit : INFINITE) == WAIT_TIMEOUT;
    if (over)
        TerminateJobObject(job, 1);
    WaitForSingleObject(process.hProcess, 5000);
    GetExitCodeProcess(process.hProcess, &code);
    fprintf(result, "{\"exitCode\":%lu,\"timedOut\":%s}", (unsigned long)code, over ? "true" : "false");
    return fclose(result) ? 3 : 0;
}
