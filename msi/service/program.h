/* The program behind the service: a job object around it, its output in the log. */
#ifndef ORIEL_PROGRAM_H
#define ORIEL_PROGRAM_H
#include "options.h"
#include <windows.h>

/* Puts the environment of the options into our own, which the program inherits. FALSE: `reason` (of `size` characters) says why. */
BOOL set_environment(const struct options *options, wchar_t *reason, size_t size);
/* Makes the job; it and all in it end with this process, however that comes. */
BOOL job_open(void);
/* Starts a command line in the job with its output going to the log. NULL: GetLastError says why. */
HANDLE program_start(const wchar_t *command, const wchar_t *directory);
/* Ends what is left in the job and writes the rest of its output. */
void job_end(void);
#endif
