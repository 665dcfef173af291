/* winectl: what the stand-in node asks of Wine, one JSON object on standard output per run. */
#ifndef WINECTL_H
#define WINECTL_H
#define _WIN32_WINNT 0x0602
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

/* A JSON string: quotes and escapes `text`, ASCII only. */
void json_string(FILE *out, const wchar_t *text);
/* Prints {"error":CODE,"message":"WHAT: text of CODE"} and returns 1, the exit code of a refusal. */
int json_error(const wchar_t *what, DWORD code);

int service_state(const wchar_t *name);
int service_start(const wchar_t *name, DWORD seconds);
int service_stop(const wchar_t *name, DWORD seconds);
int service_mode(const wchar_t *name, const wchar_t *mode);
int service_account(const wchar_t *name, const wchar_t *account);
int service_depend(const wchar_t *name, int count, wchar_t **services);
int registry_value(const wchar_t *key, const wchar_t *name);
int msi_products(const wchar_t *upgrade_code);
int processes(void);
int recoverable(void);
int run_program(int argc, wchar_t **argv, BOOL whole);
#endif
