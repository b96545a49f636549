#!/bin/sh
# lilv must find both LV2 plugins by their URIs and read their data.
set -eu
plugins="$1"
if ! command -v lv2ls >/dev/null || ! command -v lv2info >/dev/null; then
    echo "skipped: lv2ls and lv2info (package lilv-utils) are not installed"
    exit 77
fi
export LV2_PATH="$plugins"
found="$(lv2ls)"
echo "$found"
for uri in https://organum.audio/lv2/organum https://organum.audio/lv2/organum-midi; do
    echo "$found" | grep -qx "$uri" || {
        echo "lv2ls does not list $uri"
        exit 1
    }
    lv2info "$uri" | grep -q "Name: *Organum" || {
        echo "lv2info cannot read $uri"
        exit 1
    }
done
