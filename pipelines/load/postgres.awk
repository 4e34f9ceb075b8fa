# postgres.awk - one table of a night as SQL, its rows inline
#
# in:  schema.tsv, then the table; -v schema= table= date=
# out: rows come in as text and become what schema.tsv says on the way in. The
#      escapes of the table are those of COPY; an empty field is a value in a key
#      and null elsewhere. A column that schema.tsv has not is added as text.
BEGIN { FS = "\t" }
FNR == 1 { file++ }
file == 1 { if ($1 == table) { type[$2] = $3; mark[$2] = $4 }; next }
FNR == 1 { begin(); next }
{ print }
function name(t) {
	gsub(/"/, "\"\"", t)
	return "\"" t "\""
}
function begin(   i, t) {
	t = table
	gsub(/-/, "_", t)
	whole = name(schema) "." name(t)
	for (i = 1; i <= NF; i++) {
		if (length($i) > 63) {
			print "postgres: " FILENAME ":1: a column name above 63 bytes" >"/dev/stderr"
			exit failed = 1
		}
		if (!($i in type))
			print "alter table " whole " add column if not exists " name($i) " text;"
		raw = raw (i > 1 ? ", " : "") name($i) " text"
		columns = columns ", " name($i)
		values = values ", " value($i)
	}
	print "create temporary table \"rows\" (" raw ") on commit drop;"
	print "copy \"rows\" from stdin;"
}
function value(c,   t) {
	t = type[c]
	if (mark[c] == "key") return name(c)
	return "nullif(" name(c) ", '')" (t == "time" ? "::timestamptz" : \
		t == "day" ? "::date" : t == "money" || t == "number" ? "::numeric" : \
		t == "count" ? "::bigint" : t == "flag" ? "::boolean" : "")
}
END {
	if (failed) exit 1
	print "\\."
	print "delete from " whole " where \"as_of\" = '" date "';"
	print "insert into " whole " (\"as_of\"" columns ") select date '" date "'" values \
		" from \"rows\";"
	print "drop table \"rows\";"
}
