/* Text, properties and words, as all actions need them. */
#ifndef ORIEL_SESSION_H
#define ORIEL_SESSION_H
#include "text.h"
#include <windows.h>
#include <msi.h>
#include <msiquery.h>

#define EXPORT __declspec(dllexport) UINT WINAPI

/* Tells the installer's log or whoever watches. Brackets become parentheses: Wine takes what is in them for a property, in a field too. */
void say(MSIHANDLE session, INSTALLMESSAGE kind, const wchar_t *words);
/* Says why and gives what an action that failed has to give. */
UINT fail(MSIHANDLE session, const wchar_t *words);
/* A function of Windows Installer that writes a text of `which` to `at`, or says its length where there is no room. */
typedef UINT (*text_source)(MSIHANDLE handle, const void *which, wchar_t *at, DWORD *length);
/* Asks for the length, then for the text. */
struct text read_text(text_source source, MSIHANDLE handle, const void *which);
/* Empty where there is no such property. */
struct text property(MSIHANDLE session, const wchar_t *name);
/* A property whose own text has properties in brackets. */
struct text formatted(MSIHANDLE session, const wchar_t *name);
BOOL set_property(MSIHANDLE session, const wchar_t *name, const struct text *value);
#endif
