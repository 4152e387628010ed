#!/bin/sh
# Installs the parsers that messages are read by beside Python's: Node's mailparser into $1/node_modules, and munpack.
# Prints the command and exits 69 (EX_UNAVAILABLE) where it may not. Versions of npm packages are pinned.
set -eu
FOLDER=${1:-build/mail}

say() { printf '%s\n' "$*" >&2; }

missing() {
    for pair in "$@"; do
        command -v "${pair%%:*}" >/dev/null 2>&1 || printf '%s ' "${pair#*:}"
    done
}

packages=$(missing node:nodejs npm:npm munpack:mpack)
if [ -n "$packages" ]; then
    command="apt-get install -y -qq --no-remove --no-install-recommends $packages"
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
        say "make test-mail: missing $packages. Run: sudo $command"
        exit 69
    fi
    say "Installing parsers of mail: $command"
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive $command >&2 || { say "make test-mail: apt-get could not install $packages"; exit 69; }
fi
mkdir -p "$FOLDER"
npm install --silent --no-fund --no-audit --no-save --prefix "$FOLDER" mailparser@3.9.0 >&2 ||
    { say "make test-mail: npm could not install mailparser"; exit 69; }
