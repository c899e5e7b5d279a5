"""The libraries a book and its imports trust."""

from __future__ import annotations

import openpyxl
import pytest
from defusedxml.common import EntitiesForbidden
from defusedxml.ElementTree import fromstring
from sqlcipher3 import dbapi2


@pytest.fixture
def connection():
    opened = dbapi2.connect(":memory:")
    yield opened
    opened.close()


def test_sqlite_has_no_wal_reset_race():
    assert dbapi2.sqlite_version_info >= (3, 51, 3)


def test_it_encrypts(connection):
    (version,) = connection.execute("PRAGMA cipher_version").fetchone()
    assert int(version.split(".")[0]) >= 4


def test_it_searches(connection):
    connection.execute(
        "CREATE VIRTUAL TABLE t USING fts5(x, content='', detail=none, columnsize=0)"
    )
    connection.execute("INSERT INTO t(rowid, x) VALUES (7, '华为')")
    assert connection.execute("SELECT rowid FROM t WHERE t MATCH '华为'").fetchall() == [(7,)]


def test_it_compares_rows(connection):
    found = connection.execute("SELECT (1, 2) < (1, 3), (2, 0) < (1, 3)").fetchone()
    assert found == (1, 0)


def test_foreign_xml_is_defused():
    with pytest.raises(EntitiesForbidden):
        fromstring('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    assert openpyxl.DEFUSEDXML
