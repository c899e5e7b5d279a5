"""客户雷达 in the settings: what a dossier must have, and when it is old."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QWidget

from app.i18n import N_, _, ngettext, translate
from app.services.radar import phone_table
from app.services.radar.links import NEVER, Link
from app.views.admin.fields import left, text_field
from app.views.admin.section import Section
from app.views.core import theme as themes
from app.views.customers.surface import WordChoice
from app.views.radar.item_dialog import SUGGESTED
from app.views.radar.links_card import LinksCard
from app.views.widgets.buttons import Button, CheckBox, Select
from app.views.widgets.card import Card
from app.views.widgets.text import Label

_WEIGHTS = range(1, 11)
_DAYS = (30, 60, 90, 180, 270, 365, 730)


class RadarSection(Section):
    """Show and change the weights of required items and the days until one is stale."""

    SUBTITLE = N_("整个公司共用：哪些项必须查到，多久算旧")

    def build(self) -> None:
        """Make the cards."""
        self._add_needs()
        self.links = LinksCard(self._save_links)
        self.body.addWidget(self.links)
        self._add_schemes()
        self._add_local()

    def _add_needs(self) -> None:
        theme = themes.current()
        card = Card(_("完整度"), name="radar_needs_card")
        note = _("完整度 = 已查到的必查项按权重相加 ÷ 全部权重 × 100；太旧的一项只算一半。")
        card.body.addWidget(Label(note, "small", "text2", wrap=True))
        self._holder = QWidget()
        card.body.addWidget(self._holder)
        adding = QHBoxLayout()
        self.fresh = WordChoice(
            [translate(one) for one in SUGGESTED], name="radar_need_new", spoken=_("加一项")
        )
        self.add = Button(_("加一项"), "default", "plus", name="radar_need_add")
        self.add.clicked.connect(self._add)
        adding.addWidget(self.fresh)
        adding.addWidget(self.add)
        adding.addStretch(1)
        card.body.addLayout(adding)
        days = QHBoxLayout()
        self.days = Select(
            [
                (count, ngettext("{count} 天", "{count} 天", count).format(count=count))
                for count in _DAYS
            ],
            name="radar_stale_days",
            spoken=_("超过多少天算旧"),
        )
        self.days.activated.connect(lambda _at: self._save_days())
        words = Label(_("超过多少天算旧"), "body", "text2")
        words.setBuddy(self.days)
        days.addWidget(words)
        days.addWidget(self.days)
        days.addStretch(1)
        days.setSpacing(theme.px(12))
        card.body.addLayout(days)
        self.body.addWidget(card)

    def _add_schemes(self) -> None:
        card = Card(_("允许的协议"), name="radar_schemes_card")
        note = _("除 http、https、tel、sms、mailto 外还能打开的，用空格分开，如 tencent weixin。")
        card.body.addWidget(Label(note, "small", "text2", wrap=True))
        self.schemes = text_field("radar_schemes", _("允许的协议"), width=340)
        self.schemes.editingFinished.connect(self._save_schemes)
        card.body.addWidget(left(self.schemes))
        self.body.addWidget(card)

    def _add_local(self) -> None:
        card = Card(_("号码与身份证"), name="radar_numbers_card")
        note = _("号段表（phone.dat）只装在这台电脑上；装了就能说出手机号段属于哪个城市。")
        card.body.addWidget(Label(note, "small", "text2", wrap=True))
        row = QHBoxLayout()
        self.table_words = Label("", "body", "text")
        install = Button(_("安装号段表…"), "default", "folder", name="radar_phone_table")
        install.clicked.connect(self._choose_table)
        row.addWidget(self.table_words)
        row.addWidget(install)
        row.addStretch(1)
        card.body.addLayout(row)
        self.citizens = CheckBox(_("允许保存身份证号（显示时遮住中间）"), name="radar_citizen_ids")
        self.citizens.clicked.connect(self._save_citizens)
        card.body.addWidget(self.citizens)
        self.body.addWidget(card)

    # -- showing ---------------------------------------------------------------------------

    def reload(self) -> None:
        """Show the settings."""
        settings = self.view.office.admin.settings()
        self.days.set_value(settings.radar_stale_days)
        self.citizens.setChecked(settings.citizen_ids)
        self._say_table()
        links = self.view.office.radar.links
        self.links.show_links(links.all(), links.schemes())
        if not self.schemes.hasFocus():
            self.schemes.setText(settings.link_schemes)
        kept = self._focused()
        self.weights: dict[str, Select] = {}
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        for row, (label, weight) in enumerate(settings.radar_weights.items()):
            self._add_row(grid, row, label, weight)
        grid.setColumnStretch(3, 1)
        old, self._holder = self._holder, fresh
        holding = old.parentWidget()
        layout = holding.layout() if holding is not None else None
        assert layout is not None
        layout.replaceWidget(old, fresh, Qt.FindChildOption.FindChildrenRecursively)
        old.hide()
        old.deleteLater()
        if kept in self.weights:
            self.weights[kept].setFocus(Qt.FocusReason.OtherFocusReason)

    def _focused(self) -> str:
        fields = getattr(self, "weights", {})
        return next((label for label, field in fields.items() if field.hasFocus()), "")

    def _add_row(self, grid: QGridLayout, row: int, label: str, weight: int) -> None:
        shown = translate(label)
        choices = sorted({*_WEIGHTS, weight})
        field = Select(
            [(one, str(one)) for one in choices],
            name=f"radar_weight_{row}",
            spoken=_("{label} 的权重").format(label=shown),
        )
        field.set_value(weight)
        field.activated.connect(lambda _at: self._save_weight(label, field))
        drop = Button(_("去掉"), "ghost", height=24, name=f"radar_need_drop_{row}")
        drop.setAccessibleName(_("去掉 {label}").format(label=shown))
        drop.clicked.connect(partial(self._drop, label))
        words = Label(shown, "body", "text")
        words.setBuddy(field)
        for column, widget in enumerate((words, field, drop)):
            grid.addWidget(widget, row, column)
        self.weights[label] = field

    def focus_first(self) -> None:
        """Put the focus into the first weight."""
        first = next(iter(self.weights.values()), self.days)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- saving ----------------------------------------------------------------------------

    def _weights(self) -> dict[str, int]:
        return dict(self.view.office.admin.settings().radar_weights)

    def _save_weight(self, label: str, field: Select) -> None:
        self._keep(self._weights() | {label: _whole(field)})

    def _drop(self, label: str) -> None:
        self._keep({one: weight for one, weight in self._weights().items() if one != label})

    def _add(self) -> None:
        label = self._stored(self.fresh.words())
        if label and label not in self._weights():
            self._keep(self._weights() | {label: 1})
            self.fresh.setCurrentText("")

    @staticmethod
    def _stored(words: str) -> str:
        """Return the item as it is stored, whatever language it was chosen in."""
        return next((one for one in SUGGESTED if translate(one) == words), words)

    def _keep(self, weights: dict[str, int]) -> None:
        admin = self.view.office.admin
        if weights != self._weights():
            self.save(lambda: admin.change_settings(radar_weights=weights), _("设置已改"))
            self.reload()

    def _save_links(self, links: list[Link]) -> None:
        self.save(lambda: self.view.office.radar.links.save(links), _("设置已改"))
        self.reload()

    def _save_schemes(self) -> None:
        admin = self.view.office.admin
        words = " ".join(re.findall(r"[a-z][a-z0-9+.\-]*", self.schemes.text().lower()))
        words = " ".join(one for one in words.split() if one not in NEVER)
        if words != admin.settings().link_schemes:
            self.save(lambda: admin.change_settings(link_schemes=words), _("设置已改"))
        self.reload()

    def _say_table(self) -> None:
        table = phone_table.installed()
        words = _("没有装号段表")
        if table is not None:
            words = _("已装号段表 {version}，{count} 个号段").format(
                version=table.version, count=f"{table.count:,}"
            )
        self.table_words.setText(words)

    def _choose_table(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("安装号段表"), "", "phone.dat (*.dat)")
        if chosen:
            self.install_table(Path(chosen))

    def install_table(self, file: Path) -> None:
        """Install a table of number ranges on this computer."""
        if self.save(lambda: phone_table.install(file)):
            self.view.toast(_("号段表已装好"))
        self._say_table()

    def _save_citizens(self) -> None:
        admin, wanted = self.view.office.admin, self.citizens.isChecked()
        self.save(lambda: admin.change_settings(citizen_ids=wanted), _("设置已改"))

    def _save_days(self) -> None:
        admin = self.view.office.admin
        days = _whole(self.days)
        if days != admin.settings().radar_stale_days:
            self.save(lambda: admin.change_settings(radar_stale_days=days), _("设置已改"))


def _whole(field: Select) -> int:
    chosen = field.value()
    return chosen if isinstance(chosen, int) else 1
