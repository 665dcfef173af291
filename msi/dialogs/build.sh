#!/bin/sh
# Makes oriel-dialogs.dll and its hash in the folder given (default: here). Same compiler, same bytes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here}
cross=x86_64-w64-mingw32
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$here"
$cross-windres --codepage=65001 -o "$work/version.o" version.rc
# The linker derives a library's base address from the name of the output as it is given, so no folder may be in it.
for source in checks query pages changes log result ../configure/session ../configure/text ../configure/services; do
    $cross-gcc -std=c11 -O2 -Wall -Wextra -Werror -D_WIN32_WINNT=0x0602 -DWIN32_LEAN_AND_MEAN -c -o "$work/$(basename $source).o" $source.c
done
cd "$work"
$cross-gcc -s -shared -static-libgcc -Wl,--no-insert-timestamp -o oriel-dialogs.dll *.o -lmsi -ladvapi32 -lws2_32
cp oriel-dialogs.dll "$out"
cd "$out"
sha256sum oriel-dialogs.dll > oriel-dialogs.dll.sha256
