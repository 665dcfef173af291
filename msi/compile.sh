#!/bin/sh
# Makes a Windows program and its hash from C sources: compile.sh FOLDER OUT NAME "SOURCES" [LINKER FLAG]...
# The build.sh of each folder calls it. CFLAGS has more flags for the compiler. Same compiler, same bytes.
set -eu
folder=$1 out=$(cd "$2" && pwd) name=$3 sources=$4
shift 4
cross=x86_64-w64-mingw32
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$folder"
objects=
for source in $sources; do
    object=$(basename "$source").o
    $cross-gcc -std=c11 -O2 -Wall -Wextra -Werror -D_WIN32_WINNT=0x0602 ${CFLAGS:-} -c -o "$work/$object" "$source.c"
    objects="$objects $object"
done
$cross-windres --codepage=65001 -o "$work/version.o" version.rc
# The linker derives a library's base address from the name of the output as it is given, so no folder may be in it.
cd "$work"
$cross-gcc -s -Wl,--no-insert-timestamp -o "$name" $objects version.o "$@"
cp "$name" "$out"
cd "$out"
sha256sum "$name" > "$name.sha256"
