# number.awk - exact decimal text as people read it

# rounded(TEXT, PLACES) - half away from zero, on the digits: no float comes near
function rounded(t, places,   sign, p, whole, part, i, n, carry, digits) {
	if (t == "") return ""
	sign = t ~ /^-/ ? "-" : ""
	sub(/^-/, "", t)
	p = index(t ".", ".")
	whole = substr(t, 1, p - 1)
	part = substr(substr(t, p + 1) "000000000", 1, places + 1)
	digits = whole part
	n = length(digits)
	carry = substr(digits, n) >= 5
	digits = substr(digits, 1, n - 1)
	for (i = n - 1; i > 0 && carry; i--) {
		carry = substr(digits, i, 1) == 9
		digits = substr(digits, 1, i - 1) (carry ? 0 : substr(digits, i, 1) + 1) \
			substr(digits, i + 1)
	}
	if (carry) digits = "1" digits
	n = length(digits)
	t = places == 0 ? digits : substr(digits, 1, n - places) "." substr(digits, n - places + 1)
	return (t ~ /[1-9]/ ? sign : "") t
}

# grouped(TEXT) - 1234567.89 as 1,234,567.89
function grouped(t,   sign, p, rest) {
	sign = t ~ /^-/ ? "-" : ""
	sub(/^-/, "", t)
	p = index(t ".", ".")
	rest = substr(t, p)
	t = substr(t, 1, p - 1)
	for (p = length(t) - 3; p > 0; p -= 3)
		t = substr(t, 1, p) "," substr(t, p + 1)
	return sign t rest
}

function money(t) { return t == "" ? "-" : grouped(rounded(t, 2)) }
function count(t) { return t == "" ? "-" : grouped(t ~ /\./ ? rounded(t, 1) : t) }
function ratio(t) { return t == "" ? "-" : grouped(rounded(t, 2)) }

# A share of one, in percent: the point moves by two places first.
function percent(t,   sign, p) {
	if (t == "") return "-"
	sign = t ~ /^-/ ? "-" : ""
	sub(/^-/, "", t)
	p = index(t ".", ".")
	t = substr(t, 1, p - 1) substr(substr(t, p + 1) "00", 1, 2) "." substr(t, p + 3)
	sub(/^0+/, "", t)
	return rounded(sign (t ~ /^\./ ? "0" : "") t, 0) " %"
}

function hours(t) { return t == "" ? "-" : rounded(t, 1) " h" }
function days(t) { return t == "" ? "-" : rounded(t, 1) }

# change(NOW, BEFORE) - in percent of before
function change(a, b) {
	if (a == "" || b == "" || b + 0 == 0) return ""
	return sprintf("%+.0f %%", 100 * (a - b) / (b < 0 ? -b : b))
}
