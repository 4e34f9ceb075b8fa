#!/usr/bin/env bats
load ../helper

@test "import: the public Apache log: 9,999 events, one reject, 1,861 visitors" {
	needs_shared data/logs/elastic_apache_logs.gz
	lead-import --format combined --visitor ip+ua --reject bad --stats stats -o got.tsv \
	    "$shared/data/logs/elastic_apache_logs.gz"
	[ "$(wc -l <got.tsv)" = 10000 ]
	[ "$(sed 1d bad | wc -l)" = 1 ]
	[ "$(cut -f2 bad | sed 1d)" = 8899 ]
	[ "$(column visitor_id <got.tsv | sort -u | wc -l)" = 1861 ]
}
