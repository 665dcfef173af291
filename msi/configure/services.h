/* Services by name, asked and told through the service manager. */
#ifndef ORIEL_SERVICES_H
#define ORIEL_SERVICES_H
#include <windows.h>

/* What a service is doing; SERVICE_STOPPED with ERROR_SERVICE_DOES_NOT_EXIST where it is not there. */
SERVICE_STATUS_PROCESS service_status(const wchar_t *name);
/* The same as soon as it is no longer `pending`, at the tick `end` at the latest. */
SERVICE_STATUS_PROCESS service_after(const wchar_t *name, DWORD pending, ULONGLONG end);
/* Asks for a start or a stop, and waits for nothing. */
void service_start(const wchar_t *name);
void service_stop(const wchar_t *name);
#endif
