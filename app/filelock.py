"""The lock of an open file: the system lets it go when its program ends, however it ends."""

from __future__ import annotations

import sys

_AT_BYTE = 512  # beyond what the file says, which others may read meanwhile

if sys.platform == "win32":  # pragma: no cover - the other branch runs in tests
    import msvcrt
    import os

    def take(descriptor: int) -> None:
        """Lock an open file for this process; raise ``OSError`` when another one has it."""
        os.lseek(descriptor, _AT_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def take(descriptor: int) -> None:
        """Lock an open file for this process; raise ``OSError`` when another one has it."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
