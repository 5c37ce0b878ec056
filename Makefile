# make run    the demo at a printed address     (PORT=8123 chooses the port)
# make test   everything this machine can test  (ARGS="-k quotation" passes on to pytest)
# make torture   properties on new examples, 20 times as many   (TIMES=100)
# make lint   style, types, migrations, production settings
# make screenshots   a picture of every page   (ARGS="--only claim --language de", "--guide")
# make tables   how quotations and links are judged, and what it costs (docs/quotations.md, docs/links.md)
# make bench   us, stock Django and Datasette side by side (docs/performance.md)
#              (N=1000000 claims; BENCH_DIR keeps databases; ARGS="--only lists")
# make postgresql   tries every command of docs/postgresql.md
# make messages   the catalogues of translators, brought up to date   (ARGS=fr adds one)
# PYTHON=python3.13 before or after any of them chooses the interpreter.

PYTHON = python3
TIMES = 20
VENV = .venv
BIN = $(VENV)/bin
INSTALL = command -v $(PYTHON) > /dev/null || { \
	echo "$(PYTHON) is not here: install Python 3.11 or newer, or name another one, as in: make $@ PYTHON=python3.13"; exit 1; }; \
	$(PYTHON) tracker/install.py $(VENV)

.PHONY: run test torture lint format coverage screenshots tables bench postgresql messages pins clean

run:
	@$(INSTALL) requirements.txt
	@$(BIN)/python -m tracker.demo

test:
	@$(INSTALL) requirements.txt requirements-dev.txt
	@$(BIN)/python -m tests.everything $(ARGS)

torture:
	@$(INSTALL) requirements.txt requirements-dev.txt
	@TRACKER_TEST_EXAMPLES=$(TIMES) $(BIN)/python -m pytest -q -n auto --maxprocesses 4 -m hypothesis $(ARGS)
	@$(BIN)/python tests/benchmarks/quotations.py --mutations 100000 --noise 10000

# What Django reads while code is looked at: a key and an empty folder for it alone.
LINT_FOLDER = $(CURDIR)/$(VENV)/lint
ALONE = mkdir -p $(LINT_FOLDER) && export TRACKER_DATA_DIR=$(LINT_FOLDER) \
	SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(50))")
TEMPLATES = git ls-files 'templates/*.html' 'claims/*.html' | xargs --no-run-if-empty

lint:
	@$(INSTALL) requirements.txt requirements-dev.txt
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(TEMPLATES) $(BIN)/djade --check --target-version 5.2
	@$(ALONE) && set -x && $(BIN)/mypy
	@$(ALONE) && set -x && $(BIN)/python manage.py makemigrations --check --dry-run
	@set -a && . docs/production.env && $(ALONE) && set -x && \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

format:
	@$(INSTALL) requirements.txt requirements-dev.txt
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(TEMPLATES) $(BIN)/djade --target-version 5.2

coverage:
	@$(INSTALL) requirements.txt requirements-dev.txt
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest --dist worksteal -n auto --maxprocesses 4 $(ARGS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --fail-under=95
	$(BIN)/coverage report --fail-under=100 --include='claims/checking/*,claims/workflow/*,claims/workflow.py,claims/permissions.py,claims/publishing/*,claims/reading/*'

screenshots:
	@$(INSTALL) requirements.txt requirements-dev.txt
	@$(BIN)/python -m tests.screenshots $(ARGS)

tables:
	@$(INSTALL) requirements.txt requirements-dev.txt
	@$(BIN)/python tests/benchmarks/quotations.py $(ARGS)
	@$(BIN)/python tests/benchmarks/link_watch.py --judged

# Datasette has an environment of its own. BENCH_DIR: where databases are kept.
N = 100000
BENCH_DIR = $(CURDIR)/.bench

bench:
	@$(INSTALL) requirements.txt requirements-dev.txt
	@$(PYTHON) tracker/install.py $(VENV)-bench requirements-bench.txt
	@$(BIN)/python -m tests.benchmarks.versus --claims $(N) --folder $(BENCH_DIR) $(ARGS)

postgresql:
	@$(INSTALL) requirements.txt requirements-dev.txt
	@$(BIN)/python tests/benchmarks/moving.py

messages:
	@$(INSTALL) requirements.txt requirements-dev.txt
	@$(BIN)/python -m tests.messages $(ARGS)

# Writes the pin files anew; needs uv on the PATH.
pins:
	.ci/pin

clean:
	rm -rf .venv .venv-* .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis
