"""Export of what the list shows: columns, order, conditions and features as on screen."""

from __future__ import annotations

import csv
import json

import pytest
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QFileDialog
from python_calamine import CalamineWorkbook

from app.models.values.features import FieldType
from app.models.values.pages import Sort
from app.services.customers.fields import FEATURE
from app.services.features import FeatureDraft, FieldView
from app.services.lists import Condition
from app.views.core.runner import board
from app.views.itemmodels.column import exact_of
from app.views.itemmodels.customers import Listed, customer_columns
from app.views.lists.state import ListState
from app.views.transfer.export_dialog import ExportDialog

Key = Qt.Key


class Folders(QObject):
    """Take the place of the file manager."""

    def __init__(self):
        super().__init__()
        self.opened = []

    @Slot("QUrl")
    def open(self, url):
        self.opened.append(url.toLocalFile())


@pytest.fixture
def folders():
    taken = Folders()
    QDesktopServices.setUrlHandler("file", taken, "open")
    yield taken
    QDesktopServices.unsetUrlHandler("file")


def written(qtbot, page, path, *keys):
    """Export the list as it is to a file, choosing the format by keys."""
    page.export(ticked=page.rows.ticked_count() > 0)
    dialog = page.findChild(ExportDialog)
    for key in keys:
        qtbot.keyClick(dialog.choice.forms, key)
    dialog.write(path)
    qtbot.waitUntil(path.exists, timeout=20_000)
    qtbot.waitUntil(lambda: not board().jobs, timeout=20_000)
    return path


def test_just_what_is_shown_is_written(qtbot, page, listed, tmp_path):
    page.set_state(ListState("all", (Condition("life", "is_not", ("churned",)),),
                             sort=Sort("expected_fen", True)))  # fmt: skip
    names = listed()
    page.table.arrange(["tick", "name", "expected", "touched"],
                       {"tick", "name", "expected", "touched", "phone"})  # fmt: skip
    path = written(qtbot, page, tmp_path / "客户.xlsx")
    head, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert head == ["客户名称", "预计金额 ¥", "最近跟单", "电话"]
    assert [row[0] for row in rows] == names
    first = page.rows.model.row(0).customer
    assert rows[0] == [
        first.name, first.expected_fen / 100, first.last_touch_on, first.main_phone
    ]  # fmt: skip


def test_conditions_and_order_are_said_in_words(page, listed):
    page.set_state(ListState("all", (Condition("life", "is_not", ("churned",)),), text="hr"))
    listed()
    page.export(ticked=False)
    dialog = page.findChild(ExportDialog)
    assert dialog.notes.text() == "搜索“hr”；生命周期 不是 失效；排序：最近跟单 新→旧"
    assert dialog.choice.hint.text().startswith("和列表一样")


def test_ticked_rows_alone_as_csv(qtbot, page, listed, tmp_path):
    names = listed()
    for at in (3, 1):
        page.rows.model.toggle(at)
    path = written(qtbot, page, tmp_path / "两家.csv", Key.Key_Right)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        assert [row[0] for row in csv.reader(stream)] == ["客户名称", names[1], names[3]]


def test_a_feature_goes_along_with_its_own_kind_of_value(qtbot, page, listed, picture, tmp_path):
    office = picture.office
    names = listed()
    field = next(one for one in office.features.fields() if one.type is FieldType.number)
    customer_id = page.rows.model.row(0).customer.id
    office.features.learn(customer_id, [FeatureDraft(field.id, "1200.5")])
    page.table.show_column(f"{FEATURE}{field.id}", True)
    page.reload()
    assert listed()[0] == names[0]
    path = written(qtbot, page, tmp_path / "特征.json", Key.Key_Right, Key.Key_Right)
    rows = {row["name"]: row for row in json.loads(path.read_text("utf-8"))}
    assert rows[names[0]][f"{FEATURE}{field.id}"] == 1200.5
    assert None in [row[f"{FEATURE}{field.id}"] for row in rows.values()]


@pytest.mark.parametrize(
    ("kind", "shown", "value"),
    [
        ("money", "12,000 元", 1_200_000),
        ("date", "2026-03-04", "2026-03-04"),
        ("text", "德国", "德国"),
        ("single", "国产、进口", "国产、进口"),
        ("yes_no", "是", "是"),
    ],
)
def test_values_of_features_are_exact(page, kind, shown, value):
    unit = "元" if kind == "money" else ""
    field = FieldView(7, "k", "某项", FieldType(kind), unit, "", required=False, importance=1)
    column = customer_columns(page.rows.words, [field])[-1]
    customer = page.rows.model.row(0).customer
    found = exact_of(column, Listed(customer, {7: shown}))
    assert (found.isoformat() if hasattr(found, "isoformat") else found) == value


def test_json_by_keyboard_and_the_folder_behind_it(
    qtbot, page, listed, picture, tmp_path, folders, monkeypatch
):
    names = listed()
    path = tmp_path / "导出.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))
    page.table.setFocus()
    qtbot.keyClick(page.table, Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.findChild(ExportDialog) is not None)
    dialog = page.findChild(ExportDialog)
    qtbot.waitUntil(dialog.choice.forms.hasFocus)
    qtbot.keyClick(dialog.choice.forms, Key.Key_Right)
    qtbot.keyClick(dialog.choice.forms, Key.Key_Right)
    qtbot.keyClick(dialog.choice.forms, Key.Key_Return)
    qtbot.waitUntil(path.exists, timeout=20_000)
    qtbot.waitUntil(picture.toast_box.isVisible, timeout=20_000)
    found = json.loads(path.read_text("utf-8"))
    assert [one["name"] for one in found] == names
    assert {"expected_fen", "touched"} <= found[0].keys()
    link = picture.toast_box.findChild(QAbstractButton, "toast_undo")
    assert link.accessibleName() == "打开文件夹"
    qtbot.keyClick(link, Key.Key_Space)
    assert folders.opened == [str(tmp_path)]
