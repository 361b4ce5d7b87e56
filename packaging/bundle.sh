#!/bin/sh
# Build dist/rednet-restore/, the program with everything it needs, from an environment that has the locked packages and
# nothing else. Called by `make bundle`; works on Linux and macOS, packaging/windows/build.ps1 is its twin.
set -eu
cd "$(dirname "$0")/.."
. packaging/debian.sh
python=${PYTHON:-python3}
venv=build/bundle-venv
work=build/bundle
out=dist/rednet-restore

say() { printf '%s\n' "$*" >&2; }

make_environment() {
    cmp -s packaging/requirements.lock "$venv/made-of" && return
    say "Installing the locked packages ..."
    rm -rf "$venv"
    "$python" -m venv "$venv"
    "$venv/bin/python" -m pip install -qq --requirement packaging/requirements.lock
    cp packaging/requirements.lock "$venv/made-of"
}

# A bundle with CUDA would be ten times as large.
check_torch() {
    "$venv/bin/python" -c 'import sys, torch; sys.exit(torch.version.cuda is not None)' && return
    say "This is torch's CUDA build, which is several GB. See 'torch for the processor alone' in docs/packaging.md."
    exit 1
}

# The names of inner functions, for debuggers, are a fifth of torch. Other wheels do not survive this.
strip_names() {
    find "$out" \( -path '*/torch/lib/*.so' -o -name 'libpython*' -o -path '*/lib-dynload/*.so' \) \
        -exec strip --strip-all {} +
}

# Here one program does for both, as its name tells it which to be; it is 20 MB.
link_programs() {
    ln -sf rednet "$out/rednet-gui"
}

if command -v apt-get >/dev/null 2>&1; then
    missing=$(missing_libraries)
    # shellcheck disable=SC2086  # a list of words
    install_packages $missing
fi
make_environment
check_torch
"$venv/bin/python" -m pip install -qq --no-deps --no-build-isolation --editable .
rm -rf "$work" "$out"
mkdir -p "$work"
"$venv/bin/python" packaging/make_icons.py "$work/icons"
say "Building (some minutes) ..."
# -P: what an earlier installation left in this folder is not what is bundled.
# The same bytes each time: PyInstaller and Python take their times and the order of sets from these.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH PYTHONHASHSEED=1 PYTHONDONTWRITEBYTECODE=1
"$venv/bin/python" -P -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath "$work/pyinstaller" \
    packaging/rednet.spec
if [ "$(uname -s)" = Linux ]; then
    strip_names
    "$venv/bin/python" packaging/linux/stand_ins.py "$out"
    link_programs
fi
"$venv/bin/python" packaging/inventory.py "$work/sources.txt" "$out"
"$out/rednet" --self-test >"$work/self-test.txt" || { cat "$work/self-test.txt" >&2; exit 1; }
say "$out is ready: $(du -sm "$out" | cut -f1) MB."
