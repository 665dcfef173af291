#!/bin/sh
# Makes oriel-configure.dll and its hash in the folder given (default: here). Same compiler, same bytes.
here=$(cd "$(dirname "$0")" && pwd)
CFLAGS=-DWIN32_LEAN_AND_MEAN "$here/../compile.sh" "$here" "${1:-$here}" oriel-configure.dll \
    'configuration program service-actions services session text' -shared -static-libgcc -lmsi -ladvapi32
