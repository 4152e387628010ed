# make demo   sets everything up, exports source/ into dist/, prints where
# make test   sets everything up, passes the test suite
# The slow families have targets of their own; each fails where its tools or folder are missing.

VENV     ?= .venv
PYTHON   ?=
BIN      := $(VENV)/bin
STAMP    := $(VENV)/.installed
DEV      := $(VENV)/.installed-dev
JUDGES   := build/judges/.installed
CLUSTER  := $(VENV)/.installed-cluster
PEERS    := build/bench/.installed
JOBS     ?= 2
EXAMPLES ?= 5000

.PHONY: help setup demo test test-cluster test-mail lint corpora mutations roundtrip conformance kill fuzz characters photographs bench bench-quick bench-issues bench-mail wheel goldens pictures clean

help:
	@sed -n '1,3p' Makefile | cut -c3-
	@echo 'make corpora CORPORA=DIR | mutations [CORPORA=DIR] | roundtrip [CORPORA=DIR] | conformance [CORPORA=DIR] | kill | test-cluster | test-mail'
	@echo '     fuzz EXAMPLES=N SEED=N TO=pdf,txt | characters TO=pdf,txt | photographs | bench [CORPORA=DIR] | bench-quick | bench-issues | bench-mail | wheel | goldens | pictures | lint | clean'

setup: $(STAMP)

$(STAMP): pyproject.toml scripts/setup.sh
	@VENV='$(VENV)' PYTHON='$(PYTHON)' sh scripts/setup.sh .
	@touch $@

$(DEV): $(STAMP)
	@VENV='$(VENV)' PYTHON='$(PYTHON)' sh scripts/setup.sh '.[dev]'
	@touch $@

$(JUDGES): $(DEV) scripts/judges.sh
	@sh scripts/judges.sh $(@D)
	@touch $@

$(PEERS): $(STAMP) scripts/bench/requirements.txt
	@$(BIN)/python -m venv $(@D)/venv
	@$(@D)/venv/bin/python -m pip install --quiet --disable-pip-version-check -r scripts/bench/requirements.txt
	@touch $@

$(CLUSTER): $(DEV)
	@VENV='$(VENV)' PYTHON='$(PYTHON)' sh scripts/setup.sh '.[test-cluster]'
	@touch $@

demo: $(STAMP)
	@$(BIN)/exporter build source source/issues/1.toml --out dist
	@echo "The editions are in $(CURDIR)/dist"

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: $(DEV)
	$(BIN)/pytest -n $(JOBS) --dist loadfile

test-cluster: $(CLUSTER)
	$(BIN)/pytest tests/cluster -rA

test-mail: $(DEV)
	@sh scripts/postfix.sh install
	@sh scripts/mail_parsers.sh build/mail
	KILLS=10 $(BIN)/pytest tests/mail -rA
	$(BIN)/pytest tests/mail/parsers tests/mail/postfix -rA

corpora: $(DEV)
	@test -d '$(CORPORA)' || { echo 'make corpora needs the folder of sample texts: make corpora CORPORA=DIR'; exit 2; }
	CORPORA='$(abspath $(CORPORA))' $(BIN)/pytest -n $(JOBS) tests/corpora -rA

mutations: $(DEV)
	CORPORA='$(and $(CORPORA),$(abspath $(CORPORA)))' JOBS=$(JOBS) $(BIN)/python -m tests.mutations

roundtrip: $(DEV)
	CORPORA='$(abspath $(CORPORA))' $(BIN)/pytest tests/roundtrip/test_roundtrip.py tests/roundtrip/test_publication.py $(if $(CORPORA),tests/roundtrip/test_corpora.py) -rA

conformance: $(JUDGES)
	CORPORA='$(and $(CORPORA),$(abspath $(CORPORA)))' EXPORTER_NODE_MODULES='$(CURDIR)/$(dir $(JUDGES))node_modules' \
		$(BIN)/pytest tests/conformance -rA

kill: $(DEV)
	KILLS=50 $(BIN)/pytest tests/test_kill.py -rA

fuzz: $(DEV)
	$(BIN)/python -m tests.fuzz --jobs $(JOBS) --examples $(EXAMPLES) $(if $(SEED),--seed $(SEED)) $(if $(TO),--formats $(TO))

characters: $(DEV)
	$(BIN)/python -m tests.every --jobs $(JOBS) $(if $(TO),--formats $(TO))

photographs: $(DEV)
	$(BIN)/python -m tests.photographs

bench: $(PEERS)
	$(BIN)/python -m scripts.bench $(if $(CORPORA),--corpora '$(abspath $(CORPORA))')

bench-mail: $(DEV)
	@sh scripts/postfix.sh install
	$(BIN)/python -m scripts.bench.mail

bench-quick: $(PEERS)
	$(BIN)/python -m scripts.bench --quick

bench-issues: $(DEV)
	$(BIN)/python -m scripts.issues

wheel: $(DEV)
	rm -rf build/wheels build/empty
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir build/wheels .
	$(BIN)/python -m venv build/empty
	build/empty/bin/python -m pip install --quiet --disable-pip-version-check build/wheels/*.whl
	cd build && empty/bin/exporter build ../source --out empty/dist

goldens: $(DEV)
	$(BIN)/python -m tests.looks.pages

pictures: $(DEV)
	$(BIN)/python scripts/pictures.py docs/looks

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
