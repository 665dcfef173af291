#!/usr/bin/env bash
# Runs tempest.api.image on a deployment of the sandbox with Keystone, and says what failed. See README.md beside it.
# Usage: test/judges/tempest/run.sh SANDBOX [REGEX]    SANDBOX: the folder of `oriel sandbox up`; exits with 1 where a test failed
set -euo pipefail
sandbox=$(realpath "${1:?the folder of the sandbox}")
regex=${2:-'^tempest\.api\.image\.'}
cd "$(dirname "$0")/../../.."
tools=$PWD/.oriel/tempest
if [ ! -x "$tools/bin/tempest" ]; then
  .venv/bin/uv venv --quiet "$tools"
  .venv/bin/uv pip install --quiet --python "$tools/bin/python" -r test/judges/tempest/requirements.txt
fi
keystone=$(node -e 'const { services } = JSON.parse(require("fs").readFileSync(process.argv[1])); console.log(services.find(({ name }) => name === "keystone").url)' "$sandbox/state.json")
password=$(sed -n 's/^keystone_admin_password: *//p' "$sandbox/secrets.yaml")
workspace=$(mktemp -d)
trap 'rm -rf "$workspace"' EXIT
# The password of an administrator is in a file of this configuration.
chmod 700 "$workspace"
mkdir "$workspace/etc" "$workspace/lock"
sed -e "s|@KEYSTONE@|$keystone|" -e "s|@PASSWORD@|$password|" -e "s|@WORKSPACE@|$workspace|" \
  test/judges/tempest/tempest.conf >"$workspace/etc/tempest.conf"
export TEMPEST_CONFIG_DIR=$workspace/etc NO_PROXY='*' PATH=$tools/bin:$PATH
discovery=$("$tools/bin/python" -c 'import os, tempest; print(os.path.dirname(tempest.__file__))')
printf '[DEFAULT]\ntest_path=%s/test_discover\ntop_dir=%s\n' "$discovery" "${discovery%/*}" >"$workspace/.stestr.conf"
cd "$workspace"
stestr init
# One after the other: two workers of a node in Wine are what they are.
stestr run --serial "$regex" || failed=yes
[ -z "${failed:-}" ]
