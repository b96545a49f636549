#!/bin/sh
# lilv must find both LV2 plugins by their URIs and read their data.
set -eu
plugins="$(cd "$1" && pwd)"
if ! command -v lv2ls >/dev/null || ! command -v lv2info >/dev/null; then
    echo "skipped: lv2ls and lv2info (package lilv-utils) are not installed"
    exit 77
fi
LV2_PATH="$(mktemp -d)"
export LV2_PATH
trap 'rm -rf "$LV2_PATH"' EXIT
for bundle in "$plugins"/*.lv2; do
    ln -s "$bundle" "$LV2_PATH/"
done
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
