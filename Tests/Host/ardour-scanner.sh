#!/bin/sh
# Ardour's own scanner must accept both VST3 bundles.
set -eu
plugins="$1"
scanner="$(ls /usr/lib/ardour*/ardour-vst3-scanner 2>/dev/null | head -n 1)"
if [ -z "$scanner" ]; then
    echo "skipped: Ardour is not installed"
    exit 77
fi
HOME="$(mktemp -d)"
export HOME
trap 'rm -rf "$HOME"' EXIT
for bundle in "$plugins/Organum.vst3" "$plugins/OrganumMIDI.vst3"; do
    output="$(LD_LIBRARY_PATH="$(dirname "$scanner")" "$scanner" -f -v "$bundle" 2>&1)" || {
        echo "$output"
        echo "Ardour's scanner refuses $bundle"
        exit 1
    }
    echo "$output"
    find "$HOME" -name '*.v3i' | grep -q . || {
        echo "Ardour's scanner wrote no entry for $bundle"
        exit 1
    }
done
