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

@test "mask: --forget: rows are of the lead that the list says, by their strongest key" {
	secret
	rows 'event_id crm_id email alias n' 'e1 7 . . 1' 'e2 . ben@acme.com . 2' 'e3 . . . 3' \
		'e4 9 . 8;7 4' 'e5 7 ben@acme.com . 5' 'e6 5 . 6 6' >in
	rows 'key_type digest lead_id' "email $(hmac ben@acme.com) ben" "crm_id $(hmac 7) ana" \
		"event_id $(hmac e3) ana" "lead_id $(hmac old) ana" >list
	rows 'event_id crm_id email alias n lead_id' 'e1 . . . 1 ana' 'e2 . . . 2 ben' 'e3 . . . 3 ana' \
		'e4 . . . 4 ana' 'e5 . . . 5 ana' 'e6 5 . 6 6 .' >want
	check_filter 0 lead-mask --forget list --key-file key
	rows 'lead_id n' 'old 1' 'other 2' >in
	rows 'lead_id n' 'ana 1' 'other 2' >want
	check_filter 0 lead-mask --forget list --key-file key
}

@test "mask: --forget: a contact leaves the link of a deal, which stays his if it was" {
	secret
	rows 'deal_id crm_id link' 'D1 . 7;8' 'D2 . 8,7' 'D3 8 7;8' 'D4 . 8' 'D5 7 7;8' 'D6 . 7' >in
	rows 'key_type digest lead_id' "crm_id $(hmac 7) ana" >list
	rows 'deal_id crm_id link lead_id' 'D1 . 8 ana' 'D2 . 8 .' 'D3 8 8 .' 'D4 . 8 .' 'D5 . . ana' \
		'D6 . . ana' >want
	check_filter 0 lead-mask --forget list --key-file key
	lead-mask --forget list --key-file key --stats stats in >got
	grep -q '"forgotten":1,"unlinked":4' stats
}

@test "mask: --forget: a key of two leads is told by its line" {
	rows 'key_type digest lead_id' "email $(sha a) ana" "email $(sha a) ben" >list
	rows email . >in
	run --separate-stderr -1 lead-mask --forget list in
	[[ "$stderr" == 'lead-mask: list:3: lead_id: a key of two leads'* ]]
}

@test "mask: --identity: whose row it is, also by a shared key and a visitor of a day" {
	secret
	day=$(lead-import --format '$remote_addr "$http_user_agent" [$time_local] "$request"' --visitor ip+ua -f visitor_id <<<'192.0.2.1 "x" [01/Jan/2026:10:00:00 +0000] "GET / HTTP/1.1"' | sed 1d)
	rows 'event_id time email phone visitor_id' "e1 2026-01-01T10:00:00Z ana@acme.com 910000000 DAY" \
		'e2 2026-01-05T10:00:00Z ben@acme.com 910000000 .' 'e3 2026-01-02T10:00:00Z . 910000000 .' \
		'e4 2026-01-06T10:00:00Z . 910000000 .' "e5 2026-01-01T12:00:00Z . . DAY" \
		"e6 2026-01-02T12:00:00Z . . DAY" >in
	sed -i "s/DAY/$day/" in
	lead-identify --key-file key -o map in
	ana=$(awk '$2 == "ana@acme.com" { print $3 }' map) ben=$(awk '$2 == "ben@acme.com" { print $3 }' map)
	rows 'event_id lead_id' "e1 $ana" "e2 $ben" "e3 $ana" "e4 $ben" "e5 $ana" 'e6 .' >want
	check_filter 0 lead-mask --identity map -f event_id,lead_id
}

@test "mask: a lead_id that is to be hidden is hidden, also where the list says whose rows are" {
	secret
	rows 'lead_id email' 'L1 ana@acme.com' 'L2 ben@acme.com' >in
	rows 'key_type digest lead_id' "email $(hmac ana@acme.com) gone" >list
	rows 'lead_id email' 'gone .' "$(sha L2) ben@acme.com" >want
	check_filter 0 lead-mask --sha256 lead_id --forget list --key-file key
}

@test "mask: --bare-phones: a phone's digits without the +, an address as it is" {
	rows 'phone email' '+34~600~000~001 +a@b.example' >in
	rows 'phone email' "$(sha 34600000001) $(sha +a@b.example)" >want
	check_filter 0 lead-mask --sha256 phone,email --bare-phones
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
