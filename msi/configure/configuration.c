/* The actions that write the first configuration, and take it back. README.md says what each reads. */
#include "program.h"
#include "session.h"
#include <stdio.h>

/* Fills CustomActionData of the three that come later; the properties to hand on are named in ConfigurationProperties. */
EXPORT GatherProperties(MSIHANDLE session)
{
    struct text names = property(session, L"ConfigurationProperties"), data = formatted(session, L"ConfigurationCommand");
    struct text note = formatted(session, L"ConfigurationNote");
    text_add(&data, L"\n{");
    for (wchar_t *name = names.at ? wcstok(names.at, L";") : NULL, *first = name; name; name = wcstok(NULL, L";")) {
        struct text value = property(session, name);
        text_add(&data, name == first ? L"" : L",");
        text_add_json(&data, name);
        text_add(&data, L":");
        text_add_json(&data, value.at ? value.at : L"");
        text_end(&value);
    }
    text_add(&data, L"}");
    BOOL gathered = set_property(session, L"WriteConfiguration", &data) && set_property(session, L"RestoreConfiguration", &note) &&
                    set_property(session, L"KeepConfiguration", &note);
    text_end(&names);
    text_end(&data);
    text_end(&note);
    return gathered ? ERROR_SUCCESS : ERROR_INSTALL_FAILURE;
}

struct listener {
    MSIHANDLE session;
    struct text said;
};

static void take_line(void *context, const wchar_t *line)
{
    struct listener *listener = context;
    if (listener->said.length < 8000) {
        text_add(&listener->said, listener->said.length ? L"\r\n" : L"");
        text_add(&listener->said, line);
    }
    say(listener->session, INSTALLMESSAGE_INFO, line);
}

/* CustomActionData: a command, a line end, and what the command is told. */
EXPORT WriteConfiguration(MSIHANDLE session)
{
    struct listener listener = {session, {0}};
    struct text data = property(session, L"CustomActionData");
    wchar_t *end = data.at ? wcschr(data.at, L'\n') : NULL, words[128];
    if (!end)
        return fail(session, L"CustomActionData of WriteConfiguration has no command to run");
    *end = 0;
    DWORD code = program_run(data.at, end + 1, take_line, &listener);
    _snwprintf(words, 127, L"The program that writes the configuration cannot be started, Windows error %lu.", (unsigned long)GetLastError());
    if (code)
        fail(session, code == (DWORD)-1 ? words : listener.said.at ? listener.said.at : L"The configuration was not written.");
    text_end(&data);
    text_end(&listener.said);
    return code ? ERROR_INSTALL_FAILURE : ERROR_SUCCESS;
}

/* Deletes the files that the note names, all in its own folder. */
static void undo(MSIHANDLE session, const struct text *note)
{
    wchar_t name[256], path[1024];
    FILE *file = _wfopen(note->at, L"r");
    int folder = (int)(wcsrchr(note->at, L'\\') - note->at);
    while (file && fgetws(name, 256, file)) {
        name[wcscspn(name, L"\r\n")] = 0;
        if (!*name || wcspbrk(name, L"\\/:"))
            continue;
        _snwprintf(path, 1023, L"%.*ls\\%ls", folder, note->at, name);
        path[1023] = 0;
        say(session, INSTALLMESSAGE_INFO, DeleteFileW(path) ? L"took back" : L"cannot take back");
        say(session, INSTALLMESSAGE_INFO, path);
    }
    if (file)
        fclose(file);
}

/* CustomActionData: path of the note. It is done here and not by Python, which a rollback may have taken away already. */
static UINT end_note(MSIHANDLE session, BOOL failed)
{
    struct text note = property(session, L"CustomActionData");
    if (note.at && wcsrchr(note.at, L'\\')) {
        if (failed)
            undo(session, &note);
        DeleteFileW(note.at);
    }
    text_end(&note);
    return ERROR_SUCCESS;
}

EXPORT RestoreConfiguration(MSIHANDLE session)
{
    return end_note(session, TRUE);
}

EXPORT KeepConfiguration(MSIHANDLE session)
{
    return end_note(session, FALSE);
}

EXPORT TellWhatStays(MSIHANDLE session)
{
    struct text words = formatted(session, L"WhatStays");
    say(session, INSTALLMESSAGE_INFO, words.at ? words.at : L"");
    text_end(&words);
    return ERROR_SUCCESS;
}
