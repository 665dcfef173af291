/* The last page: what runs, or what failed, and where the log is. */
#include "../configure/services.h"
#include "log.h"
#include "query.h"

struct services {
    MSIHANDLE session;
    struct text words;
};

static void add_service(void *context, MSIHANDLE row)
{
    struct services *services = context;
    struct text name = cell(row, 1), title = cell(row, 2);
    SERVICE_STATUS_PROCESS status = service_status(name.at ? name.at : L"");
    /* One that is not there was not chosen, or is removed. */
    if (status.dwWin32ExitCode != ERROR_SERVICE_DOES_NOT_EXIST) {
        BOOL runs = status.dwCurrentState == SERVICE_RUNNING || status.dwCurrentState == SERVICE_START_PENDING;
        struct text words = message(services->session, runs ? RUNNING : STOPPED, title.length ? title.at : name.at, NULL, NULL);
        text_add(&services->words, services->words.length ? L"\r\n" : L"");
        text_add(&services->words, words.at ? words.at : L"");
        text_end(&words);
    }
    text_end(&name);
    text_end(&title);
}

static struct text set_log_text(MSIHANDLE session)
{
    struct text path = property(session, L"MsiLogFileLocation");
    struct text words = message(session, path.length ? LOG_PLACE : LOG_NONE, path.at, NULL, NULL);
    MsiSetPropertyW(session, L"LogText", words.at ? words.at : L"");
    text_end(&words);
    return path;
}

EXPORT ShowEnd(MSIHANDLE session)
{
    struct services services = {session, {0}};
    struct text path = set_log_text(session);
    query(session, L"SELECT `Name`, `DisplayName` FROM `ServiceInstall`", NULL, add_service, &services);
    MsiSetPropertyW(session, L"EndText", services.words.length ? services.words.at : L"");
    text_end(&path);
    text_end(&services.words);
    MsiDoActionW(session, L"EndDlg");
    return ERROR_SUCCESS;
}

EXPORT ShowFailure(MSIHANDLE session)
{
    struct text path = set_log_text(session), product = property(session, L"ProductName");
    struct text reason = first_error(path.at ? path.at : L"", product.at ? product.at : L"");
    struct text unknown = message(session, UNKNOWN, NULL, NULL, NULL);
    MsiSetPropertyW(session, L"FailureText", reason.length ? reason.at : unknown.at ? unknown.at : L"");
    text_end(&path);
    text_end(&reason);
    text_end(&product);
    text_end(&unknown);
    MsiDoActionW(session, L"FailureDlg");
    return ERROR_SUCCESS;
}
