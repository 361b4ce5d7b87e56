#!/bin/sh
# Make the virtual environment and install what is missing. Called by `make setup`.
set -eu
venv=$1
python=${PYTHON:-python3}
torch=$(sed -n 's/^ *"\(torch==[^"]*\)".*/\1/p' pyproject.toml)

# Debian package and the library in it that Qt loads; names of packages differ between releases, of libraries not.
libraries="libegl1:libEGL.so.1 libgl1:libGL.so.1 libglib2.0-0:libglib-2.0.so.0 libfontconfig1:libfontconfig.so.1
libdbus-1-3:libdbus-1.so.3 libxkbcommon0:libxkbcommon.so.0 libxkbcommon-x11-0:libxkbcommon-x11.so.0
libxcb-cursor0:libxcb-cursor.so.0 libxcb-icccm4:libxcb-icccm.so.4 libxcb-image0:libxcb-image.so.0
libxcb-keysyms1:libxcb-keysyms.so.1 libxcb-randr0:libxcb-randr.so.0 libxcb-render-util0:libxcb-render-util.so.0
libxcb-shape0:libxcb-shape.so.0"
commands="xvfb:Xvfb xdotool:xdotool"

say() { printf '%s\n' "$*" >&2; }

missing_debian_packages() {
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
    for pair in $libraries; do
        case "$known" in *"${pair#*:} "*) ;; *) printf ' %s' "${pair%%:*}" ;; esac
    done
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
    missing=$(missing_debian_packages)
    if [ -n "$missing" ] && [ "$(id -u)" != 0 ]; then
        say "System libraries are missing. Run this line, then try again:"
        say "  sudo apt-get update && sudo apt-get install -y$missing"
        exit 1
    elif [ -n "$missing" ]; then
        say "Installing system libraries:$missing"
        apt-get update -qq
        # shellcheck disable=SC2086  # a list of words
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    fi
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
