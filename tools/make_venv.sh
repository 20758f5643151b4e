#!/bin/sh
# Makes .venv with uv in it, from Python alone. Some Pythons come without ensurepip, some without pip, Debian's without both.
set -eu
locked="--quiet --disable-pip-version-check --root-user-action ignore --require-hashes -r requirements-uv.txt"

python=
for name in ${1:-python3 python3.11 python3.12 python3.13 python3.14}; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    echo "Rightplace needs Python 3.11 or newer. Name one: make demo PYTHON=/path/to/python3" >&2
    exit 1
fi
if "$python" -c 'import ensurepip' 2>/dev/null; then
    "$python" -m venv --clear .venv
    .venv/bin/python -m pip install $locked
elif "$python" -m pip --version >/dev/null 2>&1; then
    "$python" -m venv --clear --without-pip .venv
    "$python" -m pip install $locked --target .venv/uv-first
    .venv/uv-first/bin/uv pip sync -q --python .venv/bin/python --require-hashes requirements-uv.txt
    rm -rf .venv/uv-first
else
    echo "This Python has neither pip nor ensurepip. On Debian or Ubuntu: apt-get install python3-venv" >&2
    exit 1
fi
