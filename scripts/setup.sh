#!/usr/bin/env bash
# Brings in what oriel needs on a fresh Debian machine, once; what cannot be had is left out and said.
# Usage: scripts/setup.sh
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p .oriel

# Runs a command with its output in a log and a sign of life every two seconds.
step() {
  local title=$1 log=".oriel/setup-$2.log" started=$SECONDS pid
  shift 2
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  printf 'setup: %s' "$title"
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.5
    (((SECONDS - started) % 2 == 0)) && printf '.'
  done
  if wait "$pid"; then
    printf ' %d s\n' $((SECONDS - started))
  else
    printf ' failed; the end of %s:\n' "$log"
    tail -n 15 "$log"
    return 1
  fi
}

left_out() { printf 'setup: left out: %s\n' "$1"; }

# True where the stamp of a step is newer than the files it depends on.
fresh() {
  local stamp=.oriel/$1.stamp file
  shift
  [ -e "$stamp" ] || return 1
  for file in "$@"; do [ "$file" -nt "$stamp" ] && return 1; done
  return 0
}

node_packages() {
  if fresh npm package-lock.json && [ -d node_modules ]; then return; fi
  step 'Node packages' npm npm ci --ignore-scripts --no-audit --no-fund
  touch .oriel/npm.stamp
}

python_tools() {
  if [ -x .venv/bin/uv ]; then return; fi
  rm -rf .venv
  if ! python3 -c 'import ensurepip' 2>/dev/null; then debian_packages python3-venv; fi
  step 'uv in .venv' venv sh -c 'python3 -m venv .venv && .venv/bin/pip install --quiet --disable-pip-version-check uv'
}

# Programs of others that judge ours in the tests.
judges() {
  if fresh judges test/judges/requirements.txt scripts/judges.sh; then return; fi
  step 'pyspnego, pypsrp, pywinrm and smbprotocol in .oriel/judges' judges scripts/judges.sh || left_out 'pyspnego, pypsrp, pywinrm and smbprotocol'
}

charm_judges() {
  if fresh judges-charms test/judges/requirements-charms.txt scripts/judges.sh; then return; fi
  step 'charmcraft and charm-tools in .oriel/judges-charms' judges-charms scripts/judges.sh charms || left_out 'charmcraft and charm-tools'
}

# Of these packages the tests want the programs: the service of one that setup installs is not started, now or at boot.
declare -A services=([krb5-kdc]=krb5-kdc [krb5-admin-server]=krb5-admin-server [openssh-server]=ssh [haproxy]=haproxy [samba]='smbd nmbd samba-ad-dc')
policy=/usr/sbin/policy-rc.d

# apt-get install, with no service started: invoke-rc.d asks the policy, 101 is "not allowed".
install_quietly() {
  local made='' package service
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    made=yes
    trap 'rm -f "$policy"' EXIT
  fi
  step "Debian packages $*" apt env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" || left_out "$*"
  if [ -n "$made" ]; then rm -f "$policy"; trap - EXIT; fi
  for package in "$@"; do
    for service in ${services[$package]:-}; do update-rc.d "$service" disable >/dev/null 2>&1 || true; done
  done
}

# Installs the Debian packages named, as root; else says what is missing. Never fails: each has a part that runs without it.
debian_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    left_out "Debian packages ${missing[*]} (needs root: apt-get install ${missing[*]})"
    return
  fi
  step 'Debian package lists' apt-update apt-get update -q || left_out 'a fresh package list'
  install_quietly "${missing[@]}"
}

command -v node >/dev/null || { echo 'setup: Node 20.19 or later is needed' >&2; exit 1; }
command -v python3 >/dev/null || { echo 'setup: Python 3 is needed' >&2; exit 1; }
node_packages
python_tools
judges
charm_judges
# Wine: the stand-in Windows nodes. Xvfb, xdotool, ImageMagick, Tahoma: the pages of an installer. MariaDB: their database. osslsigncode: signed packages. libgssapi: Kerberos. The rest is for tests only.
debian_packages wine wine64 xvfb xdotool imagemagick fonts-wine mariadb-server-core mariadb-client-core gcc-mingw-w64-x86-64 msitools wixl gcab cabextract faketime haproxy osslsigncode openssl softhsm2 libengine-pkcs11-openssl \
  libgssapi-krb5-2 krb5-user krb5-kdc krb5-admin-server python3-gssapi openssh-server libxml2-utils samba smbclient
# 98 MB to fetch, 302 MB on disk: the tests of pages in a real browser are skipped without it.
if [ -n "${ORIEL_BROWSER:-}" ]; then debian_packages chromium-headless-shell; fi
command -v mvn >/dev/null || left_out 'the Windows Python from Maven (mvn is not installed; payload.python.archive does without)'
