#!/usr/bin/env bash
# Every check and every suite; ends with `N passed, N failed` on a line of its own and fails when anything did.
set -uo pipefail
cd "$(dirname "$0")/.."
mkdir -p .oriel
status=0
npm run --silent check || status=1
rm -f .oriel/tests.json
npx vitest run --reporter=default --reporter=json --outputFile.json=.oriel/tests.json "$@" </dev/null || status=1
node scripts/count-tests.mjs .oriel/tests.json "$status" || status=1
exit "$status"
