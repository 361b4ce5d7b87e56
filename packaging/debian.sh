# What Debian and its relatives lack of the libraries that Qt loads. For `.`, by setup.sh and bundle.sh.

# Debian package and the library in it that Qt loads; names of packages differ between releases, of libraries not.
libraries="libegl1:libEGL.so.1 libgl1:libGL.so.1 libglib2.0-0:libglib-2.0.so.0 libfontconfig1:libfontconfig.so.1
libdbus-1-3:libdbus-1.so.3 libxkbcommon0:libxkbcommon.so.0 libxkbcommon-x11-0:libxkbcommon-x11.so.0
libxcb-cursor0:libxcb-cursor.so.0 libxcb-icccm4:libxcb-icccm.so.4 libxcb-image0:libxcb-image.so.0
libxcb-keysyms1:libxcb-keysyms.so.1 libxcb-randr0:libxcb-randr.so.0 libxcb-render-util0:libxcb-render-util.so.0
libxcb-shape0:libxcb-shape.so.0"

missing_libraries() {
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
    for pair in $libraries; do
        case "$known" in *"${pair#*:} "*) ;; *) printf ' %s' "${pair%%:*}" ;; esac
    done
}

install_packages() { # install_packages NAME ...: as root, or say how
    [ $# -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ]; then
        printf '%s\n' "System libraries are missing. Run this line, then try again:" \
            "  sudo apt-get update && sudo apt-get install -y $*" >&2
        exit 1
    fi
    printf '%s\n' "Installing system libraries: $*" >&2
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
