#!/bin/sh
# Installs the conformance judges that pip does not: system programs where root or sudo allows, npm
# packages into $1/node_modules. Prints the command and exits 69 (EX_UNAVAILABLE) where it may not.
# Versions of npm packages are pinned: another release may judge otherwise.
set -eu
FOLDER=${1:-build/judges}

say() { printf '%s\n' "$*" >&2; }

# The packages of this system for the programs that are missing: "program:package" each.
missing() {
    for pair in "$@"; do
        command -v "${pair%%:*}" >/dev/null 2>&1 || printf '%s ' "${pair#*:}"
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

if command -v apt-get >/dev/null 2>&1; then
    packages=$(missing java:default-jre-headless node:nodejs npm:npm chromium:chromium \
        pdfinfo:poppler-utils soffice:libreoffice-writer-nogui)
    command="apt-get install -y --no-install-recommends $packages"
elif command -v dnf >/dev/null 2>&1; then
    packages=$(missing java:java-latest-openjdk-headless node:nodejs npm:npm chromium-browser:chromium \
        pdfinfo:poppler-utils soffice:libreoffice-writer)
    command="dnf install -y $packages"
else
    packages=$(missing java:Java node:Node.js npm:npm chromium:Chromium pdfinfo:poppler soffice:LibreOffice)
    command="(the packages of your system for: $packages)"
fi
if [ -n "$packages" ]; then
    say "Installing programs of judges: $command"
    case $command in
        apt-get*) as_root apt-get update -qq >&2 || true ;;
        '('*) say "Install $packages"; exit 69 ;;
    esac
    as_root env DEBIAN_FRONTEND=noninteractive $command >&2 || { say "Run: sudo $command"; exit 69; }
fi
mkdir -p "$FOLDER"
PUPPETEER_SKIP_DOWNLOAD=1 ELECTRON_SKIP_BINARY_DOWNLOAD=1 npm install --silent --no-audit --no-fund \
    --prefix "$FOLDER" @daisy/ace@1.4.6 @ooxml-tools/validate@0.4.6 vnu-jar@26.9.27 >&2
