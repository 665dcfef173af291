#include "query.h"
#include <stdio.h>

BOOL query(MSIHANDLE session, const wchar_t *sql, const wchar_t *argument, row_taker take, void *context)
{
    MSIHANDLE database = MsiGetActiveDatabase(session), view = 0, values = argument ? MsiCreateRecord(1) : 0, row = 0;
    if (values)
        MsiRecordSetStringW(values, 1, argument);
    BOOL found = MsiDatabaseOpenViewW(database, sql, &view) == ERROR_SUCCESS && MsiViewExecute(view, values) == ERROR_SUCCESS;
    while (found && MsiViewFetch(view, &row) == ERROR_SUCCESS) {
        take(context, row);
        MsiCloseHandle(row);
    }
    if (view)
        MsiViewClose(view);
    MsiCloseHandle(view);
    MsiCloseHandle(values);
    MsiCloseHandle(database);
    return found;
}

static UINT cell_source(MSIHANDLE row, const void *column, wchar_t *at, DWORD *length)
{
    return MsiRecordGetStringW(row, *(const UINT *)column, at, length);
}

struct text cell(MSIHANDLE row, UINT column)
{
    return read_text(cell_source, row, &column);
}

static void keep(void *context, MSIHANDLE row)
{
    *(struct text *)context = cell(row, 1);
}

/* By hand: a record that is formatted would take brackets in a value for properties. */
struct text message(MSIHANDLE session, int offset, const wchar_t *second, const wchar_t *third, const wchar_t *fourth)
{
    const wchar_t *values[] = {second, third, fourth};
    struct text template = {0}, words = {0};
    wchar_t sql[80], one[2] = {0};
    _snwprintf(sql, 79, L"SELECT `Message` FROM `Error` WHERE `Error` = %d", 29901 + offset);
    sql[79] = 0;
    query(session, sql, NULL, keep, &template);
    for (const wchar_t *at = template.at ? template.at : L""; *at; at++) {
        const wchar_t *value = at[0] == L'[' && at[1] >= L'2' && at[1] <= L'4' && at[2] == L']' ? values[at[1] - L'2'] : NULL;
        one[0] = *at;
        text_add(&words, value ? value : one);
        at += value ? 2 : 0;
    }
    text_end(&template);
    return words;
}
