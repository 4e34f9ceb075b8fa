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

@test "layers: the rooms of lib/domain look only down" {
	ranks=$(awk '/^rules  </ {
		n = split($0, group, /  <  /)
		for (i = 1; i <= n; i++) {
			m = split(group[i], room, /, /)
			for (j = 1; j <= m; j++) print room[j], i
		}
	}' lib/README.md)
	rooms=$(find lib/domain -mindepth 1 -maxdepth 1 -type d -printf '%f\n' | LC_ALL=C sort)
	[ "$(cut -d ' ' -f 1 <<<"$ranks" | LC_ALL=C sort)" = "$rooms" ]
	run awk 'FILENAME == "-" { rank[$1] = $2; next }
	/include <lead\/domain\// {
		split($0, part, "/"); split(FILENAME, at, /domain\//); sub(/\/.*/, "", at[2])
		if (part[3] != at[2] && rank[part[3]] >= rank[at[2]]) print FILENAME ": " $0
	}' - $(git ls-files 'lib/domain/*.[ch]' 'include/lead/domain/*.h') <<<"$ranks"
	[ -z "$output" ] || { echo "$output"; false; }
}

@test "layers: the map has each module in its room, in the words of its header" {
	told=$(awk '/^## / { room = $2; sub(/^lib\//, "", room); sub(/:$/, "", room) }
	/^```/ { inside = !inside; next }
	inside && room != "" {
		name = $1; sub(/^[^ ]+ +/, ""); print room "/" name ".h - " $0
	}' lib/README.md | LC_ALL=C sort)
	true=$(for header in $(git ls-files 'include/*.h'); do
		sed -n "s|^[/ ]\*\{1,2\} *\($(basename "$header") - .*\)|\1|p" "$header" |
			sed -n "1{s| *\*/\$||;s|^|$(dirname "${header#include/lead/}")/|;p;}"
	done | LC_ALL=C sort)
	diff <(echo "$told") <(echo "$true")
}
