"""The table of all results, made from the files of ``bench/results``."""

from __future__ import annotations

import json
from typing import Any

from bench.harness import RESULTS

FILE = RESULTS.parent / "README.md"
_BEGIN = "<!-- the table below is made by python -m bench --table -->"


def write() -> None:
    """Replace what stands below the mark in ``bench/README.md``."""
    kept = FILE.read_text("utf-8").partition(_BEGIN)[0]
    parts = [f"{kept}{_BEGIN}\n"]
    for file in sorted(RESULTS.glob("*.json"), key=_order):
        parts += _section(file.stem, json.loads(file.read_text("utf-8")))
    FILE.write_text("\n".join(parts) + "\n", "utf-8")


def _order(file: Any) -> tuple[str, int]:
    name, _, size = file.stem.rpartition("-")
    return name, int(size)


def _section(title: str, found: dict[str, Any]) -> list[str]:
    name, _, size = title.rpartition("-")
    head = "| what | ours, ms | p99 | peer, ms | ratio | goal | peer |"
    rows = [
        f"| {one['name']} | {_number(one['ours_ms'])} | {_number(one['ours_p99_ms'])} "
        f"| {_number(one['peer_ms'])} | {_number(one['ratio'])} | {one['goal']} | {one['peer']} |"
        for one in found["rows"]
    ]
    busy = " (on a busy machine)" if "machine" in found["facts"] else ""
    return [f"\n## {name}, {int(size):,}{busy}\n", head, "|---|--:|--:|--:|--:|---|---|", *rows]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
