# commit.bash - one night at a time, whole or not at all
#
# OUT/.night/.commit, written when all that is staged is whole and flushed, says
# so: from then on the night will be finished, by the next run if this one dies;
# before, it never was. Forgetting people is such a night without a day.
#
# Staged are store/ (files of the store), tables/ (the night's), nights/as_of=D/
# (tables of nights that were published before), and .gone (files to take away).

# The lock is held by an open descriptor, so that it ends with the process.
commit_lock() {
	local pid=''
	exec {lock}<>"$out/.lock"
	if ! flock -n "$lock"; then
		IFS= read -r pid <"$out/.lock" || true
		refuse "$out: locked by pid ${pid:-?}: another night is running"
	fi
	printf '%d\n' "$$" >"$out/.lock"
	trap commit_exit EXIT
}

commit_exit() {
	[ -e "$stage/.commit" ] || rm -rf "$stage"
	: >"$out/.lock"
}

# A night that died after its commit is brought to its end.
commit_resume() {
	local day
	if [ -e "$stage/.commit" ]; then
		IFS= read -r day <"$stage/.commit"
		if is_day "$day"; then
			say "finishing the night of $day"
		else
			say 'finishing to forget people'
		fi
		commit_apply "$day"
	fi
	rm -rf "$stage"
}

# commit DAY - or a word that is none
commit() {
	local path files=()
	rows_write
	rm -rf "$stage/parts" "$stage/accounts"
	find "$stage" -type f -print0 >"$stage/.all"
	while IFS= read -r -d '' path; do
		files+=("$path")
	done <"$stage/.all"
	printf '%s\n' "$1" >"$stage/.committing"
	flush "${files[@]}" "$stage/.committing"
	mv "$stage/.committing" "$stage/.commit"
	flush "$stage"
	commit_apply "$1"
	rm -rf "$stage"
}

# commit_apply DAY - each move may have been made by the run that died: what is
# left is moved
commit_apply() {
	local path to folders=()
	find "$stage/store" -type f -print0 >"$stage/.moves"
	while IFS= read -r -d '' path; do
		to=$store/${path#"$stage/store/"}
		to=${to%/*}/${path##*/.}
		[ -d "${to%/*}" ] || mkdir -p "${to%/*}"
		mv -f -- "$path" "$to"
		folders+=("${to%/*}")
	done <"$stage/.moves"
	commit_remove
	flush "$out" "$store" "${folders[@]}"
	for path in "$stage"/nights/as_of=*; do
		publish "${path##*/as_of=}" "$path"
	done
	! is_day "$1" || publish "$1" "$stage/tables"
}

commit_remove() {
	local path
	[ -e "$stage/.gone" ] || return 0
	while IFS= read -r path; do
		rm -f -- "${out:?}/$path"
	done <"$stage/.gone"
}

# publish DAY FROM - the tables in FROM as the folder as_of=DAY, by one rename. When
# the night was published before, with other bytes (late rows), the old folder steps
# aside first and is taken away behind.
publish() {
	local hidden=$out/.as_of=$1 to=$out/as_of=$1 old=$out/.as_of=$1.old files
	if [ -e "$to" ] && [ -e "$2/.manifest.tsv" ] &&
		cmp -s "$2/.manifest.tsv" "$to/manifest.tsv"; then
		return 0
	fi
	files=("$2"/.[a-z]*)
	if [ ${#files[@]} -gt 0 ]; then
		mkdir -p "$hidden"
		mv -t "$hidden" -- "${files[@]}"
	fi
	if [ -e "$hidden" ]; then
		[ "$2" != "$stage/tables" ] || expire "$1"
		flush "$hidden"
		[ ! -e "$to" ] || mv -T "$to" "$old"
		unhide "$1"
		flush "$to" "$out"
	fi
	rm -rf "$old"
}

# unhide DAY - take the dot off the tables' names and, last, off their folder's:
# in one process, so that names without a dot are in sight only whole
unhide() {
	local files path name
	cd "$out"
	files=(".as_of=$1"/.[a-z]*)
	if type -P rename.ul >/dev/null; then
		rename.ul . '' "${files[@]}" ".as_of=$1"
	else
		for path in "${files[@]}" ".as_of=$1"; do
			name=${path##*/}
			mv -T "$path" "${path%"$name"}${name#.}"
		done
	fi
	cd "$OLDPWD"
}

# expire DAY - take away the tables of nights over KEEP_NIGHTS old, but not those
# of month ends
expire() {
	local path day first
	day_shift "$1" "-$KEEP_NIGHTS"
	first=$REPLY
	for path in "$out"/as_of=*; do
		day=${path##*/as_of=}
		is_day "$day" && [[ $day < $first || $day == "$first" ]] || continue
		day_shift "$day" 1
		[[ $REPLY == *-01 ]] || rm -rf -- "$path"
	done
}
