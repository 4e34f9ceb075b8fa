# parts.bash - what the tests of --partial and --merge share

# deal N FILE - its rows in part.1 to part.N with its header, all of one first column
# in one part, some parts perhaps empty
deal() {
	rm -f part.* sum.*
	awk -F '\t' -v n="$1" 'BEGIN { srand(n) }
		NR == 1 { for (i = 1; i <= n; i++) print >("part." i); next }
		!($1 in of) { of[$1] = int(rand() * n) + 1 }
		{ print >("part." of[$1]) }' "$2"
}

# parted FILE COMMAND... - one run over FILE, and its parts merged: 1, 2 and 7 of them
# and an empty one, in another order, and as a tree
parted() {
	local file=$1 n i
	shift
	"$@" "$file" >want
	for n in 1 2 7; do
		deal $n "$file"
		head -n 1 "$file" >part.$((n + 1))
		for i in $(seq $((n + 1))); do
			"$@" --partial part.$i >sum.$i
		done
		"$@" --merge $(ls -r sum.*) | cmp - want
	done
	"$@" --partial --merge sum.3 sum.8 sum.1 >left
	"$@" --partial --merge sum.[24567] | gzip -n >right.gz
	"$@" --merge left right.gz | cmp - want
}
