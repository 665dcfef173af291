#!/usr/bin/env bash
# Makes a virtual environment of programs that judge ours, where it is missing or older: .oriel/judges of test/judges/requirements.txt, or
# .oriel/judges-charms of test/judges/requirements-charms.txt.
# Usage: scripts/judges.sh [charms]; exits with 1 where they cannot be had
set -euo pipefail
cd "$(dirname "$0")/.."
suffix=${1:+-$1}
folder=.oriel/judges$suffix
stamp=$folder.stamp
list=test/judges/requirements$suffix.txt
uv=$(command -v .venv/bin/uv || command -v uv) || { echo 'judges: uv is not there (scripts/setup.sh brings it)' >&2; exit 1; }
mkdir -p .oriel
# Test files are run side by side; the first one makes it.
exec 9>"$folder.lock"
flock 9
if [ -e "$stamp" ] && ! [ "$list" -nt "$stamp" ] && ! [ scripts/judges.sh -nt "$stamp" ] && [ -x "$folder/bin/python" ]; then exit; fi
rm -rf "$folder" "$stamp"
python=/usr/bin/python3
[ -x "$python" ] || python=python3
if [ -n "$suffix" ]; then
  "$uv" venv --quiet --python "$python" "$folder"
  "$uv" pip install --quiet --python "$folder/bin/python" -r "$list"
else
  # Of Debian, where it is: then python3-gssapi is seen, and judges Kerberos.
  "$uv" venv --quiet --python "$python" --system-site-packages "$folder"
  "$uv" pip install --quiet --python "$folder/bin/python" -r "$list"
  "$folder/bin/python" -c 'import krb5' 2>/dev/null || cp test/judges/krb5.py "$folder"/lib/python3*/site-packages/
fi
touch "$stamp"
