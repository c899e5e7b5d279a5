"""A theme in force."""

from __future__ import annotations

import pytest

from app.views.core import theme as themes


@pytest.fixture(autouse=True)
def theme(qapp):
    """Give a fresh light theme at 100 %."""
    return themes.install(qapp, "light", 100)
