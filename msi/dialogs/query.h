/* Rows of the package's own tables, and texts from its Error table. */
#ifndef ORIEL_QUERY_H
#define ORIEL_QUERY_H
#include "../configure/session.h"

/* Gets each row of a query. */
typedef void (*row_taker)(void *context, MSIHANDLE row);

/* `argument` stands for a question mark in the query, or is NULL. FALSE where a table is not there. */
BOOL query(MSIHANDLE session, const wchar_t *sql, const wchar_t *argument, row_taker take, void *context);
struct text cell(MSIHANDLE row, UINT column);

/* Messages behind the problems of checks.h, by their offset. */
enum message {
    FOLDER = 9,
    ADD,
    REMOVE,
    REPAIR,
    SERVICE,
    SETTING,
    SECRET,
    EMPTY,
    RUNNING,
    STOPPED,
    LOG_PLACE,
    LOG_NONE,
    UNKNOWN
};

/* The text of a message with up to three values for [2], [3] and [4]. Brackets in a value stay what they are. */
struct text message(MSIHANDLE session, int offset, const wchar_t *second, const wchar_t *third, const wchar_t *fourth);
#endif
