# yijian 一建. `make help` says what there is.
SHELL = /bin/sh
CC = gcc
BUILD = build
PREFIX = /usr/local
SIZES = 1000 100000 1000000
FUZZ_SECONDS = 60
OPTIMIZE = -O2 -g -D_FORTIFY_SOURCE=2
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes
HARDENING = -fstack-protector-strong -fPIE
CFLAGS = -std=c17 -D_GNU_SOURCE -DLOCALEDIR='"$(PREFIX)/share/locale"' -I. $(OPTIMIZE) $(WARNINGS) $(HARDENING) $(EXTRA)
LDFLAGS = -pie -Wl,-z,relro,-z,now $(EXTRA)
LDLIBS = -lncursesw -ltinfo -lsqlite3 -lcjson -lcrypto -lqrencode -lseccomp

PACKAGES = gcc libc6-dev libncurses-dev libsqlite3-dev libcjson-dev libssl-dev libqrencode-dev libseccomp-dev gettext ncurses-term
TEST_PACKAGES = $(PACKAGES) libcmocka-dev libvterm-dev python3 python3-jsonschema universal-ctags binutils zbar-tools openssl \
	openssh-server openssh-client strace faketime dpkg-dev mandoc python3-pyte
DEB_PACKAGES = $(PACKAGES) dpkg-dev
FUZZ_PACKAGES = $(PACKAGES) clang libclang-rt-14-dev
COVERAGE_PACKAGES = $(TEST_PACKAGES) gcovr
BENCH_PACKAGES = $(PACKAGES) python3 python3-pyte sqlite3 jq tig lnav fzf
CHECK_PACKAGES = $(TEST_PACKAGES) $(FUZZ_PACKAGES) lintian shellcheck clang-tidy clang-format cppcheck

CORE = $(wildcard core/*.c)
STORE = $(wildcard store/*.c)
TUI = $(wildcard tui/*.c tui/command/*.c tui/screen/*.c)
object = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
MO = $(BUILD)/locale/zh_CN/LC_MESSAGES/yijian.mo

UNIT = $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c tests/store/test_*.c tests/fault/test_*.c))
SCREEN = $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/screen/test_*.c))
FUZZ = $(patsubst tests/fuzz/fuzz_%.c,$(BUILD)/tests/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
GUARD = $(patsubst tests/guard/%.c,$(BUILD)/tests/%.so,$(wildcard tests/guard/*.c))
FUZZ_MAIN = $(call object,tests/fuzz/replay.c)

.PHONY: help build run test golden coverage check mutate broken fuzz bench tests fuzzers sample install deb clean
.PHONY: setup setup-test setup-bench setup-coverage setup-check setup-fuzz setup-deb
.DEFAULT_GOAL := build
again = @$(MAKE) --no-print-directory -j$$(nproc)

help:
	@echo 'make run     install what is missing, build, make a training database, open the screen'
	@echo 'make test    the same for the tests; runs the whole suite (ONLY=screen: those whose name has it)'
	@echo 'make golden  takes the golden screens anew, to be looked over with git diff before they are committed'
	@echo 'make build   build/yijian and its Chinese texts'
	@echo 'make check   gcc and clang without a warning, analyzers, format, the suite under sanitizers'
	@echo 'make coverage  how much of core and store the suite goes through, branch by branch'
	@echo 'make mutate  the core broken in one place at a time: the unit tests must notice (ONLY=rule)'
	@echo 'make broken  the program broken where it keeps its promises under fault: the tests must turn red (ONLY=kill)'
	@echo 'make fuzz    every reader of outside data gets bytes nobody thought of (FUZZ_SECONDS=60 each)'
	@echo 'make bench   the program beside tig, lnav, fzf, sqlite3, jq: a table of ratios (SIZES="1000 100000" ONLY=importing)'
	@echo 'make install program, yijian-setup, manual, completions, units (PREFIX=/usr/local DESTDIR=)'
	@echo 'make deb     the same as a Debian package, build/yijian_VERSION_ARCH.deb'
	@echo 'make sample  build/sample, the generator of synthetic documents'
	@echo 'make clean   takes build/ away'

build: $(BUILD)/yijian $(if $(wildcard tui/po/*.po),$(MO))

$(BUILD)/yijian: $(call object,$(CORE) $(STORE) $(TUI))
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

$(MO): $(wildcard tui/po/*.po)
	@mkdir -p $(@D)
	msgcat --use-first $^ | msgfmt --check -o $@ -

sample: $(BUILD)/sample
$(BUILD)/sample: $(call object,$(wildcard tests/sample/*.c) $(CORE))
	$(CC) $(LDFLAGS) -o $@ $^

# Installs what is missing of a list of packages; says so plainly where it may not.
define install
@missing=; for p in $(1); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
if [ -z "$$missing" ]; then exit 0; fi; \
if [ "$$(id -u)" = 0 ]; then as=; elif command -v sudo >/dev/null; then as=sudo; else \
echo "These packages are missing and only root may install them; ask for: apt-get install$$missing" >&2; exit 1; fi; \
echo "Installing:$$missing"; \
$$as apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive $$as apt-get install -q -y --no-install-recommends $$missing >/dev/null || \
{ echo "The packages could not be installed; try: apt-get install$$missing" >&2; exit 1; }
endef

setup:
	$(call install,$(PACKAGES))
setup-test:
	$(call install,$(TEST_PACKAGES))
setup-deb:
	$(call install,$(DEB_PACKAGES))
setup-fuzz:
	$(call install,$(FUZZ_PACKAGES))
setup-coverage:
	$(call install,$(COVERAGE_PACKAGES))
setup-bench:
	$(call install,$(BENCH_PACKAGES))
setup-check:
	$(call install,$(CHECK_PACKAGES))

run: setup
	$(again) build sample
	@sh tests/sample/training $(BUILD)
	@$(BUILD)/yijian --db $(BUILD)/training/yijian.db

test: setup-test
	$(again) tests
	@BUILD=$(BUILD) /usr/bin/python3 tests/run $(ONLY)

golden: setup-test
	$(again) tests
	@rm -f tests/screen/golden/*.txt
	@mkdir -p tests/screen/golden
	@GOLDEN_ANEW=1 BUILD=$(BUILD) /usr/bin/python3 tests/run golden
	@echo 'What has changed: git diff --stat tests/screen/golden'

tests: build sample fuzzers $(UNIT) $(SCREEN) $(GUARD)

# They stand in for functions of the C library, which its headers would put inline, also before sshd: nothing is counted there.
$(GUARD): $(BUILD)/tests/%.so: tests/guard/%.c tests/guard/preload.h Makefile
	@mkdir -p $(@D)
	$(CC) $(filter-out $(EXTRA),$(CFLAGS)) -U_FORTIFY_SOURCE -fPIC -shared -o $@ $<

fuzzers: $(FUZZ)

HELP = $(filter-out $(wildcard tests/*/test_*.c) tests/sample/sample.c,$(wildcard tests/unit/*.c tests/store/*.c tests/fault/*.c tests/sample/*.c))
$(UNIT): $(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(call object,$(HELP) $(CORE) $(STORE) tui/keys.c tui/key_name.c tui/sandbox.c tui/sandbox_filter.c tui/sgr.c)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ -lcmocka $(LDLIBS)

$(SCREEN): $(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(patsubst %,$(BUILD)/obj/tests/screen/%.o,term desk shot)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ -lcmocka -lvterm -lutil

# Of a target two programs are made: this one replays its seeds; with clang and FUZZ_LINK it looks for new ones.
$(FUZZ): $(BUILD)/tests/fuzz/%: $(BUILD)/obj/tests/fuzz/fuzz_%.o $(BUILD)/obj/tests/fuzz/fuzz.o $(FUZZ_MAIN) $(call object,$(CORE) $(STORE) $(filter-out tui/main.c,$(TUI)))
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) $(FUZZ_LINK) -o $@ $^ $(LDLIBS)

install: build
	@sh tui/service/install $(BUILD) '$(DESTDIR)' '$(PREFIX)'

deb: setup-deb
	$(again) build
	@sh tui/service/debian/build $(BUILD)

check: setup-check
	@sh tests/check

coverage: setup-coverage
	@sh tests/cover/run $(BUILD)/coverage $(ONLY)

mutate: setup-test
	$(again) tests
	@BUILD=$(BUILD) /usr/bin/python3 tests/mutate/run $(ONLY)

broken: setup-test
	$(again) tests
	@BUILD=$(BUILD) /usr/bin/python3 tests/broken/run $(ONLY)

fuzz: setup-fuzz
	@BUILD=$(BUILD) FUZZ_SECONDS=$(FUZZ_SECONDS) sh tests/fuzz/run $(ONLY)

# What ncurses, SQLite, cJSON and the disk need by themselves.
$(BUILD)/floor: $(call object,$(wildcard tests/bench/floor/*.c))
	$(CC) $(LDFLAGS) -o $@ $^ -lncursesw -ltinfo -lsqlite3 -lcjson

bench: setup-bench
	$(again) build sample $(BUILD)/floor
	@BUILD=$(abspath $(BUILD)) ONLY=$(ONLY) /usr/bin/python3 tests/bench/bench.py $(SIZES)

clean:
	rm -rf $(BUILD)

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
