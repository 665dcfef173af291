#include "session.h"
#include <stdlib.h>

void say(MSIHANDLE session, INSTALLMESSAGE kind, const wchar_t *words)
{
    MSIHANDLE record = MsiCreateRecord(1);
    wchar_t *plain = _wcsdup(words);
    for (wchar_t *at = plain; at && *at; at++)
        *at = *at == L'[' ? L'(' : *at == L']' ? L')' : *at;
    MsiRecordSetStringW(record, 0, L"[1]");
    MsiRecordSetStringW(record, 1, plain ? plain : L"");
    MsiProcessMessage(session, kind, record);
    MsiCloseHandle(record);
    free(plain);
}

UINT fail(MSIHANDLE session, const wchar_t *words)
{
    say(session, INSTALLMESSAGE_ERROR, words);
    return ERROR_INSTALL_FAILURE;
}

struct text property(MSIHANDLE session, const wchar_t *name)
{
    struct text value = {0};
    DWORD length = 0;
    MsiGetPropertyW(session, name, L"", &length);
    if (text_room(&value, ++length))
        MsiGetPropertyW(session, name, value.at, &length);
    value.length = value.at ? wcslen(value.at) : 0;
    return value;
}

struct text formatted(MSIHANDLE session, const wchar_t *name)
{
    struct text template = property(session, name), value = {0};
    MSIHANDLE record = MsiCreateRecord(0);
    DWORD length = 0;
    MsiRecordSetStringW(record, 0, template.at ? template.at : L"");
    MsiFormatRecordW(session, record, L"", &length);
    if (text_room(&value, ++length))
        MsiFormatRecordW(session, record, value.at, &length);
    value.length = value.at ? wcslen(value.at) : 0;
    MsiCloseHandle(record);
    text_end(&template);
    return value;
}

BOOL set_property(MSIHANDLE session, const wchar_t *name, const struct text *value)
{
    return value->at && MsiSetPropertyW(session, name, value->at) == ERROR_SUCCESS;
}
