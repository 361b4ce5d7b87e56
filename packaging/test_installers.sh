#!/bin/sh
# Proves the .deb and the .run in dist/ on an empty machine: a Debian without Python, in a network namespace without
# interfaces, where a person installs, checks, restores a photo with mouse and keyboard, and removes. As root.
# Called by `make bundle-test`. The empty system is kept in build/bundle-test, so that the next time is fast.
set -eu
cd "$(dirname "$0")/.."
. packaging/empty_machine.sh
built=dist/rednet-restore_$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)_$(dpkg --print-architecture)
deb=$built.deb
run=$built.run
photo=resources/samples/noisy-coffee.jpg

# What a photographer does in the window of 1280 x 800 pixels. A button shines when it can be pressed.
restore_button=268x36+996+608
save_button=268x36+996+720

restore_in_window() { # restore_in_window PROGRAM WHAT
    home=$machine/home/photographer
    cp "$photo" "$home/photo.jpg"
    chmod a+r "$home/photo.jpg"
    start_screen
    as_photographer "exec $1 /home/photographer/photo.jpg" >"$work/window.log" 2>&1 &
    wait_until find_window RED-Net || fail "$2: no window appears: $(tail -n 1 "$work/window.log")"
    wait_until is_bright "$restore_button" || fail "$2: the photo is not opened"
    click "$restore_button"
    wait_until is_bright "$save_button" || fail "$2: the photo is not restored"
    click "$save_button"
    wait_until find_window Save || fail "$2: no dialog asks where to save"
    press Save ctrl+a
    xdotool type --delay 60 /home/photographer/restored.jpg
    xdotool key Return
    wait_until test -s "$home/restored.jpg" || fail "$2: the photo is not saved"
    wait_until is_gone Save || fail "$2: the dialog stays"
    open_guide "$2"
    press RED-Net ctrl+q
    wait_until is_gone RED-Net || fail "$2: the window does not close"
    stop_screen
    as_photographer "$3 restore photo.jpg -o check.jpg --task camera_noise" >/dev/null 2>&1
    cmp -s "$home/restored.jpg" "$home/check.jpg" || fail "$2: the window restores otherwise than the command line"
    rm "$home/check.jpg"
    ok "$2: a photo is restored in the window by mouse and keyboard, as the command line does it"
}

open_guide() { # open_guide WHAT: the system's browser gets the page, and nothing of the bundle but that
    press RED-Net shift+F1
    wait_until test -s "$home/browser" || fail "$1: the user guide is not opened"
    if grep -e '^LD_LIBRARY_PATH=' -e '^QT_PLUGIN_PATH=' "$home/browser"; then fail "$1: a browser cannot run with that"; fi
    page=$(sed -n 's|^page=file://||p' "$home/browser")
    [ -s "$machine$page" ] || fail "$1: there is no user guide at '$page'"
    rm "$home/browser"
    ok "$1: the browser shows the user guide, with libraries of its own"
}

self_test() { # self_test PROGRAM WHAT
    as_photographer "$1 --self-test" >"$work/self-test.log" 2>&1 || fail "$2: $(grep FAIL "$work/self-test.log")"
    ok "$2: $(tail -n 1 "$work/self-test.log") ($(grep -c '^ok' "$work/self-test.log") checks)"
}

says() { # says SENTENCE COMMAND: it fails with this sentence and nothing else
    if as_photographer "$2" >"$work/said" 2>&1; then fail "'$2' succeeds"; fi
    grep -q "$1" "$work/said" || fail "'$2' says: $(cat "$work/said")"
    [ "$(wc -l <"$work/said")" = 1 ] || fail "'$2' says too much: $(cat "$work/said")"
    ok "$(cat "$work/said")"
}

make_older_deb() { # make_older_deb FILE: the same package as an earlier version
    rm -rf "$work/older"
    mkdir "$work/older"
    (cd "$work/older" && ar x "$OLDPWD/$deb" && mkdir control && tar -xJf control.tar.xz -C control &&
        sed -i 's/^Version: .*/Version: 0.0.1/' control/control && tar -cJf control.tar.xz -C control . &&
        ar -rc "$1" debian-binary control.tar.xz data.tar.xz)
    rm -rf "$work/older"
}

put_own_things() { # settings, of a version to come too, and a model of the user's own
    config=$machine/home/photographer/.config/rednet-restore models=$machine/home/photographer/.local/share/rednet-restore/models
    mkdir -p "$config" "$models"
    printf '[General]\nlanguage=ko\nappearance=sepia\nfrom_a_version_to_come=7\n' >"$config/settings.ini"
    cp resources/models/denoise.safetensors "$models/mine.safetensors"
    inside "chown -R photographer: /home/photographer"
}

own_things_stay() { # own_things_stay WHAT
    grep -qx from_a_version_to_come=7 "$config/settings.ini" || fail "$1: the settings are lost"
    grep -qx language=ko "$config/settings.ini" || fail "$1: the language is lost"
    cmp -s resources/models/denoise.safetensors "$models/mine.safetensors" || fail "$1: the user's model is lost"
    rm -r "$config" "$models"
    ok "$1: an upgrade keeps the settings and the user's model"
}

test_deb() {
    new_machine deb
    cp "$deb" "$machine/root/rednet.deb"
    make_older_deb "$machine/root/older.deb"
    inside "apt-get install -y -qq --no-install-recommends --no-download \$(cat /root/needed) >/dev/null 2>&1"
    list_files >"$work/before"
    inside "dpkg --install /root/older.deb >/dev/null"
    put_own_things
    inside "dpkg --install /root/rednet.deb >/dev/null"
    ok "deb: installed without a network and without Python, over an older version"
    as_photographer "QT_QPA_PLATFORM=offscreen timeout 15 rednet-gui" >/dev/null 2>&1 || [ $? = 124 ] ||
        fail "deb: the program does not start with the settings that were there"
    own_things_stay deb
    self_test rednet deb
    says "There is no display" "env -u DISPLAY rednet-gui"
    restore_in_window rednet-gui deb rednet
    start_in_background rednet-gui
    if inside "dpkg --install /root/rednet.deb" >"$work/said" 2>&1; then fail "deb: it is replaced while it runs"; fi
    grep -q "RED-Net Restore is running" "$work/said" || fail "deb: $(cat "$work/said")"
    ok "deb: $(grep running "$work/said")"
    stop_program
    inside "dpkg --purge rednet-restore >/dev/null"
    list_files >"$work/after"
    diff "$work/before" "$work/after" >"$work/left" || fail "deb: left behind: $(cat "$work/left")"
    ok "deb: removed, nothing is left but the user's files: $(user_files)"
    end_machine
}

test_run() {
    new_machine run
    cp "$run" "$machine/home/photographer/rednet.run"
    says "The command 'xz' is missing" "sh rednet.run"
    inside "apt-get install -y -qq --no-download xz-utils >/dev/null 2>&1"
    says "This system lacks" "sh rednet.run"
    inside "apt-get install -y -qq --no-install-recommends --no-download \$(cat /root/needed) >/dev/null 2>&1"
    { head -c 100000 "$run"; echo damage; tail -c +100008 "$run"; } >"$machine/home/photographer/damaged.run"
    says "This file is damaged" "sh damaged.run"
    says "Nothing can be written to /usr" "sh rednet.run --prefix /usr/photographer"
    mkdir "$machine/small"
    mount -t tmpfs -o size=50m,mode=777 none "$machine/small"
    says "There is too little space in /small" "sh rednet.run --prefix /small"
    umount "$machine/small"
    rm "$machine/home/photographer/damaged.run"
    list_files >"$work/before"
    as_photographer "sh rednet.run" >"$work/run.log" 2>&1 || fail "run: $(tail -n 1 "$work/run.log")"
    ok "run: $(tail -n 1 "$work/run.log")"
    self_test .local/bin/rednet run
    restore_in_window .local/bin/rednet-gui run .local/bin/rednet
    start_in_background .local/bin/rednet-gui
    says "RED-Net Restore is running" "sh rednet.run"
    stop_program
    put_own_things
    as_photographer "sh rednet.run" >/dev/null 2>&1 || fail "run: it cannot be installed over itself"
    own_things_stay run
    as_photographer ".local/lib/rednet-restore/uninstall >/dev/null"
    list_files >"$work/after"
    diff "$work/before" "$work/after" >"$work/left" || fail "run: left behind: $(cat "$work/left")"
    ok "run: removed, nothing is left but the user's files: $(user_files)"
    end_machine
}

install_tools
make_base
trap end_all EXIT
trap 'exit 130' INT TERM
test_deb
test_run
sh packaging/windows/test_installer.sh
ok "everything"
