# trust.bash - the awk programs of the tables of trust on small tables by hand
# shellcheck shell=bash

night=$top/pipelines/night

# trust PROGRAM OPERAND... - its rows, sorted; nearest.awk before hygiene.awk, and
# figures.awk before those that compare figures
trust() {
	local program=$1 before=()
	shift
	case $program in
	hygiene) before=(-f "$night/nearest.awk") ;;
	freeze | changes) before=(-f "$night/figures.awk") ;;
	esac
	awk -f "$top/pipelines/exports/money.awk" -f "$night/cells.awk" "${before[@]}" \
		-f "$night/$program.awk" "$@" | sort
}

# both PROGRAM OPERAND... - the same by every awk that is here: they must agree
both() {
	local awk
	trust "$@" >rows
	for awk in gawk mawk; do
		type -P "$awk" >/dev/null || continue
		mkdir -p "awk.$awk"
		ln -sf "$(type -P "$awk")" "awk.$awk/awk"
		PATH=$PWD/awk.$awk:$PATH trust "$@" >"rows.$awk"
		cmp rows "rows.$awk"
	done
	cat rows
}
