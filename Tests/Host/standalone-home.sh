#!/bin/sh
# The standalone application in a home that cannot be written: it runs, says at its end what could
# not be kept, fails, and harms nothing.
# usage: standalone-home.sh STANDALONE_PROGRAM
set -eu
if ! command -v Xvfb >/dev/null || ! command -v xprop >/dev/null; then
    echo "skipped: Xvfb and xprop (packages xvfb, x11-utils) are not installed"
    exit 77
fi
desk="$(mktemp -d)"
screen=
application=
cleanUp() {
    [ -z "$application" ] || kill -KILL "$application" 2>/dev/null || true
    [ -z "$screen" ] || kill "$screen" 2>/dev/null || true
    rm -rf "$desk"
}
trap cleanUp EXIT
. "$(dirname "$0")/own-display.sh"
startDisplay 1280x1024x24

mkdir "$desk/home"
echo "no folder" >"$desk/home/.config"
HOME="$desk/home" XDG_CONFIG_HOME="$desk/home/.config" "$1" >"$desk/output" 2>&1 &
application=$!
# Its window is there: it runs. Then Ctrl-C.
for _ in $(seq 300); do
    xwininfo -root -tree 2>/dev/null | grep -q Organum && break
    sleep 0.1
done
sleep 0.5
kill -INT "$application"
status=0
wait "$application" || status=$?
application=
cat "$desk/output"
[ "$status" -eq 1 ] || {
    echo "the exit code is $status, not 1"
    exit 1
}
grep -q "Could not write the settings" "$desk/output" || {
    echo "nothing was said of what could not be kept"
    exit 1
}
[ "$(cat "$desk/home/.config")" = "no folder" ]
