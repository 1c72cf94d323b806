#!/bin/sh
# Make .venv-windows: a Wine of its own, in which tests/test_windows.py tries what `make windows-zip` has made. What is
# there already is left as it is. Needs Debian, and root where Wine or the linker is missing.
set -eu
wine=/usr/lib/wine/wine64 linker=x86_64-w64-mingw32-ld
home=$(cd "$(dirname "$0")" && pwd)

if [ ! -x "$wine" ] || ! command -v "$linker" >/dev/null; then
    apt-get update -qq
    apt-get install -qq -y --no-install-recommends wine64 binutils-mingw-w64-x86-64 >/dev/null
fi
export WINEPREFIX="$PWD/.venv-windows" WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml="
shim=$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll
if [ ! -e "$shim" ]; then
    mkdir -p "$WINEPREFIX"
    # What Wine leaves running keeps whatever it was given to write to, so that whoever reads it would wait for ever.
    timeout 120 "$wine" wineboot --init </dev/null >/dev/null 2>&1
    "$linker" --dll -o "$shim" "$home/bcryptprimitives.def"
fi
