#!/bin/sh
# Make the virtual environment and install what is missing. Called by `make setup`.
set -eu
. packaging/debian.sh
venv=$1
python=${PYTHON:-python3}
torch=$(sed -n 's/^ *"\(torch==[^"]*\)".*/\1/p' pyproject.toml)

commands="xvfb:Xvfb xdotool:xdotool"

say() { printf '%s\n' "$*" >&2; }

missing_packages() {
    missing_libraries
    for pair in $commands; do
        command -v "${pair#*:}" >/dev/null 2>&1 || printf ' %s' "${pair%%:*}"
    done
    [ -n "$(find /usr/share/fonts -name '*.ttf' 2>/dev/null | head -n 1)" ] || printf ' fonts-dejavu-core'
    "$python" -c 'import ensurepip, venv' 2>/dev/null || printf ' %s-venv' "$(basename "$python")"
}

if ! "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
    say "Python 3.11, 3.12 or 3.13 is needed as '$python'; install it (Debian: apt-get install python3 python3-venv)"
    say "or name another with: make setup PYTHON=python3.12"
    exit 1
fi

if command -v apt-get >/dev/null 2>&1; then
    missing=$(missing_packages)
    # shellcheck disable=SC2086  # a list of words
    install_packages $missing
fi

"$venv/bin/python" -m pip --version >/dev/null 2>&1 || "$python" -m venv --clear "$venv"
say "Installing Python packages into $venv ..."
if [ "$(uname -s)" = Linux ] && ! command -v nvidia-smi >/dev/null 2>&1; then
    say "(If $torch is about to download several GB, stop and see 'Linux without an NVIDIA card' in README.md.)"
fi
# torch first and pinned: the newest one, or one that another package asks for, may be a CUDA
# build of several GB.
"$venv/bin/python" -m pip install --quiet "$torch"
"$venv/bin/python" -m pip install --quiet --editable ".[dev]"
say "The environment $venv is ready."
