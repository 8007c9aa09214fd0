# Writ. `make run` shows it, `make test` proves it; both install what is missing on Debian.

PACKAGES := git openssh-client pkg-config tzdata libgit2-dev libyaml-dev libdeflate-dev libical-dev libcurl4-openssl-dev bubblewrap
TEST_PACKAGES := chromium gnupg libwrap0 openssl python3 python3-venv strace xfsprogs
BUILD := .build/debug
VENV := .build/browser-venv

.PHONY: run build test install install-tests lint swift-tests verifier-tests fault-tests intake-tests browser-tests simulate faults fuzz bench bench-report clean help

help: ## what there is to make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

run: build ## the living demo (PORT=8080 chooses the port)
	@$(BUILD)/writ demo $(if $(PORT),--port $(PORT))

build: install
	@echo "building writ (the first time takes some minutes)"
	@swift build --product writ

test: install-tests lint swift-tests verifier-tests fault-tests intake-tests browser-tests ## every test
	@echo "all tests passed"

install:
	@.ci/install $(PACKAGES)

install-tests: install
	@.ci/install $(TEST_PACKAGES)

lint:
	@echo "checking the format of the sources"
	@swift format lint --strict --parallel --recursive Package.swift Sources Tests

swift-tests: install-tests
	@echo "building and running the Swift tests (the first build takes some minutes)"
	@swift build --build-tests
	@swift test --skip-build --parallel --skip SimulationTests --skip ConnectorsTests
	@# Connectors give up after so many seconds, and the simulation takes both cores: each has the machine to itself.
	@swift test --skip-build --filter ConnectorsTests
	@swift test --skip-build --filter SimulationTests

verifier-tests: swift-tests
	@echo "tampering with a record; two verifiers must see it"
	@WRIT=$(BUILD)/writ python3 Tests/Verifier/test_tampering.py

fault-tests: swift-tests ## every kind of fault once, and every planted bug found
	@swift build --product faultdriver
	@echo "disturbing the record, and looking for planted bugs"
	@python3 Tests/Faults/faults.py share

intake-tests: swift-tests $(VENV)/.installed
	@.ci/unpack-sshd $(CURDIR)/.build/sshd
	@echo "deciding by commit, through git servers of its own"
	@WRIT=$(BUILD)/writ $(VENV)/bin/python -m pytest -q Tests/Intake

browser-tests: swift-tests $(VENV)/.installed
	@echo "trying the pages in Chromium"
	@$(VENV)/bin/python -m pytest -q Tests/Browser
	@echo "validating samples by the schemas for editors"
	@$(VENV)/bin/python -m pytest -q Tests/Schemas
	@echo "sending mail to a real mail server"
	@$(VENV)/bin/python -m pytest -q Tests/Mail

$(VENV)/.installed: Tests/Browser/requirements.txt
	@python3 -m venv $(VENV)
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

simulate: install ## the runner in simulated worlds: SEEDS=20000 of them, from SEED=1
	@swift build --build-tests -c release -Xswiftc -enable-testing
	@SEED=$(or $(SEED),1) SEEDS=$(or $(SEEDS),20000) swift test --skip-build -c release -Xswiftc -enable-testing \
		--filter SimulationTests

faults: install-tests ## a campaign of faults against the record (MINUTES=30)
	@swift build --product faultdriver
	@python3 Tests/Faults/faults.py campaign $(or $(MINUTES),30)

# Kept inputs are in Tests/Fuzz/Corpus; what a run learns beside them stays in its build folder, finds are named there.
FUZZ := Tests/Fuzz/.build
fuzz: install ## strange bytes for every reader (MINUTES=1 each; TARGET=workflow is one of them)
	@swift build --package-path Tests/Fuzz -c release --sanitize=fuzzer
	@for target in $(or $(TARGET),workflow policy expression record document); do \
		mkdir -p $(FUZZ)/learned/$$target $(FUZZ)/found; echo "fuzzing: $$target"; \
		SWIFT_BACKTRACE=enable=no TARGET=$$target $(FUZZ)/release/fuzz -max_total_time=$$(($(or $(MINUTES),1) * 60)) -timeout=5 -rss_limit_mb=512 \
			-max_len=16384 -verbosity=0 -print_funcs=0 -print_final_stats=1 -artifact_prefix=$(FUZZ)/found/$$target- \
			$(FUZZ)/learned/$$target Tests/Fuzz/Corpus/$$target || exit 1; \
	done

# Other engines do the same work beside it: SpiffWorkflow, and DBOS where Debian's postgresql is installed.
ENGINES := Benchmarks/engines
bench: install $(ENGINES)/.venv/.installed ## speed and memory, as ratios against a reference of the same run (SCALE=1, GROWTH=10000000)
	@swift build -c release --product writ
	@swift build --package-path Benchmarks -c release
	@WRIT=$(CURDIR)/.build/release/writ WRIT_ENGINES=$(CURDIR)/$(ENGINES) Benchmarks/.build/release/benchmarks \
		--scale $(or $(SCALE),1) $(if $(GROWTH),--growth $(GROWTH)) | tee Benchmarks/.build/figures.jsonl

$(ENGINES)/.venv/.installed: $(ENGINES)/requirements.txt
	@python3 -m venv $(ENGINES)/.venv
	@$(ENGINES)/.venv/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

bench-report: bench ## the same, told in docs/performance.md with pictures
	@python3 Benchmarks/report.py Benchmarks/.build/figures.jsonl docs

clean: ## forget everything that was built
	@swift package clean && rm -rf $(VENV)
