# postgres.bash - a PostgreSQL server of the test file's own: its folder, its socket, no port
# shellcheck shell=bash

# as_server COMMAND... - by somebody who is not root: the server will not be his
as_server() {
	local bin
	for bin in /usr/lib/postgresql/*/bin; do PATH=$bin:$PATH; done
	if [ "$(id -u)" = 0 ]; then
		(cd / && runuser -u postgres -- env PATH="$PATH" "$@")
	else
		"$@"
	fi
}

# The folder is short and in the open: a socket's path is, and so is what that
# other somebody can reach.
server_start() {
	local dir
	as_server initdb --version >/dev/null 2>&1 || return 0
	dir=$(mktemp -d /tmp/leadpg.XXXXXX)
	echo "$dir" >pg
	[ "$(id -u)" != 0 ] || chown postgres "$dir"
	as_server initdb -D "$dir/data" -A trust -U postgres -E UTF8 --no-locale --no-sync >/dev/null
	as_server pg_ctl -D "$dir/data" -s -w -l "$dir/log" start \
		-o "-c listen_addresses='' -c fsync=off -k $dir"
}

server_stop() {
	local dir
	[ -e "$BATS_FILE_TMPDIR/pg" ] || return 0
	dir=$(cat "$BATS_FILE_TMPDIR/pg")
	as_server pg_ctl -D "$dir/data" -m immediate -s stop
	rm -rf "$dir"
}

# database NAME - a new one, in PGDATABASE; skips where there is no server
database() {
	[ -e "$BATS_FILE_TMPDIR/pg" ] || skip 'no PostgreSQL server here'
	export PGHOST PGUSER=postgres PGDATABASE=$1
	PGHOST=$(cat "$BATS_FILE_TMPDIR/pg")
	psql -X -q -d postgres -c "create database $1"
}

# ask SQL - its rows, tab between columns
ask() {
	psql -X -A -t -F "$(printf '\t')" -c "$1"
}
