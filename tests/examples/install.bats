#!/usr/bin/env bats
# What make install puts there runs by itself, as cron runs it.
load ../helper

@test "install: the line for cron makes a night, with the PATH that cron has" {
	make -s -C "$top" install BUILD="$BUILD" PREFIX="$PWD/local"
	cp -R "$top/examples/start" .
	mkdir in
	cp start/{crm,google,meta}.csv in
	day=2026-11-30
	gzip -c start/access.log >"in/access.log-$day.gz"
	# cron takes \% for %
	line=$(sed -n 's/^30 4 \* \* \* //p' "$top/pipelines/README.md" | sed 's/\\%/%/g')
	line=${line/yesterday/$day}
	line=${line//\/usr\/local/$PWD/local}
	line=${line//\/srv\/exports/$PWD/in}
	line=${line//\/srv\/leadpipe/$PWD/out}
	line=${line//\/etc\/leadpipe/$PWD/start/conf}
	env -i HOME="$HOME" PATH=/usr/bin:/bin SHELL=/bin/sh /bin/sh -c "$line"
	grep -P '^2026-09\t\(all\)\t\(all\)\troas\t\t36\.256798\t' "out/as_of=$day/kpi.tsv"
}

@test "install: uninstall leaves no file behind" {
	make -s -C "$top" install BUILD="$BUILD" PREFIX="$PWD/local"
	[ -x local/bin/lead-kpi ] && [ -e local/share/man/man1/lead-kpi.1 ]
	make -s -C "$top" uninstall PREFIX="$PWD/local"
	[ -z "$(find local -type f)" ]
}
