#include "winectl.h"
#include <winsvc.h>

static const wchar_t *const states[] = {L"Unknown", L"Stopped", L"StartPending", L"StopPending",
                                        L"Running", L"ContinuePending", L"PausePending", L"Paused"};

static const wchar_t *mode_name(DWORD start)
{
    return start == SERVICE_AUTO_START ? L"Auto" : start == SERVICE_DEMAND_START ? L"Manual"
         : start == SERVICE_DISABLED   ? L"Disabled" : start == SERVICE_BOOT_START ? L"Boot" : L"System";
}

/* Opens a service; prints the refusal and returns NULL when that fails. Handles end with the process. */
static SC_HANDLE open_service(const wchar_t *name, DWORD access)
{
    SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
    SC_HANDLE service = manager ? OpenServiceW(manager, name, access) : NULL;
    if (!service)
        json_error(name, GetLastError());
    return service;
}

static DWORD query(SC_HANDLE service, SERVICE_STATUS_PROCESS *status)
{
    DWORD needed;
    if (QueryServiceStatusEx(service, SC_STATUS_PROCESS_INFO, (BYTE *)status, sizeof *status, &needed))
        return 0;
    return GetLastError();
}

static void print_status(const SERVICE_STATUS_PROCESS *status)
{
    DWORD state = status->dwCurrentState < 8 ? status->dwCurrentState : 0;
    DWORD code = status->dwWin32ExitCode == ERROR_SERVICE_SPECIFIC_ERROR ? status->dwServiceSpecificExitCode
                                                                         : status->dwWin32ExitCode;
    printf("{\"exists\":true,\"status\":\"%ls\",\"pid\":%lu,\"exitCode\":%lu,\"checkPoint\":%lu", states[state],
           (unsigned long)status->dwProcessId, (unsigned long)code, (unsigned long)status->dwCheckPoint);
}

int service_state(const wchar_t *name)
{
    SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
    SC_HANDLE service = manager ? OpenServiceW(manager, name, SERVICE_QUERY_STATUS | SERVICE_QUERY_CONFIG) : NULL;
    DWORD error = service ? 0 : GetLastError();
    if (error == ERROR_SERVICE_DOES_NOT_EXIST) {
        puts("{\"exists\":false}");
        return 0;
    }
    SERVICE_STATUS_PROCESS status;
    static BYTE buffer[8192];
    QUERY_SERVICE_CONFIGW *config = (QUERY_SERVICE_CONFIGW *)buffer;
    DWORD needed;
    if (!error)
        error = query(service, &status);
    if (!error && !QueryServiceConfigW(service, config, sizeof buffer, &needed))
        error = GetLastError();
    if (error)
        return json_error(name, error);
    print_status(&status);
    printf(",\"startMode\":\"%ls\",\"account\":", mode_name(config->dwStartType));
    json_string(stdout, config->lpServiceStartName ? config->lpServiceStartName : L"LocalSystem");
    fputs(",\"path\":", stdout);
    json_string(stdout, config->lpBinaryPathName ? config->lpBinaryPathName : L"");
    puts("}");
    return 0;
}

/* Waits until the service leaves `pending` states or the time is over, then prints what it is. */
static int settle(SC_HANDLE service, const wchar_t *name, DWORD wanted, DWORD seconds)
{
    SERVICE_STATUS_PROCESS status;
    ULONGLONG end = GetTickCount64() + seconds * 1000ULL;
    for (;;) {
        DWORD error = query(service, &status);
        if (error)
            return json_error(name, error);
        DWORD state = status.dwCurrentState;
        BOOL pending = state == SERVICE_START_PENDING || state == SERVICE_STOP_PENDING ||
                       (wanted == SERVICE_STOPPED && state == SERVICE_RUNNING);
        if (!pending || GetTickCount64() >= end)
            break;
        Sleep(50);
    }
    print_status(&status);
    puts("}");
    return 0;
}

int service_start(const wchar_t *name, DWORD seconds)
{
    SC_HANDLE service = open_service(name, SERVICE_START | SERVICE_QUERY_STATUS);
    if (!service)
        return 1;
    if (!StartServiceW(service, 0, NULL) && GetLastError() != ERROR_SERVICE_ALREADY_RUNNING)
        return json_error(name, GetLastError());
    return settle(service, name, SERVICE_RUNNING, seconds);
}

int service_stop(const wchar_t *name, DWORD seconds)
{
    SERVICE_STATUS status;
    SC_HANDLE service = open_service(name, SERVICE_STOP | SERVICE_QUERY_STATUS);
    if (!service)
        return 1;
    if (!ControlService(service, SERVICE_CONTROL_STOP, &status) && GetLastError() != ERROR_SERVICE_NOT_ACTIVE &&
        GetLastError() != ERROR_SERVICE_CANNOT_ACCEPT_CTRL)
        return json_error(name, GetLastError());
    return settle(service, name, SERVICE_STOPPED, seconds);
}

/* Sets what is not NULL, or not SERVICE_NO_CHANGE. Wine notes accounts and has one user; it waits for no dependency. */
static int configure(const wchar_t *name, DWORD start, const wchar_t *dependencies, const wchar_t *account)
{
    SC_HANDLE service = open_service(name, SERVICE_CHANGE_CONFIG);
    if (!service)
        return 1;
    if (!ChangeServiceConfigW(service, SERVICE_NO_CHANGE, start, SERVICE_NO_CHANGE, NULL, NULL, NULL, dependencies, account,
                              account ? L"" : NULL, NULL))
        return json_error(name, GetLastError());
    puts("{}");
    return 0;
}

int service_mode(const wchar_t *name, const wchar_t *mode)
{
    DWORD start = !_wcsicmp(mode, L"Auto") ? SERVICE_AUTO_START : !_wcsicmp(mode, L"Manual") ? SERVICE_DEMAND_START
                : !_wcsicmp(mode, L"Disabled") ? SERVICE_DISABLED : SERVICE_NO_CHANGE;
    if (start == SERVICE_NO_CHANGE)
        return json_error(mode, ERROR_INVALID_PARAMETER);
    return configure(name, start, NULL, NULL);
}

int service_account(const wchar_t *name, const wchar_t *account)
{
    return configure(name, SERVICE_NO_CHANGE, NULL, account);
}

int service_depend(const wchar_t *name, int count, wchar_t **services)
{
    static wchar_t list[8192];
    size_t at = 0;
    for (int i = 0; i < count; i++) {
        size_t length = wcslen(services[i]) + 1;
        if (at + length + 1 > 8192)
            return json_error(name, ERROR_INSUFFICIENT_BUFFER);
        wmemcpy(list + at, services[i], length);
        at += length;
    }
    return configure(name, SERVICE_NO_CHANGE, list, NULL);
}
