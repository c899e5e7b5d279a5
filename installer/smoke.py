"""Try a frozen program: demo book, every page drawn, the same parts as the sources.

A build that lost the modules found by import would start and be silently empty;
so the lists of KPIs, formats and pages are compared with the sources.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOW = "2026-11-23T10:30:00+08:00"


def run(command: list[str], place: Path) -> dict[str, object]:
    """Run a command with --json and return its document."""
    env = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "GENDAN_CONFIG_DIR": str(place / "config"),
        "GENDAN_LOG_DIR": str(place / "log"),
        "GENDAN_BOOKS_DIR": str(place / "books"),
        "GENDAN_PASSPHRASE": "smoke passphrase",
        "GENDAN_NOW": NOW,
    }
    done = subprocess.run(
        [*command, "--json"], capture_output=True, text=True, env=env, timeout=600, check=False
    )
    if done.returncode != 0:
        sys.exit(f"{command}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    found: dict[str, object] = json.loads(done.stdout)
    return found


def main() -> None:
    """Compare the frozen program with the sources on the same small book."""
    folder = Path(sys.argv[1])
    frozen = [str(folder / ("gendan.exe" if sys.platform == "win32" else "gendan"))]
    source = [sys.executable, "-m", "app"]
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        parts = {which: run([*command, "parts"], place) for which, command in
                 (("frozen", frozen), ("source", source))}  # fmt: skip
        if parts["frozen"] != parts["source"]:
            sys.exit(f"the frozen program lacks parts: {parts}")
        book = ["--book", str(place / "smoke.gendan")]
        run([*frozen, *book, "demo", "--customers", "200", "--seed", "3"], place)
        check = run([*frozen, *book, "check"], place)
        if check["ok"] is not True:
            sys.exit(f"check failed: {check}")
        months = ["kpi", "--from", "2026-01", "--to", "2026-10"]
        if run([*frozen, *book, *months], place) != run([*source, *book, *months], place):
            sys.exit("the frozen program computes other figures than the sources")
        drawn = run([*frozen, *book, "screenshots", str(place / "shots")], place)
        files = drawn.get("files")
        if not isinstance(files, list) or len(files) < len(parts["source"]["pages"]):  # type: ignore[arg-type] # JSON
            sys.exit(f"pages were not drawn: {drawn}")
        print(f"smoke: {len(files)} pages drawn, parts and figures equal the sources")


if __name__ == "__main__":
    main()
