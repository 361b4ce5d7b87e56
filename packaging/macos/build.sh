#!/bin/sh
# On macOS: build "dist/RED-Net Restore.app" and its .dmg. Needs Python 3.11 and nothing else.
# SIGN_AS names a certificate of the keychain; without one the program is signed for this machine only, and others must
# open it the first time with a right click.
set -eu
cd "$(dirname "$0")/../.."
app="dist/RED-Net Restore.app"
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
name=rednet-restore_${version}_macos_$(uname -m)
stage=build/dmg

sh packaging/bundle.sh
cp -R dist/rednet-restore/licences dist/rednet-restore/sbom.cdx.json "$app/Contents/Resources/"
codesign --force --deep --options runtime --entitlements packaging/macos/entitlements.plist --sign "${SIGN_AS:--}" "$app"
"$app/Contents/MacOS/rednet" --self-test

rm -rf "$stage"
mkdir -p "$stage"
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
hdiutil create -quiet -ov -volname "RED-Net Restore" -srcfolder "$stage" -format ULFO "dist/$name.dmg"
cp dist/rednet-restore/sbom.cdx.json "dist/$name.cdx.json"
(cd dist && shasum -a 256 "$name.dmg" >"$name.sha256")
echo "dist/$name.dmg is ready." >&2
