"""Build the frozen program for this system and try it: ``python installer/build.py``."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def build(place: Path) -> Path:
    """Freeze the program into ``place`` and return its folder."""
    command = [
        sys.executable, "-m", "PyInstaller", str(ROOT / "installer" / "gendan.spec"),
        "--noconfirm", "--distpath", str(place), "--workpath", str(place / "work"),
    ]  # fmt: skip
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, cwd=ROOT, env=env)
    return place / "gendan"


def main() -> None:
    """Build, then run the smoke test unless told otherwise."""
    words = argparse.ArgumentParser(description=main.__doc__)
    words.add_argument("--place", type=Path, default=ROOT / "dist")
    words.add_argument("--no-smoke", action="store_true")
    chosen = words.parse_args()
    folder = build(chosen.place)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    print(f"built {folder}: {size / 2**20:.0f} MiB")
    if not chosen.no_smoke:
        subprocess.run(
            [sys.executable, str(ROOT / "installer" / "smoke.py"), str(folder)], check=True
        )


if __name__ == "__main__":
    main()
