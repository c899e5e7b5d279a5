"""Note one fact found out about a customer: what, where it was found, how sure."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.i18n import N_, _, translate
from app.services.radar import CONFIDENCES, MARKS, TAGS, RadarDraft, RadarView
from app.services.radar.codes import check_code
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.forms import Form, ask
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.customers.past_date import PastDateEdit
from app.views.customers.surface import WordChoice
from app.views.radar.decoded_rows import problem_words
from app.views.widgets.buttons import Select
from app.views.widgets.date_edit import DateEdit

SUGGESTED = (
    N_("统一代码"), N_("法定代表人"), N_("成立日期"), N_("注册资本"), N_("登记状态"), N_("主营"),
    N_("员工规模"), N_("法人 / 成立"), N_("舆情"),
    N_("股东"), N_("诉讼"), N_("招投标"), N_("人脉"), N_("微信 / QQ"),
)  # fmt: skip
SOURCES = (N_("工商"), N_("官网"), N_("年报"), N_("新闻"), N_("手机"), N_("客户说的"))


class RadarDialog(QDialog):
    """Ask for label, value, source, day, mark and, of 情报, tag and last day of a fact."""

    def __init__(
        self, view: ViewContext, parent: QWidget | None = None, item: RadarView | None = None
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("radar_dialog")
        self.setWindowTitle(_("客户雷达"))
        self.setMinimumWidth(theme.px(460))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(14))
        rows.setSpacing(theme.px(10))
        self._make_fields(view, item)
        form = Form(label_width=72)
        missing = _("这一项还没填")
        form.add(_("哪一项"), self.label, required=True,
                 check=lambda: "" if self.label.words() else missing)  # fmt: skip
        form.add(_("内容"), self.value, required=True,
                 check=lambda: "" if self.value.text().strip() else missing)  # fmt: skip
        form.add(_("来源"), self.source)
        form.add(_("查到的日子"), self.day)
        form.add(_("核实"), self.mark)
        form.add(_("可信度"), self.confidence)
        form.add(_("情报标签"), self.tag)
        form.add(_("有效到"), self.expires)
        rows.addWidget(form)
        self.form = form
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Save | kinds.Cancel)
        buttons.button(kinds.Save).setText(_("保存"))
        buttons.button(kinds.Cancel).setText(_("取消"))
        buttons.accepted.connect(self._agree)
        buttons.rejected.connect(self.reject)
        rows.addWidget(buttons)
        self.label.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_fields(self, view: ViewContext, item: RadarView | None) -> None:
        self.label = _choice("radar_label", _("哪一项"), SUGGESTED, item.label if item else "")
        self.value = QLineEdit(item.value if item else "")
        self.value.setObjectName("radar_value")
        self.value.setMaxLength(500)
        self.source = _choice("radar_source", _("来源"), SOURCES, item.source if item else "")
        self.day = PastDateEdit(name="radar_day", today=view.office.context.today)
        self.day.set_value(item.found_on if item else view.office.context.today())
        self.mark = Select(
            [(mark, translate(labels.RADAR_MARK[mark])) for mark in MARKS], name="radar_mark"
        )
        self.mark.set_value(item.mark if item else "unchecked")
        self.confidence = Select(
            [(one, translate(labels.CONFIDENCE[one])) for one in CONFIDENCES],
            name="radar_confidence",
        )
        self.confidence.set_value(item.confidence if item else "")
        self.tag = Select(
            [("", _("不是情报")), *((one, translate(one)) for one in TAGS)], name="radar_tag"
        )
        self.tag.set_value(item.tag if item else "")
        self.expires = DateEdit(name="radar_expires", today=view.office.context.today)
        self.expires.set_value(item.expires_on if item else None)

    def _agree(self) -> None:
        days = self.day.problem() or self.expires.problem()
        if self.form.valid() and not days and self._code_agreed():
            self.accept()

    def _code_agreed(self) -> bool:
        """Ask about a credit code with a wrong check: old ones exist in the wild."""
        if self.label.words() != _("统一代码"):
            return True
        problem = problem_words(check_code(self.value.text()))
        return not problem or ask(
            self, problem, _("旧证上有校验位不对的代码。"), yes=_("仍然保存")
        )  # fmt: skip

    def draft(self) -> RadarDraft:
        """Return the fact."""
        day: date | None = self.day.value()
        return RadarDraft(
            self.label.words(),
            self.value.text().strip(),
            source=self.source.words(),
            found_on=day,
            mark=str(self.mark.value()),
            tag=str(self.tag.value()),
            expires_on=self.expires.value(),
            confidence=str(self.confidence.value()),
        )


def _choice(name: str, spoken: str, words: tuple[str, ...], text: str) -> WordChoice:
    return WordChoice([translate(one) for one in words], name=name, spoken=spoken, text=text)


def note_fact(view: ViewContext, customer_id: int | None, parent: QWidget | None = None) -> None:
    """Ask for a fact about a customer and keep it (the window's command)."""
    if customer_id is None:
        return
    dialog = RadarDialog(view, parent or QApplication.activeWindow())
    if dialog.exec():
        draft = dialog.draft()
        view.office.radar.add(customer_id, draft)
        said(view, _("已记下 {label}").format(label=draft.label))
