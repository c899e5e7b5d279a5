"""The KPI written out in CONTRIBUTING is found by page, command line and export."""

import json
import re
import sys

import openpyxl
import pytest

from app import bootstrap
from app.cli.main import run
from app.services.kpi import KpiQuery, measures
from app.services.kpi.reporting.monthly import monthly_report
from app.services.kpi.reporting.workbook import write_workbook
from tests.architecture.tree import ROOT

NAME = "quick_deals"


@pytest.fixture
def example(tmp_path, monkeypatch):
    """Put the example's file where KPIs are looked for, and forget it afterwards."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    found = re.search(r"## Add a KPI.*?```python\n(.*?)```", text, re.DOTALL)
    room = tmp_path / "measures"
    room.mkdir()
    (room / f"{NAME}.py").write_text(found[1], "utf-8")
    monkeypatch.setattr(measures, "__path__", [*measures.__path__, str(room)])
    measures.all_measures.cache_clear()
    yield
    measures.all_measures.cache_clear()
    sys.modules.pop(f"{measures.__name__}.{NAME}", None)
    vars(measures).pop(NAME, None)


def test_it_is_found_by_page_command_line_and_export(example, window, tmp_path, capfd, monkeypatch):
    office = window.office
    figure = office.kpi.macro(KpiQuery("2026-06", "2026-06")).periods[0].metrics[NAME]
    rows = office.kpi.rows(NAME, office.kpi.period("2026-06"))
    assert figure.n == rows.n > 0
    assert figure.value == sum(row.amount for row in rows.rows) / rows.n

    window.navigate("kpi")
    page = window.page()
    assert NAME in [card.measure.name for card in page.cards]

    write_workbook(monthly_report(office, "2026-06"), tmp_path / "m.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "m.xlsx")["2026-06"]
    cells = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=4)}
    assert cells["快签率"] == pytest.approx(figure.value)

    monkeypatch.setenv("GENDAN_NOW", "2026-11-23T14:46:00+08:00")
    words = ["--book", str(office.folder), "kpi", "--from", "2026-06", "--to", "2026-06", "--json"]
    window.detach()
    office.close()
    assert run(words, bootstrap) == 0
    told = json.loads(capfd.readouterr().out)["periods"][0]["metrics"][NAME]
    assert (told["value"], told["n"]) == (pytest.approx(figure.value), figure.n)
