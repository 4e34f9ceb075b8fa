# account.bash - where did every row go? The filters' --stats, held together

# account STEP - the options that make a filter leave its account
account() {
	stats=(--stats "$stage/accounts/.$1")
}

# figure STEP NAME - that figure of a step's account, in REPLY
figure() {
	local line=''
	IFS= read -r line <"$stage/accounts/.$1" || fail "$1 left no account"
	[[ $line =~ \"$2\":([0-9]+) ]] || fail "$1: no \"$2\" in its account"
	REPLY=${BASH_REMATCH[1]}
}

# balanced STEP... - in = used + rejected + dropped, in each
balanced() {
	local step line
	for step; do
		line=''
		IFS= read -r line <"$stage/accounts/.$step" || fail "$step left no account"
		[[ $line == *'"balanced":true'* ]] || fail "$step lost rows: $line"
	done
}

# conserved TO FROM... - what the FROM steps put out, TO took in
conserved() {
	local to=$1 sum=0 step
	shift
	balanced "$to" "$@"
	for step; do
		figure "$step" out
		sum=$((sum + REPLY))
	done
	took "$to" "$sum"
}

# took STEP ROWS - that many rows went into it, and each is accounted for
took() {
	balanced "$1"
	figure "$1" in
	[ "$REPLY" = "$2" ] || fail "rows were lost: $2 were written, $1 read $REPLY"
}

# accounts_table - the accounts of the night as a table; those of other days that
# were read again are left out, for how many they are depends on the nights before
accounts_table() {
	local path line step
	printf 'step\tin\tused\tout\trejected\tdropped\n'
	for path in "$stage"/accounts/.[0-9a-z]*; do
		step=${path##*/.}
		[[ $step != [0-9]* || $step == "$date".* ]] || continue
		IFS= read -r line <"$path"
		[[ $line =~ \"in\":([0-9]+),\"out\":([0-9]+),\"used\":([0-9]+),\"rejected_rows\":([0-9]+),\"dropped_rows\":([0-9]+) ]] ||
			fail "$step: its account cannot be read"
		printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$step" "${BASH_REMATCH[1]}" \
			"${BASH_REMATCH[3]}" "${BASH_REMATCH[2]}" "${BASH_REMATCH[4]}" \
			"${BASH_REMATCH[5]}"
	done
}
