# changed.awk - the rows that are not as they were last told
#
# in:   TABLE, then the ledger of the nights before, oldest first, all with the
#       same columns, keyed by the first; -v apart=WORDS, what was left out before
# out:  the rows of TABLE that are new or other, in byte order of the key; on
#       stderr, how many of each
BEGIN { FS = "\t" }
FNR == 1 {
	if (!file++) { print; fflush() } # before what sort writes
	next
}
file == 1 {
	key[++n] = $1
	row[$1] = $0
	next
}
{ told[$1] = $0 }
END {
	for (i = 1; i <= n; i++) {
		if (!(key[i] in told)) added++
		else if (told[key[i]] != row[key[i]]) other++
		else { same++; continue }
		print row[key[i]] | "sort -t '\t' -k 1,1"
	}
	close("sort -t '\t' -k 1,1")
	printf "%d new, %d changed; %d as they were%s\n", added, other, same, apart >"/dev/stderr"
}
