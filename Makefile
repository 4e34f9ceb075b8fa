# leadpipe: `make help` says what there is to make.
BUILD   ?= build
PREFIX  ?= /usr/local
CC      ?= cc
CFLAGS  ?= -O2 -g
SAN     ?=
ISAL    ?= $(shell printf '\043include <isa-l/igzip_lib.h>\n' | \
	    $(CC) -E - >/dev/null 2>&1 && echo yes)
ROWS    ?= 1m
KIT     ?= ../shared/peers

VERSION  = 0.1
WARN     = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
           -Wwrite-strings -Wconversion -Wvla -Wswitch
CPPFLAGS += -Iinclude -D_GNU_SOURCE -DLEAD_VERSION='"$(VERSION)"' \
            $(if $(ISAL),-DLEAD_ISAL) $(if $(SAN),-DLEAD_FAULTS)
ALL_CFLAGS = -std=c11 -pthread -ffp-contract=off $(WARN) $(CFLAGS) \
             $(if $(SAN),-fsanitize=$(SAN) -fno-omit-frame-pointer)
LDLIBS  += -Wl,--as-needed -lpcre2-8 -lz $(if $(ISAL),-lisal) -lsodium -lcsv \
           -ljson-c -lm

CMDS  := $(patsubst cmd/%.c,%,$(wildcard cmd/lead-*.c))
BIN   := $(CMDS:%=$(BUILD)/bin/%)
LIB   := $(patsubst %.c,$(BUILD)/%.o,$(wildcard lib/*/*.c lib/*/*/*.c))
UNITS := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/*_test.c))
WORLD := $(patsubst examples/%.c,$(BUILD)/examples/%,$(wildcard examples/*.c))
SOLEO := $(patsubst %.c,$(BUILD)/%.o,$(wildcard examples/soleo/*.c))
MAN1  := $(wildcard cmd/*.1)

all: packages-build		## every command, in $(BUILD)/bin
	@$(MAKE) -s programs

programs: $(BIN) $(WORLD)

units: $(UNITS)

demo: all			## a month of example data through the night, tables shown
	@BUILD=$(abspath $(BUILD)) examples/demo

check: packages-check		## every test
	@$(MAKE) -s programs units
	@BUILD=$(abspath $(BUILD)) tests/run $(T)

check-san: packages-check	## every test again, under ASan and UBSan
	@$(MAKE) -s programs units BUILD=build/san SAN=address,undefined CFLAGS='-O1 -g'
	@BUILD=$(abspath build/san) tests/run $(T)

check-valgrind: packages-check	## every filter's tests under valgrind
	@$(MAKE) -s programs units
	@BUILD=$(abspath $(BUILD)) tests/run --valgrind $(T)

lint: packages-check		## layers, names, calls, manuals, shell
	@$(MAKE) -s programs
	@BUILD=$(abspath $(BUILD)) tests/run tests/lint

format:				## lay the C sources out as .clang-format says
	clang-format -i $(shell git ls-files '*.[ch]')

fuzz:				## libFuzzer targets, 30 s each
	@.ci/packages fuzz
	@tests/fuzz/run

bench: all			## ROWS=1m|10m KIT=DIR: the peers' job, as ratios
	@BUILD=$(abspath $(BUILD)) tests/bench/run "$(ROWS)" "$(KIT)"

install: programs		## into $(DESTDIR)$(PREFIX)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 \
	    $(DESTDIR)$(PREFIX)/share/man/man5 $(DESTDIR)$(PREFIX)/share/man/man7 \
	    $(DESTDIR)$(PREFIX)/share/leadpipe
	install -m 755 $(BIN) $(DESTDIR)$(PREFIX)/bin
	install -m 644 $(MAN1) $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 $(wildcard cmd/*.5) $(DESTDIR)$(PREFIX)/share/man/man5
	install -m 644 $(wildcard cmd/*.7) $(DESTDIR)$(PREFIX)/share/man/man7
	cp -R pipelines $(DESTDIR)$(PREFIX)/share/leadpipe

uninstall:			## take it out again
	rm -f $(CMDS:%=$(DESTDIR)$(PREFIX)/bin/%)
	rm -f $(MAN1:cmd/%=$(DESTDIR)$(PREFIX)/share/man/man1/%)
	rm -f $(patsubst cmd/%,$(DESTDIR)$(PREFIX)/share/man/man5/%,$(wildcard cmd/*.5))
	rm -f $(patsubst cmd/%,$(DESTDIR)$(PREFIX)/share/man/man7/%,$(wildcard cmd/*.7))
	rm -rf $(DESTDIR)$(PREFIX)/share/leadpipe

clean:				## forget what was built
	rm -rf build

help:				## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1	/p' Makefile

packages-build:
	@.ci/packages build

packages-check:
	@.ci/packages check

$(BUILD)/bin/%: $(BUILD)/cmd/%.o $(BUILD)/liblead.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/tests/%: $(BUILD)/tests/unit/%.o $(BUILD)/liblead.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/examples/%: $(BUILD)/examples/%.o $(SOLEO) $(BUILD)/liblead.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/liblead.a: $(LIB)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The built-in tables are part of the program.
$(BUILD)/lib/domain/rules/rules.o: $(wildcard lib/rules/*.tsv)

.PHONY: all programs units demo check check-san check-valgrind lint format fuzz bench \
	install uninstall clean help packages-build packages-check
.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
