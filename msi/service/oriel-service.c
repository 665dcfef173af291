/* A Windows service around a command line; README.md says what it takes and reports. */
#include "log.h"
#include "options.h"
#include "program.h"
#include <sddl.h>
#include <stdarg.h>
#include <stdio.h>

enum failure { BAD_ARGUMENTS = 1001, NO_LOG, NOT_STARTED, BEFORE_FAILED, NOT_READY, ENDED_BY_ITSELF };

static struct options options;
static const wchar_t *problem; /* with the command line */
static SERVICE_STATUS_HANDLE service;
static SERVICE_STATUS status = {.dwServiceType = SERVICE_WIN32_OWN_PROCESS};
static HANDLE asked_to_stop, stop_event, ready_event;

static void report(DWORD state, DWORD failure)
{
    BOOL pending = state == SERVICE_START_PENDING || state == SERVICE_STOP_PENDING;
    status.dwCheckPoint = !pending ? 0 : state == status.dwCurrentState ? status.dwCheckPoint + 1 : 1;
    status.dwCurrentState = state;
    status.dwControlsAccepted = state == SERVICE_RUNNING ? SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_PRESHUTDOWN : 0;
    status.dwWaitHint = pending ? 10000 : 0;
    status.dwWin32ExitCode = failure ? ERROR_SERVICE_SPECIFIC_ERROR : NO_ERROR;
    status.dwServiceSpecificExitCode = failure;
    SetServiceStatus(service, &status);
}

static DWORD WINAPI control(DWORD code, DWORD type, void *data, void *context)
{
    (void)type, (void)data, (void)context;
    if (code == SERVICE_CONTROL_STOP || code == SERVICE_CONTROL_PRESHUTDOWN)
        SetEvent(asked_to_stop);
    return code == SERVICE_CONTROL_STOP || code == SERVICE_CONTROL_PRESHUTDOWN || code == SERVICE_CONTROL_INTERROGATE
               ? NO_ERROR : ERROR_CALL_NOT_IMPLEMENTED;
}

/* For people who look into the event log and not into ours: what happened and the last lines of the program. */
static void tell_event_log(WORD type, const wchar_t *reason)
{
    static wchar_t text[4096];
    HANDLE source = RegisterEventSourceW(NULL, options.name ? options.name : L"oriel-service");
    const wchar_t *strings[] = {text};
    _snwprintf(text, 4095, L"%ls\n\n%ls", reason, log_tail());
    if (source)
        ReportEventW(source, type, 0, 1, NULL, 1, 0, strings, NULL);
}

/*
 * Ends the service with an error; FALSE, for functions that say whether all is well. The job ends first, so that the program's
 * last words are in what the event log is told.
 */
static BOOL fail(DWORD code, const wchar_t *format, ...)
{
    wchar_t reason[1024];
    va_list arguments;
    va_start(arguments, format);
    _vsnwprintf(reason, 1023, format, arguments);
    va_end(arguments);
    reason[1023] = 0;
    job_end();
    log_say(L"%ls", reason);
    tell_event_log(EVENTLOG_ERROR_TYPE, reason);
    report(SERVICE_STOPPED, code);
    return FALSE;
}

/* Waits for any of `handles` and reports `state` with a new checkpoint every second; WAIT_TIMEOUT after `seconds`. */
static DWORD wait_reporting(DWORD count, const HANDLE *handles, DWORD seconds, DWORD state)
{
    ULONGLONG end = GetTickCount64() + seconds * 1000ULL;
    for (;;) {
        ULONGLONG now = GetTickCount64();
        DWORD step = now >= end ? 0 : end - now > 1000 ? 1000 : (DWORD)(end - now);
        DWORD result = WaitForMultipleObjects(count, handles, FALSE, step);
        if (result != WAIT_TIMEOUT || !step)
            return result;
        report(state, 0);
    }
}

/* An event that administrators and the account of the service may set, from any session. */
static HANDLE make_event(const wchar_t *name, const wchar_t *variable)
{
    SECURITY_ATTRIBUTES access = {sizeof access, NULL, FALSE};
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(L"D:P(A;;GA;;;SY)(A;;GA;;;BA)(A;;GA;;;OW)", 1,
                                                              &access.lpSecurityDescriptor, NULL))
        access.lpSecurityDescriptor = NULL;
    HANDLE event = CreateEventW(access.lpSecurityDescriptor ? &access : NULL, TRUE, FALSE, name);
    if (event)
        ResetEvent(event); /* somebody may hold an old one */
    SetEnvironmentVariableW(variable, name);
    return event;
}

static BOOL make_events(void)
{
    wchar_t name[256], drain[16];
    _snwprintf(name, 255, L"Global\\oriel-stop-%ls", options.name);
    name[255] = 0;
    stop_event = make_event(options.stop_event ? options.stop_event : name, L"ORIEL_STOP_EVENT");
    _snwprintf(name, 255, L"Global\\oriel-ready-%ls", options.name);
    ready_event = make_event(name, L"ORIEL_READY_EVENT");
    _snwprintf(drain, 15, L"%lu", options.drain);
    SetEnvironmentVariableW(L"ORIEL_DRAIN", drain);
    return stop_event && ready_event;
}

static BOOL run_before(void)
{
    DWORD code = 1;
    HANDLE process = program_start(options.before, options.directory);
    if (process && wait_reporting(1, &process, 600, SERVICE_START_PENDING) == WAIT_OBJECT_0)
        GetExitCodeProcess(process, &code);
    return !code || fail(BEFORE_FAILED, L"the command to run before the start failed with code %lu", code);
}

/* The program is gone though nobody asked: its own code, so that whoever looks at the service sees it. */
static void ended_by_itself(HANDLE process)
{
    DWORD code = 0;
    GetExitCodeProcess(process, &code);
    fail(code ? code : ENDED_BY_ITSELF, L"the program ended by itself with code %lu", code);
}

/* Without a way to say so a program is ready when it has not ended in its first second: most mistakes show in that. */
static BOOL wait_until_ready(HANDLE process)
{
    HANDLE handles[] = {process, ready_event};
    BOOL says_so = options.ready > 0;
    DWORD result = wait_reporting(says_so ? 2 : 1, handles, says_so ? options.ready : 1, SERVICE_START_PENDING);
    BOOL ready = result == (says_so ? WAIT_OBJECT_0 + 1 : WAIT_TIMEOUT);
    if (result == WAIT_OBJECT_0)
        ended_by_itself(process);
    else if (!ready)
        fail(NOT_READY, L"the program did not say in time that it is ready");
    return ready;
}

/*
 * Three seconds more than the program was told: it ends by itself at the end of its drain. A stop that was asked for is a success
 * however it came about: recovery actions would start the service again after an error.
 */
static void stop_program(HANDLE process)
{
    DWORD code = 0;
    report(SERVICE_STOP_PENDING, 0);
    log_say(L"stop asked, %lu s to drain", options.drain);
    SetEvent(stop_event);
    BOOL late = wait_reporting(1, &process, options.drain + 3, SERVICE_STOP_PENDING) == WAIT_TIMEOUT;
    GetExitCodeProcess(process, &code);
    job_end();
    if (late) {
        const wchar_t *reason = L"the program did not end in time and was ended by force";
        log_say(L"warning: %ls", reason);
        tell_event_log(EVENTLOG_WARNING_TYPE, reason);
    } else {
        log_say(L"stopped, the program ended with code %lu", (unsigned long)code);
    }
    report(SERVICE_STOPPED, 0);
}

static const wchar_t *read_drain(void)
{
    wchar_t text[32];
    DWORD length = GetEnvironmentVariableW(L"ORIEL_DRAIN", text, 32);
    return settle_drain(&options, length == 0 ? NULL : length < 32 ? text : L"?");
}

static BOOL prepare(void)
{
    wchar_t reason[512];
    BOOL logged = options.log && log_open(options.log, (ULONGLONG)options.log_size << 20, options.log_keep);
    if (problem)
        return fail(BAD_ARGUMENTS, L"the arguments of the service are wrong: %ls", problem);
    if (!logged)
        return fail(NO_LOG, L"the log %ls cannot be opened, Windows error %lu", options.log, GetLastError());
    if (!set_environment(&options, reason, 512))
        return fail(BAD_ARGUMENTS, L"%ls", reason);
    if ((problem = read_drain()))
        return fail(BAD_ARGUMENTS, L"%ls", problem);
    if (!job_open() || !make_events())
        return fail(NOT_STARTED, L"the start cannot be prepared, Windows error %lu", GetLastError());
    return TRUE;
}

static void WINAPI service_main(DWORD argc, wchar_t **argv)
{
    (void)argc, (void)argv;
    service = RegisterServiceCtrlHandlerExW(L"", control, NULL);
    asked_to_stop = CreateEventW(NULL, TRUE, FALSE, NULL);
    report(SERVICE_START_PENDING, 0);
    if (!prepare() || (options.before && !run_before()))
        return;
    log_say(L"starting %ls", options.name);
    HANDLE process = program_start(options.command, options.directory);
    if (!process) {
        fail(NOT_STARTED, L"the program cannot be started, Windows error %lu", GetLastError());
        return;
    }
    if (!wait_until_ready(process))
        return;
    report(SERVICE_RUNNING, 0);
    HANDLE handles[] = {asked_to_stop, process}; /* where both have come, the stop counts */
    if (WaitForMultipleObjects(2, handles, FALSE, INFINITE) == WAIT_OBJECT_0)
        stop_program(process);
    else
        ended_by_itself(process);
}

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE previous, wchar_t *line, int show)
{
    (void)instance, (void)previous, (void)line, (void)show;
    SERVICE_TABLE_ENTRYW table[] = {{(wchar_t *)L"", service_main}, {NULL, NULL}};
    problem = parse_options(GetCommandLineW(), &options);
    if (problem)
        fprintf(stderr, "oriel-service: %ls\n", problem);
    if (options.check)
        return problem ? 2 : 0;
    return StartServiceCtrlDispatcherW(table) ? 0 : 2; /* 2: not started by the service manager */
}
