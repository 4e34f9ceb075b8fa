#!/usr/bin/env bats
# Each example prints what its file "want" says.
load ../helper

example() {
	BUILD=$BUILD "$top/examples/$1/run.sh" >got
	diff -u "$top/examples/$1/want" got
}

@test "examples: account: three people, three deals, every cent where it belongs" {
	example account
}

@test "examples: ella: a mail, a call, a sale; her colleague is another lead" {
	example ella
}

@test "examples: every folder with a want has a test here" {
	for want in "$top"/examples/*/want; do
		folder=${want%/want}
		grep -q "^	example ${folder##*/}$" "$BATS_TEST_FILENAME"
	done
}

@test "demo: the month is made, the tables are shown, within 50 seconds" {
	cp -R "$BUILD" build
	rm -rf build/demo
	t0=$SECONDS
	BUILD=$PWD/build "$top/examples/demo" >out
	[[ $BUILD == */san ]] || [ $((SECONDS - t0)) -lt 50 ]
	for title in attribution kpi journeys scores; do
		grep -q "^$title - " out
	done
	git -C "$top" status --porcelain --untracked-files=all -- examples pipelines >after
	run ! grep -q '^??' after
}
