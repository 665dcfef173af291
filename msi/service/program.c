#include "program.h"
#include "log.h"
#include <stdio.h>
#include <stdlib.h>

static HANDLE job, pump, write_end;

static void set_variable(wchar_t *pair)
{
    wchar_t *equals = wcschr(pair, L'=');
    if (equals && equals != pair) {
        *equals = 0;
        SetEnvironmentVariableW(pair, equals + 1);
        *equals = L'=';
    }
}

static BOOL read_environment_file(const wchar_t *name)
{
    static char bytes[65536];
    static wchar_t text[65536];
    DWORD length;
    HANDLE file = CreateFileW(name, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE || !ReadFile(file, bytes, sizeof bytes - 1, &length, NULL))
        return FALSE;
    CloseHandle(file);
    text[MultiByteToWideChar(CP_UTF8, 0, bytes, (int)length, text, 65535)] = 0;
    for (wchar_t *line = wcstok(text, L"\r\n"); line; line = wcstok(NULL, L"\r\n"))
        if (*line != L'#')
            set_variable(line);
    return TRUE;
}

BOOL set_environment(const struct options *options)
{
    if (options->environment_file && !read_environment_file(options->environment_file))
        return FALSE;
    for (int i = 0; i < options->environment_count; i++) {
        wchar_t *pair = _wcsdup(options->environment[i]);
        if (pair)
            set_variable(pair);
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
