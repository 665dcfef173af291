#!/bin/sh
# Makes the Windows programs that the stand-in node brings into a Wine prefix, in the folder given (default: files/). Same
# compiler, same bytes: no time stamp, no path of the builder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/files}
cc=${CC_WINDOWS:-x86_64-w64-mingw32-gcc}
flags='-std=c11 -O2 -s -Wall -Wextra -Werror -Wl,--no-insert-timestamp'
mkdir -p "$out"
# The linker derives a library's base address from the name of the output as it is given, so no folder may be in it.
cd "$out"
$cc $flags -municode -mconsole -o winectl.exe "$here/winectl/winectl.c" "$here/winectl/service.c" "$here/winectl/query.c" \
    "$here/winectl/run.c" -ladvapi32 -lmsi
$cc $flags -shared -o bcryptprimitives.dll "$here/winectl/bcryptprimitives.c" -ladvapi32
sha256sum winectl.exe bcryptprimitives.dll > SHA256SUMS
