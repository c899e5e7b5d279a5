"""A migrated book has just the tables that the program knows."""

from __future__ import annotations

from contextlib import closing
from functools import partial

import pytest

from app.models.store import alchemy, engine, health, migrate, schema, search
from app.models.store.book import create_book
from app.models.store.database import Database
from app.models.tables import Base


@pytest.fixture
def migrated(tmp_path):
    """Open a book made by the migrations."""
    made = create_book(tmp_path / "office.gendan", passphrase=None)
    yield made.book.database
    made.book.close()


@pytest.fixture
def declared(tmp_path):
    """Open a database made from the metadata alone."""
    file = tmp_path / "declared.db"
    with closing(engine.connect(file, None, create=True)) as driver:
        Base.metadata.create_all(alchemy.join(driver))
    database = Database(partial(engine.connect, file, None), file)
    yield database
    database.close()


def _shape(database):
    """Return columns, keys and indexes of every table as the engine tells them."""

    def ask(pragma, name):
        return [tuple(row) for row in database.run_maintenance(f"PRAGMA {pragma}('{name}')")]

    tables = database.run_maintenance(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search\\_%' "
        "ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    found = {}
    for (name,) in tables:
        indexes = sorted((row[1], row[2], row[4]) for row in ask("index_list", name))
        parts = {index[0]: [row[2] for row in ask("index_info", index[0])] for index in indexes}
        where = database.run_maintenance(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = '{name}'"
        )
        found[name] = {
            "columns": sorted(row[1:6] for row in ask("table_info", name)),
            "parents": sorted(row[2:] for row in ask("foreign_key_list", name)),
            "indexes": [(index, parts[index[0]]) for index in indexes],
            "sql": sorted((row[0], " ".join(str(row[1]).split())) for row in where),
        }
    return found


def test_the_migrated_schema_is_the_declared_one(migrated, declared):
    one, other = _shape(migrated), _shape(declared)
    assert one.keys() == other.keys()
    for table in one:
        assert one[table] == other[table], table


def test_the_migration_library_sees_no_difference_either(migrated):
    assert health.schema_problems(migrated) == []


@pytest.mark.parametrize(
    "sql",
    [
        "DROP INDEX ix_contract_signed",
        "ALTER TABLE customer DROP COLUMN website",
        "ALTER TABLE customer ADD COLUMN more TEXT",
        "CREATE TABLE more (id INTEGER)",
        "DROP TABLE radar_item",
        "PRAGMA user_version = 0",
    ],
)
def test_a_difference_is_found(migrated, sql):
    migrated.run_maintenance(sql)
    assert health.schema_problems(migrated)


def test_the_search_tables_are_there(migrated):
    assert migrated.run_maintenance("SELECT count(*) FROM search_text") == [(0,)]
    assert migrated.run_maintenance(
        "SELECT count(*) FROM search_gram WHERE search_gram MATCH 'x'"
    ) == [(0,)]
    assert len(search.CREATE) == 2


def test_revisions_are_numbered_without_a_gap():
    revisions = sorted(one.revision for one in migrate.scripts().walk_revisions())
    assert revisions == [f"{number:04d}" for number in range(1, schema.NEWEST + 1)]
    assert migrate.scripts().get_current_head() == f"{schema.NEWEST:04d}"


def test_a_second_upgrade_changes_nothing(tmp_path):
    made = create_book(tmp_path / "again.gendan", passphrase=None)
    made.book.close()
    file = tmp_path / "again.gendan" / "book.db"
    before = file.read_bytes()
    with closing(engine.connect(file, None)) as again:
        migrate.upgrade(again)
    assert file.read_bytes() == before


def test_a_book_of_every_earlier_schema_is_brought_to_the_newest(tmp_path, declared):
    for first in range(1, schema.NEWEST):
        file = tmp_path / f"{first}.db"
        folder = migrate.scripts()
        with closing(engine.connect(file, None, create=True)) as driver:
            connection = alchemy.join(driver)
            for number in range(1, first + 1):
                migrate._run(connection, driver, folder, number)
                connection.rollback()
            migrate.upgrade(driver)
        brought = Database(partial(engine.connect, file, None), file)
        assert _shape(brought) == _shape(declared)
        brought.close()
