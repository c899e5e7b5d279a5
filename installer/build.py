"""Build the frozen program for this system and try it: ``python3 dev.py build``."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# strip breaks the libraries that numpy brings along
NEVER_STRIPPED = ("numpy", "numpy.libs")


def build(place: Path) -> Path:
    """Freeze the program into ``place`` and return its folder."""
    command = [
        sys.executable, "-m", "PyInstaller", str(ROOT / "installer" / "gendan.spec"),
        "--noconfirm", "--distpath", str(place), "--workpath", str(place / "work"),
        "--log-level", "WARN",
    ]  # fmt: skip
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, cwd=ROOT, env=env)
    folder = place / "gendan"
    if sys.platform == "linux":
        drop_debug_symbols(folder / "_internal")
    return folder


def drop_debug_symbols(folder: Path) -> None:
    """Take the debug symbols out of the libraries that came with them."""
    strip = shutil.which("strip")
    if strip is None:
        print("without strip the program stays about 40 MiB larger")
        return
    files = [
        file
        for file in folder.rglob("*.so*")
        if not file.is_symlink() and file.relative_to(folder).parts[0] not in NEVER_STRIPPED
    ]
    subprocess.run([strip, "--strip-debug", *files], check=True)


def size_of(folder: Path) -> int:
    """Return the bytes of all files, links not followed."""
    return sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir())


def main() -> None:
    """Build, then run the smoke test unless told otherwise."""
    words = argparse.ArgumentParser(description=main.__doc__)
    words.add_argument("--place", type=Path, default=ROOT / "dist")
    words.add_argument("--no-smoke", action="store_true")
    chosen = words.parse_args()
    folder = build(chosen.place.absolute())
    print(f"built {folder}: {size_of(folder) / 2**20:.0f} MiB", flush=True)
    if not chosen.no_smoke:
        smoke = [sys.executable, str(ROOT / "installer" / "smoke.py"), str(folder)]
        subprocess.run(smoke, check=True)


if __name__ == "__main__":
    main()
