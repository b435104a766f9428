# shellcheck shell=bash disable=SC2154
# Shared by packaging/run and packaging/test: install what is missing, configure, build, and time each step.
# Sourced by bash with "set -euo pipefail"; the caller sets preset, install (yes|no) and sections.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
declare -A seconds=()

step() { # step NAME COMMAND…: runs it, remembers how long it took, and fails as it failed
    local name=$1 start status
    shift
    start=$(date +%s)
    "$@"
    status=$? # a failure comes here only where the caller looks at it; elsewhere it has ended the script
    seconds[$name]=$(($(date +%s) - start))
    return "$status"
}

wanted_packages() {
    local section="" line
    while read -r line; do
        line=${line%%#*}
        line=${line//[[:space:]]/}
        case $line in
        "") ;;
        \[*\]) section=${line//[\[\]]/} ;;
        *) [[ " $sections " == *" $section "* ]] && echo "$line" ;;
        esac
    done <"$root/packaging/packages.txt"
}

install_missing() {
    local missing=() package
    if ! command -v dpkg-query >/dev/null; then
        echo "No dpkg here: nothing is installed; the packages of packaging/packages.txt are expected in their own form."
        return
    fi
    while read -r package; do
        [[ $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) == "install ok installed" ]] || missing+=("$package")
    done < <(wanted_packages)
    if ((${#missing[@]} == 0)); then
        return
    fi
    echo "Missing Debian packages: ${missing[*]}"
    if [[ $install == no ]]; then
        echo "Not installed (--no-install); configuring may fail." >&2
        return
    fi
    local as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || {
            echo "They can't be installed: you are not root and there is no sudo. Ask your administrator for them." >&2
            exit 1
        }
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get update -q
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${missing[@]}"
}

configure() { (cd "$root" && cmake --preset "$preset" "$@" >"$root/build/$preset.configure.log" 2>&1) || {
    tail -n 40 "$root/build/$preset.configure.log" >&2
    echo "Configuring failed; the whole log: build/$preset.configure.log" >&2
    exit 1
}; }

build() { cmake --build "$root/build/$preset" --parallel "$(nproc)" "$@"; }

report_times() {
    echo "Times: install ${seconds[install]:-0} s, configure ${seconds[configure]:-0} s, build ${seconds[build]:-0} s, $1 ${seconds[$1]:-0} s"
}
