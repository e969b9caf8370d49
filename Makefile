# Needs Python 3.11+ and make, nothing else. Everything goes into this folder: .venv, frontend/node_modules, .data.
# 只需要 Python 3.11+ 和 make；其余一切都装进本目录。

PYTHON ?= python3
BOOTSTRAP = $(PYTHON) tools/bootstrap.py
BIN = .venv/bin
WORKERS ?= 2
unexport PYTHONPATH PYTHONHOME
.DEFAULT_GOAL = help
.PHONY: help setup demo test check bench soak fsck lock clean

help:
	@echo 'make setup   安装到本目录 / install into this folder'
	@echo 'make demo    演示 / demo:  [LEDGER=FILE] [AS_OF=YYYY-MM-DD] [CURRENCY=CNY] [PORT=8000]'
	@echo 'make test    全部测试 / all tests        make check  格式、规则、类型 / style, rules, types'
	@echo 'make bench   基准 / benchmarks: [NAME=]   make fsck   核对账本与存证 / check ledger and evidence'
	@echo 'make soak    长时间压力 / long run: [MINUTES=30]'
	@echo 'make lock    重新生成锁定文件 / make the lock files again: [UPGRADE=1]'

setup:
	@$(BOOTSTRAP) setup

# The ledger may be a pattern; IFS= expands it without splitting names at blanks. exec: a signal to make's child is a
# signal to the platform.
demo: export LEDGER := $(LEDGER)
demo:
	@$(BOOTSTRAP) core frontend
	@IFS=; set -- demo; for file in $$LEDGER; do set -- "$$@" --ledger "$$file"; done; \
	exec $(BIN)/jieqing "$$@" $(if $(AS_OF),--as-of '$(AS_OF)') $(if $(CURRENCY),--currency '$(CURRENCY)') \
	$(if $(PORT),--port '$(PORT)')

# By themselves: the journeys, because a browser driver keeps an event loop in its process and other tests would meet it;
# the restore drill, because it is one story told in order.
test:
	@$(BOOTSTRAP) test frontend
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --ignore=tests/journeys --ignore=tests/operations
	@$(BIN)/python -m pytest tests/operations tests/journeys

check:
	@$(BOOTSTRAP) test
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench:
	@$(BOOTSTRAP) bench
	@$(BIN)/python -m benchmarks $(NAME)

soak:
	@$(BOOTSTRAP) test
	@LEDGER_POSTINGS=100000 $(BIN)/python -m pytest -q -n 0 src/jieqing/claims/receivables/tests/asks/test_ask_04_ageing_equals_ledger.py
	@GATE_CASES=1000000 $(BIN)/python -m pytest -q -n 0 src/jieqing/trust/compliance/tests/test_agreement.py
	@$(BIN)/python -m tests.soak $(if $(MINUTES),--minutes '$(MINUTES)')

fsck:
	@$(BOOTSTRAP) core database
	@$(BIN)/jieqing fsck

lock:
	@$(BOOTSTRAP) core lock

clean:
	rm -rf .venv frontend/node_modules frontend/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
