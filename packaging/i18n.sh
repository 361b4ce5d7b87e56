#!/bin/sh
# Collect the words of the window into resources/i18n/*.ts and compile what is translated. Called by `make i18n`.
set -eu
bin=$1
for language in ko; do
    name=resources/i18n/rednet_$language
    # Without places in the source, so that only changed words change the file.
    # shellcheck disable=SC2046  # no module has a space in its name
    "$bin/pyside6-lupdate" $(find rednet_gui -name '*.py' | LC_ALL=C sort) -silent -no-obsolete -locations none \
        -source-language en_US -target-language "$language" -ts "$name.ts"
    "$bin/pyside6-lrelease" -silent "$name.ts" -qm "$name.qm"
done
