#!/bin/sh
# Make the virtual environment and install what is missing. Called by `make setup`.
set -eu
venv=$1
python=${PYTHON:-python3}
debian_packages="libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libfontconfig1 libdbus-1-3 libxcb-cursor0
libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 xvfb xdotool fonts-dejavu-core"

say() { printf '%s\n' "$*" >&2; }

missing_debian_packages() {
    for package in $debian_packages; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || printf ' %s' "$package"
    done
    "$python" -c 'import ensurepip, venv' 2>/dev/null || printf ' python3-venv'
}

if ! "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
    say "Python 3.11, 3.12 or 3.13 is needed as '$python'; name another with: make setup PYTHON=python3.12"
    exit 1
fi

if command -v dpkg-query >/dev/null 2>&1; then
    missing=$(missing_debian_packages)
    if [ -n "$missing" ] && [ "$(id -u)" != 0 ]; then
        say "The window needs system libraries. Run this line, then try again:"
        say "  sudo apt-get install$missing"
        exit 1
    elif [ -n "$missing" ]; then
        say "Installing system libraries:$missing"
        apt-get update -qq
        # shellcheck disable=SC2086  # a list of words
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    fi
fi

[ -x "$venv/bin/pip" ] || "$python" -m venv --clear "$venv"
say "Installing Python packages into $venv ..."
# torch first and pinned: the newest one, or one that another package asks for, may be a CUDA
# build of several GB.
"$venv/bin/python" -m pip install --quiet "$(sed -n 's/^ *"\(torch==[^"]*\)".*/\1/p' pyproject.toml)"
"$venv/bin/python" -m pip install --quiet --editable ".[dev]"
if "$venv/bin/python" -c 'import sys, torch; sys.exit(torch.version.cuda is None)'; then
    say "Note: this is the CUDA build of torch: right for an NVIDIA GPU, several GB too large without one."
fi
say "The environment $venv is ready."
