#include "services.h"

static SC_HANDLE open_service(const wchar_t *name, DWORD access)
{
    SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
    SC_HANDLE service = manager ? OpenServiceW(manager, name, access) : NULL;
    if (manager)
        CloseServiceHandle(manager);
    return service;
}

SERVICE_STATUS_PROCESS service_status(const wchar_t *name)
{
    SERVICE_STATUS_PROCESS status = {.dwCurrentState = SERVICE_STOPPED, .dwWin32ExitCode = ERROR_SERVICE_DOES_NOT_EXIST};
    DWORD size;
    SC_HANDLE service = open_service(name, SERVICE_QUERY_STATUS);
    if (!service)
        return status;
    QueryServiceStatusEx(service, SC_STATUS_PROCESS_INFO, (BYTE *)&status, sizeof status, &size);
    CloseServiceHandle(service);
    return status;
}

SERVICE_STATUS_PROCESS service_after(const wchar_t *name, DWORD pending, ULONGLONG end)
{
    SERVICE_STATUS_PROCESS status = service_status(name);
    while (status.dwCurrentState == pending && GetTickCount64() < end) {
        Sleep(250);
        status = service_status(name);
    }
    return status;
}

void service_start(const wchar_t *name)
{
    SC_HANDLE service = open_service(name, SERVICE_START);
    if (!service)
        return;
    StartServiceW(service, 0, NULL);
    CloseServiceHandle(service);
}

void service_stop(const wchar_t *name)
{
    SERVICE_STATUS status;
    SC_HANDLE service = open_service(name, SERVICE_STOP);
    if (!service)
        return;
    ControlService(service, SERVICE_CONTROL_STOP, &status);
    CloseServiceHandle(service);
}
