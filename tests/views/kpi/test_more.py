"""更多指标: every metric of 2.9 with its figure, and the rows behind it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.services.kpi.indicators import all_indicators
from app.views.itemmodels.paged import ROW
from app.views.kpi import figure_words


@pytest.fixture
def dialog(window, qtbot):
    window.navigate("kpi")
    page = window.page()
    page.findChild(QPushButton, "kpi_more").click()
    found = page.findChild(object, "more_dialog")
    qtbot.waitUntil(lambda: found.shown != "", timeout=20_000)
    return found


def lines_of(dialog):
    model = dialog.lines.model()
    rows = [model.index(at, 0).data(ROW) for at in range(model.rowCount())]
    return {row.metric.name: (at, row) for at, row in enumerate(rows)}


def cell(dialog, name, column):
    at = lines_of(dialog)[name][0]
    model = dialog.lines.model()
    keys = [one.key for one in model.columns]
    return model.index(at, keys.index(column)).data()


def choose(dialog, qtbot, name):
    dialog.choose(name)
    qtbot.waitUntil(lambda: dialog.shown == name, timeout=20_000)


def test_every_metric_is_there(dialog, window):
    wanted = [one.name for one in window.office.kpi.measures()]
    wanted += [one.name for one in all_indicators()]
    assert list(lines_of(dialog)) == wanted
    assert {f"conversion_{days}" for days in (30, 60, 90, 180, 365)} <= set(wanted)


def test_a_figure_is_that_of_the_service(dialog, window):
    period = window.page()._reading.chosen
    found = window.office.kpi.rows("order_value_fen", period)
    _, line = lines_of(dialog)["order_value_fen"]
    assert (line.figure.value, line.figure.n) == (found.value, found.n)
    assert cell(dialog, "order_value_fen", "value") == figure_words.value(line.metric, found.value)


def test_rows_of_no_book_are_told_and_never_nought(dialog, qtbot):
    for name in ("receivable_fen", "acquisition_cost_fen", "paid_on_time"):
        _, line = lines_of(dialog)[name]
        assert line.figure.missing
        assert cell(dialog, name, "value") == "没有数据"
        assert cell(dialog, name, "told") == line.figure.missing
    choose(dialog, qtbot, "receivable_fen")
    assert dialog.card.subtitle.text() == "还没有回款计划"


def test_median_and_p90_stand_beside_both_cycles(dialog):
    for name in ("cycle_days", "cycle_workdays"):
        _, line = lines_of(dialog)[name]
        assert line.figure.median is not None
        for column in ("median", "p90"):
            told = figure_words.value(line.metric, getattr(line.figure, column))
            assert cell(dialog, name, column) == told


def test_a_row_opens_its_customer(dialog, window, qtbot):
    choose(dialog, qtbot, "order_value_fen")
    row = dialog.rows.model().index(0, 0).data(ROW)
    dialog.rows.selectRow(0)
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Return)
    assert window.page().PAGE_ID == "customer"
    assert window.page().params()["customer_id"] == row.customer_id
    window.go_back()
    assert window.page().PAGE_ID == "kpi"


def test_losses_are_broken_down_and_open_in_the_list(dialog, window, qtbot):
    choose(dialog, qtbot, "losses")
    assert dialog.part.value() == "parts"
    parts = window.office.kpi.rows("losses", window.page()._reading.chosen).parts
    model = dialog.rows.model()
    assert [model.index(at, 0).data() for at in range(model.rowCount())] == [
        one.name for one in parts
    ]
    ids = {row.customer_id for row in dialog._shown_rows()}
    dialog.to_list.click()
    assert window.page().PAGE_ID == "customers"
    assert set(window.page().params()["state"].ids or ()) == ids


def test_reported_against_restated_with_who_and_when(dialog, window, qtbot):
    office = window.office
    assert not dialog.snapshots.kept.isVisible()
    dialog.snapshots.keep.click()
    qtbot.waitUntil(lambda: "都和快照相同" in dialog.about.text(), timeout=20_000)
    assert office.context.actor.name in dialog.snapshots.kept.currentText()
    assert cell(dialog, "signed_fen", "difference") == "—"
    before = cell(dialog, "signed_fen", "frozen")
    period = window.page()._reading.chosen
    signed = office.kpi.rows("order_value_fen", period).rows[0]
    deal = next(
        row
        for row in office.deals.contracts(signed.customer_id).rows
        if row.effective and period.contains(row.signed_on) and row.amount_fen
    )
    office.deals.void_contract(deal.id, "客户取消")
    dialog.read()
    dialog.snapshots.read()
    qtbot.waitUntil(lambda: "和快照不同" in dialog.about.text(), timeout=20_000)
    assert cell(dialog, "signed_fen", "frozen") == before
    wanted = figure_words.value(lines_of(dialog)["signed_fen"][1].metric, -deal.amount_fen)
    assert cell(dialog, "signed_fen", "difference") == wanted
    lines = dialog.lines.model()
    dialog.read()  # the figures may come after those of the snapshot
    qtbot.waitUntil(lambda: dialog.lines.model() is not lines, timeout=20_000)
    assert "和快照不同" in dialog.about.text()
    dialog.snapshots.kept.set_value(0)
    dialog.snapshots.read()
    assert "median" in [one.key for one in dialog.lines.model().columns]


def test_a_running_period_is_not_kept(window, qtbot):
    window.navigate("kpi")
    page = window.page()
    page.trend.period_chosen.emit("2026-11")
    found = page.open_more()
    qtbot.waitUntil(lambda: found.shown != "", timeout=20_000)
    assert not found.snapshots.keep.isEnabled()
