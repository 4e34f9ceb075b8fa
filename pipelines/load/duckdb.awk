# duckdb.awk - a table of all nights as a view of DuckDB
#
# in:  schema.tsv, then the header of each night's table; -v table= out=
# out: create view. Columns of yours are text. An empty field is a value in a key
#      and null elsewhere.
BEGIN { FS = "\t" }
FNR == 1 { file++ }
file == 1 { if ($1 == table) { type[$2] = $3; mark[$2] = $4 }; next }
{
	for (i = 1; i <= NF; i++) if (!seen[$i]++)
		list = list ",\n\t" value($i) " as " name($i)
}
function name(t) {
	gsub(/"/, "\"\"", t)
	return "\"" t "\""
}
function value(column,   t, c) {
	t = type[column]
	c = name(column)
	if (mark[column] == "key") return "coalesce(leadpipe_plain(" c "), '')"
	if (t == "time") return "cast(rtrim(" c ", 'Z') as timestamp)"
	if (t == "day") return "cast(" c " as date)"
	if (t == "money" || t == "number") return "cast(" c " as decimal(38, 6))"
	if (t == "count") return "cast(" c " as bigint)"
	if (t == "flag") return c " = '1'"
	return "leadpipe_plain(" c ")"
}
END {
	t = table
	gsub(/-/, "_", t)
	gsub(/'/, "''", out)
	print "create or replace view " name(t) " as select cast(\"as_of\" as date) as \"as_of\"" \
		list
	print "from read_csv('" out "/as_of=*/" table ".tsv', delim = '\\t', quote = '', escape = '',"
	print "\theader = true, all_varchar = true, union_by_name = true, nullstr = '',"
	print "\thive_partitioning = true, hive_types_autocast = false);"
}
