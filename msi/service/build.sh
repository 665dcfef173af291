#!/bin/sh
# Makes oriel-service.exe and its hash in the folder given (default: here). Same compiler, same bytes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here}
cross=x86_64-w64-mingw32
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$here"
$cross-windres --codepage=65001 -o "$work/version.o" version.rc
$cross-gcc -std=c11 -O2 -s -Wall -Wextra -Werror -municode -mwindows -D_WIN32_WINNT=0x0602 -Wl,--no-insert-timestamp \
    -o "$out/oriel-service.exe" oriel-service.c options.c environment.c log.c program.c "$work/version.o"
cd "$out"
sha256sum oriel-service.exe > oriel-service.exe.sha256
