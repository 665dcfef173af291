# make demo   a whole deployment on two stand-in Windows nodes, from nothing to a verified image; VIA=winrm: over WinRM
# make test   every check and every suite; of the longest ones a sample
# make test-all   the same with all cases and all releases
# make down   ends what make demo left running
.PHONY: demo test test-all check down setup clean
ORIEL := node dist/oriel.cjs

setup:
	@scripts/setup.sh

dist/oriel.cjs: setup $(shell find src -name '*.ts') scripts/bundle.mjs
	@echo 'setup: the program, dist/oriel.cjs'
	@npm run --silent build

demo: dist/oriel.cjs
	@node_modules/.bin/tsx scripts/demo.ts

test: dist/oriel.cjs
	@scripts/test.sh

# With a Chromium, for the tests of pages: 98 MB to fetch are nothing for every run.
test-all: export ORIEL_BROWSER = 1
test-all: dist/oriel.cjs
	@ORIEL_TEST_ALL=1 scripts/test.sh

check: setup
	@npm run --silent check

down: dist/oriel.cjs
	@$(ORIEL) sandbox down --directory .oriel/sandbox

clean: down
	@rm -rf dist .oriel
