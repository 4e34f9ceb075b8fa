# layout.awk - rows of cells, laid out when all are known

function row(a, b, c, d, e, f, g, h) {
	nrows++
	cell[nrows, 1] = a; cell[nrows, 2] = b; cell[nrows, 3] = c; cell[nrows, 4] = d
	cell[nrows, 5] = e; cell[nrows, 6] = f; cell[nrows, 7] = g; cell[nrows, 8] = h
}
function long(t) { gsub(/[\200-\277]/, "", t); return length(t) }
function pad(n,   t) { while (n-- > 0) t = t " "; return t }

# lay(N, [LAST]) - N columns; the first, and with LAST the last, stand to the left
function lay(n, last,   r, c, width, line, gap) {
	for (c = 1; c <= n; c++) {
		width = 0
		for (r = 1; r <= nrows; r++) if (long(cell[r, c]) > width) width = long(cell[r, c])
		wide[c] = width
	}
	for (r = 1; r <= nrows; r++) {
		line = " "
		for (c = 1; c <= n; c++) {
			gap = pad(wide[c] - long(cell[r, c]))
			line = line (c > 1 ? "  " : " ") (c == 1 || (last && c == n) ? cell[r, c] gap : gap cell[r, c])
		}
		sub(/ +$/, "", line)
		print line
	}
	nrows = 0
}
function title(t) { print "\n" t "\n" }

# note(TEXT) - lines of at most 90 columns below a table
function note(t,   n, word, i, line) {
	print ""
	n = split(t, word, " ")
	line = " "
	for (i = 1; i <= n; i++) {
		if (long(line) + 1 + long(word[i]) > 90) {
			print line
			line = " "
		}
		line = line " " word[i]
	}
	print line
}
