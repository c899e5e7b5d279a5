"""Days as options of commands."""

from __future__ import annotations

from datetime import date

import click


def as_day(_ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """Read an ISO day."""
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(value or "", param=param) from error
