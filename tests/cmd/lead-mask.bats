#!/usr/bin/env bats
load ../helper

# sha TEXT - its SHA-256 in hex
sha() {
	printf %s "$1" | sha256sum | cut -c 1-64
}

secret() {
	printf '%032d' 7 >key
	chmod 600 key
}

# hmac TEXT - with that secret
hmac() {
	python3 -c 'import hashlib, hmac, sys
print(hmac.new(b"%032d" % 7, sys.argv[1].encode(), hashlib.sha256).hexdigest())' "$1"
}

@test "mask: --sha256: the digits are those of the normal form (the page's example)" {
	rows 'email phone value' 'Ana@acme.com 600~000~001 90' 'ben@acme.com n/a 20' >in
	rows 'email value' "$(sha ana@acme.com) 90" "$(sha ben@acme.com) 20" >want
	check_filter 0 lead-mask --sha256 email -f email,value
	sed -n '/^\$ lead-mask/,/^\.Ed/p' "$top/cmd/lead-mask.1" | sed '1d;$d' >page
	diff -u want page
}

@test "mask: spellings of one phone are one; what is no phone is empty and counted" {
	rows 'phone' '600~000~001' '+34~600000001' 'house' '.' >in
	lead-mask --sha256 phone --default-country ES --stats stats in >got
	rows phone "$(sha +34600000001)" "$(sha +34600000001)" . . | diff -u - got
	grep -q '"malformed_key":1' stats
}

@test "mask: --pseudonymise: HMAC with the key file, which must be there" {
	secret
	rows 'email n' 'mailto:ANA@acme.com 1' >in
	rows 'email n' "$(hmac ana@acme.com) 1" >want
	check_filter 0 lead-mask --pseudonymise email --key-file key
	run --separate-stderr -2 lead-mask --pseudonymise email in
	[ "$stderr" = "lead-mask: --pseudonymise needs --key-file" ]
	run --separate-stderr -2 lead-mask --pseudonymise email --key-file none in
	[[ "$stderr" == "lead-mask: none: no key file: "* ]]
}

@test "mask: T27: --forget: keys gone, free text gone, rows and money stay" {
	secret
	rows 'event_id crm_id email visitor_id deal_id value note' '1 7 Ana@acme.com v1 D1 90.5 call~Ana' \
		'2 . . v1 . . .' '3 8 ben@acme.com v2 D2 20 call~Ben' >in
	rows 'key_type digest' "email $(hmac ana@acme.com)" "visitor_id $(hmac v1)" >list
	rows 'event_id crm_id email visitor_id deal_id value note' '1 . . . D1 90.5 .' \
		'2 . . . . . .' '3 8 ben@acme.com v2 D2 20 call~Ben' >want
	check_filter 0 lead-mask --forget list --key-file key --wipe note,absent
	lead-mask --forget list --key-file key --stats stats in >got
	grep -q '"forgotten":2' stats
	lead-mask --forget list --key-file key got | diff -u got -
}

@test "mask: a list that is none, and a column that is not there, are told" {
	rows 'email' 'ana@acme.com' >in
	rows 'key_type digest' 'email ana@acme.com' >list
	run --separate-stderr -1 lead-mask --forget list in
	[[ "$stderr" == "lead-mask: list:2: digest: not 64 hex digits"* ]]
	run --separate-stderr -1 lead-mask --sha256 phone in
	[[ "$stderr" == *"no column"*phone* ]]
}

@test "mask: K08: an overlong key rejects its row, and is not shown" {
	{ rows 'email n'; head -c 65536 /dev/zero | tr '\0' k; rows ' 1' 'a@b.c 2'; } >in
	run --separate-stderr -0 lead-mask --max-reject 1 --sha256 email in
	[ "$stderr" = "lead-mask: in:2: email: too long for a key, or a control byte in it" ]
	[ "${lines[1]}" = "$(rows "$(sha a@b.c) 2")" ]
}
