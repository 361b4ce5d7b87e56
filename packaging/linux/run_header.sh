#!/bin/sh
# RED-Net Restore @VERSION@: installs the program for you alone, below ~/.local. What follows this script is the program.
set -eu
umask 022
version=@VERSION@
machine=@MACHINE@
glibc=@GLIBC@
needed_kb=@INSTALLED_KB@
checksum=@SHA256@
libraries="libstdc++.so.6 libEGL.so.1 libGL.so.1 libX11.so.6 libX11-xcb.so.1 libxcb.so.1 libdbus-1.so.3
libfontconfig.so.1 libfreetype.so.6"
tools="awk df grep ls mkdir mv rm sed sha256sum sort tail tar xz"
prefix=$HOME/.local
unpacked=

tell() { # in the terminal, or in a dialog where it was started from an icon
    printf '%s\n' "$*" >&2
    [ ! -t 2 ] || return 0
    for dialog in "zenity --info --text" "kdialog --msgbox" xmessage; do
        if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && command -v "${dialog%% *}" >/dev/null 2>&1; then
            $dialog "$*" 2>/dev/null && return 0
        fi
    done
    return 0
}

fail() {
    tell "$*"
    exit 1
}

# shellcheck disable=SC2317  # the trap calls it
clean_up() {
    if [ -e "$home" ]; then rm -rf "$replaced"; elif [ -e "$replaced" ]; then mv "$replaced" "$home"; fi
    [ -z "$unpacked" ] || rm -rf "$unpacked"
}

usage() {
    echo "Usage: sh $0 [--prefix FOLDER] [--check]"
    echo "Installs RED-Net Restore $version below FOLDER (~/.local); --check only tells whether it could."
}

check_system() {
    [ "$(uname -s) $(uname -m)" = "Linux $machine" ] ||
        fail "This program is for Linux on $machine, and this is $(uname -s) on $(uname -m)."
    for tool in $tools; do
        command -v "$tool" >/dev/null 2>&1 ||
            fail "The command '$tool' is missing: install it with your package manager, then try again."
    done
    found=$(getconf GNU_LIBC_VERSION 2>/dev/null | sed 's/.* //')
    newest=$(printf '%s\n' "${found:-0}" "$glibc" | sort -V | tail -n 1)
    [ "$newest" = "$found" ] ||
        fail "This system is too old: the program needs glibc $glibc, and this system has ${found:-another C library}."
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)
    missing=
    for library in $libraries; do
        case "$known" in *"$library "*) ;; *) missing="$missing $library" ;; esac
    done
    [ -z "$missing" ] ||
        fail "This system lacks$missing: install that with your package manager, then try again."
}

check_file() {
    start=$(awk '/^__PROGRAM__$/ { print NR + 1; exit }' "$0")
    [ "$(tail -n "+$start" "$0" | sha256sum | cut -d ' ' -f 1)" = "$checksum" ] ||
        fail "This file is damaged: download it again."
}

check_target() {
    home=$prefix/lib/rednet-restore
    replaced=$prefix/lib/.rednet-restore-old
    existing=$prefix
    while [ ! -e "$existing" ]; do existing=$(dirname "$existing"); done
    { [ -d "$existing" ] && [ -w "$existing" ]; } || fail "Nothing can be written to $existing: choose another folder with --prefix."
    free_kb=$(df -Pk "$existing" | awk 'NR == 2 { print $4 }')
    [ "$free_kb" -gt $((needed_kb + 10240)) ] ||
        fail "There is too little space in $existing: $((needed_kb / 1024 + 10)) MB are needed, $((free_kb / 1024)) MB are free."
    # shellcheck disable=SC2010  # links to programs, not names of files
    if ls -l /proc/[0-9]*/exe 2>/dev/null | grep -qF -- "-> $home/"; then
        fail "RED-Net Restore is running: close it, then install again."
    fi
}

unpack() {
    mkdir -p "$prefix/lib" || fail "Nothing can be written to $prefix/lib: choose another folder with --prefix."
    unpacked=$prefix/lib/.rednet-restore-new
    rm -rf "$unpacked"
    mkdir "$unpacked"
    tail -n "+$start" "$0" | xz -dc | tar -C "$unpacked" --no-same-owner -x 2>/dev/null ||
        fail "The program could not be unpacked into $prefix/lib: is the disk full?"
    "$unpacked/usr/lib/rednet-restore/rednet" --version >/dev/null 2>&1 ||
        fail "The program does not start on this system; nothing was installed. Please report this."
}

install_files() {
    share=$prefix/share
    rm -rf "$replaced"
    [ ! -e "$home" ] || mv "$home" "$replaced"
    mv "$unpacked/usr/lib/rednet-restore" "$home"
    rm -rf "$replaced"
    mkdir -p "$prefix/bin" "$share/applications" "$share/icons" "$share/man/man1"
    for command in rednet rednet-gui; do ln -sf "$home/$command" "$prefix/bin/$command"; done
    cp "$unpacked/usr/share/man/man1/"* "$share/man/man1/"
    cp -r "$unpacked/usr/share/icons/hicolor" "$share/icons/"
    {
        sed "s|^Exec=rednet-gui|Exec=\"$home/rednet-gui\"|" "$unpacked/usr/share/applications/rednet-restore.desktop"
        printf 'Actions=Uninstall;\n\n[Desktop Action Uninstall]\nName=Uninstall\nName[ko]=제거\nExec="%s/uninstall"\n' "$home"
    } >"$share/applications/rednet-restore.desktop"
    write_uninstaller >"$home/uninstall"
    chmod 755 "$home/uninstall"
    refresh_desktop
}

refresh_desktop() {
    update-desktop-database "$share/applications" 2>/dev/null || true
    [ ! -e "$share/icons/hicolor/icon-theme.cache" ] || gtk-update-icon-cache -qtf "$share/icons/hicolor" || true
}

write_uninstaller() {
    cat <<END
#!/bin/sh
# Removes RED-Net Restore; your photos, settings and models stay.
prefix='$prefix'
if ls -l /proc/[0-9]*/exe 2>/dev/null | grep -qF -- "-> \$prefix/lib/rednet-restore/"; then
    echo "RED-Net Restore is running: close it, then remove it." >&2
    exit 1
fi
cd "\$prefix" || exit 1
rm -rf lib/rednet-restore
rm -f bin/rednet bin/rednet-gui share/applications/rednet-restore.desktop share/man/man1/rednet.1.gz \\
    share/man/man1/rednet-gui.1.gz share/icons/hicolor/*/apps/rednet-restore.*
rmdir share/icons/hicolor/*/apps share/icons/hicolor/* share/icons/hicolor share/icons share/man/man1 share/man \\
    share/applications bin lib 2>/dev/null
update-desktop-database share/applications 2>/dev/null
[ "\$(ls share/applications 2>/dev/null)" != mimeinfo.cache ] || rm -r share/applications
echo "RED-Net Restore is removed."
END
}

check_only=
while [ $# -gt 0 ]; do
    case "$1" in
        --prefix)
            [ $# -gt 1 ] || fail "A folder must follow --prefix."
            case "$2" in /*) prefix=$2 ;; *) prefix=$PWD/$2 ;; esac
            shift
            ;;
        --check) check_only=1 ;;
        --help | -h)
            usage
            exit 0
            ;;
        *) fail "There is no option '$1'; see 'sh $0 --help'." ;;
    esac
    shift
done
case "$prefix" in *\'* | *\"* | *\|*) fail "The folder's name must hold no quotes and no bar: $prefix" ;; esac
check_system
check_file
check_target
[ -z "$check_only" ] || { tell "RED-Net Restore $version can be installed."; exit 0; }
trap clean_up EXIT
trap 'exit 130' INT TERM HUP
unpack
install_files
tell "RED-Net Restore $version is installed: start it from the menu, or with $prefix/bin/rednet-gui. To remove it: $home/uninstall"
exit 0
# shellcheck disable=SC2317  # marks the end
__PROGRAM__
