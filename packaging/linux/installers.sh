#!/bin/sh
# Make the .deb and the .run for Linux of dist/rednet-restore/. Called by `make installers`.
set -eu
cd "$(dirname "$0")/../.."
here=packaging/linux
bundle=dist/rednet-restore
work=build/installers
root=$work/root
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
architecture=$(dpkg --print-architecture)
name=rednet-restore_${version}_${architecture}
compress="xz --threads=0 --x86 --lzma2=preset=${PRESET:-9e},dict=64MiB" # nearly all of it is machine code

say() { printf '%s\n' "$*" >&2; }

archive() { # archive FOLDER: the same bytes each time
    tar -C "$1" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --create .
}

newest_glibc() {
    find "$bundle" -type f \( -name '*.so*' -o -name 'rednet*' \) -exec objdump -T {} + 2>/dev/null |
        sed -n 's/.*GLIBC_\([0-9.]*\)).*/\1/p' | sort -Vu | tail -n 1
}

fill_root() {
    rm -rf "$work"
    mkdir -p "$root/usr/bin" "$root/usr/lib" "$root/usr/share/applications" "$root/usr/share/icons" \
        "$root/usr/share/man/man1" "$root/usr/share/doc/rednet-restore"
    cp -al "$bundle" "$root/usr/lib/rednet-restore"
    for command in rednet rednet-gui; do
        ln -s "../lib/rednet-restore/$command" "$root/usr/bin/$command"
        gzip -9n <"$here/rednet.1" >"$root/usr/share/man/man1/$command.1.gz"
    done
    cp "$here/rednet-restore.desktop" "$root/usr/share/applications/"
    cp -r build/bundle/icons/hicolor "$root/usr/share/icons/"
    cp "$here/copyright" "$root/usr/share/doc/rednet-restore/"
    gzip -9n <CHANGELOG.md >"$root/usr/share/doc/rednet-restore/changelog.gz"
    chmod -R u=rwX,go=rX "$root"
}

fill() { # fill FILE: with what is known of this build in the place of the @NAMES@
    sed -e "s/@VERSION@/$version/g" -e "s/@ARCHITECTURE@/$architecture/g" -e "s/@MACHINE@/$(uname -m)/g" \
        -e "s/@GLIBC@/$glibc/g" -e "s/@INSTALLED_KB@/$installed_kb/g" -e "s/@SHA256@/${sha256:-}/g" "$1"
}

make_deb() {
    mkdir "$work/control"
    fill "$here/control.in" >"$work/control/control"
    install -m 755 "$here/preinst" "$work/control/preinst"
    (cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$work/control/md5sums"
    archive "$work/control" | xz >"$work/control.tar.xz"
    echo 2.0 >"$work/debian-binary"
    rm -f "dist/$name.deb"
    (cd "$work" && ar -rcD "../../dist/$name.deb" debian-binary control.tar.xz data.tar.xz)
}

make_run() {
    sha256=$(sha256sum <"$work/data.tar.xz" | cut -d ' ' -f 1)
    fill "$here/run_header.sh" >"$work/header"
    cat "$work/header" "$work/data.tar.xz" >"dist/$name.run"
    chmod 755 "dist/$name.run"
}

SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
fill_root
installed_kb=$(du -sk "$root" | cut -f 1)
glibc=$(newest_glibc)
say "Compressing $((installed_kb / 1024)) MB (some minutes) ..."
archive "$root" | $compress >"$work/data.tar.xz"
make_deb
make_run
(cd dist && sha256sum "$name.deb" "$name.run" >"$name.sha256")
cp "$bundle/sbom.cdx.json" "dist/$name.cdx.json"
say "$(cd dist && du -m "$name".*)"
