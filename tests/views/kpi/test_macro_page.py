import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton

from app import i18n
from app.services.customers import CustomerDraft
from app.services.deals import ContractDraft
from app.services.kpi import KpiQuery
from app.views.core.runner import board
from app.views.kpi import figure_words
from app.views.kpi.reading import Asked


@pytest.fixture
def page(window):
    window.navigate("kpi")
    return window.page()


def test_four_cards_show_the_newest_figures(page):
    names = [card.measure.name for card in page.cards]
    assert names == ["conversion", "first_deal_fen", "cycle_days", "touches"]
    report = page.view.office.kpi.macro(KpiQuery("2025-12", "2026-11"))
    newest = report.periods[-1].metrics["touches"]
    assert f"{newest.value:.1f}" in page.cards[3].accessibleName()


def test_the_chart_walks_by_keys_and_opens_the_rows(page, qtbot):
    chart = page.trend.chart
    page.focus_first()
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.looked == 0
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert page.rows.title.text().startswith("明细 · 2026-01")
    found = page.view.office.kpi.rows("conversion", page.view.office.kpi.period("2026-01"))
    signed = [row for row in found.rows if row.first_sign_on]
    assert page.rows.model.rowCount() == len(signed) > 0


def test_a_card_changes_chart_rows_and_people(page, qtbot):
    qtbot.keyClick(page.cards[2], Qt.Key.Key_Return)
    assert page.trend.title.text() == "跟单周期趋势"
    assert "跟单周期" in page.rows.title.text()
    assert "跟单周期" in page.people.subtitle.text()


def test_the_trend_as_a_table_says_the_same(page, qtbot):
    page.trend.as_table.click()
    assert page.trend.stack.currentWidget() is page.trend.table
    assert page.trend.table.model().rowCount() == 12
    first = page.trend.table.model().index(0, 0)
    assert first.data() == "2026-11"


def test_a_kind_of_period_and_a_filter_ask_anew(page):
    page.tools.by.set_value("quarter")
    page.tools.by.changed.emit("quarter")
    assert page.trend.chart.count == 8
    person = page.tools.staff
    person.setCurrentIndex(1)
    person.activated.emit(1)
    assert page.params()["asked"].where.staff_id == person.value()


def test_whole_periods_are_offered_for_the_unfinished_one(page, qtbot):
    assert page.basis.other.text() == "看整期口径"
    page.basis.other.click()
    assert page.params()["asked"].align is False
    assert page.basis.other.text() == "按同样天数比较"


def test_a_signing_elsewhere_reaches_the_page(page, qtbot):
    office = page.view.office
    page.open(asked=Asked(label="2026-11"))
    page.refresh()
    before = page.stages.bars.accessibleDescription()
    customer = office.customers.add(CustomerDraft("新来的客户"))
    office.deals.add_contract(ContractDraft(customer, office.context.today(), 100_00))
    qtbot.waitUntil(lambda: page.stages.bars.accessibleDescription() != before, timeout=5000)
    assert any(row.customer == "新来的客户" for row in page.rows._parts["signed"])


def test_enter_on_a_row_opens_the_customer(page, window, qtbot):
    page.trend.period_chosen.emit("2026-09")
    row = page.rows.model.index(0, 0)
    page.rows.table.setCurrentIndex(row)
    opened = []
    page.rows.customer_wanted.disconnect()
    page.rows.customer_wanted.connect(opened.append)
    qtbot.keyClick(page.rows.table, Qt.Key.Key_Return)
    assert len(opened) == 1


@pytest.mark.parametrize("size", [(1440, 900), (1100, 700), (960, 540)])
def test_every_width_keeps_cards_and_chart(window, page, size):
    window.resize(*size)
    page.adapt(window.width_mode())
    assert all(card.isVisible() for card in page.cards)
    assert page.trend.chart.isVisible()


def test_large_digits_stand_apart_from_their_unit(page):
    deal = next(card.measure for card in page.cards if card.measure.name == "first_deal_fen")
    assert (figure_words.bare(deal, 14_110_000.0), figure_words.unit(deal, 14_110_000.0)) == (
        "14.11", "万元"
    )  # fmt: skip
    assert figure_words.value(deal, 860_000.0) == "8,600元"
    assert figure_words.value(deal, None) == "—"
    i18n.set_language("en")
    assert figure_words.value(deal, 14_110_000.0) == "141.1K yuan"


def test_money_bars_choose_a_period_and_have_a_table(page, qtbot):
    chart = page.purchases.chart
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.box.isVisible()
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert page.params()["asked"].label == "2025-12"
    page.purchases.as_table.click()
    table = page.purchases.table
    assert page.purchases.stack.currentWidget() is table
    assert table.model().rowCount() == 12
    assert table.model().index(0, 0).data() == "2026-11"


def test_the_table_of_the_trend_is_copied_with_its_heads(page, qtbot):
    page.trend.as_table.click()
    page.trend.table.selectAll()
    page.trend.table.copy()
    qtbot.waitUntil(lambda: not board().jobs)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["期间", "转化率", "去年同期"]
    assert len(lines) == 13


def test_bars_of_people_are_copied_as_a_table(page, qtbot):
    bars = page.people.bars
    qtbot.keyClick(bars, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    first = QGuiApplication.clipboard().text().splitlines()[0]
    assert first.split("\t")[0] == bars._rows[0].name


def test_page_and_months_go_to_paper_and_workbook(page, qtbot, tmp_path, monkeypatch):
    wanted = iter(["页.pdf", "月.pdf", "页.xlsx"])
    answer = staticmethod(lambda *_words: (str(tmp_path / next(wanted)), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    page.commands()["export"]()
    page.findChild(QPushButton, "kpi_monthly").click()
    page.findChild(QPushButton, "kpi_export").click()
    assert not (tmp_path / "月.pdf").exists(), "nothing is written on the thread of the window"
    files = [tmp_path / name for name in ("页.pdf", "月.pdf", "页.xlsx")]
    qtbot.waitUntil(lambda: all(file.exists() for file in files), timeout=60_000)
    for name in ("页.pdf", "月.pdf"):
        written = (tmp_path / name).read_bytes()
        assert written.startswith(b"%PDF")
        assert written.count(b"/Type /Page\n") == 1


def test_the_page_is_printed_as_it_is_shown(page, tmp_path, monkeypatch):
    def agree(dialog):
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(tmp_path / "p.pdf"))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", agree)
    page.commands()["print"]()
    assert (tmp_path / "p.pdf").read_bytes().startswith(b"%PDF")
    report = page._as_report()
    assert report.notes[0] == "期间 2025-12 ~ 2026-11"
    trend = report.tables[1]
    shown = page._reading.report.periods
    assert [row[1] for row in trend.rows] == [one.metrics["conversion"].value for one in shown]


def test_stages_as_a_table_tell_skips_and_moves_back(page):
    page.stages.as_table.click()
    assert page.stages.table.isVisible()
    assert not page.stages.bars.isVisible()
    steps = page._reading.stages
    model = page.stages.table.model()
    keys = [one.key for one in model.columns]
    for column in ("count", "skipped", "back"):
        told = [model.index(at, keys.index(column)).data() for at in range(model.rowCount())]
        assert told == [str(getattr(step, column)) for step in steps]
    assert sum(step.back for step in steps) + sum(step.skipped for step in steps) > 0


def test_a_file_that_cannot_be_written_is_told(page, qtbot, tmp_path, monkeypatch, dialogs):
    place = tmp_path / "gone" / "页.pdf"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", staticmethod(lambda *_words: (str(place), ""))
    )
    told = []

    def read(box):
        told.append(box.text())
        box.accept()

    dialogs("error_dialog", read)
    page.commands()["export"]()
    qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    assert not place.exists()
