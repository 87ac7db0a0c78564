# shellcheck shell=bash
# Building and running the fuzzer, for ops/fuzz and ops/test. Sourced after ops/lib/setup.sh.

# In the order in which `all` runs them.
readonly fuzz_targets=(wire http csv map pack topology patch)

readonly fuzz_scratch=.build/fuzz
fuzz_program=$fuzz_scratch/release/fuzzer
readonly fuzz_fixtures=Tests/FuzzingTests/Fixtures

# Bytes of an input: what a fuzzer can turn over thousands of times a second, and enough for every part of it.
input_bytes_max() {
  case $1 in
    wire | map | pack) echo 12288 ;;
    http | topology) echo 8192 ;;
    csv | patch) echo 4096 ;;
  esac
}

# Resident memory of the child, in MiB: what the address sanitizer, the corpus and the coverage need (about 150), and
# what one input may take.
readonly child_mebibytes_max=512
# One allocation, in MiB.
readonly allocation_mebibytes_max=128
# Seconds that one input may take, on a busy machine and instrumented; a thousand times what it takes.
readonly input_seconds_max=10
# What `--keep` leaves of a target's corpus: files, bytes in all and bytes of one. The tests allow no more.
readonly kept_files_max=100
readonly kept_bytes_max=81920
readonly kept_file_bytes_max=8192
# Seconds for cutting a crasher down.
readonly cutting_seconds=60

# With every trap in place, and optimised as in production; `quickly` unoptimised, which a short run does not make up
# for: the optimiser takes seven times as long as the rest of the build.
#
# usage: build_fuzzer [quickly]
build_fuzzer() {
  local resources scratch=$fuzz_scratch optimising=()
  resources=$("$swift" -print-target-info | sed -n 's/^.*"runtimeResourcePath": *"\(.*\)".*$/\1/p')
  if [[ ! -f $resources/clang/lib/linux/libclang_rt.fuzzer-$(uname -m).a ]]; then
    need "This toolchain has no libFuzzer (looked in $resources/clang/lib/linux)." \
      "The toolchains of https://www.swift.org/install/linux have it; name one with SWIFT=/path/to/swift." \
      "TRIBUTARY_FUZZ_SECONDS=0 ops/test leaves the fuzzing out."
  fi
  if [[ ${1:-} == quickly ]]; then
    scratch=$fuzz_scratch/quick
    optimising=(-Xswiftc -Onone)
  fi
  fuzz_program=$scratch/release/fuzzer
  # The old linker that Swift takes by default stumbles over libFuzzer's own symbols, so it is lld's to link.
  TRIBUTARY_FUZZER=1 build "the fuzzer" -c release --product fuzzer --scratch-path "$scratch" "${optimising[@]}" \
    -Xswiftc -enable-testing -Xswiftc -sanitize=fuzzer,address \
    -Xswiftc -Xclang-linker -Xswiftc -fuse-ld=lld
}

# The child. Swift's own backtracer and the sanitizer's wait for each other, and what SQLite and a program keep for
# their whole life is no leak of an input's.
child() {
  local target=$1
  shift
  TRIBUTARY_FUZZ_TARGET=$target SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=16 \
    "$fuzz_program" "$@"
}

# libFuzzer, with our limits; the other arguments are its own.
fuzzer() {
  local target=$1
  shift
  child "$target" -max_len="$(input_bytes_max "$target")" -rss_limit_mb="$child_mebibytes_max" \
    -malloc_limit_mb="$allocation_mebibytes_max" -timeout="$input_seconds_max" "$@"
}

# Runs one input; says 1 if it breaks something.
run_input() {
  local target=$1 input=$2
  if fuzzer "$target" "$input" 2>&1 | tail -n 40; then say "$input breaks nothing."; else return 1; fi
}

# Fuzzes one target; prints a line at its end, and all that is known if something was broken.
fuzz_target() {
  local target=$1 seconds=$2 seed=$3 keep=$4 work=$fuzz_scratch/runs/$1 kept=$fuzz_fixtures/corpora/$1 words=()
  rm -rf "$work"
  mkdir -p "$work/found" "$work/broken" "$kept"
  child "$target" --seeds "$work/seeds" >"$work/log" 2>&1 || { cat "$work/log" >&2 && return 1; }
  if [[ -f $work/seeds.dict ]]; then words=("-dict=$work/seeds.dict"); fi
  if ! fuzzer "$target" "$work/found" "$work/seeds" "$kept" "${words[@]}" -max_total_time="$seconds" -seed="$seed" \
    -artifact_prefix="$work/broken/" -print_final_stats=1 -reload=0 >"$work/log" 2>&1; then
    report_broken "$target" "$seed" "$work"
    return 1
  fi
  local runs covered
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$work/log")
  covered=$(sed -n 's/^.* cov: \([0-9]*\) .*$/\1/p' "$work/log" | tail -n 1)
  say "  $target: $runs inputs in $seconds s reached $covered places; seed $seed; nothing was broken."
  if [[ -n $keep ]]; then keep_found "$target" "$work" "$kept"; fi
}

report_broken() {
  local target=$1 seed=$2 work=$3 input crashers=$fuzz_fixtures/crashers/$1 name
  say "  $target: BROKEN, seed $seed. The log is $work/log; its end:" >&2
  grep -a -m 1 'broken: ' "$work/log" >&2 || tail -n 30 "$work/log" >&2
  input=$(find "$work/broken" -type f | head -n 1)
  if [[ -z $input ]]; then return; fi
  name=$(basename "$input" | cut -c 1-20)
  mkdir -p "$crashers"
  fuzzer "$target" "$input" -minimize_crash=1 -max_total_time="$cutting_seconds" \
    -exact_artifact_path="$work/cut" >"$work/cutting" 2>&1 || true
  if [[ -f $work/cut ]]; then input=$work/cut; fi
  cp "$input" "$crashers/$name"
  say "  The input, cut down, is $crashers/$name. To run it again: ops/fuzz $target --input $crashers/$name" >&2
  say "  Name it for what it broke, mend that, and commit both: the tests replay it." >&2
}

# Chooses the corpus anew from what was kept and what was found.
keep_found() {
  local target=$1 work=$2 kept=$3 input
  mkdir -p "$work/merged" "$work/kept"
  fuzzer "$target" -set_cover_merge=1 -use_counters=0 -merge_control_file="$work/control" \
    "$work/merged" "$work/seeds" "$kept" "$work/found" >"$work/merging" 2>&1 || { cat "$work/merging" >&2 && return 1; }
  awk -v base="$work/seeds/" -v files="$kept_files_max" -v bytes="$kept_bytes_max" -v largest="$kept_file_bytes_max" \
    -f ops/lib/cover.awk "$work/control" >"$work/chosen"
  while read -r input; do cp "$input" "$work/kept"; done <"$work/chosen"
  rm -rf "$kept"
  mv "$work/kept" "$kept"
  say "  $target: kept $(find "$kept" -type f | wc -l) files."
}

# Every target in turn, `at_once` at a time. 1 if something was broken or it was interrupted.
fuzz_targets_together() {
  local seconds=$1 at_once=$2 seed=$3 keep=$4 target pid pids=() status=0
  shift 4
  if (($# == 0)); then return; fi
  say "Fuzzing $* for $seconds s each ..."
  # Each in a process group of its own, which an interruption of this script ends: a job in the background would
  # ignore it and go on.
  set -m
  trap 'for pid in "${pids[@]}"; do kill -TERM -- "-$pid" 2>/dev/null || true; done; status=1' INT TERM
  for target in "$@"; do
    while ((status == 0 && $(jobs -rp | wc -l) >= at_once)); do sleep 0.2; done
    if ((status != 0)); then break; fi
    fuzz_target "$target" "$seconds" "$seed" "$keep" &
    pids+=("$!")
  done
  for pid in "${pids[@]}"; do wait "$pid" || status=1; done
  trap - INT TERM
  set +m
  return "$status"
}
