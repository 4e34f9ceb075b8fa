#!/usr/bin/env bats
# Names and calls, as the linker sees them.
load ../helper

setup() { cd "$top" || return; }

@test "names: foo.c and its parts foo_X.c give out foo_ names only" {
	bad=$(for source in $(git ls-files 'lib/*.c'); do
		o=$BUILD/${source%.c}.o
		stem=$(basename "$o" .o)
		[ ! -e "${source%/*}/${stem%%_*}.c" ] || stem=${stem%%_*}
		nm -g --defined-only "$o" |
			awk -v p="${stem}_" -v f="$o" \
			    'NF == 3 && $3 !~ /^_/ && index($3 "_", p) != 1 { print f ": " $3 }'
	done)
	[ -z "$bad" ] || { echo "$bad"; false; }
}

@test "names: no drawer for odds and ends" {
	run ! bash -c "git ls-files | grep -iE '(^|/)[^/]*(util|common|misc|helpers)[^/]*\.[ch]$'"
}

@test "calls: nothing banned is linked in" {
	banned='(strcpy|strcat|strncpy|strtok|v?sprintf|ato[ifl]|atoll|strtod|v?[sf]?scanf|gmtime|localtime|mktime|gets|system|popen|rand|random|tmpnam|mktemp|setlocale|alloca|gzread|gzopen)'
	run ! bash -c "nm -Au '$BUILD'/liblead.a '$BUILD'/cmd/*.o | grep -wE 'U $banned(@.*)?\$'"
}

@test "calls: growth and allocation are in mem.c alone" {
	run bash -c "nm -Au '$BUILD'/liblead.a '$BUILD'/cmd/*.o | grep -wE 'U (malloc|calloc|realloc)' | grep -v ':mem\.o:'"
	[ -z "$output" ] || { echo "$output"; false; }
}

@test "sources: nothing is left undone, no path of one machine" {
	run ! bash -c "git grep -nE '\b(TODO|FIXME|XXX|HACK)\b|not implemented' -- '*.[ch]' pipelines examples Makefile"
	run ! bash -c "git grep -nE '/(work|farm|root)/' -- . ':!tests/lint'"
}

@test "sizes: no C file over 500 lines, no function over 60" {
	run bash -c "git ls-files 'cmd/*.c' 'lib/*.c' | xargs wc -l | awk '\$2 != \"total\" && \$1 > 500'"
	[ -z "$output" ] || { echo "$output"; false; }
	run bash -c "git ls-files 'cmd/*.c' 'lib/*.c' 'examples/*.c' |
	    xargs ctags -f - --fields=+ne --c-kinds=f | awk -F'\t' '{ from = to = 0
		for (i = 4; i <= NF; i++) {
			if (\$i ~ /^line:/) from = substr(\$i, 6)
			if (\$i ~ /^end:/) to = substr(\$i, 5)
		}
		if (to - from + 1 > 60) print \$1, \$2, to - from + 1 }'"
	[ -z "$output" ] || { echo "$output"; false; }
}
