/* The action behind Next on a page with settings. README.md says what it reads. */
#include "checks.h"
#include "query.h"

struct page {
    MSIHANDLE session;
    struct text problems;
};

/* A line with what is wrong with a field, and what it needs. */
static void add_problem(struct page *page, enum problem found, const struct form *form, const wchar_t *label)
{
    wchar_t least[12], most[12];
    struct text choices = {0};
    _ltow(form->least, least, 10);
    _ltow(form->most, most, 10);
    text_add(&choices, form->kind);
    for (wchar_t *at = choices.at; at && *at; at++)
        *at = *at == L';' ? L',' : *at;
    struct text words = message(page->session, found, label, found == CHOICE ? choices.at : least, most);
    text_add(&page->problems, page->problems.length ? L"\r\n" : L"");
    text_add(&page->problems, words.length ? words.at : label);
    text_end(&words);
    text_end(&choices);
}

static void check_field(void *context, MSIHANDLE row)
{
    struct page *page = context;
    struct text name = cell(row, 1), label = cell(row, 2), kind = cell(row, 3), needed = cell(row, 6);
    struct text value = property(page->session, name.at ? name.at : L"");
    struct form form = {kind.at ? kind.at : L"text", MsiRecordGetInteger(row, 4), MsiRecordGetInteger(row, 5)};
    enum problem found = OK;
    if (value.length)
        found = check_value(&form, value.at);
    else if (needed.length && MsiEvaluateConditionW(page->session, needed.at) == MSICONDITION_TRUE)
        found = MISSING;
    if (found != OK)
        add_problem(page, found, &form, label.at ? label.at : L"?");
    text_end(&name);
    text_end(&label);
    text_end(&kind);
    text_end(&needed);
    text_end(&value);
}

/* Sets Problems to a line for each value of the page in CheckedPage that cannot be; an empty one lets the page go on. */
EXPORT CheckPage(MSIHANDLE session)
{
    struct page page = {session, {0}};
    struct text name = property(session, L"CheckedPage");
    query(session, L"SELECT `Property`, `Label`, `Form`, `Least`, `Most`, `Needed` FROM `DialogField` WHERE `Page` = ? ORDER BY `Position`",
          name.at ? name.at : L"", check_field, &page);
    MsiSetPropertyW(session, L"Problems", page.problems.length ? page.problems.at : L"");
    text_end(&name);
    text_end(&page.problems);
    return ERROR_SUCCESS;
}
