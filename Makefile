# wan-check: everything that a fresh machine with Swift needs, by name.
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
# What reads the bytes of assets, in processes of its own; the command finds them in ../libexec/wan-check.
WORKERS := wan-check-probe-images wan-check-probe-streams
# On Linux the release brings its Swift along: it starts faster, and runs where no Swift is installed. macOS has it.
RELEASE := -c release $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib)
ASAN_BUILD := .build-asan
TSAN_BUILD := .build-tsan
COVERAGE_BUILD := .build-coverage
FUZZ_BUILD := .build-fuzz

APT_BUILD := libavformat-dev libavcodec-dev libavutil-dev libjpeg-dev libpng-dev libwebp-dev libdeflate-dev libsqlite3-dev libseccomp-dev pkg-config python3
APT_TEST := ffmpeg imagemagick libjpeg-turbo-progs git curl python3 python3-pil python3-jsonschema nginx-light openssl libxml2-utils cmark-gfm
APT_BENCH := mediainfo
APT_ORACLES := libvips-tools libsndfile1
BREW_BUILD := ffmpeg jpeg-turbo libpng webp libdeflate sqlite pkg-config python3
BREW_TEST := imagemagick git curl pillow nginx openssl libxml2 cmark-gfm
BREW_BENCH := mediainfo
BREW_ORACLES := vips libsndfile

PKGCONFIG_MODULES := libavformat libavcodec libavutil libjpeg libpng libwebp libwebpdemux libdeflate sqlite3 \
	$(if $(filter Linux,$(shell uname -s)),libseccomp)
TEST_COMMANDS := ffmpeg ffprobe identify jpegtran git curl python3 nginx openssl xmllint cmark-gfm
# Where Debian keeps nginx, which is not on everybody's PATH.
SYSTEM_COMMANDS := /usr/sbin

.PHONY: build demo test fixes coverage lint format sanitize tsan docs install uninstall bench fixtures nightly clean \
	fuzz fuzz-build fuzz-replay fuzz-corpus mutants answers soak oracles oracles-sample oracles-nightly \
	deps deps-test deps-oracles deps-browser deps-bench dist man docs-pages check-docs check-notices

## Builds

build: deps
	$(SWIFT) build

demo: build
	@Fixtures/demo $(BINARY)

install: deps
	for product in wan-check $(WORKERS); do $(SWIFT) build $(RELEASE) --product $$product || exit 1; done
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/libexec/wan-check"
	install -m 755 .build/release/wan-check "$(DESTDIR)$(PREFIX)/bin/wan-check"
	install -m 755 $(WORKERS:%=.build/release/%) "$(DESTDIR)$(PREFIX)/libexec/wan-check/"
	Scripts/install-extras .build/release/wan-check "$(DESTDIR)$(PREFIX)/share"

uninstall:
	rm -f "$(DESTDIR)$(PREFIX)/bin/wan-check" \
		"$(DESTDIR)$(PREFIX)/share/man/man1/wan-check.1" \
		"$(DESTDIR)$(PREFIX)/share/bash-completion/completions/wan-check" \
		"$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_wan-check" \
		"$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/wan-check.fish" \
		$(WORKERS:%="$(DESTDIR)$(PREFIX)/libexec/wan-check/%")
	-rmdir "$(DESTDIR)$(PREFIX)/libexec/wan-check"

# A release for this system, with its checksum; what it is made of stands in Scripts/dist.
dist:
	rm -rf .build/staged
	$(MAKE) install PREFIX=/ DESTDIR=.build/staged
	Scripts/dist .build/staged .build/dist .build/release

# The man page alone, for the debug build.
man: build
	Scripts/install-extras $(BINARY) .build/share

## Checks

# In five runs, and few at a time, since threads and cores are few: tests that wait for other programs, that start
# hundreds of processes or that decode would keep those waiting that talk with servers.
TEST := Scripts/test-run $(SWIFT) test --experimental-maximum-parallelization-width 4
SERVERS := (AssetSource|ProviderKit|ServerKit|WanSubmit)Tests\.
FETCHING := CommandTests\.(BadServer|Delivery|FullDisk|RealServer|RemoteJob|SameFacts|Secret|Spool|Unreachable|HTMLReport)Tests
SENDING := CommandTests\.(Confirmation|Follow|Kill|Submit|SubmitFault|SubmitUsage|WatchRun)Tests

test: deps-test
	$(SWIFT) build --build-tests
	$(TEST) --skip-build --filter CommandTests --skip '$(FETCHING)|$(SENDING)'
	$(TEST) --skip-build --filter '$(SENDING)'
	$(TEST) --skip-build --filter '$(FETCHING)'
	$(TEST) --skip-build --filter '$(SERVERS)'
	$(TEST) --skip-build --skip '$(SERVERS)|CommandTests'
	$(MAKE) --no-print-directory oracles-sample

SWIFT_SOURCES := Package.swift Sources Tests $(foreach package,Benchmarks Fuzzing,$(package)/Package.swift $(package)/Sources)

lint:
	$(SWIFT) format lint --strict --recursive $(SWIFT_SOURCES)
	$(MAKE) --no-print-directory check-docs check-notices

format:
	$(SWIFT) format --in-place --recursive $(SWIFT_SOURCES)

# Leaks are not looked for: the test runner itself has some. Tests that only start other processes are left out: what
# becomes of the command, and of workers, whose system calls are counted. Few tests at a time, and those that talk with
# servers by themselves, since everything is several times slower here.
STARTERS := CommandTests|ProbeWorkersTests\.(Containment|Life|SameFacts)Tests|checksInWorkersThatAreNamed
ASAN_TEST := ASAN_OPTIONS=detect_leaks=0 $(TEST) --sanitize=address --scratch-path $(ASAN_BUILD)

sanitize: deps-test
	$(ASAN_TEST) --filter '$(SERVERS)'
	$(ASAN_TEST) --skip-build --skip '$(SERVERS)|$(STARTERS)'

tsan: deps-test
	TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/thread-sanitizer.suppressions \
		$(TEST) --sanitize=thread --scratch-path $(TSAN_BUILD) --skip '$(STARTERS)'

# How many lines of the submit client its own tests run.
coverage: deps-test
	$(SWIFT) test --enable-code-coverage --scratch-path $(COVERAGE_BUILD) --filter '(WanSubmit|ProviderKit)Tests'
	Scripts/coverage WanSubmit 90

# Looks for inputs that break something: TIME seconds for each target, or for one, TARGET=. See docs/fuzzing.md.
TIME ?= 60
TARGET ?=
FUZZ := FUZZ_BINARY=$(FUZZ_BUILD)/debug/fuzz TIME=$(TIME) Fuzzing/run

fuzz-build: deps
	WAN_CHECK_FUZZING=1 $(SWIFT) build --package-path Fuzzing --scratch-path $(FUZZ_BUILD) --product fuzz

fuzz: fuzz-build
	$(FUZZ) fuzz $(TARGET)

# Every seed, kept input and finding under AddressSanitizer; `make test` replays those that git has, without it.
fuzz-replay: fuzz-build
	$(FUZZ) replay $(TARGET)

# Renews Fuzzing/Corpus from what `make fuzz` found.
fuzz-corpus: fuzz-build
	$(FUZZ) keep $(TARGET)

# Every set of faults that can be combined in a file, and not only every pair of them.
fixes: deps-test
	WAN_CHECK_EVERY_FIX=1 $(TEST) --filter FixPairTests

# Files that were damaged at random, one run of very many checks, and one of a million jobs; each looks at memory, too.
mutants: build
	Tests/Endurance/mutants $(BINARY)

# Servers and proxies that answer 100 000 requests with malformed HTTP.
answers: build
	Tests/Endurance/answers $(BINARY) --count 55000
	Tests/Endurance/answers $(BINARY) --count 40000 --seed 2 --depth header
	Tests/Endurance/answers $(BINARY) --count 5000 --seed 3 --tunnel

soak: build
	Tests/Endurance/soak $(BINARY)
	Tests/Endurance/jobs $(BINARY)

# What usual readers refuse or see outside a limit, against what wan-check says: see docs/differential-test.md.
CASES ?= 2000
SEED ?= 1
ARGUMENTS ?=
ORACLES := Tests/Oracles/oracles $(BINARY)

oracles: build deps-test deps-oracles deps-browser
	$(ORACLES) --count $(CASES) --seed $(SEED) $(ARGUMENTS)

# For `make test`: as many of a few hundred cases as a minute allows, and where two readers agree.
oracles-sample: deps-oracles
	$(ORACLES) --count 400 --seconds 30 --readers 2 --state .build/oracles-sample

oracles-nightly:
	$(MAKE) oracles CASES=100000 SEED=$$(date +%j)

nightly: test fixes coverage lint sanitize tsan fuzz mutants answers soak oracles-nightly bench

bench: deps deps-test deps-bench
	Benchmarks/run

docs: deps
	WAN_CHECK_DOCS=1 $(SWIFT) package --allow-writing-to-directory .build/docs generate-documentation \
		--enable-experimental-combined-documentation --output-path .build/docs \
		--target MediaFacts --target Locations --target AssetOpening --target AssetSource \
		--target MediaProbe --target ProbeWorkers --target WanCheck \
		--target WanReport --target WanSubmit --target WanSubmitReport --warnings-as-errors

# The pages that are drawn from the catalogue of rules.
docs-pages: build
	Scripts/docs-pages $(BINARY) docs/rules

check-docs: build
	Scripts/check-docs $(BINARY)

# Every package has a licence, and so has all code that is linked.
check-notices: build
	Scripts/third-party .build/checkouts $(BINARY).product/Objects.LinkFileList >/dev/null

fixtures: deps-test
	Fixtures/make

clean:
	rm -rf .build $(ASAN_BUILD) $(TSAN_BUILD) $(COVERAGE_BUILD) $(FUZZ_BUILD)

## What is needed, installed only where it is missing

deps:
	@{ pkg-config --exists $(PKGCONFIG_MODULES) && command -v python3 >/dev/null; } 2>/dev/null \
		|| { $(call install-packages,$(APT_BUILD),$(BREW_BUILD)); }

deps-test: deps
	@( PATH="$$PATH:$(SYSTEM_COMMANDS)"; for command in $(TEST_COMMANDS); do command -v $$command >/dev/null || exit 1; done; \
		for module in PIL jsonschema; do /usr/bin/env python3 -c "import $$module" 2>/dev/null \
			|| /usr/bin/python3 -c "import $$module" 2>/dev/null || exit 1; done ) \
		|| { $(call install-packages,$(APT_TEST),$(BREW_TEST)); }

# A browser for the HTML report, where there is one by that name; without it its tests say that they were skipped.
deps-browser:
	@command -v chromium >/dev/null || { apt-cache show chromium >/dev/null 2>&1 || apt-get update -qq; \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } || true

# Two more readers for `make oracles`, which does without them where they are missing.
deps-oracles:
	@( python3 -c "import ctypes.util as u, sys; sys.exit(not (u.find_library('vips') and u.find_library('sndfile')))" \
		|| { $(call install-packages,$(APT_ORACLES),$(BREW_ORACLES)); } ) || true

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
