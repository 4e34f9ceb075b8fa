#!/usr/bin/env bats
# The rules of lib/README.md that a machine can check.
load ../helper

setup() { cd "$top" || return; }

# only HEADER FILE - no other source includes HEADER, and no header does
only() {
	run bash -c "grep -rlE --include='*.[ch]' 'include <$1>' cmd lib include examples 2>&1"
	[ "$output" = "$2" ] || { echo "$1 is included by: $output"; false; }
}

@test "layers: lib/base knows nothing of lib/domain or cmd" {
	run ! grep -rnE 'include <lead/domain/' lib/base include/lead/base
}

@test "layers: lib/domain neither prints, ends the program, nor reads clock or environment" {
	run ! grep -rnE '<(stdio|time|unistd|fcntl)\.h>|\b(exit|abort|getenv|time|clock_gettime)\(' \
	    lib/domain include/lead/domain
	run ! grep -rnE 'include <lead/base/(filter|filter_read|opt|io|gz|tsv|out)\.h>' \
	    lib/domain include/lead/domain
}

@test "layers: only diag, mem, opt, the frame and commands end the program" {
	run bash -c "grep -rlE 'diag_die|\bexit\(' lib | sort"
	for file in $output; do
		case $file in
		lib/base/diag.c | lib/base/mem.c | lib/base/opt.c | lib/base/request.c | \
		    lib/base/filter*.c) ;;
		*) echo "$file ends the program"; false ;;
		esac
	done
}

@test "layers: commands know the frame and the domain, not each other" {
	run ! grep -nE '#include "' cmd/*.c
}

@test "layers: each outside library is behind one file" {
	only 'pcre2\.h' lib/base/re.c
	only 'zlib\.h' lib/base/deflate.c
	only '(isa-l/)?igzip_lib\.h' lib/base/deflate.c
	only 'csv\.h' lib/base/csv.c
	only 'json-c/.*' lib/base/json.c
	only 'xxhash\.h' lib/base/hash.c
	only 'sodium\.h' lib/base/digest.c
}

@test "layers: every header has its source; a source its header, or is a part of one" {
	for header in $(git ls-files 'include/*.h'); do
		layer=${header#include/lead/}
		[ -e "lib/${layer%.h}.c" ] || { echo "$header"; false; }
	done
	for source in $(git ls-files 'lib/*.c'); do
		header=include/lead/${source#lib/}
		[ -e "${header%.c}.h" ] || [ -e "${header%_*}.h" ] || { echo "$source"; false; }
	done
}
