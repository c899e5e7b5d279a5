"""Qt must not wear out None: PySide6 6.12.0 on 3.11 did, and died after thousands of calls."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject


def test_none_keeps_its_references():
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(2000):
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < 500
