# wan-check: every task on a fresh machine with Swift, by name.
#
#   make demo    install what is missing, build, and check real files
#   make test    the same, and every test
#
# apt on Debian and Ubuntu, brew on macOS.

SHELL := /bin/bash
.DEFAULT_GOAL := build

SWIFT ?= swift
PREFIX ?= /usr/local
BINARY := .build/debug/wan-check
# The programs that read the bytes of assets; the command finds them in ../libexec/wan-check.
WORKERS := wan-check-probe-images wan-check-probe-streams
# On Linux the release contains the Swift runtime: it starts faster, and needs no installed Swift. macOS has the runtime.
RELEASE := -c release $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib)
ASAN_BUILD := .build-asan
TSAN_BUILD := .build-tsan
COVERAGE_BUILD := .build-coverage
FUZZ_BUILD := .build-fuzz
RELEASE_BUILD := .build-release
# What a release installs; all packages are made from it, in DIST.
STAGED := .build/staged
DIST := .build/dist

APT_BUILD := libavformat-dev libavcodec-dev libavutil-dev libjpeg-dev libpng-dev libwebp-dev libdeflate-dev libsqlite3-dev libyaml-dev libseccomp-dev pkg-config python3
APT_TEST := ffmpeg imagemagick libjpeg-turbo-progs git curl python3 python3-pil python3-jsonschema nginx-light openssl libxml2-utils cmark-gfm python3-venv nodejs
APT_RELEASE := dpkg-dev debian-archive-keyring g++ nasm meson ninja-build xz-utils make binutils npm
APT_BENCH := mediainfo
APT_ORACLES := libvips-tools libsndfile1
BREW_BUILD := ffmpeg jpeg-turbo libpng webp libdeflate sqlite libyaml pkg-config python3
BREW_TEST := imagemagick git curl pillow nginx openssl libxml2 cmark-gfm node
BREW_BENCH := mediainfo
BREW_ORACLES := vips libsndfile

PKGCONFIG_MODULES := libavformat libavcodec libavutil libjpeg libpng libwebp libwebpdemux libdeflate sqlite3 yaml-0.1 \
	$(if $(filter Linux,$(shell uname -s)),libseccomp)
TEST_COMMANDS := ffmpeg ffprobe identify jpegtran git curl python3 nginx openssl xmllint cmark-gfm node
RELEASE_COMMANDS := dpkg-source dpkg-deb g++ nasm meson ninja readelf npm
# Debian installs nginx here, and the PATH of an ordinary user lacks this folder.
SYSTEM_COMMANDS := /usr/sbin

.PHONY: build demo test fixes coverage lint format sanitize sanitize-all tsan docs install uninstall bench fixtures nightly clean \
	fuzz fuzz-build fuzz-replay fuzz-corpus mutants answers soak oracles oracles-sample oracles-nightly \
	deps deps-test deps-oracles deps-browser deps-bench deps-release lean release same-reports dist wheel npm test-python test-node man docs-pages check-docs check-notices check-prose

## Builds

# What is installed, without what only tests need.
build: deps
	for product in wan-check $(WORKERS); do $(SWIFT) build --product $$product || exit 1; done

demo: build
	@Fixtures/demo $(BINARY)

install: deps
	for product in wan-check $(WORKERS); do $(SWIFT) build $(RELEASE) --product $$product || exit 1; done
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/libexec/wan-check"
	install -s -m 755 .build/release/wan-check "$(DESTDIR)$(PREFIX)/bin/wan-check"
	install -s -m 755 $(WORKERS:%=.build/release/%) "$(DESTDIR)$(PREFIX)/libexec/wan-check/"
	Scripts/install-extras .build/release/wan-check "$(DESTDIR)$(PREFIX)/share"

uninstall:
	rm -f "$(DESTDIR)$(PREFIX)/bin/wan-check" \
		"$(DESTDIR)$(PREFIX)/share/man/man1/wan-check.1" \
		"$(DESTDIR)$(PREFIX)/share/bash-completion/completions/wan-check" \
		"$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_wan-check" \
		"$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/wan-check.fish" \
		$(WORKERS:%="$(DESTDIR)$(PREFIX)/libexec/wan-check/%")
	-rmdir "$(DESTDIR)$(PREFIX)/libexec/wan-check"

## Releases, for Linux. The C libraries are linked statically, so a release needs the C library of the system alone.

# The C libraries; the first time, this compiles FFmpeg.
lean: deps-release
	Scripts/lean

release: deps-release
	nice Scripts/release $(RELEASE_BUILD) $(STAGED)

# An archive and a Debian package.
dist: release
	Scripts/dist $(STAGED) $(DIST)

# A wheel, which is installed into a fresh environment and tested there.
wheel: release
	Scripts/check-wheel "$$(Scripts/wheel $(STAGED) $(DIST))"
	Scripts/checksums $(DIST)

# An npm package, which is installed into a fresh project and tested there.
npm: release
	Scripts/node-tests "$$(Scripts/npm-package $(STAGED) $(DIST))"
	Scripts/checksums $(DIST)

# A release reports the same as a build that uses the system's libraries.
same-reports: build release
	Scripts/same-reports $(BINARY) $(STAGED)/bin/wan-check

# The man page alone, for the debug build.
man: build
	Scripts/install-extras $(BINARY) .build/share

## Checks

# Each group of test targets has a run of its own, a few tests at a time: tests that start programs, decode or open a
# browser would delay the tests that talk to servers.
SERVERS := AssetSourceTests|ProviderKitTests|ServerKitTests|WanSubmitTests
TEST := $(SWIFT) test --experimental-maximum-parallelization-width 4

test: deps-test
	$(SWIFT) build --build-tests
	@others=0; for target in oracles-sample test-python test-node; do $(MAKE) --no-print-directory $$target || others=1; done; \
		Scripts/test-runs CommandTests CommandSubmitTests CommandFetchTests '$(SERVERS)' -- $(TEST) --skip-build && exit $$others

# The Python package, with the command of the debug build.
test-python:
	Scripts/python-tests $(BINARY)

# The npm package, likewise.
test-node:
	Scripts/node-tests $(BINARY)

SWIFT_SOURCES := Package.swift Sources Tests $(foreach package,Benchmarks Fuzzing,$(package)/Package.swift $(package)/Sources)

lint:
	$(SWIFT) format lint --strict --recursive $(SWIFT_SOURCES)
	$(MAKE) --no-print-directory check-prose check-docs check-notices

PROSE := $(wildcard *.md docs/*.md Benchmarks/*.md) Makefile Dockerfile Package.swift action.yml .pre-commit-hooks.yaml \
	.ci .github Scripts Sources Tests Benchmarks Fuzzing/run Fuzzing/seeds Fuzzing/Package.swift Fuzzing/Sources \
	Fixtures/README.md Fixtures/fuzz/README.md Fixtures/demo Fixtures/make Fixtures/make.d Python Node

check-prose:
	Scripts/check-prose $(PROSE)

format:
	$(SWIFT) format --in-place --recursive $(SWIFT_SOURCES)

# Leak detection is off, because the test runner itself leaks. Tests that only start other processes are left out: the
# sanitizer does not see these.
STARTERS := Command[A-Za-z]*Tests|ProbeWorkersTests\.(Containment|Life|SameFacts)Tests|checksInWorkersThatAreNamed

# The targets that read untrusted bytes through C libraries, and the workers: only these are built.
SANITIZED := FuzzKitTests JobDocumentsTests MediaFactsTests MediaProbeTests ProbeWorkersTests misbehaving-probe-worker $(WORKERS)

sanitize: deps-test
	WAN_CHECK_TEST_TARGETS='$(SANITIZED)' ASAN_OPTIONS=detect_leaks=0 Scripts/test-runs -- \
		$(TEST) --sanitize=address --scratch-path $(ASAN_BUILD) --skip '$(STARTERS)'

sanitize-all: deps-test
	$(SWIFT) build --build-tests --sanitize=address --scratch-path $(ASAN_BUILD)
	ASAN_OPTIONS=detect_leaks=0 Scripts/test-runs '$(SERVERS)' -- \
		$(TEST) --skip-build --sanitize=address --scratch-path $(ASAN_BUILD) --skip '$(STARTERS)'

tsan: deps-test
	$(SWIFT) build --build-tests --sanitize=thread --scratch-path $(TSAN_BUILD)
	TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/thread-sanitizer.suppressions Scripts/test-runs '$(SERVERS)' -- \
		$(TEST) --skip-build --sanitize=thread --scratch-path $(TSAN_BUILD) --skip '$(STARTERS)'

# The share of the submit client's lines that its own tests run.
coverage: deps-test
	$(SWIFT) test --enable-code-coverage --scratch-path $(COVERAGE_BUILD) --filter '(WanSubmit|ProviderKit)Tests'
	Scripts/coverage WanSubmit 90

# Searches for inputs that break something: TIME seconds for each target, or for one, TARGET=. See docs/fuzzing.md.
TIME ?= 60
TARGET ?=
FUZZ := FUZZ_BINARY=$(FUZZ_BUILD)/debug/fuzz TIME=$(TIME) Fuzzing/run

fuzz-build: deps
	WAN_CHECK_FUZZING=1 $(SWIFT) build --package-path Fuzzing --scratch-path $(FUZZ_BUILD) --product fuzz

fuzz: fuzz-build
	$(FUZZ) fuzz $(TARGET)

# Replays every seed, kept input and finding under AddressSanitizer; `make test` replays those in git, without it.
fuzz-replay: fuzz-build
	$(FUZZ) replay $(TARGET)

# Renews Fuzzing/Corpus from what `make fuzz` found.
fuzz-corpus: fuzz-build
	$(FUZZ) keep $(TARGET)

# Tests every set of faults that a file can combine, and not only every pair.
fixes: deps-test
	WAN_CHECK_EVERY_FIX=1 $(TEST) --filter FixPairTests

# Endurance tests: randomly damaged files, malformed answers, a run of very many checks, and a run of a million jobs. Each
# measures memory, too.
mutants: build
	Tests/Endurance/mutants $(BINARY)

# Servers and proxies answer 100 000 requests with malformed HTTP.
answers: build
	Tests/Endurance/answers $(BINARY) --count 55000
	Tests/Endurance/answers $(BINARY) --count 40000 --seed 2 --depth header
	Tests/Endurance/answers $(BINARY) --count 5000 --seed 3 --tunnel

soak: build
	Tests/Endurance/soak $(BINARY)
	Tests/Endurance/jobs $(BINARY)

# Compares wan-check with common readers: see docs/differential-test.md.
CASES ?= 2000
SEED ?= 1
ARGUMENTS ?=
ORACLES := Tests/Oracles/oracles $(BINARY)

oracles: build deps-test deps-oracles deps-browser
	$(ORACLES) --count $(CASES) --seed $(SEED) $(ARGUMENTS)

# For `make test`: up to 400 cases in 30 seconds, and only disagreements in which two readers agree.
oracles-sample: deps-oracles
	$(ORACLES) --count 400 --seconds 30 --readers 2 --state .build/oracles-sample

oracles-nightly:
	$(MAKE) oracles CASES=100000 SEED=$$(date +%j)

nightly: test fixes coverage lint sanitize-all tsan fuzz mutants answers soak oracles-nightly bench same-reports dist wheel npm

bench: deps deps-test deps-bench
	Benchmarks/run

docs: deps
	WAN_CHECK_DOCS=1 $(SWIFT) package --allow-writing-to-directory .build/docs generate-documentation \
		--enable-experimental-combined-documentation --output-path .build/docs \
		--target MediaFacts --target JobDocuments --target Locations --target AssetOpening --target AssetSource \
		--target MediaProbe --target ProbeWorkers --target WanCheck \
		--target WanReport --target WanSubmit --target WanSubmitReport --warnings-as-errors

# Writes the pages that are generated from the catalogue of rules.
docs-pages: build
	Scripts/docs-pages $(BINARY) docs/rules

check-docs: build
	Scripts/check-docs $(BINARY)

# Checks that every package has a licence, and all linked code too.
check-notices: build
	Scripts/third-party .build/checkouts $(BINARY).product/Objects.LinkFileList >/dev/null

fixtures: deps-test
	Fixtures/make

clean:
	rm -rf .build $(ASAN_BUILD) $(TSAN_BUILD) $(COVERAGE_BUILD) $(FUZZ_BUILD) $(RELEASE_BUILD)

## Dependencies, installed only if they are missing

deps:
	@{ pkg-config --exists $(PKGCONFIG_MODULES) && command -v python3 >/dev/null; } 2>/dev/null \
		|| { $(call install-packages,$(APT_BUILD),$(BREW_BUILD)); }

deps-test: deps
	@( PATH="$$PATH:$(SYSTEM_COMMANDS)"; for command in $(TEST_COMMANDS); do command -v $$command >/dev/null || exit 1; done; \
		for module in PIL jsonschema ensurepip; do /usr/bin/env python3 -c "import $$module" 2>/dev/null \
			|| /usr/bin/python3 -c "import $$module" 2>/dev/null || exit 1; done ) \
		|| { $(call install-packages,$(APT_TEST),$(BREW_TEST)); }

# A browser for the tests of the HTML report, if the system has a package of that name; without it, the tests are skipped.
deps-browser:
	@command -v chromium >/dev/null || { apt-cache show chromium >/dev/null 2>&1 || apt-get update -qq; \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } || true

# Two more readers for `make oracles`, which leaves them out if they are missing.
deps-oracles:
	@( python3 -c "import ctypes.util as u, sys; sys.exit(not (u.find_library('vips') and u.find_library('sndfile')))" \
		|| { $(call install-packages,$(APT_ORACLES),$(BREW_ORACLES)); } ) || true

deps-release: deps
	@( for command in $(RELEASE_COMMANDS); do command -v $$command >/dev/null || exit 1; done; \
		test -e /usr/share/keyrings/debian-archive-keyring.gpg ) || { $(call install-packages,$(APT_RELEASE),); }

deps-bench: deps-test
	@command -v mediainfo >/dev/null || { $(call install-packages,$(APT_BENCH),$(BREW_BENCH)); }

# $(1): names for apt, $(2): names for brew
define install-packages
	if command -v apt-get >/dev/null; then \
		sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		echo "installing $(1)"; \
		$$sudo apt-get update -qq && \
		$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1); \
	elif command -v brew >/dev/null; then \
		echo "installing $(2)"; brew install --quiet $(2); \
	else \
		echo "please install: $(1)" >&2; exit 1; \
	fi
endef
