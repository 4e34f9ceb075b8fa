# layout.awk - a table as an import file of another program
#
# in:   LAYOUT TABLE, both lead TSV; -v part=NAME, -v hashes=yes for the lines of
#       NAME+hashes too, -v model=NAME for a {model} in a line
# out:  CSV: the columns that LAYOUT lists for that file, in its order
# rule: LAYOUT is a table "file column from as": the title over there, the column
#       here, and its form. A column that begins with @ is a setting: @line is a
#       line above the titles, @only keeps rows whose column "from" is one of "as".
#
# A text that a spreadsheet would run as a formula gets an apostrophe (OWASP, CSV
# Injection); numbers stay numbers.
BEGIN { FS = "\t" }
FNR == 1 { file++ }
file == 1 && /^#/ { next }
file == 2 && FNR == 1 {
	for (i = 1; i <= NF; i++) at[$i] = i
	titles()
	next
}
file == 1 && ($1 == part || $1 == "*" || hashes == "yes" && $1 == part "+hashes") {
	if ($2 == "@line") { sub(/\{model\}/, model, $3); print $3 }
	else if ($2 == "@only") { only = $3; words = "," $4 "," }
	else if ($2 !~ /^@/) { title[++n] = $2; from[n] = $3; as[n] = $4 }
}
file == 2 && (only == "" || index(words, "," $(at[only]) ",")) {
	for (i = 1; i <= n; i++)
		printf "%s%s", csv(formed(as[i], $(at[from[i]]))), i < n ? "," : "\n"
}

function titles(   i, line) {
	for (i = 1; i <= n; i++) {
		if (!(from[i] in at)) {
			printf "layout.awk: %s: no column %s\n", FILENAME, from[i] >"/dev/stderr"
			exit 1
		}
		line = line (i > 1 ? "," : "") csv(title[i])
	}
	print line
}

# a cell in the form that is asked for, safe in a spreadsheet
function formed(how, s) {
	if (how == "number" && s ~ /^-?[0-9]+(\.[0-9]+)?$/) return s
	if (how == "clock") s = substr(s, 1, 10) (s == "" ? "" : " ") substr(s, 12, 8)
	if (how == "zoho" && s != "")
		s = substr(s, 6, 2) "/" substr(s, 9, 2) "/" substr(s, 1, 4) " " substr(s, 12, 8)
	if (how == "millis" && s != "") s = millis(s)
	if (how == "upper") s = toupper(s)
	if (how == "title") s = toupper(substr(s, 1, 1)) substr(s, 2)
	if (how == "fbc") s = fbc(s, $(at["click_time"]))
	s = plain(s)
	return s ~ /^[=+@\t\r-]/ ? "'" s : s
}

# thousandths of a second, and no more
function millis(s,   digits) {
	digits = substr(s, 20, 1) == "." ? substr(s, 21, length(s) - 21) : ""
	return substr(s, 1, 19) "." substr(digits "000", 1, 3) "Z"
}

function csv(s) {
	if (s !~ /[",\n\r\t]/ && s !~ /^ / && s !~ / $/) return s
	gsub(/"/, "\"\"", s)
	return "\"" s "\""
}

# the escapes of lead TSV undone
function plain(s,   out, i, c) {
	while ((i = index(s, "\\")) > 0) {
		c = substr(s, i + 1, 1)
		out = out substr(s, 1, i - 1)
		out = out (c == "t" ? "\t" : c == "n" ? "\n" : c == "r" ? "\r" : c)
		s = substr(s, i + 2)
	}
	return out s
}

# Meta's form of a click: version, place of the domain, ms since 1970, fbclid
# (Meta for Developers, "ClickID and the fbp and fbc Parameters").
function fbc(id, t) {
	return id == "" ? "" : "fb.1." seconds(t) "000." id
}

# Seconds since 1970, by days of the civil calendar that begins in March.
function seconds(t,   y, m, d, days, clock) {
	y = substr(t, 1, 4) + 0
	m = substr(t, 6, 2) + 0
	d = substr(t, 9, 2) + 0
	if (m <= 2) { y--; m += 12 }
	days = 365 * y + int(y / 4) - int(y / 100) + int(y / 400)
	days += int((153 * (m - 3) + 2) / 5) + d - 719469
	clock = substr(t, 12, 2) * 3600 + substr(t, 15, 2) * 60 + substr(t, 18, 2)
	return sprintf("%.0f", days * 86400 + clock)
}
