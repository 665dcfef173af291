#!/usr/bin/env bash
# What every recipe of this folder runs: build, sign, check, deploy to a sandbox, verify. Run it beside site.yaml.
set -euo pipefail

# A test certificate. In earnest, codesign.pem is in the repository and ORIEL_CODESIGN_KEY a secret of the CI system.
if [ -z "${ORIEL_CODESIGN_KEY:-}" ]; then
  openssl req -x509 -newkey rsa:3072 -nodes -days 7 -subj '/O=Example Ltd/CN=Example test signing' \
    -addext 'extendedKeyUsage=codeSigning' -keyout codesign.key -out codesign.pem 2>/dev/null
  ORIEL_CODESIGN_KEY=$(cat codesign.key)
  export ORIEL_CODESIGN_KEY
  rm codesign.key
fi

oriel sandbox up --with keystone,mariadb
trap 'oriel sandbox down' EXIT

oriel validate
oriel build
oriel msi lint dist/oriel-glance-*.msi
oriel msi verify dist/oriel-glance-*.msi --ca codesign.pem
oriel plan --format html > plan.html
oriel apply --yes
oriel verify --format junit > verify.xml
oriel drift --format junit > drift.xml
