# Portico. `make run` starts the product, `make test` proves it. `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# The cargo profile of `make run` and `make demo`.
PROFILE ?= quick
# `make run STORAGE=minio` keeps files in MinIO instead of a folder.
STORAGE ?= folder
# The folder of `make corpus-test`.
CORPUS ?= ../shared/corpus
# Where `make install` puts the program, and its unit for systemd.
PREFIX ?= /usr/local
UNITS ?= /etc/systemd/system
# Rounds of the kill -9 test.
KILL_ROUNDS ?= 50
# For each target of `make fuzz`.
FUZZ_SECONDS ?= 600

target := $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),target)
# Cargo's folder of the `dev` profile is called `debug`.
portico := $(target)/$(if $(filter dev,$(PROFILE)),debug,$(PROFILE))/portico
tested := $(abspath $(target))/debug/portico
# The tests kill Portico, never the machine: where memory has room, what they write lies there.
scratch = $(shell [ "$$(df --output=avail /dev/shm 2>/dev/null | tail -n 1)" -gt 4000000 ] 2>/dev/null && \
    echo /dev/shm || echo $${TMPDIR:-/tmp})
# A test waits for its server for a good part of its time.
threads = $(shell echo $$(( 2 * $$(nproc) )))
node := $(if $(wildcard .cache/node/bin/node),$(CURDIR)/.cache/node/bin/node,node)

build_packages := build-essential pkg-config libpq-dev poppler-utils
test_packages := postgresql chromium fonts-dejavu-core pebble python3-venv
recall_packages := libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui pandoc mpack \
    poppler-utils chromium fonts-dejavu-core python3-venv

# $(call packages,NAMES): installs what is missing, or says so in one line.
define packages
missing=(); \
for package in $(1); do \
    dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q '^install ok installed$$' || missing+=($$package); \
done; \
if [ $${#missing[@]} = 0 ]; then exit 0; fi; \
if ! command -v apt-get >/dev/null; then \
    echo "missing, as Debian calls them: $${missing[*]}" >&2; exit 0; \
fi; \
as_root=; \
if [ "$$(id -u)" != 0 ]; then \
    if command -v sudo >/dev/null; then as_root=sudo; \
    else echo "missing, and only root can install it: apt-get install $${missing[*]}" >&2; exit 1; fi; \
fi; \
echo "installing $${missing[*]}"; \
install=(env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$${missing[@]}"); \
$$as_root "$${install[@]}" >/dev/null 2>&1 </dev/null || \
    { $$as_root apt-get update -qq && $$as_root "$${install[@]}" </dev/null >/dev/null; }
endef

.PHONY: help setup setup-test build tested product release program install run minio demo test test-http test-browser \
    test-slow trust lint bench growth soak pictures corpus-test recall fuzz deny size clean

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'
	@echo
	@echo '  PROFILE=$(PROFILE)     cargo profile of run and demo'
	@echo '  STORAGE=$(STORAGE)    where files go: folder or minio'
	@echo '  KILL_ROUNDS=$(KILL_ROUNDS)     rounds of the kill -9 test'
	@echo '  FUZZ_SECONDS=$(FUZZ_SECONDS)   for each target of fuzz'

setup: ## install what building and running need (Debian packages)
	@command -v cargo >/dev/null || { echo 'missing: Rust, from https://rustup.rs' >&2; exit 1; }
	@$(call packages,$(build_packages))

setup-test: ## install what the tests need besides: PostgreSQL, Chromium, Python and Node packages
	@$(call packages,$(test_packages) $(if $(shell command -v node),,nodejs npm))
	@$(MAKE) .cache/venv/ready .cache/node/ready tests/browser/node_modules/.package-lock.json

.cache/venv/ready: tests/requirements.txt
	@echo 'installing the Python servers of the tests'
	@python3 -m venv .cache/venv
	@.cache/venv/bin/pip install --quiet --disable-pip-version-check --requirement tests/requirements.txt
	@touch $@

# playwright-core asks for Node 20, and Debian 12 has 18: npm carries Node itself.
.cache/node/ready:
	@mkdir -p .cache/node
	@if [ "$$(node -p 'parseInt(process.versions.node)')" -lt 20 ]; then \
	    echo 'installing Node 22'; \
	    machine=$$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/'); \
	    npm install --silent --no-save --no-package-lock --prefix .cache/node "node-linux-$$machine@22" >/dev/null; \
	    mkdir -p .cache/node/bin; \
	    ln -sf "../node_modules/node-linux-$$machine/bin/node" .cache/node/bin/node; \
	fi
	@touch $@

tests/browser/node_modules/.package-lock.json: tests/browser/package-lock.json
	@echo 'installing playwright-core and axe-core'
	@cd tests/browser && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --silent >/dev/null
	@touch $@

build: setup
	@cargo build --profile $(PROFILE) --package portico

release: setup program ## build the program that stays, which takes twice as long: target/release/portico
	@echo $(target)/release/portico

# The same bytes from the same sources, compiler and libraries, wherever they lie: no path of this machine and no moment
# of today gets into it. What is measured is built in the same way, so that nothing is compiled twice.
reproducibly := SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct 2>/dev/null || echo 0) \
    RUSTFLAGS="--remap-path-prefix=$(CURDIR)=/portico --remap-path-prefix=$${CARGO_HOME:-$$HOME/.cargo}=/cargo" \
    CFLAGS="-ffile-prefix-map=$(CURDIR)=/portico -ffile-prefix-map=$${CARGO_HOME:-$$HOME/.cargo}=/cargo"

program:
	@$(reproducibly) cargo build --locked --release --package portico

install: release ## put the program, its manual, completions and unit for systemd below PREFIX (and DESTDIR)
	@install -D -m 0755 $(target)/release/portico $(DESTDIR)$(PREFIX)/bin/portico
	@install -D -m 0644 app/packaging/portico.service $(DESTDIR)$(UNITS)/portico.service
	@sed -i 's|/usr/local/bin/|$(PREFIX)/bin/|' $(DESTDIR)$(UNITS)/portico.service
	@install -d $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	    $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	@$(target)/release/portico manual >$(DESTDIR)$(PREFIX)/share/man/man1/portico.1
	@for command in serve migrate demo backup backups restore reindex doctor owner; do \
	    $(target)/release/portico manual $$command >$(DESTDIR)$(PREFIX)/share/man/man1/portico-$$command.1; \
	done
	@$(target)/release/portico completions bash >$(DESTDIR)$(PREFIX)/share/bash-completion/completions/portico
	@$(target)/release/portico completions zsh >$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_portico
	@$(target)/release/portico completions fish >$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/portico.fish

run: build $(if $(filter minio,$(STORAGE)),minio) ## start Portico, with its data in ./data
ifeq ($(STORAGE),minio)
	@STORAGE_URL='s3://portico?endpoint=http://localhost:9000&region=us-east-1' \
	    AWS_ACCESS_KEY_ID=portico AWS_SECRET_ACCESS_KEY=portico-development \
	    PORTICO_DATA="$${PORTICO_DATA:-data}" $(portico) serve
else
	@PORTICO_DATA="$${PORTICO_DATA:-data}" $(portico) serve
endif

# Keeps running afterwards, for the next `make run`.
minio:
	@if curl -fsS -o /dev/null http://localhost:9000/minio/health/live 2>/dev/null; then \
	    exit 0; \
	elif command -v minio >/dev/null; then \
	    mkdir -p data-minio/portico; \
	    MINIO_ROOT_USER=portico MINIO_ROOT_PASSWORD=portico-development \
	        setsid minio server data-minio --address 127.0.0.1:9000 >data-minio/log 2>&1 </dev/null & \
	elif docker info >/dev/null 2>&1; then \
	    docker compose up --detach --wait minio minio-bucket; \
	else \
	    echo 'missing: MinIO; put its program `minio` on the PATH, or start Docker' >&2; exit 1; \
	fi
	@for try in $$(seq 100); do \
	    curl -fsS -o /dev/null http://localhost:9000/minio/health/live 2>/dev/null && exit 0; sleep 0.2; \
	done; echo 'MinIO does not answer at http://localhost:9000' >&2; exit 1

demo: build ## start Portico with made-up organizations to look around in, in ./data-demo
	@rm -rf data-demo
	@PORTICO_DATA=data-demo $(portico) demo
	@PORTICO_DATA=data-demo $(portico) serve

test: setup setup-test tested ## run every test
	@TMPDIR=$(scratch) RUST_TEST_THREADS=$(threads) PORTICO_BIN=$(tested) KILL_ROUNDS=$(KILL_ROUNDS) \
	    tests/postgres run cargo test --workspace
	@TMPDIR=$(scratch) PORTICO_BIN=$(tested) $(node) tests/browser/run.mjs

test-http: product ## run the tests over HTTP alone; ONLY=word picks some
	@TMPDIR=$(scratch) RUST_TEST_THREADS=$(threads) PORTICO_BIN=$(tested) KILL_ROUNDS=$(KILL_ROUNDS) \
	    tests/postgres run cargo test --workspace --test portico -- $(ONLY)

test-browser: product ## run the browser tests alone; ONLY=word picks some
	@TMPDIR=$(scratch) PORTICO_BIN=$(tested) $(node) tests/browser/run.mjs $(ONLY)

test-slow: setup setup-test tested release ## run the longer tests: 200 rounds of kill -9 on each database, every fault of the disk, 50 losses of power, 2 GiB in one upload into a folder, from the browser and into S3, a second S3 server
	@PORTICO_BIN=$(tested) KILL_ROUNDS=200 KILL_ROUNDS_ON_POSTGRES=200 tests/postgres run \
	    cargo test --workspace --test portico -- kill:: --nocapture
	@TMPDIR=$(scratch) PORTICO_BIN=$(tested) FAULTS=all cargo test --workspace --test portico -- faults::t34_which faults::t30_nothing --nocapture
	@PORTICO_BIN=$(abspath $(target))/release/portico UPLOAD_MIB=2048 tests/postgres run \
	    cargo test --workspace --test portico -- --test-threads 1 what_was_acknowledged_survives_kill_9
	@PORTICO_BIN=$(abspath $(target))/release/portico UPLOAD_MIB=2048 $(node) tests/browser/run.mjs lost-line resumable
	@[ -x .cache/s3s/bin/s3s-fs ] || \
	    cargo install --quiet --locked --root .cache/s3s --version 0.14.1 --features binary s3s-fs
	@PORTICO_BIN=$(tested) tests/with-s3s tests/postgres run cargo test --workspace --test portico -- s3
	@PORTICO_BIN=$(abspath $(target))/release/portico UPLOAD_MIB=2048 tests/with-s3s tests/postgres run \
	    cargo test --workspace --test portico -- --test-threads 1 sqlite::t30_what_s3_acknowledged_survives_kill_9

# Everything in one selection, so that one set of built dependencies serves all tests.
tested:
	@cargo build --workspace --all-targets

# Of the same selection, what `test-http` and `test-browser` run: no unit tests, benches or examples.
product:
	@cargo build --workspace --bins --test portico

trust: ## write tests/TRUST.md anew: which test shows which rule
	@TRUST=write cargo test --workspace --test portico -- trust:: --quiet

lint: setup ## check format and clippy
	@cargo fmt --all --check
	@cargo clippy --workspace --all-targets --quiet -- -D warnings

bench: setup ## measure the release, as ratios within one run; ONLY=word picks groups of rows
	@$(reproducibly) cargo build --release --package portico --package portico-bench
	@BENCH_ONLY='$(ONLY)' $(if $(wildcard /usr/lib/postgresql/*/bin/initdb),tests/postgres run) \
	    $(target)/release/portico-bench

growth: ## measure and draw what a page costs beside more portals, documents and machines: assets/pictures/growth.md and two pictures
	@BENCH_PICTURES='$(CURDIR)/assets/pictures' $(MAKE) bench ONLY=growth

soak: ## an hour of everything at once (BENCH_MINUTES=60), its memory drawn: assets/pictures/soak.svg
	@BENCH_PICTURES='$(CURDIR)/assets/pictures' $(MAKE) bench ONLY=soak

pictures: setup setup-test tested ## draw every page of the demo, as everyone, light and dark, into ./pictures
	@PORTICO_BIN=$(tested) $(node) tests/browser/pictures.mjs pictures

corpus-test: setup ## read the public documents in CORPUS and measure relevance, if they are there
	@if [ -d "$(CORPUS)" ]; then \
	    export CORPUS=$(abspath $(CORPUS)); \
	    cargo test --package portico-reading --test corpus -- --nocapture; \
	    cargo test --package portico-search-index --test relevance -- --nocapture; \
	    cargo test --package portico-billing --lib -- --nocapture corpus; \
	else echo 'no $(CORPUS) here: real documents were not read, the relevance of Cranfield was not measured'; fi

recall: setup ## compare the words found in documents of many programs with what reference tools find
	@$(call packages,$(recall_packages))
	@$(MAKE) .cache/recall/venv/ready
	@rm -rf .cache/recall/documents
	@echo 'making documents'
	@.cache/recall/venv/bin/python modules/files/reading/tests/recall/make.py $(abspath .cache/recall/documents)
	@RECALL=$(abspath .cache/recall/documents) cargo test --package portico-reading --test recall -- --nocapture

.cache/recall/venv/ready: modules/files/reading/tests/recall/requirements.txt
	@mkdir -p .cache/recall
	@python3 -m venv .cache/recall/venv
	@.cache/recall/venv/bin/pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

fuzz: setup ## let libFuzzer try every parser of strangers' bytes, FUZZ_SECONDS each, with a nightly Rust; ONLY=word picks some
	@rustc +nightly --version >/dev/null 2>&1 || \
	    { echo 'missing: a nightly Rust (rustup toolchain install nightly)' >&2; exit 1; }
	@tests/fuzz/run $(FUZZ_SECONDS) $(ONLY)

# Licences, origins and versions are tests (tests/dependencies.rs). What is unused is found by name, which is a guess.
deny: .cache/deny/bin/cargo-machete ## look for dependencies that nothing names, and for what is known against one where GitHub is reached
	@.cache/deny/bin/cargo-machete --skip-target-dir .
	@if command -v cargo-deny >/dev/null; then cargo-deny --all-features check advisories; \
	else echo 'not asked: advisories (cargo install --locked cargo-deny)'; fi

.cache/deny/bin/cargo-machete:
	@cargo install --quiet --locked --root .cache/deny cargo-machete

size: program ## say what the ten largest parts of the release are
	@tests/size $(target)/release/portico

clean: ## remove what was built and downloaded; data stays
	@rm -rf $(target) .cache tests/browser/node_modules pictures
