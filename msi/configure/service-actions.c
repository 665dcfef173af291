/* The actions around the services of the product: Windows Installer waits 30 seconds at most, for a start as for a stop. */
#include "services.h"
#include "session.h"
#include <stdio.h>

/* Keeps those of `SECONDS;NAME;NAME...` that run, for the two actions that come later. */
EXPORT GatherServices(MSIHANDLE session)
{
    struct text given = property(session, L"DrainedServices"), running = {0};
    wchar_t *name = given.at ? wcstok(given.at, L";") : NULL;
    text_add(&running, name ? name : L"0");
    while (name && (name = wcstok(NULL, L";")))
        if (service_status(name).dwCurrentState == SERVICE_RUNNING) {
            text_add(&running, L";");
            text_add(&running, name);
        }
    set_property(session, L"DrainServices", &running);
    set_property(session, L"RestartServices", &running);
    text_end(&given);
    text_end(&running);
    return ERROR_SUCCESS;
}

/* CustomActionData: `SECONDS;NAME;NAME...`, of which this gives the tick at which patience ends. */
static ULONGLONG patience(const struct text *data, wchar_t **first)
{
    wchar_t *seconds = data->at ? wcstok(data->at, L";") : NULL;
    *first = seconds ? wcstok(NULL, L";") : NULL;
    return GetTickCount64() + (seconds ? wcstoul(seconds, NULL, 10) : 0) * 1000ULL;
}

/* Stops services and lets each end its work. What does not end is left to Windows Installer, which says so. */
EXPORT DrainServices(MSIHANDLE session)
{
    struct text data = property(session, L"CustomActionData");
    wchar_t *first;
    ULONGLONG end = patience(&data, &first);
    for (wchar_t *name = first; name; name = wcstok(NULL, L";")) {
        service_stop(name);
        service_after(name, SERVICE_STOP_PENDING, end);
    }
    text_end(&data);
    return ERROR_SUCCESS;
}

/* The rollback of DrainServices: what ran before runs again. */
EXPORT RestartServices(MSIHANDLE session)
{
    struct text data = property(session, L"CustomActionData");
    wchar_t *first;
    patience(&data, &first);
    for (wchar_t *name = first; name; name = wcstok(NULL, L";"))
        service_start(name);
    text_end(&data);
    return ERROR_SUCCESS;
}

/* Fails where a service that was started does not run. One that is not there was not chosen. */
EXPORT AwaitServices(MSIHANDLE session)
{
    struct text data = property(session, L"CustomActionData");
    wchar_t words[512], *first;
    ULONGLONG end = patience(&data, &first);
    UINT result = ERROR_SUCCESS;
    for (wchar_t *name = first; name && result == ERROR_SUCCESS; name = wcstok(NULL, L";")) {
        SERVICE_STATUS_PROCESS status = service_after(name, SERVICE_START_PENDING, end);
        if (status.dwCurrentState == SERVICE_RUNNING || status.dwWin32ExitCode == ERROR_SERVICE_DOES_NOT_EXIST)
            continue;
        DWORD code = status.dwWin32ExitCode == ERROR_SERVICE_SPECIFIC_ERROR ? status.dwServiceSpecificExitCode : status.dwWin32ExitCode;
        _snwprintf(words, 511, L"The service %ls does not run (state %lu, code %lu). Its log and the event log say why.", name,
                   (unsigned long)status.dwCurrentState, (unsigned long)code);
        words[511] = 0;
        result = fail(session, words);
    }
    text_end(&data);
    return result;
}
