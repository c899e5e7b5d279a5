#!/bin/sh
# Put the frozen program into a disk image: make_dmg.sh dist/gendan gendan.dmg
set -eu
hdiutil create -volname "Gendan" -srcfolder "$1" -ov -format UDZO "$2"
