#!/bin/sh
# Ardour records the music of the plugin in a new session, and again after the session was reopened
# in a new process that finds no engine: both must be the same.
# usage: ardour-session.sh PLUGINS_FOLDER
set -eu
plugins="$(cd "$1" && pwd)"
script="$(cd "$(dirname "$0")" && pwd)/ardour-session.lua"
lua="$(command -v ardour7-lua || command -v ardour8-lua || true)"
scanner="$(ls /usr/lib/ardour*/ardour-vst3-scanner 2>/dev/null | head -n 1)"
if [ -z "$lua" ] || [ -z "$scanner" ]; then
    echo "skipped: Ardour is not installed (package ardour); NO REAL DAW HAS SEEN THESE PLUGINS"
    exit 77
fi
desk="$(mktemp -d)"
trap 'rm -rf "$desk"' EXIT
export HOME="$desk/home"
mkdir -p "$HOME/.vst3" "$HOME/.lv2"
ln -s "$plugins"/*.vst3 "$HOME/.vst3/"
ln -s "$plugins"/*.lv2 "$HOME/.lv2/"
sleep 1 # the cache counts whole seconds: a plugin just linked would be newer than its entry
LD_LIBRARY_PATH="$(dirname "$scanner")" "$scanner" -f "$HOME"/.vst3/*.vst3 >"$desk/scan" 2>&1 || {
    cat "$desk/scan"
    echo "Ardour's scanner refuses the plugins"
    exit 1
}

ardour() { # step format plugin output
    STEP="$1" FORMAT="$2" PLUGIN="$3" SESSION="$desk/session" "$lua" "$script" >"$4" 2>&1 || true
    grep -q '^END' "$4" && ! grep -q '^FAILED' "$4" || {
        cat "$4"
        echo "Ardour: step '$1' with the $2 plugin $3 failed"
        exit 1
    }
}

# Ardour begins to record some time after it rolls, later on a busy machine: what both recordings
# have heard is compared, and the common part must be long enough.
notesFrom() { # tick recording
    awk -v start="$1" '$1 == "NOTE" && $3 + 0 >= start' "$2"
}

check() { # format plugin
    rm -rf "$desk/session"
    ardour make "$1" "$2" "$desk/first"
    ORGANUM_ENGINE=/nowhere/engine.so ardour reopen "$1" "$2" "$desk/second"
    start="$(grep -h -m 1 '^NOTE' "$desk/first" "$desk/second" | awk '{ print $3 + 0 }' | sort -n |
        tail -n 1)"
    notesFrom "$start" "$desk/first" >"$desk/first-notes"
    notesFrom "$start" "$desk/second" >"$desk/second-notes"
    count="$(wc -l <"$desk/first-notes")"
    if [ "$count" -lt 6 ]; then
        cat "$desk/first" "$desk/second"
        echo "Ardour recorded only $count notes of the $1 plugin $2"
        exit 1
    fi
    diff "$desk/first-notes" "$desk/second-notes" || {
        echo "Ardour heard other music after reopening the session with the $1 plugin $2"
        exit 1
    }
    echo "Ardour: $count notes of the $1 plugin $2, the same after reopening"
}

check lv2 https://organum.audio/lv2/organum-midi
check vst3 "Organum MIDI"
check vst3 "Organum"
