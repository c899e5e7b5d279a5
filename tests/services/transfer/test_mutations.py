"""Thousands of damaged files: each is read or refused in plain words, and nothing is half written.

``GENDAN_MUTATIONS`` sets how many; every number is one damage that can be tried again.
"""

import logging
import os

import pytest
from sqlalchemy import func, select

from app.errors import UserError
from app.models.tables.customers import Customer
from app.services.transfer import worker
from app.services.transfer.fields import Kind
from app.services.transfer.read import Choices, FileResult, ReadResult, parse_sheet, plan_sheets
from app.services.transfer.sheets import Workbook
from tests.services.transfer import mutated

_log = logging.getLogger(__name__)
COUNT = int(os.environ.get("GENDAN_MUTATIONS", "300"))


@pytest.fixture(scope="module")
def reader():
    made = mutated.Reader()
    yield made
    made.close()


def customers(office):
    with office.context.read() as reader:
        return reader.scalar(select(func.count(Customer.id)).where(Customer.deleted_at == 0))


def read_result(office, found, path):
    """Return what the program makes of a workbook; raise UserError where it makes nothing."""
    plans, _skipped = plan_sheets(found, path.name, Choices())
    sheets = tuple(parse_sheet(plan, office.transfer.reading()) for plan in plans)
    return ReadResult((FileResult(path.name, sheets, notes=found.notes),))


def check_written(office, read):
    """Write what was read: the book gained just the customers that the report tells of."""
    before = customers(office)
    report = office.transfer.write(read)
    told = sum(one.created for one in report.tallies if one.kind is Kind.customers)
    assert customers(office) - before == told


@pytest.mark.timeout(0)
def test_damaged_files_are_read_or_refused_and_nothing_is_half_written(office, reader, tmp_path):
    outcomes = dict.fromkeys(("read", "refused", "broke down"), 0)
    contents = list(mutated.samples().items())
    for number in range(COUNT):
        name, content = contents[number % len(contents)]
        path = tmp_path / name
        path.write_bytes(mutated.mutation(content, number))
        try:
            outcomes[one(office, reader, path)] += 1
        except Exception as error:
            error.add_note(f"damage {number} of {name}")
            raise
    _log.info(
        "%d damaged files: %s, deaths %d, slow %d", COUNT, outcomes, reader.deaths, reader.slow
    )
    assert outcomes["read"] > 0
    assert outcomes["refused"] > 0
    assert [check.name for check in office.admin.check() if not check.ok] == []


def one(office, reader, path):
    """Take one file as far as it goes; return how far that was."""
    before = customers(office)
    found = reader.read(path)
    if isinstance(found, worker.Refusal):
        return check_refused(found.error(), path)
    if not isinstance(found, Workbook):
        return "broke down"
    refused = None
    try:
        read = read_result(office, found, path)
    except UserError as error:
        refused = error
    if refused is not None:
        assert customers(office) == before
        return check_refused(refused, path)
    check_written(office, read)
    return "read"


def check_refused(refused, path):
    """See that a refusal names the file and says what to do."""
    assert refused.code.startswith("import_")
    assert path.name in refused.text()
    assert refused.advice_text()
    return "refused"


@pytest.mark.timeout(0)
def test_undamaged_samples_give_three_customers_each(office, reader, tmp_path):
    for name, content in mutated.samples().items():
        path = tmp_path / name
        path.write_bytes(content)
        (sheet,) = read_result(office, reader.read(path), path).sheets
        assert len(sheet.drafts) == 3, name
