#!/bin/sh
# Makes oriel-service.exe and its hash in the folder given (default: here). Same compiler, same bytes.
here=$(cd "$(dirname "$0")" && pwd)
CFLAGS=-municode "$here/../compile.sh" "$here" "${1:-$here}" oriel-service.exe \
    'oriel-service options environment log program' -municode -mwindows
