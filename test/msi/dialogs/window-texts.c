/* Prints what people read in the windows of an installer: a line for each control that is seen, and for each row of a list. */
#include <stdio.h>
#include <windows.h>

static void print(wchar_t *text)
{
    char line[8192];
    for (wchar_t *at = text; *at; at++)
        if (*at < L' ')
            *at = L' ';
    if (*text && WideCharToMultiByte(CP_UTF8, 0, text, -1, line, sizeof line, NULL, NULL))
        printf("%s\n", line);
}

static void print_rows(HWND list)
{
    wchar_t text[2048];
    LRESULT count = SendMessageW(list, LB_GETCOUNT, 0, 0);
    for (LRESULT i = 0; i < count; i++)
        if (SendMessageW(list, LB_GETTEXTLEN, i, 0) < 2048 && SendMessageW(list, LB_GETTEXT, i, (LPARAM)text) >= 0)
            print(text);
}

static BOOL CALLBACK print_control(HWND control, LPARAM unused)
{
    wchar_t kind[64] = L"", text[2048] = L"";
    (void)unused;
    GetClassNameW(control, kind, 64);
    /* What is typed is no text of a page, and may be a password. */
    if (!IsWindowVisible(control) || !lstrcmpiW(kind, L"Edit"))
        return TRUE;
    if (!lstrcmpiW(kind, L"ListBox"))
        print_rows(control);
    else if (SendMessageW(control, WM_GETTEXT, 2047, (LPARAM)text))
        print(text);
    return TRUE;
}

static BOOL CALLBACK print_window(HWND window, LPARAM unused)
{
    wchar_t title[256] = L"";
    GetWindowTextW(window, title, 256);
    if (IsWindowVisible(window) && wcsstr(title, L"Setup"))
        EnumChildWindows(window, print_control, unused);
    return TRUE;
}

int main(void)
{
    EnumWindows(print_window, 0);
    return 0;
}
