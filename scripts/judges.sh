#!/usr/bin/env bash
# Makes .oriel/judges, the virtual environment of the programs in test/judges/requirements.txt, where it is not there or is older.
# Usage: scripts/judges.sh; exits with 1 where they cannot be had
set -euo pipefail
cd "$(dirname "$0")/.."
folder=.oriel/judges
stamp=.oriel/judges.stamp
list=test/judges/requirements.txt
uv=$(command -v .venv/bin/uv || command -v uv) || { echo 'judges: uv is not there (scripts/setup.sh brings it)' >&2; exit 1; }
mkdir -p .oriel
# Test files are run side by side; the first one makes it.
exec 9>.oriel/judges.lock
flock 9
if [ -e "$stamp" ] && ! [ "$list" -nt "$stamp" ] && ! [ scripts/judges.sh -nt "$stamp" ] && [ -x "$folder/bin/python" ]; then exit; fi
rm -rf "$folder" "$stamp"
# Of Debian, where it is: then python3-gssapi is seen, and judges Kerberos.
python=/usr/bin/python3
[ -x "$python" ] || python=python3
"$uv" venv --quiet --python "$python" --system-site-packages "$folder"
"$uv" pip install --quiet --python "$folder/bin/python" -r "$list"
"$folder/bin/python" -c 'import krb5' 2>/dev/null || cp test/judges/krb5.py "$folder"/lib/python3*/site-packages/
touch "$stamp"
