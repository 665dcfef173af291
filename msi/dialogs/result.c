/* The last page: what runs, or what failed, and where the log is. */
#include "../configure/services.h"
#include "query.h"
#include <stdio.h>
#include <stdlib.h>

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

/* The whole log: UTF-16 with a mark on Windows, bytes in Wine. NULL where it cannot be read. */
static wchar_t *read_log(const wchar_t *path)
{
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
    DWORD size = file == INVALID_HANDLE_VALUE ? 0 : GetFileSize(file, NULL), length = 0;
    char *bytes = size && size < 64u << 20 ? calloc(size + 2, 1) : NULL;
    wchar_t *words = bytes ? calloc(size + 2, sizeof *words) : NULL;
    if (words && ReadFile(file, bytes, size, &length, NULL)) {
        if (length > 1 && (unsigned char)bytes[0] == 0xff && (unsigned char)bytes[1] == 0xfe)
            memcpy(words, bytes + 2, length - 2);
        else
            MultiByteToWideChar(CP_ACP, 0, bytes, (int)length, words, (int)size);
    }
    free(bytes);
    if (file != INVALID_HANDLE_VALUE)
        CloseHandle(file);
    return words;
}

/* Windows logs each error message once more as `Product: NAME -- MESSAGE`, in its language; the first is the cause of the others. */
static void find_reason(const wchar_t *log, const wchar_t *product, struct text *reason)
{
    struct text mark = {0};
    text_add(&mark, product);
    text_add(&mark, L" -- ");
    const wchar_t *at = log ? wcsstr(log, mark.at) : NULL;
    if (at) {
        at += mark.length;
        size_t length = wcscspn(at, L"\r\n");
        wchar_t *line = calloc(length + 1, sizeof *line);
        if (line) {
            wmemcpy(line, at, length < 600 ? length : 600);
            text_add(reason, line);
        }
        free(line);
    }
    text_end(&mark);
}

EXPORT ShowFailure(MSIHANDLE session)
{
    struct text path = set_log_text(session), reason = {0}, product = property(session, L"ProductName");
    wchar_t *log = path.length ? read_log(path.at) : NULL;
    find_reason(log, product.at ? product.at : L"", &reason);
    struct text unknown = message(session, UNKNOWN, NULL, NULL, NULL);
    MsiSetPropertyW(session, L"FailureText", reason.length ? reason.at : unknown.at ? unknown.at : L"");
    free(log);
    text_end(&path);
    text_end(&reason);
    text_end(&product);
    text_end(&unknown);
    MsiDoActionW(session, L"FailureDlg");
    return ERROR_SUCCESS;
}
