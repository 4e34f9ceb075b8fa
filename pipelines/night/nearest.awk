# nearest.awk - which known name did somebody mean?
#
# A name is a variant of a known one of its kind when they are equal without case,
# blanks and - _ . + signs, or at most 2 letters are put in, left out or changed
# (1 in names under 6 bytes, none under 4). Names whose digits differ are two
# names: summer_25 and summer_26.
#
# Only names that share a third are compared: of three thirds two changes leave
# one whole, at most 2 bytes from its place. So each name costs some lookups,
# however many are known.

function nearest_know(kind, name,   i, l) {
	if (name == "" || (kind, name) in nearest_known)
		return
	nearest_known[kind, name] = 1
	i = kind SUBSEP nearest_bare(name)
	if (!(i in nearest_is) || name < nearest_is[i])
		nearest_is[i] = name
	l = length(name)
	for (i = 0; i < 3; i++)
		nearest_list[kind, l, i, substr(name, nearest_from(l, i), nearest_long(l, i))] = \
			nearest_list[kind, l, i, substr(name, nearest_from(l, i), nearest_long(l, i))] FS name
}

# nearest_of(KIND, NAME) - the known name that it is a variant of, or ""
function nearest_of(kind, name,   l, i, s, part, n, m, list, found, least, d) {
	if (name == "" || (kind, name) in nearest_known)
		return ""
	if ((kind, nearest_bare(name)) in nearest_is)
		return nearest_is[kind, nearest_bare(name)]
	least = 3
	found = ""
	for (l = length(name) - 2; l <= length(name) + 2; l++)
		for (i = 0; i < 3; i++)
			for (s = -2; s <= 2; s++) {
				part = substr(name " ", nearest_from(l, i) + s, nearest_long(l, i))
				if (nearest_from(l, i) + s < 1 || !((kind, l, i, part) in nearest_list))
					continue
				n = split(substr(nearest_list[kind, l, i, part], 2), list, FS)
				for (m = 1; m <= n; m++) {
					d = nearest_changes(name, list[m])
					if (d < least || (d == least && d < 3 && list[m] < found)) {
						least = d
						found = list[m]
					}
				}
			}
	return found
}

function nearest_bare(name) {
	name = tolower(name)
	gsub(/[-_ .+]/, "", name)
	return name
}

function nearest_from(l, i) {
	return 1 + int(i * l / 3)
}

function nearest_long(l, i) {
	return int((i + 1) * l / 3) - int(i * l / 3)
}

# Changes between two names if they are few enough to be a variant, else 3.
function nearest_changes(a, b,   most, i, j, la, lb, up, left, here, least) {
	la = length(a)
	lb = length(b)
	most = la < lb ? la : lb
	most = most < 4 ? 0 : most < 6 ? 1 : 2
	if (nearest_digits(a) != nearest_digits(b) || la - lb > most || lb - la > most)
		return 3
	for (j = 0; j <= lb; j++)
		up[j] = j
	for (i = 1; i <= la; i++) {
		left = least = i
		for (j = 1; j <= lb; j++) {
			here = up[j - 1] + (substr(a, i, 1) != substr(b, j, 1))
			if (up[j] + 1 < here) here = up[j] + 1
			if (left + 1 < here) here = left + 1
			up[j - 1] = left
			left = here
			if (here < least) least = here
		}
		up[lb] = left
		if (least > most)
			return 3
	}
	return up[lb] <= most ? up[lb] : 3
}

function nearest_digits(name) {
	gsub(/[^0-9]+/, "", name)
	return name
}
