"""Bring a book's schema to this program's: one revision, one exclusive transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.models.store import alchemy, header, schema


def scripts() -> ScriptDirectory:
    """Return the folder of revisions; their ids are schema numbers of four digits."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return ScriptDirectory.from_config(config)


def upgrade(driver: Any) -> None:
    """Run every revision the open file lacks; its header then says that it is not closed."""
    folder = scripts()
    connection = alchemy.join(driver)
    for number in range(schema.number_of(driver) + 1, schema.NEWEST + 1):
        _run(connection, driver, folder, number)
        connection.rollback()


def _run(connection: Connection, driver: Any, folder: ScriptDirectory, number: int) -> None:
    revision = folder.get_revision(f"{number:04d}")
    assert revision is not None
    context = MigrationContext.configure(connection)
    driver.execute("BEGIN EXCLUSIVE")
    try:
        with Operations.context(context):
            revision.module.upgrade()
        header.mark_open(driver)
        driver.execute(f"PRAGMA user_version = {number}")
        driver.execute("COMMIT")
    finally:
        if driver.in_transaction:
            driver.execute("ROLLBACK")
