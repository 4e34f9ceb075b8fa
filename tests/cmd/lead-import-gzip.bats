#!/usr/bin/env bats
# Gzipped logs and exports that are cut, damaged, odd: read whole or refused.
load ../helper

# specimens - the files NAME of these tests, and want: NAME, rows or -, words
specimens() {
	python3 - <<-'P'
		import gzip, struct, zlib
		line = b'1.2.3.4 - - [02/Nov/2026:10:15:00 +0100] "GET /x HTTP/1.1" 200 5 "-" "M"\n'
		text = line * 200
		def deflate(level=9, strategy=0):
		    c = zlib.compressobj(level, 8, -15, 9, strategy)
		    return c.compress(text) + c.flush()
		def head(flags=0, more=b'', crc=None):
		    h = b'\x1f\x8b\x08' + bytes([flags]) + b'\0\0\0\0\0\x03' + more
		    return h + (struct.pack('<H', zlib.crc32(h) & 65535 if crc is None else crc) if flags & 2 else b'')
		end = struct.pack('<II', zlib.crc32(text), len(text))
		body = deflate()
		sound = head() + body + end
		empty = gzip.compress(b'')
		fields = struct.pack('<H', 3) + b'abc' + b'na\x1b[31mme\0' + b'comment\0'
		cases = [
		    ('G01', b'', '-', 'damaged gzip: empty, not gzip'),
		    ('G02', b'\x1f', '-', 'damaged gzip: cut in the header of member 1'),
		    *[(f'G03-{n}', sound[:n], '-', 'damaged gzip: cut in the header of member 1') for n in (2, 3, 4, 9)],
		    *[(f'G04-{n}', sound[:n], '-', 'damaged gzip: cut in the data of member 1') for n in (10, 11, 18)],
		    *[(f'G05-{n}', sound[:len(sound) * n // 100], '-', 'damaged gzip: cut in the data of member 1') for n in (40, 60, 80)],
		    *[(f'G06-{n}', sound[:-n], '-', 'damaged gzip: cut in the trailer of member 1') for n in range(1, 9)],
		    *[(f'G07-{n}', sound + sound[:n], '-', 'damaged gzip: cut in the header of member 2') for n in range(1, 10)],
		    ('G08', sound + sound[:40], '-', 'damaged gzip: cut in the data of member 2'),
		    ('G09', b'\x1e' + sound[1:], '-', 'damaged gzip: first bytes'),
		    ('G10', sound + b'\x1e' + sound[1:], '-', 'damaged gzip: what follows member 1 is not gzip'),
		    ('G11', sound[:2] + b'\x07' + sound[3:], '-', 'damaged gzip: method 7 is not deflate'),
		    ('G12', sound[:3] + b'\x20' + sound[4:], '-', 'damaged gzip: a reserved flag is set'),
		    ('G13', head(30, fields) + body + end, 200, ''),
		    ('G13-crc', head(30, fields, 1) + body + end, '-', 'damaged gzip: header checksum is wrong'),
		    ('G14', head(8, b'n' * (1 << 20)), '-', 'damaged gzip: a header field without end'),
		    ('G15', sound[:-8] + b'\1\0\0\0' + sound[-4:], '-', 'damaged gzip: checksum of member 1 is wrong'),
		    ('G16', sound[:-4] + b'\1\0\0\0', '-', 'damaged gzip: length of member 1 is wrong'),
		    ('G18', sound[:40] + bytes(20) + sound[60:], '-', 'damaged gzip: '),
		    ('G19', empty + sound + empty + sound + empty, 400, ''),
		    ('G19-alone', empty, 0, ''),
		    ('G20', b''.join(gzip.compress(line) for _ in range(1000)), 1000, ''),
		    *[(f'G21-{n}', gzip.compress(text[:n]) + gzip.compress(text[n:]), 200, '') for n in (1, 72, 73, 99)],
		    ('G22', sound + bytes(100), 200, '100 zero bytes after the last gzip member'),
		    ('G23', sound + b'hello', '-', 'damaged gzip: what follows member 1 is not gzip'),
		    ('G24', text, 200, ''),
		    ('G25-Z', b'\x1f\x9d\x90abc', '-', 'not gzip but compress (.Z) data'),
		    ('G25-bz2', b'BZh91AY&SY', '-', 'not gzip but bzip2 data'),
		    ('G25-xz', b'\xfd7zXZ\0\0', '-', 'not gzip but xz data'),
		    ('G25-zst', b'\x28\xb5\x2f\xfdab', '-', 'not gzip but zstd data'),
		    ('G25-zip', b'PK\x03\x04abcdef', '-', 'not gzip but zip data'),
		    ('G26', gzip.compress(sound), '-', ''),
		    ('G28', gzip.compress(line * 1000000), '-', 'damaged gzip: grows more than 200 times, as a bomb would'),
		    ('G30-stored', head() + deflate(0) + end, 200, ''),
		    ('G30-fixed', head() + deflate(9, zlib.Z_FIXED) + end, 200, ''),
		]
		with open('want', 'w') as want:
		    for name, data, rows, words in cases:
		        open(name + '.gz', 'wb').write(data)
		        print(name, rows, words, sep='\t', file=want)
	P
}

@test "import gzip: G01 to G30: each specimen is read whole, or refused with 1 and its words" {
	specimens
	while IFS=$'\t' read -r name lines words; do
		echo "$name" # shown where it fails
		status=0
		lead-import --format combined --max-reject 1% -o out "$name.gz" 2>err || status=$?
		case $lines in
		-) [ "$status" = 1 ]; [ ! -e out ] ;;
		*) [ "$status" = 0 ]; [ "$(sed 1d out | wc -l)" = "$lines" ] ;;
		esac
		[ -z "$words" ] || grep -qF "$words" err
		[ -n "$words" ] || [ "$lines" = - ] || [ ! -s err ]
		rm -f out
	done <want
}

@test "import gzip: the same of a CSV export: nothing is silent" {
	{ echo id,n; seq -f '%.0f,x' 1000; } >in
	gzip -nk in
	for cut in 1 8 9 500; do
		head -c -"$cut" in.gz >cut.gz
		run --separate-stderr -1 lead-import -o out cut.gz
		[[ $stderr == *'damaged gzip: cut in the'* ]]
		[ ! -e out ]
	done
	{ cat in.gz; head -c 7 /dev/zero; } >padded.gz
	run --separate-stderr -0 lead-import -o out padded.gz
	[ "$stderr" = 'lead-import: padded.gz: 7 zero bytes after the last gzip member' ]
	[ "$(wc -l <out)" = 1001 ]
	{ cat in.gz; echo more; } >more.gz
	run --separate-stderr -1 lead-import more.gz
	[[ $stderr == *'what follows member 1 is not gzip'* ]]
}

@test "import gzip: G27 a bomb of zeros ends soon and small, a bomb of lines is read when asked" {
	[[ -z "${LEAD_VALGRIND-}" && $BUILD != */san ]] || skip "they need more memory, and time"
	head -c 1000000000 /dev/zero | gzip -1 >zeros.gz
	run --separate-stderr -1 bash -c 'ulimit -v 400000; timeout 20 lead-import --format combined zeros.gz'
	yes '1.2.3.4 - - [02/Nov/2026:10:15:00 +0100] "GET /x HTTP/1.1" 200 5 "-" "M"' | head -n 1000000 |
		gzip -9 >lines.gz
	[ "$(lead-import --format combined --max-ratio 0 -f event lines.gz | wc -l)" = 1000001 ]
}

@test "import gzip: G31 a FIFO and standard input are read, a folder is refused" {
	echo '1.2.3.4 - - [02/Nov/2026:10:15:00 +0100] "GET /x HTTP/1.1" 200 5 "-" "M"' | gzip >in.gz
	mkfifo fifo
	cat in.gz >fifo &
	[ "$(lead-import --format combined -f event fifo)" = "$(rows event page_view)" ]
	[ "$(lead-import --format combined -f event - <in.gz)" = "$(rows event page_view)" ]
	run --separate-stderr -2 lead-import --format combined .
	[ "$stderr" = 'lead-import: .: Is a directory' ]
}
