/* A Windows service that writes the time into a file: clock.exe --interval SECONDS --file FILE */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static SERVICE_STATUS status = { SERVICE_WIN32_OWN_PROCESS, SERVICE_RUNNING, SERVICE_ACCEPT_STOP, 0, 0, 0, 0 };
static SERVICE_STATUS_HANDLE handle;
static HANDLE stopped;
static DWORD interval = 5;
static const char *path = "clock.txt";

static void write_time(void)
{
    SYSTEMTIME now;
    FILE *file = fopen(path, "w");
    if (!file) return;
    GetSystemTime(&now);
    fprintf(file, "%04d-%02d-%02d %02d:%02d:%02d\n", now.wYear, now.wMonth, now.wDay, now.wHour, now.wMinute, now.wSecond);
    fclose(file);
}

static void WINAPI control(DWORD code)
{
    if (code == SERVICE_CONTROL_STOP) SetEvent(stopped);
    SetServiceStatus(handle, &status);
}

static void WINAPI service_main(DWORD argc, char **argv)
{
    (void)argc;
    stopped = CreateEventA(NULL, TRUE, FALSE, NULL);
    handle = RegisterServiceCtrlHandlerA(argv[0], control);
    SetServiceStatus(handle, &status);
    do write_time();
    while (WaitForSingleObject(stopped, interval * 1000) == WAIT_TIMEOUT);
    status.dwCurrentState = SERVICE_STOPPED;
    SetServiceStatus(handle, &status);
}

int main(int argc, char **argv)
{
    SERVICE_TABLE_ENTRYA table[] = { { (char *)"", service_main }, { NULL, NULL } };
    for (int i = 1; i + 1 < argc; i += 2)
    {
        if (strcmp(argv[i], "--interval") == 0) interval = (DWORD)atoi(argv[i + 1]);
        if (strcmp(argv[i], "--file") == 0) path = argv[i + 1];
    }
    return StartServiceCtrlDispatcherA(table) ? 0 : 1;
}
