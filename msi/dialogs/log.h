/* What the log of Windows Installer says of a failure. */
#ifndef ORIEL_LOG_H
#define ORIEL_LOG_H
#include "../configure/text.h"

/* The first error message of a product in the log at `path`, 600 characters at most; empty where there is none to be found. */
struct text first_error(const wchar_t *path, const wchar_t *product);
#endif
