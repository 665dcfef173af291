/* The list of everything that happens, before it does. */
#include "query.h"
#include <limits.h>

struct list {
    MSIHANDLE session, database, view;
    int position;
    const wchar_t *mode;
};

/* What runs from its source is there as well; Wine says that of a feature with a registry key. */
static BOOL is_there(INSTALLSTATE state)
{
    return state == INSTALLSTATE_LOCAL || state == INSTALLSTATE_SOURCE;
}

/* A repair and a removal are asked of Windows Installer only when somebody goes on from the list: up to there, Back leads to all others. */
static INSTALLSTATE planned(const struct list *list, INSTALLSTATE now, INSTALLSTATE then)
{
    if (!wcscmp(list->mode, L"Remove"))
        return INSTALLSTATE_ABSENT;
    return is_there(now) && !wcscmp(list->mode, L"Repair") ? INSTALLSTATE_LOCAL : then;
}

static void add_line(struct list *list, int offset, const wchar_t *second, const wchar_t *third)
{
    struct text words = message(list->session, offset, second, third, NULL), shown = {0};
    wchar_t number[12], one[2] = {0};
    MSIHANDLE row = MsiCreateRecord(3);
    _ltow(++list->position, number, 10);
    /* The column is formatted: a bracket in a value is no property. */
    for (const wchar_t *at = words.at ? words.at : L""; *at; at++) {
        one[0] = *at;
        text_add(&shown, *at == L'[' ? L"[\\[]" : *at == L']' ? L"[\\]]" : one);
    }
    MsiRecordSetInteger(row, 1, list->position);
    MsiRecordSetStringW(row, 2, number);
    MsiRecordSetStringW(row, 3, shown.at ? shown.at : L"");
    MsiViewExecute(list->view, row);
    MsiViewClose(list->view);
    MsiCloseHandle(row);
    text_end(&words);
    text_end(&shown);
}

static void add_feature(void *context, MSIHANDLE row)
{
    struct list *list = context;
    struct text id = cell(row, 1), title = cell(row, 2);
    const wchar_t *words = title.length ? title.at : id.at;
    INSTALLSTATE now, then;
    if (id.at && MsiGetFeatureStateW(list->session, id.at, &now, &then) == ERROR_SUCCESS) {
        then = planned(list, now, then);
        if (then == INSTALLSTATE_LOCAL)
            add_line(list, is_there(now) ? REPAIR : ADD, words, NULL);
        else if (then == INSTALLSTATE_ABSENT && is_there(now))
            add_line(list, REMOVE, words, NULL);
    }
    text_end(&id);
    text_end(&title);
}

static void add_service(void *context, MSIHANDLE row)
{
    struct list *list = context;
    struct text title = cell(row, 1), component = cell(row, 2);
    INSTALLSTATE now, then;
    if (component.at && MsiGetComponentStateW(list->session, component.at, &now, &then) == ERROR_SUCCESS &&
        planned(list, now, then) == INSTALLSTATE_LOCAL)
        add_line(list, SERVICE, title.at ? title.at : L"", NULL);
    text_end(&title);
    text_end(&component);
}

static void add_setting(void *context, MSIHANDLE row)
{
    struct list *list = context;
    struct text name = cell(row, 1), label = cell(row, 2), value = property(list->session, name.at ? name.at : L"");
    struct text words = message(list->session, value.length ? SECRET : EMPTY, NULL, NULL, NULL);
    BOOL is_shown = value.length && MsiRecordGetInteger(row, 3) != 1;
    add_line(list, SETTING, label.at ? label.at : L"", is_shown ? value.at : words.at ? words.at : L"");
    text_end(&name);
    text_end(&label);
    text_end(&value);
    text_end(&words);
}

static void count_row(void *rows, MSIHANDLE row)
{
    (void)row;
    ++*(int *)rows;
}

/* Wine leaves rows behind where it deletes several: it is asked again as long as that takes any away. */
static void clear(struct list *list)
{
    int before, left = INT_MAX;
    do {
        MSIHANDLE view = 0;
        before = left;
        left = 0;
        if (MsiDatabaseOpenViewW(list->database, L"DELETE FROM `ListBox` WHERE `Property` = 'ChangeList' AND `Order` > 1", &view) == ERROR_SUCCESS)
            MsiViewExecute(view, 0);
        MsiCloseHandle(view);
        query(list->session, L"SELECT `Order` FROM `ListBox` WHERE `Property` = 'ChangeList' AND `Order` > 1", NULL, count_row, &left);
    } while (left && left < before);
}

/* Fills the list box of ChangeList with rows that are only in memory. Settings are those of an installation. */
EXPORT ListChanges(MSIHANDLE session)
{
    /* The first row, the heading, is the package's own. */
    struct text mode = property(session, L"WizardMode"), folder = property(session, L"INSTALLDIR");
    struct list list = {session, MsiGetActiveDatabase(session), 0, 1, mode.at ? mode.at : L""};
    clear(&list);
    if (MsiDatabaseOpenViewW(list.database,
                             L"INSERT INTO `ListBox` (`Property`, `Order`, `Value`, `Text`) VALUES ('ChangeList', ?, ?, ?) TEMPORARY",
                             &list.view) == ERROR_SUCCESS) {
        add_line(&list, FOLDER, folder.at ? folder.at : L"", NULL);
        query(session, L"SELECT `Feature`, `Title` FROM `Feature`", NULL, add_feature, &list);
        query(session, L"SELECT `DisplayName`, `Component_` FROM `ServiceInstall`", NULL, add_service, &list);
        if (!wcscmp(list.mode, L"Install"))
            query(session, L"SELECT `Property`, `Label`, `Secret` FROM `DialogField` ORDER BY `Page`, `Position`", NULL, add_setting, &list);
    }
    MsiCloseHandle(list.view);
    MsiCloseHandle(list.database);
    text_end(&mode);
    text_end(&folder);
    return ERROR_SUCCESS;
}
