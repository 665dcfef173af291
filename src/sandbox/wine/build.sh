#!/bin/sh
# Makes the Windows programs that the stand-in node brings into a Wine prefix, in the folder given (default: files/). Same
# compiler, same bytes: no time stamp, no path of the builder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/files}
cc=${CC_WINDOWS:-x86_64-w64-mingw32-gcc}
flags='-std=c11 -O2 -s -Wall -Wextra -Werror -Wl,--no-insert-timestamp'
mkdir -p "$out"
cd "$here"
$cc $flags -municode -mconsole -o "$out/winectl.exe" winectl/winectl.c winectl/service.c winectl/query.c winectl/run.c -ladvapi32 -lmsi
$cc $flags -shared -o "$out/bcryptprimitives.dll" winectl/bcryptprimitives.c -ladvapi32
cd "$out"
sha256sum winectl.exe bcryptprimitives.dll > SHA256SUMS
