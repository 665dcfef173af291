#include "program.h"
#include "environment.h"
#include "log.h"
#include <stdio.h>
#include <stdlib.h>

static HANDLE job, pump, write_end;

/* FALSE: GetLastError says why, or it is ERROR_BAD_FORMAT and `line` is the bad one. */
static BOOL read_environment_file(const wchar_t *name, int *line)
{
    static char bytes[65536];
    static wchar_t text[65536];
    struct variable variable = {0};
    wchar_t *at = text;
    DWORD length = 0;
    int found;
    HANDLE file = CreateFileW(name, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE && GetLastError() == ERROR_FILE_NOT_FOUND) {
        log_say(L"there is no %ls, the defaults hold", name);
        return TRUE;
    }
    if (file == INVALID_HANDLE_VALUE)
        return FALSE;
    BOOL read = ReadFile(file, bytes, sizeof bytes, &length, NULL);
    CloseHandle(file);
    if (read && length == sizeof bytes)
        SetLastError(ERROR_FILE_TOO_LARGE);
    if (!read || length == sizeof bytes)
        return FALSE;
    text[MultiByteToWideChar(CP_UTF8, 0, bytes, (int)length, text, 65535)] = 0;
    while ((found = next_variable(&at, &variable)) > 0)
        SetEnvironmentVariableW(variable.name, variable.value);
    *line = variable.line;
    SetLastError(ERROR_BAD_FORMAT);
    return !found;
}

BOOL set_environment(const struct options *options, wchar_t *reason, size_t size)
{
    int line = 0;
    if (options->environment_file && !read_environment_file(options->environment_file, &line)) {
        if (GetLastError() == ERROR_BAD_FORMAT)
            _snwprintf(reason, size, L"%ls, line %d: NAME=VALUE is wanted", options->environment_file, line);
        else
            _snwprintf(reason, size, L"%ls cannot be read, Windows error %lu", options->environment_file,
                       (unsigned long)GetLastError());
        reason[size - 1] = 0;
        return FALSE;
    }
    for (int i = 0; i < options->environment_count; i++) {
        wchar_t *pair = _wcsdup(options->environment[i]), *at = pair;
        struct variable variable = {.line = 1}; /* not the start of a file */
        if (pair && next_variable(&at, &variable) > 0)
            SetEnvironmentVariableW(variable.name, variable.value);
        free(pair);
    }
    return TRUE;
}

static DWORD WINAPI pump_output(void *read_end)
{
    static char buffer[65536];
    DWORD length;
    while (ReadFile(read_end, buffer, sizeof buffer, &length, NULL))
        if (length)
            log_write(buffer, length);
    return 0;
}

BOOL job_open(void)
{
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
    HANDLE read_end;
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    job = CreateJobObjectW(NULL, NULL);
    if (!job || !SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits))
        return FALSE;
    if (!CreatePipe(&read_end, &write_end, &inherited, 1 << 20))
        return FALSE;
    SetHandleInformation(read_end, HANDLE_FLAG_INHERIT, 0);
    pump = CreateThread(NULL, 0, pump_output, read_end, 0, NULL);
    return pump != NULL;
}

HANDLE program_start(const wchar_t *command, const wchar_t *directory)
{
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    PROCESS_INFORMATION process;
    STARTUPINFOW startup = {.cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES, .hStdOutput = write_end, .hStdError = write_end};
    wchar_t *line = _wcsdup(command); /* CreateProcessW writes into it */
    startup.hStdInput = CreateFileW(L"NUL", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited, OPEN_EXISTING, 0, NULL);
    BOOL started = line && CreateProcessW(NULL, line, NULL, NULL, TRUE, CREATE_SUSPENDED | CREATE_NO_WINDOW, NULL, directory,
                                          &startup, &process);
    DWORD error = GetLastError();
    CloseHandle(startup.hStdInput);
    free(line);
    SetLastError(error);
    if (!started)
        return NULL;
    if (!AssignProcessToJobObject(job, process.hProcess)) {
        error = GetLastError();
        TerminateProcess(process.hProcess, 1);
        SetLastError(error);
        return NULL;
    }
    ResumeThread(process.hThread);
    CloseHandle(process.hThread);
    return process.hProcess;
}

void job_end(void)
{
    TerminateJobObject(job, 1);
    CloseHandle(write_end);
    WaitForSingleObject(pump, 2000);
}
