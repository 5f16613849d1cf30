#!/bin/sh
# Prints the path of a Python that can run Acquaint: one that is here, or else one that uv fetches into var/.
# Candidates are tried by running them, since a name on the path may be an empty shell.
set -u

wanted='import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 12))'
enough='import sys; sys.exit(sys.version_info < (3, 12))'
home=$(cd "$(dirname "$0")/.." && pwd)
old=''
bare=''

try() {
    "$1" -c "$wanted" 2>/dev/null && { command -v "$1"; exit 0; }
    if "$1" -c "$enough" 2>/dev/null; then bare=$1; fi
    if [ -z "$old" ] && "$1" -c 'import ensurepip, venv, sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null; then old=$1; fi
}

for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12; do
    if command -v "$name" >/dev/null 2>&1; then try "$name"; fi
done
for python in /usr/bin/python3 /usr/local/bin/python3 /opt/homebrew/bin/python3; do
    if [ -x "$python" ]; then try "$python"; fi
done
for folder in "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/3.*; do
    if [ -x "$folder/bin/python3" ]; then try "$folder/bin/python3"; fi
done
for python in "$home"/var/python/*/bin/python3; do
    if [ -x "$python" ]; then try "$python"; fi
done

# None here: an older one can still install uv, which fetches one that belongs to this folder.
if [ -n "$old" ]; then
    echo "No Python 3.12 or newer is here; fetching one with uv." >&2
    mkdir -p "$home/var"
    sed -n '/^uv==/,/[^\\]$/p' "$home/requirements-dev.txt" > "$home/var/uv.txt"
    if "$old" -m venv "$home/var/uv" >&2 \
        && "$home/var/uv/bin/python" -m pip install -q --require-hashes -r "$home/var/uv.txt" >&2 \
        && "$home/var/uv/bin/uv" python install -q --no-bin --install-dir "$home/var/python" 3.13 >&2; then
        for python in "$home"/var/python/*/bin/python3; do
            if [ -x "$python" ]; then try "$python"; fi
        done
    fi
fi

{
    echo
    echo "Acquaint needs Python 3.12 or newer, and none could be found or fetched."
    if [ -n "$bare" ]; then
        echo "$(command -v "$bare") is new enough, but lacks its venv module. On Debian and Ubuntu:"
        echo "    apt install python3-venv"
    elif [ -z "$old" ]; then
        echo "No Python with its venv module is here at all. On Debian and Ubuntu:"
        echo "    apt install python3-venv"
        echo "and start again: a newer Python is then fetched if it takes one."
    fi
    echo "Or install Python 3.12 or newer in your own way, or name one: make run PYTHON=/path/to/python3"
} >&2
exit 1
