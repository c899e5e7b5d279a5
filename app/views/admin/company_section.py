"""公司与工作时间: what the whole office shares."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.i18n import N_, _
from app.models.values.periods import MONDAY, SUNDAY
from app.views.admin.fields import left, text_field
from app.views.admin.holidays_card import HolidaysCard
from app.views.admin.section import Section
from app.views.core import theme as themes
from app.views.core.format import month_name
from app.views.core.forms import Form
from app.views.widgets.buttons import Select
from app.views.widgets.card import Card
from app.views.widgets.segmented import Segmented
from app.views.widgets.text import Label

_ZONES = ("Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore", "Asia/Tokyo", "UTC")


class ClockField(Select):
    """Choose or type a time of day, in half hours; ``text`` is HH:MM."""

    def __init__(self, name: str, spoken: str) -> None:
        super().__init__(name=name, spoken=spoken)
        self.setEditable(True)
        self.setInsertPolicy(Select.InsertPolicy.NoInsert)
        for hour in range(6, 24):
            self.addItems([f"{hour:02}:00", f"{hour:02}:30"])
        self.setFixedWidth(themes.current().px(88))


class CompanySection(Section):
    """Show and change the settings of the office."""

    SUBTITLE = N_("整个公司共用，所有人看到的一样")

    def build(self) -> None:
        """Make the form."""
        self._add_company()
        self._add_hours()
        self.holidays = HolidaysCard(self.view, self.reload)
        self.body.addWidget(self.holidays)

    def _add_company(self) -> None:
        card = Card(_("公司"), name="company_card")
        form = Form(label_width=96)
        self.company = text_field("settings_company", _("公司名称"), width=340)
        self.company.editingFinished.connect(self._save_company)
        self.zone = Select([(one, one) for one in _ZONES], name="settings_zone", spoken=_("时区"))
        self.zone.activated.connect(lambda _at: self._change("zone", self.zone.value()))
        self.fiscal = Select(
            [(month, month_name(date(2026, month, 1))) for month in range(1, 13)],
            name="settings_fiscal",
            spoken=_("财年开始"),
        )
        self.fiscal.activated.connect(
            lambda _at: self._change("fiscal_start_month", self.fiscal.value())
        )
        form.add(_("公司名称"), left(self.company))
        form.add(_("时区"), left(self.zone, _hint(_("重新打开后生效"))))
        form.add(_("财年开始"), left(self.fiscal))
        self.named_by = self._either(
            "fiscal_named_by_end",
            ((False, _("开始那年")), (True, _("结束那年"))),
            _("财年名称用"),
        )
        form.add(_("财年名称用"), left(self.named_by, _hint(_("如 FY2026"))))
        self.week = self._either(
            "week_start", ((MONDAY, _("周一")), (SUNDAY, _("周日"))), _("一周从")
        )
        form.add(_("一周从"), left(self.week, _hint(_("周一起按 ISO 编号"))))
        card.body.addWidget(form)
        self.body.addWidget(card)

    def _add_hours(self) -> None:
        card = Card(_("工作时间"), name="hours_card")
        note = _("“今天稍后、今晚、明天”按这里算，只影响以后写的下步。")
        card.body.addWidget(Label(note, "small", "text2", wrap=True))
        form = Form(label_width=96)
        self.clocks: dict[str, ClockField] = {}
        for key, label, note in (
            ("day_start", _("上班"), ""),
            ("day_end", _("下班"), _("今晚从这时开始")),
            ("evening_end", _("晚上到"), _("今晚到这时为止")),
        ):
            field = ClockField(f"settings_{key}", label)
            field.activated.connect(lambda _at, key=key: self._save_clock(key))
            edit = field.lineEdit()
            if edit is not None:
                edit.editingFinished.connect(lambda key=key: self._save_clock(key))
            self.clocks[key] = field
            form.add(label, left(field, _hint(note)))
        self.tomorrow = self._either(
            "tomorrow_is_workday", ((False, _("下一天")), (True, _("下个工作日"))), _("明天")
        )
        form.add(_("明天是"), left(self.tomorrow))
        card.body.addWidget(form)
        self.body.addWidget(card)

    def _either(self, key: str, choices: Sequence[tuple[object, str]], spoken: str) -> Segmented:
        """Return a choice between two values of a setting."""
        field = Segmented(choices, name=f"settings_{key}", spoken=spoken)
        field.changed.connect(lambda value: self._change(key, value))
        return field

    def reload(self) -> None:
        """Show the settings."""
        settings = self.view.office.admin.settings()
        if not self.company.hasFocus():
            self.company.setText(settings.company)
        if self.zone.findData(settings.zone, Qt.ItemDataRole.UserRole) < 0:
            self.zone.addItem(settings.zone, settings.zone)
        self.zone.set_value(settings.zone)
        self.fiscal.set_value(settings.fiscal_start_month)
        self.named_by.set_value(settings.fiscal_named_by_end)
        self.week.set_value(settings.week_start)
        for key, field in self.clocks.items():
            field.setCurrentText(str(getattr(settings, key)))
        self.tomorrow.set_value(settings.tomorrow_is_workday)
        self.holidays.reload()

    def focus_first(self) -> None:
        """Put the focus into the company's name."""
        self.company.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- saving ----------------------------------------------------------------------------

    def _save_company(self) -> None:
        self._change("company", self.company.text().strip())

    def _save_clock(self, key: str) -> None:
        text = read_clock(self.clocks[key].currentText())
        self._change(key, text)

    def _change(self, key: str, value: object) -> None:
        admin = self.view.office.admin
        before = getattr(admin.settings(), key)
        if before == value:
            self.reload()
            return
        if self.save(lambda: admin.change_settings(**{key: value}), _("设置已改")):
            self.reload()


def read_clock(text: str) -> str:
    """Return a time of day as HH:MM; what cannot be read comes back as it is."""
    digits = "".join(one if one.isdigit() else " " for one in text.replace("半", "30")).split()
    try:
        hour, minute = (*map(int, digits), 0)[:2]
        return f"{time(hour, minute):%H:%M}"
    except ValueError:
        return text


def _hint(words: str) -> QWidget:
    return Label(words, "small", "text2")
