#!/bin/sh
# Proves installer.nsi on Debian around a stand-in for the program: compiled by makensis and, where wine is there,
# installed, installed again over itself, and removed. Called by packaging/test_installers.sh.
set -eu
cd "$(dirname "$0")/../.."
work=$PWD/build/windows-test
payload=$work/payload
setup=$work/rednet-restore_setup.exe
export WINEPREFIX="$work/wine" WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml="
installed=$WINEPREFIX/drive_c/programs/rednet

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "FAIL  $*"
    exit 1
}

make_payload() {
    rm -rf "$work"
    mkdir -p "$payload/_internal/resources" "$payload/licences"
    printf 'Unicode true\nTarget amd64-unicode\nSilentInstall silent\nOutFile "%s"\nSection\nSectionEnd\n' \
        "$payload/rednet.exe" >"$work/stand-in.nsi"
    makensis -V1 "$work/stand-in.nsi"
    cp "$payload/rednet.exe" "$payload/rednet-gui.exe"
    echo data >"$payload/_internal/resources/model"
    echo text >"$payload/licences/INDEX.txt"
    echo '{}' >"$payload/sbom.cdx.json"
}

compile() {
    version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
    makensis -V2 -WX -DAMD64 -DVERSION="$version" -DBUNDLE="$payload" -DICON="$work/icon.ico" -DOUTPUT="$setup" \
        packaging/windows/installer.nsi
}

registry() { wine reg query "HKCU\\Software\\$1" /s 2>/dev/null | tr -d '\r'; }

install_and_remove() {
    wine "$setup" /S '/D=C:\programs\rednet' || fail "the installer ended with code $?"
    for file in rednet.exe rednet-gui.exe _internal/resources/model licences/INDEX.txt uninstall.exe; do
        [ -f "$installed/$file" ] || fail "$file is not installed"
    done
    registry 'Classes\.jpg' | grep -q RedNetRestore.Picture || fail ".jpg is not offered to the program"
    registry 'Microsoft\Windows\CurrentVersion\Uninstall\rednet-restore' | grep -q "DisplayVersion.*$version" ||
        fail "Windows does not list the program"
    touch "$installed/_internal/of-an-older-version" "$installed/a-photo.jpg"
    wine "$setup" /S '/D=C:\programs\rednet' || fail "installing over itself ended with code $?"
    [ ! -e "$installed/_internal/of-an-older-version" ] || fail "an older version's file stays"
    wine "$installed/uninstall.exe" /S '_?=C:\programs\rednet' || fail "the uninstaller ended with code $?"
    rm -f "$installed/uninstall.exe" # cannot delete itself when it is waited for
    [ "$(ls "$installed")" = a-photo.jpg ] || fail "left behind: $(ls "$installed")"
    if registry Classes | grep -q RedNetRestore; then fail "left in the registry: $(registry Classes | grep RedNet)"; fi
}

make_payload
if [ -f build/bundle/icons/rednet-restore.ico ]; then
    cp build/bundle/icons/rednet-restore.ico "$work/icon.ico"
else
    cp /usr/share/nsis/Contrib/Graphics/Icons/modern-install.ico "$work/icon.ico"
fi
compile
say "ok    the Windows installer compiles"
if command -v wine >/dev/null 2>&1; then
    install_and_remove
    wineserver -w 2>/dev/null || true
    say "ok    it installs, installs over itself, and removes all but the user's files"
fi
