#!/usr/bin/env bash
# Drags takes out of Organum's window into another program's, with a synthetic mouse under Xvfb: the
# whole take three times over, then a voice; each arrives as a file of its own, and Organum then
# stands still. A drag that ends in its own window, or that nobody takes, changes nothing.
# usage: drag-out.sh WINDOW_PROGRAM TARGET_PROGRAM
set -euo pipefail
for program in Xvfb xprop xdotool; do
    command -v "$program" >/dev/null || {
        echo "skipped: $program (packages xvfb, x11-utils, xdotool) is not installed"
        exit 77
    }
done
desk="$(mktemp -d)"
processes=()
cleanUp() {
    for process in "${processes[@]}"; do kill "$process" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$desk"
}
trap cleanUp EXIT
fail() {
    echo "$*"
    echo "-- window:" && cat "$desk/window"
    echo "-- target:" && cat "$desk/target"
    exit 1
}
. "$(dirname "${BASH_SOURCE[0]}")/own-display.sh"
startDisplay 1600x1000x24
processes+=("$screen")

export HOME="$desk/home with spaces" XDG_CACHE_HOME="$desk/cache with spaces"
export ORGANUM_MODELS="$desk/models" XDG_DATA_HOME="$desk/data"
mkdir "$HOME" "$XDG_CACHE_HOME" "$ORGANUM_MODELS"
mkfifo "$desk/orders" "$desk/quiet"
"$2" 1250 100 <"$desk/quiet" >"$desk/target" 2>/dev/null &
processes+=($!)
"$1" <"$desk/orders" >"$desk/window" 2>/dev/null &
processes+=($!)
exec 4>"$desk/quiet" 5>"$desk/orders"

await() { # file, words, how often
    for _ in $(seq 300); do
        [ "$(grep -c "$2" "$desk/$1" || true)" -ge "$3" ] && return
        sleep 0.1
    done
    fail "\"$2\" did not come $3 times from the $1"
}
await target ready 1
await window ready 1

drag() { # from the handle of that title, to x, y
    local x y
    read -r x y <<<"$(grep "^handle .* $1\$" "$desk/window" | cut -d ' ' -f 2,3)"
    xdotool mousemove "$x" "$y" mousedown 1
    for step in 1 2 3 4 5 6 7 8; do
        xdotool mousemove $((x + ($2 - x) * step / 8)) $((y + ($3 - y) * step / 8))
        sleep 0.05
    done
    sleep 0.2
    xdotool mouseup 1
}

for time in 1 2 3; do
    drag "Drag MIDI" 1350 200
    await target "^dropped" "$time"
    await window "stands still" "$time"
    echo follow >&5
    await window "follows" "$time"
done
drag "Drag Tenor" 1350 200
await target "^dropped" 4
await window "stands still" 4
echo follow >&5
await window "follows" 4
drag "Drag MIDI" 300 300 # changed his mind
drag "Drag MIDI" 1500 950 # where nobody takes it
sleep 1
[ "$(grep -c "stands still" "$desk/window")" -eq 4 ] || fail "a drag that went nowhere had an effect"
drag "Drag MIDI" 1350 200 # and another one
await target "^dropped" 5

grep -q "^broken" "$desk/target" && fail "a file could not be read"
grep "^dropped" "$desk/target"
[ "$(grep "^dropped" "$desk/target" | sort -u | wc -l)" -eq 5 ] || fail "a file came twice"
[ "$(grep -c "^dropped 4 " "$desk/target")" -eq 4 ] || fail "a whole take has four parts"
[ "$(sed -n 's/.*\/Model-choir_16-bars_seed-1.mid$/x/p' "$desk/target" | wc -l)" -eq 4 ] ||
    fail "after the drag that went nowhere it was another take"
[ "$(grep -c "^dropped 1 .*Tenor" "$desk/target")" -eq 1 ] || fail "a voice has one part"
