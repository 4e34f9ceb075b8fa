# schema.awk - schema.tsv as PostgreSQL tables
#
# in:  schema.tsv; -v schema=NAME of the database schema
# out: SQL that makes what is not there yet, and comments on it
#
# Each table gets as_of, the night, before its own columns. Columns that are
# part of the key are never null: empty is a value there, as in the tables.
BEGIN {
	FS = "\t"
	if (schema == "") schema = "leadpipe"
	sql["text"] = "text"; sql["time"] = "timestamptz"; sql["day"] = "date"
	sql["money"] = sql["number"] = "numeric"; sql["count"] = "bigint"
	sql["flag"] = "boolean"
	print "-- Made from schema.tsv by schema.awk: change that.\n"
	print "create schema if not exists " name(schema) ";"
}
FNR == 1 { next }
$2 == "" { end_table(); table = $1; about = $5; next }
{
	if (!($3 in sql) || table != $1) {
		print "schema.awk: " FILENAME ":" FNR ": " $1 " " $2 " " $3 >"/dev/stderr"
		exit failed = 1
	}
	n++
	column[n] = $2; type[n] = sql[$3]; mark[n] = $4; comment[n] = $5
}
function name(t) {
	gsub(/-/, "_", t)
	gsub(/"/, "\"\"", t)
	return "\"" t "\""
}
function words(t) {
	gsub(/'/, "''", t)
	return "'" t "'"
}
function end_table(   i, key, whole) {
	if (table == "") return
	whole = name(schema) "." name(table)
	printf "\ncreate table if not exists %s (\n\t\"as_of\" date not null", whole
	for (i = 1; i <= n; i++) {
		printf ",\n\t%s %s%s", name(column[i]), type[i], mark[i] == "key" ? " not null" : ""
		if (mark[i] == "key") key = key ", " name(column[i])
	}
	print key == "" ? "" : ",\n\tprimary key (\"as_of\"" key ")"
	print ");"
	for (i = 1; i <= n; i++) if (mark[i] == "index")
		print "create index if not exists " name(table "_by_" column[i]) " on " whole \
			" (\"as_of\", " name(column[i]) ");"
	print "comment on table " whole " is " words(about) ";"
	print "comment on column " whole ".\"as_of\" is 'the night that the row is as of';"
	for (i = 1; i <= n; i++)
		print "comment on column " whole "." name(column[i]) " is " words(comment[i]) ";"
	n = 0
}
END { if (!failed) end_table() }
