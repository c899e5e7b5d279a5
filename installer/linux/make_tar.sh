#!/bin/sh
# Put the frozen program into an archive: make_tar.sh dist/gendan gendan.tar.gz
set -eu
tar -C "$(dirname "$1")" -czf "$2" "$(basename "$1")"
