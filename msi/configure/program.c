#include "program.h"
#include <stdlib.h>
#include <wchar.h>

static BOOL make_pipe(HANDLE *ours, HANDLE *theirs, BOOL they_read)
{
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    HANDLE *read_end = they_read ? theirs : ours, *write_end = they_read ? ours : theirs;
    return CreatePipe(read_end, write_end, &inherited, 1 << 16) && SetHandleInformation(*ours, HANDLE_FLAG_INHERIT, 0);
}

static HANDLE make_job(void)
{
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE};
    HANDLE job = CreateJobObjectW(NULL, NULL);
    if (job)
        SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
    return job;
}

/* Its standard input ends behind the text, so that it knows when it has all. */
static void tell(HANDLE pipe, const wchar_t *input)
{
    DWORD written, length = (DWORD)wcslen(input);
    char *bytes = malloc(length + 1);
    for (DWORD i = 0; bytes && i < length; i++)
        bytes[i] = (char)input[i];
    if (bytes) {
        WriteFile(pipe, bytes, length, &written, NULL);
        SecureZeroMemory(bytes, length);
    }
    free(bytes);
    CloseHandle(pipe);
}

/* Hands on the whole lines of `bytes` (UTF-8) and keeps the rest at its begin; gives its new length. */
static DWORD hand_on(char *bytes, DWORD length, BOOL all, line_taker take, void *context)
{
    wchar_t line[2048];
    DWORD begin = 0;
    for (DWORD i = 0; i < length; i++) {
        if (bytes[i] != '\n' && !(all && i == length - 1))
            continue;
        DWORD end = bytes[i] == '\n' ? i : i + 1;
        while (end > begin && bytes[end - 1] == '\r')
            end--;
        line[MultiByteToWideChar(CP_UTF8, 0, bytes + begin, (int)(end - begin), line, 2047)] = 0;
        take(context, line);
        begin = i + 1;
    }
    MoveMemory(bytes, bytes + begin, length - begin);
    return length - begin;
}

static void read_output(HANDLE pipe, line_taker take, void *context)
{
    char bytes[2000];
    DWORD length = 0, more;
    while (ReadFile(pipe, bytes + length, sizeof bytes - length, &more, NULL) && more)
        length = hand_on(bytes, length + more, length + more == sizeof bytes, take, context);
    hand_on(bytes, length, TRUE, take, context);
    CloseHandle(pipe);
}

static BOOL start(const wchar_t *command, HANDLE in, HANDLE out, HANDLE job, PROCESS_INFORMATION *process)
{
    STARTUPINFOW startup = {.cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES, .hStdInput = in, .hStdOutput = out, .hStdError = out};
    wchar_t *line = _wcsdup(command); /* CreateProcessW writes into it */
    BOOL started = line && CreateProcessW(NULL, line, NULL, NULL, TRUE, CREATE_SUSPENDED | CREATE_NO_WINDOW, NULL, NULL, &startup, process);
    free(line);
    if (!started)
        return FALSE;
    AssignProcessToJobObject(job, process->hProcess);
    ResumeThread(process->hThread);
    CloseHandle(process->hThread);
    return TRUE;
}

DWORD program_run(const wchar_t *command, const wchar_t *input, line_taker take, void *context)
{
    HANDLE to_it = NULL, its_input = NULL, from_it = NULL, its_output = NULL, job = make_job();
    PROCESS_INFORMATION process;
    DWORD code = (DWORD)-1;
    BOOL started = make_pipe(&to_it, &its_input, TRUE) && make_pipe(&from_it, &its_output, FALSE) &&
                   start(command, its_input, its_output, job, &process);
    DWORD error = GetLastError();
    CloseHandle(its_input);
    CloseHandle(its_output);
    if (!started) {
        CloseHandle(to_it);
        CloseHandle(from_it);
    } else {
        tell(to_it, input);
        read_output(from_it, take, context);
        WaitForSingleObject(process.hProcess, INFINITE);
        GetExitCodeProcess(process.hProcess, &code);
        CloseHandle(process.hProcess);
    }
    CloseHandle(job);
    SetLastError(error);
    return code;
}
