#!/bin/sh
# jalv, another LV2 host, has the plugin compose by its Generate control and play freely into JACK:
# what a second client hears there must be what the command line composes with the same seed.
# usage: jalv-composes.sh PLUGINS_FOLDER ORGANUM
set -eu
plugins="$(cd "$1" && pwd)"
organum="$2"
python=/usr/bin/python3 # the system's own, which has the packages
for needed in "command -v jackd" "command -v jalv" "$python -c 'import mido'"; do
    eval "$needed" >/dev/null 2>&1 || {
        echo "skipped: no success of \"$needed\" (packages jackd2, jalv, python3-mido)"
        exit 77
    }
done
desk="$(mktemp -d)"
jack="" host="" ears=""
finish() {
    # One after the other, the server last: one that loses its clients while it ends may leave its
    # name in the register of the machine's servers, which has room for eight.
    for process in $host $ears $jack; do
        kill "$process" 2>/dev/null || true
        wait "$process" 2>/dev/null || true
    done
    rm -rf "$desk"
}
trap finish EXIT

export HOME="$desk/home" LV2_PATH="$plugins:/usr/lib/lv2" JACK_DEFAULT_SERVER="organum-jalv-$$"
export JACK_NO_AUDIO_RESERVATION=1
unset DISPLAY || true
mkdir -p "$HOME"
jackd -n "$JACK_DEFAULT_SERVER" -r -d dummy -r 48000 -p 256 >"$desk/jackd" 2>&1 &
jack=$!
waitFor() { # what, then a command
    what="$1"
    shift
    for _ in $(seq 200); do
        "$@" >/dev/null 2>&1 && return
        sleep 0.1
    done
    cat "$desk"/jackd "$desk"/jalv 2>/dev/null || true
    echo "there is no $what after twenty seconds"
    exit 1
}
hasPort() { jack_lsp | grep -q "$1"; }
waitFor "JACK server" jack_lsp

jack_midi_dump -a ears >"$desk/heard" 2>&1 &
ears=$!
mkfifo "$desk/commands"
sleep 1000 >"$desk/commands" & # jalv ends with its input
keeper=$!
ears="$ears $keeper"
# -s: without it jalv passes no changes of controls on while it shows no window.
jalv -s -n organum -c organum_midi_seed=7 -c organum_midi_bars=4 -c organum_midi_free_tempo=240 \
    -c organum_midi_run_free=1 -c organum_midi_generate=1 \
    https://organum.audio/lv2/organum-midi <"$desk/commands" >"$desk/jalv" 2>&1 &
host=$!
waitFor "plugin in jalv" hasPort '^organum:out'
waitFor "listener" hasPort '^ears:'
jack_connect organum:out "$(jack_lsp | grep '^ears:' | head -n 1)"

HOME="$desk" "$organum" generate --model tiny --bars 4 --seed 7 --top-p 0.95 -o "$desk/tune.mid"
"$python" - "$desk/tune.mid" "$desk/heard" <<'PYTHON'
import re, sys, time
import mido

tune = [m.note for m in mido.MidiFile(sys.argv[1]) if m.type == "note_on" and m.velocity]
assert len(tune) >= 8, tune
for _ in range(300):
    heard = []
    for line in open(sys.argv[2]):
        bytes_ = re.findall(r"\b[0-9a-f]{2}\b", line.split(":", 1)[-1])
        if len(bytes_) >= 3 and int(bytes_[0], 16) & 0xF0 == 0x90 and int(bytes_[2], 16):
            heard.append(int(bytes_[1], 16))
    # It runs already when the music comes, which begins at any of its bars and goes round.
    if len(heard) >= len(tune):
        break
    time.sleep(0.2)
wanted = len(tune)
rounds = tune * 3
found = any(heard[:wanted] == rounds[i:i + wanted] for i in range(wanted)) if wanted <= len(heard) \
    else False
print(f"jalv: {len(heard)} notes heard of a tune of {wanted}")
if not found:
    print("heard", heard[:2 * wanted], "composed", tune, sep="\n")
    sys.exit(1)
PYTHON
echo "jalv plays what the command line composes"
