# shellcheck shell=bash
# What ops/demo and ops/test share: find Swift, install what is missing, build.
# Sourced from the project's root, with `set -euo pipefail` on. Leaves the toolchain's command in `swift`.
#
# `need` ends the script with 2: the machine lacks something, and the text says what to type.

# A line of progress is shown this often, in seconds, when the output is not a terminal.
readonly progress_seconds=10
# How long to wait for another installation that holds Debian's lock.
readonly lock_seconds=120

say() { printf '%s\n' "$*"; }

need() {
  printf '%s\n' "$@" >&2
  exit 2
}

# Foundation follows http_proxy even to this machine's own addresses, where the nodes of tests and demo listen.
bypass_proxy_on_loopback() {
  export no_proxy="127.0.0.1,localhost${no_proxy:+,$no_proxy}"
  export NO_PROXY="$no_proxy"
}

find_swift() {
  local candidate
  for candidate in "${SWIFT:-swift}" /opt/swift/usr/bin/swift /usr/local/swift/usr/bin/swift \
    "${HOME:-/root}/.local/share/swiftly/bin/swift"; do
    if swift=$(command -v "$candidate"); then return; fi
    if [[ -n ${SWIFT:-} ]]; then need "SWIFT=$SWIFT is not a command. Set it to the path of \`swift\`, or unset it."; fi
  done
  need "Swift is not installed here (looked on PATH and in /opt/swift; SWIFT=/path/to/swift names another place)." \
    "Get it from https://www.swift.org/install/linux, in these steps:" \
    "  curl -O https://download.swift.org/swiftly/linux/swiftly-\$(uname -m).tar.gz" \
    "  tar zxf swiftly-\$(uname -m).tar.gz" \
    "  ./swiftly init --quiet-shell-followup" \
    "  . ~/.local/share/swiftly/env.sh" \
    "  swiftly install --use 6.3" \
    "Then run this again."
}

# The oldest Swift that will do is the one Package.swift asks for in its first line.
check_swift_version() {
  local wanted found
  wanted=$(sed -n '1s/^.*swift-tools-version: *\([0-9]*\.[0-9]*\).*$/\1/p' Package.swift)
  if ! found=$("$swift" --version 2>&1); then
    need "$swift does not start:" "$found" "Mend the installation, or name another with SWIFT=/path/to/swift."
  fi
  found=$(sed -n 's/^.*Swift version \([0-9]*\.[0-9]*\).*$/\1/p' <<<"$found" | head -n 1)
  if [[ $(printf '%s\n' "${wanted:-6.3}" "${found:-0}" | sort -V | head -n 1) != "${wanted:-6.3}" ]]; then
    need "$swift is Swift ${found:-of an unknown version}; ${wanted:-6.3} or later is needed." \
      "Get it from https://www.swift.org/install/linux, or name another with SWIFT=/path/to/swift."
  fi
  say "Swift $found: $swift"
}

# Of a list such as ops/packages.
missing_packages() {
  local package list=$1
  while read -r package; do
    if [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) != installed ]]; then
      printf '%s\n' "$package"
    fi
  done < <(sed 's/#.*//; s/[[:space:]]*$//; /^$/d' "$list")
}

# Of the same Debian's lists; sets `apt`, or returns 1 where nobody here may install anything.
find_apt() {
  local as_root=()
  if ((EUID != 0)); then
    if ! { command -v sudo && sudo -n true; } >/dev/null 2>&1; then return 1; fi
    as_root=(sudo -n)
  fi
  apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq
    -o Acquire::Retries=3 -o "DPkg::Lock::Timeout=$lock_seconds")
}

install_packages() {
  local missing apt=()
  if ! command -v dpkg-query >/dev/null; then
    say "Not a Debian system: ops/packages lists what is needed; going on as if it were there."
    return
  fi
  mapfile -t missing < <(missing_packages ops/packages)
  if ((${#missing[@]} == 0)); then return; fi
  if ! find_apt; then
    need "Missing packages: ${missing[*]}. Type this, then run this again:" \
      "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
  fi
  say "Installing ${missing[*]} ..."
  "${apt[@]}" update || say "The package lists could not be renewed; trying with those that are here."
  if ! "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null; then
    need "Installing failed, for the reason above. Mend it, or install by hand: ${missing[*]}"
  fi
}

# What only tests use: without it they say what they skip, so nothing ends here.
install_test_packages() {
  local missing apt=()
  if ! command -v dpkg-query >/dev/null; then return; fi
  mapfile -t missing < <(missing_packages ops/packages-test)
  if ((${#missing[@]} == 0)); then return; fi
  if ! find_apt; then
    say "Some tests will be skipped for want of packages. To have them: sudo apt-get install ${missing[*]}"
    return
  fi
  say "Installing ${missing[*]}, for tests ..."
  "${apt[@]}" update || say "The package lists could not be renewed; trying with those that are here."
  if ! "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null; then
    say "Installing failed, for the reason above: the tests that need ${missing[*]} will be skipped."
  fi
}

prepare() {
  find_swift
  install_packages
  check_swift_version
  bypass_proxy_on_loopback
}

# Shows what is not progress, and of progress one line in a while, so that a log stays short and is never silent.
thin_progress() {
  local line="" status shown=$SECONDS latest="starting"
  while true; do
    status=0
    IFS= read -r -t "$progress_seconds" line || status=$?
    if ((status > 128)); then
      line=""
    elif ((status > 0)) && [[ -z $line ]]; then
      return 0
    fi
    if [[ $line =~ ^\[[0-9]+/[0-9]+\] ]]; then
      latest=$line
      line=""
    fi
    if [[ -n $line ]]; then
      say "$line"
    elif ((SECONDS - shown >= progress_seconds)); then
      say "  $SECONDS s: $latest"
      shown=$SECONDS
    fi
  done
}

# Builds, in the debug configuration unless told otherwise: the demo and a part of the tests share it.
build() {
  local started=$SECONDS
  say "Building $1 (the first time takes minutes) ..."
  shift
  if [[ -t 1 ]]; then
    "$swift" build "$@"
  else
    "$swift" build "$@" 2>&1 | thin_progress
  fi || {
    say "The build failed, for the reason above." >&2
    exit 1
  }
  say "Built in $((SECONDS - started)) s."
}
