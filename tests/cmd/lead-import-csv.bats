#!/usr/bin/env bats
# CSV and foreign TSV in, without a map: headers, separators, quotes, damage.
load ../helper

# good ROWS-OUT FILE - the file passes whole; its rows, without the header
good() {
	run --separate-stderr -0 lead-import "$@" in
	[ -z "$stderr" ]
}

@test "import csv: the header in normal form, rows through" {
	printf 'Deal ID,  E-Mail (work) ,,Año,Total €\r\n7,a@b.c,x,2026,1\r\n' >in
	printf 'deal_id\te_mail_work\tcolumn_3\taño\ttotal_€\n7\ta@b.c\tx\t2026\t1\n' >want
	check_filter 0 lead-import
}

@test "import csv: --rename gives a column another name, one that is taken is refused" {
	printf 'Path,Conv\na > b,3\n' >in
	lead-import --rename path=journey --rename conv=conversions in >got
	printf 'journey\tconversions\na > b\t3\n' | diff -u - got
	run --separate-stderr -2 lead-import --rename path=conv in
	[ "$stderr" = 'lead-import: --rename: there is a column of that name already: "conv"' ]
	run --separate-stderr -2 lead-import --rename x=y in
	[ "$stderr" = 'lead-import: --rename: no such column to rename: "x"' ]
}

@test "import csv: several files are one table, their headers united" {
	printf 'a,b\n1,2\n' >x
	printf 'b;c\n3;4\n' >y
	lead-import x y >got
	printf 'a\tb\tc\n1\t2\t\n\t3\t4\n' | diff -u - got
	run --separate-stderr -1 bash -c 'lead-import x - <y'
	[[ $stderr == *'a column that the first file has not: "c"' ]]
}

@test "import csv: tabs, line feeds and backslashes in a value are escaped" {
	printf 'a,b\n"x\ty","p\\q\r\nr"\n' >in
	printf 'a\tb\nx\\ty\tp\\\\q\\r\\nr\n' >want
	check_filter 0 lead-import
}

@test "import csv: -N --columns: a file without a header line" {
	printf '1;"x;y"\n2;z\n' >in
	lead-import -N --columns id,name in >got
	printf '1\tx;y\n2\tz\n' | diff -u - got
}

@test "import tsv: no quotes, a backslash is data" {
	printf '\xef\xbb\xbfA B\tC\r\n"x\t\\n\r\n' >in
	printf 'a_b\tc\n"x\t\\\\n\n' >want
	check_filter 0 lead-import --format tsv
	printf 'a\tb\n1\n2\t3\t4\n5\t6\n' >in
	lead-import --format tsv --max-reject 2 --reject bad in >got
	rows 'a b' '5 6' | diff -u - got
	[ "$(sed 1d bad | cut -f 2,4 | tr '\t\n' ': ')" = "2:columns 3:columns " ]
}

# stray ROW N - row 1000 of 3000 is ROW, whose N-th byte is the quote to blame
stray() {
	awk -v row="$1" 'BEGIN { print "id,name,v"
		for (i = 1; i <= 3000; i++) print i == 1000 ? row : i ",name " i "," i * 3 }' >in
	byte=$(($(head -n 1000 in | wc -c) + $2))
	run --separate-stderr -1 lead-import in
	[ "$stderr" = "lead-import: in:1001: broken quote in record 1001, opened at byte $byte (--resync gives up its lines only)" ]
	lead-import --resync --stats stats --reject bad in >got
	[ "$(sed 1d got | wc -l)" = 2999 ]
	[ "$(sed 1d bad)" = "$(printf 'in\t1001\t\tcsv-quote\t%s' "$1")" ]
	[ "$(cut -f 1 got | sed 1d)" = "$(seq 3000 | grep -vx 1000)" ]
}

@test "import csv: C01 a stray quote never swallows the file" {
	stray '1000,"name 1000,3000' 6
}

@test "import csv: C02 a quote inside an unquoted field" {
	stray '1000,na"me 1000,3000' 8
}

@test "import csv: C03 text after a closing quote" {
	stray '1000,"na"me,3000' 6
}

@test "import csv: C04 a quote still open at the end of the file" {
	printf 'a,b\n1,2\n3,"4\n' >in
	run --separate-stderr -1 lead-import in
	[ "$stderr" = "lead-import: in:3: broken quote in record 3, opened at byte 11 (--resync gives up its lines only)" ]
	lead-import --resync in >got
	rows 'a b' '1 2' | diff -u - got
}

@test "import csv: a record of several lines with a wrong number of fields is a broken quote" {
	printf 'a,b\n1,"x\n3,4\n5,6",7\n8,9\n' >in
	run --separate-stderr -1 lead-import in
	[ "$stderr" = "lead-import: in:2: broken quote in record 2, opened at byte 7 (--resync gives up its lines only)" ]
	lead-import --resync --max-reject 2 in >got
	rows 'a b' '3 4' '8 9' | diff -u - got
}

@test "import csv: a quote after the 1 MiB that a field may have is broken, the lines stay" {
	{
		printf 'a,b\n1,"x\n'
		for ((i = 0; i < 130000; i++)); do echo "$i,12345678"; done
	} >in
	lead-import --resync in >got
	[ "$(sed 1d got | wc -l)" = 130000 ]
}

# The quote of line 2 closes in no line below: each of them closes one and opens the
# next. Read from its own start every other line is broken, and the 4 MiB behind it
# are there to be read again.
@test "import csv: --resync: broken lines behind an open quote cost no more than their bytes" {
	awk 'BEGIN { print "id,close,c"; print "\""
		for (i = 0; i < 150000; i++) print "x\",y,\"z\n" i ",\",\",c" }' >in
	(ulimit -t 3 && lead-import --resync --max-reject 60% -q in >got)
	[ "$(sed 1d got | wc -l)" = 150000 ]
}

@test "import csv: C05 a byte order mark before a quoted header" {
	printf '\xef\xbb\xbf"id","name"\r\n1,x' >in
	rows 'id name' '1 x' >want
	check_filter 0 lead-import
}

@test "import csv: C06 UTF-16, with and without its mark, is refused by name" {
	printf 'id,name\n1,x\n' >utf8
	for code in UTF-16 UTF-16LE UTF-16BE; do
		iconv -t $code utf8 >in
		run --separate-stderr -1 lead-import in
		[[ $stderr == "lead-import: in: UTF-16 ("*" end first), not UTF-8: iconv "* ]]
	done
}

@test "import csv: C07 Latin-1 is refused unless it was said; then it is UTF-8" {
	printf 'id,name\n1,x\n2,M\xfcller \x80\n' >in
	run --separate-stderr -1 lead-import in
	[ "$stderr" = "lead-import: in:3: not UTF-8: is it --from latin1?" ]
	lead-import --from latin1 in >got
	printf 'id\tname\n1\tx\n2\tMüller €\n' | diff -u - got
}

@test "import csv: lines of a title before the header are passed over when their number is told" {
	printf '%s\n' 'Campaign report' '"1 - 30 September, 2026' 'Day,Cost' '2026-09-01,5' >in
	run --separate-stderr -1 lead-import in
	[ "$stderr" = "lead-import: in:1: header has 1 column: no , ; tab or | in it (--skip-lines passes over lines of title, --format tsv reads a single column)" ]
	printf 'day\tcost\n2026-09-01\t5\n2026-09-01\t5\n' >want
	lead-import --skip-lines 2 in in | diff -u want -
	run -2 --separate-stderr lead-import --skip-lines 1 --format combined in
	[ "$stderr" = 'lead-import: --skip-lines: of CSV alone: "combined"' ]
}

@test "import csv: C08 the separator is told by the header; one that was told must part it" {
	for s in ',' ';' $'\t' '|'; do
		printf 'a%sb%sc\n"1%s1"%s2%s3\n' "$s" "$s" "$s" "$s" "$s" >in
		lead-import in >got
		[ "$(sed 1d got | awk -F '\t' '{ print NF }')" = 3 ]
	done
	printf 'a;b;c\n1;2;3\n' >in
	run --separate-stderr -1 lead-import --separator , in
	[ "$stderr" = "lead-import: in:1: header has 1 column: is it --separator ;?" ]
	printf 'a\n1\n' >in
	run --separate-stderr -1 lead-import in
	[ "$stderr" = "lead-import: in:1: header has 1 column: no , ; tab or | in it (--skip-lines passes over lines of title, --format tsv reads a single column)" ]
}

@test "import csv: C09 C10 line feeds inside quotes are data; CR alone ends lines too" {
	printf 'a,b\r1,"x\ny"\r\r2,z\r' >in
	printf 'a\tb\n1\tx\\ny\n2\tz\n' >want
	check_filter 0 lead-import
}

@test "import csv: C11 blank lines are counted, C12 blanks around unquoted fields go" {
	printf '\n\na , b\n\n 1 ,\t2\n   \n" 3 ", 4 \n\n' >in
	lead-import --stats stats in >got
	printf 'a\tb\n1\t2\n 3 \t4\n' | diff -u - got
	grep -q '"blank_lines":5' stats
}

@test "import csv: C13 doubled quotes" {
	printf 'a,b\n"x""y",""""\n"",""\n' >in
	printf 'a\tb\nx"y\t"\n\t\n' >want
	check_filter 0 lead-import
}

@test "import csv: C14 a name twice is refused, also when case or marks alone differ" {
	for header in 'a,b,a' 'Deal ID,b,deal_id' ' A,"a "'; do
		echo "$header" >in
		run --separate-stderr -1 lead-import in
		[[ $stderr == 'lead-import: in: a column twice: "'*'"' ]]
	done
}

@test "import csv: C15 C24 rows with fewer or more fields, a line of totals" {
	printf 'a,b\n1,2\n3\n4,5,6\n7,8\nTotal: 2\n' >in
	lead-import --max-reject 3 --reject bad in >got
	rows 'a b' '1 2' '7 8' | diff -u - got
	[ "$(sed 1d bad | cut -f 2,4 | tr '\t\n' ': ')" = "3:columns 4:columns 6:columns " ]
}

@test "import csv: C16 a NUL rejects its row" {
	printf 'a,b\n1,x\0y\n2,z\n' >in
	lead-import --reject bad in >got
	rows 'a b' '2 z' | diff -u - got
	[ "$(sed 1d bad | cut -f 2,4)" = "$(printf '2\tnul')" ]
}

@test "import csv: C17 C18 20 MB in a field, 20 MB of commas: rejected, memory flat" {
	{
		printf 'a,b\n1,'
		head -c 20000000 /dev/zero | tr '\0' x
		printf '\n2,'
		head -c 20000000 /dev/zero | tr '\0' ,
		printf '\n3,4\n'
	} >in
	lim=65536
	[ -z "${LEAD_VALGRIND-}" ] && ! nm "$BUILD/bin/lead-import" | grep -q __asan || lim=unlimited
	(ulimit -v $lim; lead-import --max-reject 2 --reject bad in >got)
	rows 'a b' '3 4' | diff -u - got
	[ "$(sed 1d bad | cut -f 2,4 | tr '\t\n' ': ')" = "2:long 3:columns " ]
}

@test "import csv: C19 a line sep=; is understood" {
	printf 'sep=;\r\na;b\r\n1,5;2\r\n' >in
	rows 'a b' '1,5 2' >want
	check_filter 0 lead-import
}

@test "import csv: C21 the file ends inside a character" {
	printf 'a,b\n1,2\n3,\xc3' >in
	lead-import --reject bad in >got
	rows 'a b' '1 2' | diff -u - got
	[ "$(sed 1d bad | cut -f 2,4)" = "$(printf '3\tutf8')" ]
}

@test "import csv: C22 more than 4096 columns; an empty file has no header" {
	seq -s , 4096 >in
	run --separate-stderr -0 lead-import in
	seq -s , 4097 >in
	run --separate-stderr -1 lead-import in
	[ "$stderr" = "lead-import: in:1: more than 4096 columns" ]
	: >in
	run --separate-stderr -1 lead-import in
	[ "$stderr" = "lead-import: in:1: no header line" ]
}

@test "import csv: one bad row in a thousand is borne, at least one, two in ten are not" {
	{ echo a,b; seq -f '%g,1' 10; echo x; } >in
	run --separate-stderr -0 lead-import in
	echo y >>in
	run --separate-stderr -1 lead-import in
	{ echo a,b; seq -f '%g,1' 3000; echo x; echo y; echo z; } >in
	run --separate-stderr -0 lead-import in
}

@test "import csv: the spectrum of CSV files, all but the one whose answer is wrong" {
	needs_shared data/csv/csv-spectrum
	for csv in "$shared"/data/csv/csv-spectrum/csvs/*.csv; do
		name=$(basename "$csv" .csv)
		[ "$name" != location_coordinates ] || continue
		lead-import "$csv" >got
		python3 - "${csv%/csvs/*}/json/$name.json" >want <<-'E'
			import json, sys
			rows = json.load(open(sys.argv[1]))
			def cell(v):
			    for a, b in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
			        v = v.replace(a, b)
			    return v
			print("\t".join(rows[0]))
			for row in rows:
			    print("\t".join(cell(v) for v in row.values()))
		E
		diff -u want got
	done
}

@test "import csv: rows and cells as python's reader has them, on the CRM's real export" {
	needs_shared data/crm/sales_pipeline.csv
	lead-import "$shared/data/crm/sales_pipeline.csv" >got
	python3 - "$shared/data/crm/sales_pipeline.csv" >want <<-'E'
		import csv, sys
		for row in csv.reader(open(sys.argv[1], newline="")):
		    print("\t".join(row))
	E
	diff -q want got
}
