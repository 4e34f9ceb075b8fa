# money.awk - exact sums of money: whole units and millionths apart, for a double
# holds either exactly where it would not hold both

# money_add(KEY, TEXT) - adds a decimal text to the sum of KEY
function money_add(key, text,   sign, p) {
	sign = text ~ /^-/ ? -1 : 1
	sub(/^[-+]/, "", text)
	p = index(text ".", ".")
	money_whole[key] += sign * substr(text, 1, p - 1)
	money_parts[key] += sign * substr(substr(text, p + 1) "000000", 1, 6)
}

# money_text(KEY) - the sum without trailing zeros
function money_text(key,   w, u, c, sign, text) {
	w = money_whole[key] + 0
	u = money_parts[key] + 0
	c = int(u / 1000000)
	w += c
	u -= c * 1000000
	if (w > 0 && u < 0) { w--; u += 1000000 }
	if (w < 0 && u > 0) { w++; u -= 1000000 }
	sign = w < 0 || u < 0 ? "-" : ""
	text = sprintf("%s%.0f.%06d", sign, w < 0 ? -w : w, u < 0 ? -u : u)
	sub(/\.?0*$/, "", text)
	return text
}
