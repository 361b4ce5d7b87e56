# shellcheck shell=sh
# An empty machine to install on: functions for packaging/test_installers.sh, which sources this.
work=$PWD/build/bundle-test
base=$work/base
screen=:87
# What the .deb depends on, and xz for the .run: downloaded beforehand, since the machine has no network.
needed="$(sed -n 's/^Depends: //p' packaging/linux/control.in | sed 's/([^)]*)//g; s/,//g') xz-utils"

say() { printf '%s\n' "$*" >&2; }
ok() { say "ok    $*"; }
fail() {
    [ ! -e "$work/Xvfb.pid" ] || import -display "$screen" -window root "$work/screen.png" 2>/dev/null || true
    say "FAIL  $*"
    exit 1
}

install_tools() {
    [ "$(id -u)" = 0 ] || { say "This must run as root: it makes a system of its own and changes into it."; exit 1; }
    missing=
    for pair in debootstrap:debootstrap Xvfb:xvfb xdotool:xdotool import:imagemagick makensis:nsis wine:wine64; do
        command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair##*:}"
    done
    [ -z "$missing" ] && return
    case $missing in *wine64*) missing="$missing wine" ;; esac
    say "Installing$missing ..."
    apt-get update -qq
    # shellcheck disable=SC2086  # a list of words
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

make_base() {
    [ ! -e "$base/root/needed" ] || [ "$(cat "$base/root/needed")" != "$needed" ] || return 0
    say "Making an empty Debian (some minutes) ..."
    rm -rf "$base"
    mkdir -p "$work"
    debootstrap --variant=minbase bookworm "$base" >"$work/debootstrap.log"
    chroot "$base" apt-get update -qq
    # shellcheck disable=SC2086  # a list of words
    chroot "$base" apt-get install -y -qq --no-install-recommends --download-only $needed >/dev/null
    chroot "$base" useradd --create-home photographer
    printf '%s' "$needed" >"$base/root/needed"
    [ ! -e "$base/usr/bin/python3" ] || fail "the empty machine has Python"
}

# A machine is the base with a layer over it that is thrown away.
new_machine() { # new_machine NAME
    machine=$work/$1
    end_machine
    mkdir -p "$machine" "$machine.upper" "$machine.layer"
    mount -t overlay overlay -o "lowerdir=$base,upperdir=$machine.upper,workdir=$machine.layer" "$machine"
    mkdir -p "$machine/tmp/.X11-unix"
    mount -t proc proc "$machine/proc"
    mount --bind /dev "$machine/dev"
    mount -t tmpfs none "$machine/dev/shm"
    mkdir -p /tmp/.X11-unix
    mount --bind /tmp/.X11-unix "$machine/tmp/.X11-unix"
    make_browser >"$machine/usr/bin/xdg-open"
    chmod 755 "$machine/usr/bin/xdg-open"
}

make_browser() { # one that notes down what it was started with
    printf '#!/bin/sh\n{ env; echo "page=$1"; } >/home/photographer/browser.part\n'
    printf 'mv /home/photographer/browser.part /home/photographer/browser\n'
}

end_machine() {
    for point in tmp/.X11-unix dev/shm dev proc small .; do
        ! mountpoint -q "$machine/$point" || umount -l "$machine/$point"
    done
    rm -rf "$machine.upper" "$machine.layer"
}

end_all() {
    stop_screen
    end_machine
}

inside() { # inside COMMAND, as root, without any network
    unshare --net chroot "$machine" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive sh -c "$1"
}

as_photographer() { # as_photographer COMMAND, in the home folder
    unshare --net chroot --userspec=photographer "$machine" /usr/bin/env -i PATH=/usr/bin:/bin LANG=C.UTF-8 \
        HOME=/home/photographer DISPLAY="$screen" sh -c "cd && $1"
}

list_files() { # all but the user's own, and what dpkg notes down
    (cd "$machine" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./tmp -o -path ./var/lib/dpkg \
        -o -path ./var/log -o -path ./var/cache -o -path ./root -o -path ./home/photographer/.config \
        -o -path ./home/photographer/.cache -o -path './home/photographer/.local/share/rednet-restore' \
        -o -path ./home/photographer/.local/state -o -name 'photo.jpg' -o -name 'restored.jpg' \) -prune -o -print |
        grep -v -e '^./home/photographer/.local$' -e '^./home/photographer/.local/share$' | sort)
}

user_files() { (cd "$machine/home/photographer" && find . -type f ! -name '.bash*' ! -name .profile ! -name rednet.run | sort | tr '\n' ' '); }

start_screen() {
    Xvfb "$screen" -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 &
    echo $! >"$work/Xvfb.pid"
    export DISPLAY="$screen"
    wait_until test -S "/tmp/.X11-unix/X${screen#:}" || fail "Xvfb does not start"
}

stop_screen() {
    [ -e "$work/Xvfb.pid" ] || return 0
    kill "$(cat "$work/Xvfb.pid")" 2>/dev/null || true
    rm -f "$work/Xvfb.pid"
}

wait_until() { # wait_until COMMAND...: up to two minutes
    tries=0
    until "$@" >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ "$tries" -lt 240 ] || return 1
        sleep 0.5
    done
}

find_window() { # find_window NAME: its number
    found=$(xdotool search --onlyvisible --name "$1" | tail -n 1)
    [ -n "$found" ] && echo "$found"
}

# A search fails when a window closes meanwhile, so it is asked again.
focus() { window=$(find_window "$1") && xdotool windowfocus "$window"; }

press() { # press NAME KEY: in the window of that name
    wait_until focus "$1" || fail "there is no window '$1' to press $2 in"
    xdotool sleep 1 key "$2"
}

is_gone() { ! find_window "$1"; }

is_bright() { # is_bright WIDTHxHEIGHT+X+Y
    import -display "$screen" -window root -crop "$1" +repage "$work/crop.png"
    [ "$(convert "$work/crop.png" -colorspace gray -format '%[fx:int(100*maxima)]' info:)" -gt 75 ]
}

click() { # click WIDTHxHEIGHT+X+Y, in the middle
    x=$(echo "$1" | awk -F '[x+]' '{ print $3 + $1 / 2 }')
    y=$(echo "$1" | awk -F '[x+]' '{ print $4 + $2 / 2 }')
    xdotool mousemove "$x" "$y" click 1 mousemove 300 400
}

programs() { # process ids of the program on the machine
    for program in /proc/[0-9]*/exe; do
        case "$(readlink "$program" 2>/dev/null)" in
            "$machine"/*/rednet-restore/rednet*) echo "$program" | cut -d / -f 3 ;;
        esac
    done
}

is_running() { [ -n "$(programs)" ]; }
start_in_background() {
    as_photographer "QT_QPA_PLATFORM=offscreen exec $1" >/dev/null 2>&1 &
    wait_until is_running || fail "$1 does not start"
}

stop_program() {
    for id in $(programs); do kill "$id"; done
    wait_until not_running
}
not_running() { ! is_running; }
