# kit.bash - the fault kit of ../shared/chaos, as functions
# shellcheck shell=bash

# kit_build DIR - a copy of the kit, built there
kit_build() {
	kit=$1
	cp -R "$top/../shared/chaos" "$kit"
	make -s -C "$kit" CFLAGS='-O2 -w' >/dev/null
}

# kit_calls MAX FILTER OPTION... - each system call fails, on stdin, -o, gzip
kit_calls() {
	local most=$1
	shift
	"$kit/faultsweep" -k "$most" -i in.tsv -- "$@" &&
		"$kit/faultsweep" -k "$most" -o "$PWD/out.tsv" -- "$@" -o "$PWD/out.tsv" in.tsv.gz
}

# kit_memory MAX FILTER OPTION... - each allocation fails, once and for good
kit_memory() {
	local most=$1
	shift
	"$kit/oomsweep" -k "$most" -- "$@" in.tsv.gz
}

# kit_space N FILTER OPTION... - the disk is full after so many bytes
kit_space() {
	local sizes=$1
	shift
	"$kit/spacesweep" -n "$sizes" -o - -- "$@" in.tsv &&
		"$kit/spacesweep" -n "$sizes" -o "$PWD/out.tsv" -- "$@" -o "$PWD/out.tsv" in.tsv
}

# kit_spill MAX FILTER OPTION... - the same with rows in a temporary file
kit_spill() {
	local most=$1
	shift
	[ -x "$BUILD/bin/$1" ] || return 0
	awk 'BEGIN { print "lead_id\tevent_id\ttime\tevent\tpage\tfill"
		for (i = 0; i < 9000; i++)
			printf "L%d\t%d\t2026-11-02T10:%02d:%02dZ\tpage_view\t/x\t%0999d\n",
			    i * 7 % 1000, i, i / 60 % 60, i % 60, i * i }' >big.tsv
	"$kit/faultsweep" -k "$most" -o "$PWD/out.tsv" -- "$@" -S 1M -o "$PWD/out.tsv" big.tsv &&
		"$kit/oomsweep" -k "$most" -- "$@" -S 1M big.tsv
}

# kit_gzip_specimens - 12 sound and 101 spoiled files (an empty one is sound,
# so the header is a row here)
kit_gzip_specimens() {
	awk 'BEGIN { for (i = 0; i < 3000; i++) printf "id%d\t%d\n", i, i * i }' >text
	"$kit/truncgz" make text specimens
	"$kit/truncgz" test specimens -- lead-dedupe -N --columns=event_id,n {}
}

# kit_gzip_bits - every bit and cut of a file of two members: the only one that
# may pass is the cut between them, which is a valid file
kit_gzip_bits() {
	{ printf 'event_id\tn\na\t1\nb\t2\n' | gzip -nc
	  printf 'c\t3\nd\t4\n' | gzip -nc; } >ab.gz
	local between
	between=$(printf 'event_id\tn\na\t1\nb\t2\n' | gzip -nc | wc -c)
	"$kit/truncgz" bits ab.gz -- lead-dedupe {} >bits || true
	cat bits
	[ "$(grep -c '^SILENT' bits)" -le 1 ] &&
		! grep '^SILENT' bits | grep -qvx "SILENT cut at $between" &&
		grep -q ' CRASH=0 ' bits
}
