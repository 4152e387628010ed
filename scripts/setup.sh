#!/bin/sh
# Sets up the virtual environment $VENV with what the argument names ('.' or '.[dev]'), and the
# system libraries WeasyPrint needs. Installs those where root or sudo allows; otherwise prints the
# exact command and exits 69 (EX_UNAVAILABLE). Safe to run again.
set -eu
VENV=${VENV:-.venv}
WHAT=${1:-.}

say() { printf '%s\n' "$*" >&2; }

find_python() {
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    say "No Python 3.11 or newer found. Install it, or name it: make PYTHON=/path/to/python3.12"
    exit 69
}

# The command that installs the libraries here; empty where we do not know this system.
install_command() {
    if command -v apt-get >/dev/null 2>&1; then
        echo "apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 python3-venv"
    elif command -v dnf >/dev/null 2>&1; then
        echo "dnf install -y pango harfbuzz"
    elif command -v brew >/dev/null 2>&1; then
        echo "brew install pango harfbuzz"
    fi
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        sudo "$@"
    else
        return 69
    fi
}

install_libraries() {
    command=$(install_command)
    case $command in
        '')
            say "Missing libraries: Pango and HarfBuzz (with harfbuzz-subset). Install them with this system's packages."
            exit 69 ;;
        apt-get*)
            say "Installing system libraries: $command"
            as_root env DEBIAN_FRONTEND=noninteractive sh -c "apt-get update -qq && $command -qq" >&2 || refuse "sudo $command" ;;
        brew*)
            $command >&2 || refuse "$command" ;;
        *)
            as_root $command >&2 || refuse "sudo $command" ;;
    esac
}

refuse() {
    say "System libraries are missing and could not be installed here. Run: $1"
    exit 69
}

libraries_present() {
    "$1" - <<'P'
import ctypes, ctypes.util, sys
names = {"pango-1.0": ["libpango-1.0.so.0", "libpango-1.0.dylib", "pango-1.0-0.dll"],
         "pangoft2-1.0": ["libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "pangoft2-1.0-0.dll"],
         "harfbuzz-subset": ["libharfbuzz-subset.so.0", "libharfbuzz-subset.dylib", "harfbuzz-subset-0.dll"]}
def loads(name):
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
sys.exit(not all(any(map(loads, [*files, *filter(None, [ctypes.util.find_library(name)])])) for name, files in names.items()))
P
}

python=$(find_python)
libraries_present "$python" || install_libraries
libraries_present "$python" || refuse "sudo $(install_command)"
if [ ! -x "$VENV/bin/python" ]; then
    "$python" -m venv "$VENV" 2>/dev/null || { rm -rf "$VENV"; install_libraries; "$python" -m venv "$VENV"; }
fi
say "Installing Python packages into $VENV"
"$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --editable "$WHAT"
"$VENV/bin/exporter" doctor >&2
