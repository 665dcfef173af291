/* The same answers as msi/configure/oriel_configuration/checks.py gives; test/cases/dialogs/checks.json holds both to them. */
#include "checks.h"
#include <winsock2.h>
#include <ws2tcpip.h>
#include <stdlib.h>
#include <wctype.h>

static BOOL is_letter(wchar_t c)
{
    return (c >= L'a' && c <= L'z') || (c >= L'A' && c <= L'Z');
}

static BOOL is_digit(wchar_t c)
{
    return c >= L'0' && c <= L'9';
}

/* Blanks as Python's str.isspace has them, as far as a line can hold them. */
static BOOL is_blank(wchar_t c)
{
    return c == L' ' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f || c == 0x3000;
}

static BOOL has_strange_characters(const wchar_t *value)
{
    for (const wchar_t *at = value; *at; at++)
        if (*at < 0x20 || (*at >= 0x7f && *at <= 0x9f) || *at == 0x2028 || *at == 0x2029)
            return TRUE;
    return is_blank(value[0]) || is_blank(value[wcslen(value) - 1]);
}

static BOOL is_whole(const wchar_t *value, long least, long most)
{
    size_t digits = wcsspn(value, L"0123456789");
    long number = wcstol(value, NULL, 10);
    return digits > 0 && digits <= 9 && !value[digits] && number >= least && number <= most;
}

/* Behind one name of a folder; NULL where there is none. */
static const wchar_t *segment(const wchar_t *at)
{
    size_t length = wcscspn(at, L"\\/:*?\"<>|#[]");
    return length ? at + length : NULL;
}

static BOOL is_path(const wchar_t *at)
{
    if (is_letter(at[0]) && at[1] == L':' && at[2] == L'\\')
        at = segment(at + 3);
    else if (at[0] == L'\\' && at[1] == L'\\' && (at = segment(at + 2)) && *at == L'\\')
        at = segment(at + 1);
    else
        return FALSE;
    while (at && *at == L'\\' && at[1])
        at = segment(at + 1);
    return at && (!*at || (*at == L'\\' && !at[1]));
}

static const wchar_t *behind(const wchar_t *text, const wchar_t *begin)
{
    return wcsncmp(text, begin, wcslen(begin)) ? NULL : text + wcslen(begin);
}

static BOOL has_blank(const wchar_t *text)
{
    while (*text && !is_blank(*text))
        text++;
    return *text != 0;
}

static BOOL is_url(const wchar_t *value)
{
    const wchar_t *host = behind(value, L"https://");
    host = host ? host : behind(value, L"http://");
    size_t length = host ? wcscspn(host, L"/?#@") : 0;
    return length && !has_blank(host) && (!host[length] || (host[length] == L'/' && !wcspbrk(host + length, L"?#")));
}

static const wchar_t *word(const wchar_t *at, BOOL letter_first)
{
    const wchar_t *begin = at;
    while ((*at >= L'a' && *at <= L'z') || (is_digit(*at) && (at > begin || !letter_first)))
        at++;
    return at > begin ? at : NULL;
}

static BOOL is_database(const wchar_t *value)
{
    const wchar_t *at = word(value, TRUE);
    if (at && *at == L'+')
        at = word(at + 1, FALSE);
    at = at ? behind(at, L"://") : NULL;
    return at && *at && !has_blank(at);
}

static BOOL is_host(const wchar_t *at)
{
    for (;; at++) {
        const wchar_t *begin = at;
        while (is_letter(*at) || is_digit(*at) || *at == L'-')
            at++;
        if (at == begin || *begin == L'-' || at[-1] == L'-')
            return FALSE;
        if (*at != L'.')
            return !*at;
    }
}

static BOOL is_address(const wchar_t *value)
{
    struct in6_addr address;
    return is_host(value) || InetPtonW(AF_INET6, value, &address) == 1;
}

static BOOL is_choice(const wchar_t *values, const wchar_t *value)
{
    size_t length = wcslen(value);
    for (const wchar_t *at = values; at; at = wcschr(at, L';') ? wcschr(at, L';') + 1 : NULL)
        if (wcscspn(at, L";") == length && !wcsncmp(at, value, length))
            return TRUE;
    return FALSE;
}

enum problem check_value(const struct form *form, const wchar_t *value)
{
    const wchar_t *kind = form->kind;
    if (has_strange_characters(value))
        return CHARACTERS;
    if (!wcscmp(kind, L"whole"))
        return is_whole(value, form->least, form->most) ? OK : WHOLE;
    if (!wcscmp(kind, L"path"))
        return is_path(value) ? OK : PATH;
    if (!wcscmp(kind, L"URL"))
        return is_url(value) ? OK : URL;
    if (!wcscmp(kind, L"URL or none"))
        return !wcscmp(value, L"none") || is_url(value) ? OK : URL_OR_NONE;
    if (!wcscmp(kind, L"database URL"))
        return is_database(value) ? OK : DATABASE;
    if (!wcscmp(kind, L"address"))
        return is_address(value) ? OK : ADDRESS;
    if (!wcscmp(kind, L"text"))
        return OK;
    return is_choice(kind, value) ? OK : CHOICE;
}
