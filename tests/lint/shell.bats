#!/usr/bin/env bats
# The shell that we ship.
load ../helper

setup() { cd "$top" || return; }

scripts() {
	git ls-files .ci pipelines examples tests | while read -r file; do
		case $(sed -n 1p "$file" | tr -d '\0') in
		'#!'*bash | '#!'*sh) echo "$file" ;;
		esac
	done
}

@test "shell: shellcheck finds no fault" {
	scripts | xargs shellcheck -x -S warning
}

@test "shell: pipelines stop at the first fault and hide no status" {
	for file in $(scripts | grep ^pipelines/); do
		grep -q '^set -Eeuo pipefail$' "$file" || { echo "$file"; false; }
		run ! grep -nE '< <\(' "$file"
	done
}
