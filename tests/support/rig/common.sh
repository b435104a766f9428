# shellcheck shell=bash disable=SC2154 # the caller's variables
# Shared by the rigs slurm and sshd: processes that are known for certain, waiting, ports. Sourced by bash after
# "set -euo pipefail"; the caller sets "folder", the rig's own folder, and "rig", its name in messages.

PATH=$PATH:/usr/sbin:/sbin

fail() {
    printf '%s: %s\n' "$rig" "$*" >&2
    exit 1
}

# A process is named by its number and by when it began (field 22 of stat; the second field may hold blanks and
# brackets), so that a number that was given to another program meanwhile is never signalled.
began() {
    local words
    { words=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
    read -ra words <<<"${words##*) }"
    [[ ${words[0]} != Z ]] && echo "${words[19]}"
}

remember() { # remember NAME PID
    echo "$2 $(began "$2")" >"$folder/run/$1.pid"
}

living() { # living NAME: its number, if it still runs
    local pid start
    { read -r pid start <"$folder/run/$1.pid"; } 2>/dev/null || return 1
    [[ $(began "$pid") == "$start" ]] && echo "$pid"
}

ended() { ! living "$1" >/dev/null; }

# Runs COMMAND in the background with an empty environment but for what the rig says, without a terminal and without
# any file of ours open: a daemon that kept a pipe of the caller would keep the caller waiting.
daemon() { # daemon NAME COMMAND…
    local name=$1 hidden=()
    shift
    [[ ! -s $folder/hidden ]] || hidden=(unshare --mount bash "$here/without.sh" "$(<"$folder/hidden")")
    (
        for descriptor in "/proc/$BASHPID/fd"/*; do
            descriptor=${descriptor##*/}
            ((descriptor <= 2)) || eval "exec $descriptor>&-"
        done
        cd /
        exec env -i PATH="$PATH" LANG=C.UTF-8 "${surroundings[@]}" setsid "${hidden[@]}" "$@" \
            </dev/null >>"$folder/log/$name.out" 2>&1
    ) &
    remember "$name" $!
}

# --hide FOLDER: what the rig runs sees an empty folder there, as a machine does that shares no disk with this one.
hide() { # hide FOLDER
    [[ -n $1 ]] || { rm -f "$folder/hidden"; return; }
    [[ -d $1 ]] || fail "there is no folder $1 to hide"
    if unshare --mount bash "$here/without.sh" "$1" true 2>/dev/null; then
        printf '%s\n' "$1" >"$folder/hidden"
    else
        rm -f "$folder/hidden"
        echo "$rig: this system allows no mount of our own, so $1 stays visible"
    fi
}

within() { # within SECONDS COMMAND…: as soon as COMMAND succeeds; fails where it does not in time
    local until=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < until)) || return 1
        sleep 0.05
    done
}

finish() { # finish NAME [SECONDS]: TERM, and KILL where that does not help
    local pid
    if pid=$(living "$1"); then
        kill -TERM "$pid" 2>/dev/null || true
        within "${2:-5}" ended "$1" || kill -KILL "$pid" 2>/dev/null || true
        within 5 ended "$1" || fail "$1 (process $pid) does not end"
    fi
    rm -f "$folder/run/$1.pid"
}

with_environment() { # with_environment NAME=VALUE [WITHOUT_PREFIX]: processes that carry it
    local file
    # Zero bytes end an entry; --null-data makes each entry a line.
    for file in /proc/[0-9]*/environ; do
        grep -qzxF -- "$1" "$file" 2>/dev/null || continue
        [[ -z ${2:-} ]] || ! grep -qz -- "^$2" "$file" 2>/dev/null || continue
        file=${file#/proc/}
        file=${file%/environ}
        if [[ $file != "$$" ]] && began "$file" >/dev/null; then echo "$file"; fi
    done
    return 0
}

is_free() { ! (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

ports() { # ports COUNT: the first of that many free ones in a row, below those that the kernel gives away
    local first port
    for _ in {1..100}; do
        first=$((18000 + (RANDOM * 32768 + RANDOM) % 14000))
        for ((port = first; port < first + $1; ++port)); do
            is_free "$port" || continue 2
        done
        echo "$first"
        return
    done
    fail "no $1 free ports in a row"
}

usage() { sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; }
