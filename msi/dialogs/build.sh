#!/bin/sh
# Makes oriel-dialogs.dll and its hash in the folder given (default: here). Same compiler, same bytes.
here=$(cd "$(dirname "$0")" && pwd)
CFLAGS=-DWIN32_LEAN_AND_MEAN "$here/../compile.sh" "$here" "${1:-$here}" oriel-dialogs.dll \
    'changes checks log pages query result ../configure/services ../configure/session ../configure/text' \
    -shared -static-libgcc -lmsi -ladvapi32 -lws2_32
