#!/bin/sh
# Makes the Python environment of the hashed lock with a pinned uv, once in the cache, and points .venv of this clone at it
# (or HANDOFF_VENV, for another Python: HANDOFF_PYTHON).
# With --python it only tells which Python it would take.
set -eu
cd "$(dirname "$0")/../.."

cache=${HANDOFF_CACHE:-$HOME/.cache/livekit-handoff}
venv=${HANDOFF_VENV:-.venv}
lock=requirements/dev.txt
uv_lock=local/setup/uv.txt
digest='import hashlib, sys; print(hashlib.sha256(b"".join(open(f, "rb").read() for f in sys.argv[1:])).hexdigest()[:16])'
version='import sys; print("{}.{}.{}".format(*sys.version_info))'

say() { printf '  %-28s %s\n' "$1" "$2"; }

# Runs a silent command and tells every ten seconds that it goes on.
slowly() {
    name=$1 && shift
    "$@" &
    job=$!
    trap 'kill "$job" 2>/dev/null; exit 130' INT TERM
    seconds=0
    while kill -0 "$job" 2>/dev/null; do
        sleep 1
        seconds=$((seconds + 1))
        [ $((seconds % 10)) -ne 0 ] || say "$name" "still at it, $seconds s so far"
    done
    trap - INT TERM
    wait "$job"
}

# A command may be there and yet not run (a shim for a version that is not active): try each.
runs() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for candidate in ${HANDOFF_PYTHON:-python3.13 python3 python3.12 python3.11}; do
        if runs "$candidate"; then
            "$candidate" -c 'import os, sys; print(os.path.realpath(sys.executable))'
            return
        fi
    done
    echo "No Python of version 3.11 or newer was found: apt-get install python3 python3-venv" >&2
    return 1
}

find_uv() { uv=$cache/uv-$("$1" -c "$digest" "$uv_lock")/bin/uv; }

# Where the environment of these locks and this Python belongs; it is never changed once it is there.
find_home() { home=$cache/venv-$("$1" -c "$version")-$("$1" -c "$digest" "$lock" "$uv_lock"); }

is_ready() {
    [ -x "$venv/bin/python" ] || return 1
    find_uv "$venv/bin/python" && find_home "$venv/bin/python" && [ "$(readlink "$venv")" = "$home" ] && [ -x "$uv" ]
}

install_uv() {
    if "$uv" --version >/dev/null 2>&1; then return; fi
    say uv "installing into the cache"
    uv_home=${uv%/bin/uv}
    rm -rf "$uv_home"
    if ! "$python" -m venv "$uv_home" >/dev/null 2>&1; then
        echo "This Python cannot make virtual environments: apt-get install python3-venv" >&2
        exit 1
    fi
    slowly uv "$uv_home/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$uv_lock"
}

if [ "${1:-}" = --python ]; then
    find_python
    exit
fi
# Whole or not at all: made beside its place, then renamed. Bytecode once for all clones, whatever the shell forbids.
make_home() {
    say "Python environment" "installing $(grep -c '==' "$lock") packages; a minute or two the first time"
    draft=$home.$$
    rm -rf "$draft"
    "$uv" venv --quiet --relocatable --python "$python" "$draft"
    slowly "Python environment" "$uv" pip sync --quiet --require-hashes --compile-bytecode --python "$draft" "$lock"
    mv -T "$draft" "$home" 2>/dev/null || rm -rf "$draft"
}

if is_ready; then exit 0; fi

python=$(find_python)
find_uv "$python"
find_home "$python"
install_uv
export UV_CACHE_DIR="$cache/uv"
[ -x "$home/bin/python" ] || make_home
rm -rf "$venv"
ln -s "$home" "$venv"
say "Python environment" "ready"
