# To be sourced: an X server of the test's own. Needs $desk, a folder; sets $screen, the server's
# process, and DISPLAY.
#
# Never display 0: a program without DISPLAY, such as a host without windows, makes JUCE try that
# one, and would lose its connection in the middle of its work when this test ends.
startDisplay() { # width x height x depth
    number=$((1000 + $$ % 30000))
    Xvfb ":$number" -displayfd 3 -noreset -screen 0 "$1" 3>"$desk/display" >/dev/null 2>&1 &
    screen=$!
    for _ in $(seq 100); do
        [ -s "$desk/display" ] && break
        sleep 0.1
    done
    DISPLAY=":$number"
    export DISPLAY
    # JUCE asks for names that a window manager would have made.
    for name in WM_PROTOCOLS _NET_WM_WINDOW_TYPE _NET_WM_STATE WM_STATE; do
        xprop -root -f "$name" 8s -set "$name" x
    done
}
