# shellcheck shell=bash
# Rehearsing everything in Simulations/, for ops/rehearse and ops/test. Sourced after ops/lib/setup.sh.

# Drawn runs after the kept ones, in a province each.
# Of a hundred runs with lost, copied or put-back disks among all other faults about one still breaks a promise: they
# are looked for with `simulate swarm`, and do not stand in the way of what is right.
readonly swarm_omits=clonedDisk,failOver,replacedMachine,restoredBackup
readonly swarm_provinces=(Topology/ningxia.json Topology/shandong.json)

build_rehearsals() {
  build "tributary, optimised" --configuration release --product tributary
  program=$("$swift" build --configuration release --show-bin-path)/tributary
  export program
}

# One file; with `--twice` in processes of its own, with and without deterministic hashing.
#
# usage: rehearse_one FILE [--twice]
rehearse_one() {
  local file=$1 twice=("${@:2}") trace status=0 output
  trace=$(sed -n 's/.*"trace": *"\([^"]*\)".*/\1/p' "$file" | head -n 1)
  if [[ -n $trace && ! -e $trace ]]; then
    printf 'skipped  %s: its trace %s is not here\n' "$file" "$trace"
    return
  fi
  output=$("$program" simulate run "$file" "${twice[@]}" --quiet 2>&1) || status=$?
  if ((status == 0)); then
    printf 'held     %s  digest %s\n' "$file" "${output##* }"
  else
    printf 'BROKEN   %s (exit %s)\n%s\n' "$file" "$status" "$output"
    return 1
  fi
}

# Two at a time, and each twice; where a turn is named, only every third, another third with each turn.
#
# usage: rehearse_files [0|1|2]
rehearse_files() {
  export -f rehearse_one
  find Simulations -name '*.json' -not -path '*/traces/*' | sort |
    awk -v turn="${1:-}" '{ print $0 (turn == "" || NR % 3 == turn ? " --twice" : "") }' |
    xargs -P 2 -L 1 bash -c 'rehearse_one "$@"' rehearse_one
}

# Fresh runs; those that break are kept as scenarios.
#
# usage: swarm_freshly RUNS SEED
swarm_freshly() {
  local runs=$1 seed=$2 first=0 status=0 kept province children=()
  kept=$(mktemp -d)
  say "A swarm of $runs runs, seed $seed ..."
  for province in "${swarm_provinces[@]}"; do
    "$program" simulate swarm --topology "$province" --seed "$seed" --first "$first" --keep "$kept" \
      --omit "$swarm_omits" --procedures --runs $((runs / ${#swarm_provinces[@]})) --quiet &
    children+=($!)
    first=$((first + runs / ${#swarm_provinces[@]}))
  done
  for child in "${children[@]}"; do wait "$child" || status=$?; done
  if ((status != 0)); then
    say "The scenarios of the broken runs are in $kept." >&2
    return "$status"
  fi
  rm -rf "$kept"
}
