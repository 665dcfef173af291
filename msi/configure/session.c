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

struct text read_text(text_source source, MSIHANDLE handle, const void *which)
{
    struct text value = {0};
    DWORD length = 0;
    source(handle, which, L"", &length);
    if (text_room(&value, ++length))
        source(handle, which, value.at, &length);
    value.length = value.at ? wcslen(value.at) : 0;
    return value;
}

static UINT property_source(MSIHANDLE session, const void *name, wchar_t *at, DWORD *length)
{
    return MsiGetPropertyW(session, name, at, length);
}

struct text property(MSIHANDLE session, const wchar_t *name)
{
    return read_text(property_source, session, name);
}

static UINT format_source(MSIHANDLE session, const void *record, wchar_t *at, DWORD *length)
{
    return MsiFormatRecordW(session, *(const MSIHANDLE *)record, at, length);
}

struct text formatted(MSIHANDLE session, const wchar_t *name)
{
    struct text template = property(session, name);
    MSIHANDLE record = MsiCreateRecord(0);
    MsiRecordSetStringW(record, 0, template.at ? template.at : L"");
    struct text value = read_text(format_source, session, &record);
    MsiCloseHandle(record);
    text_end(&template);
    return value;
}

BOOL set_property(MSIHANDLE session, const wchar_t *name, const struct text *value)
{
    return value->at && MsiSetPropertyW(session, name, value->at) == ERROR_SUCCESS;
}
