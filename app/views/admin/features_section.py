"""业务特征: what the office wants to know, in order, with an editor beside (picture 14)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from app.i18n import N_, _
from app.services.admin import Template
from app.services.admin.setting_up import templates
from app.services.features import FieldDraft, FieldView
from app.services.jobs import Progress
from app.services.lists import ListFilter
from app.views.admin.feature_editor import FeatureEditor
from app.views.admin.plain_table import PlainTable
from app.views.admin.section import Section
from app.views.core import format as words
from app.views.core import labels
from app.views.core.forms import line
from app.views.core.page import WidthMode
from app.views.core.runner import run_job
from app.views.features.spread_card import SpreadCard
from app.views.itemmodels.column import Column
from app.views.widgets.buttons import Button
from app.views.widgets.text import Label

_BLANK = " "


def columns(rates: Mapping[int, float]) -> list[Column[FieldView]]:
    """Return the columns; ``rates`` are the shares of customers at which a field is known."""
    return [
        Column("label", N_("名称"), _label, width=150, kind="strong",
               tone=lambda one: "text3" if one.archived else ""),
        Column("type", N_("类型"), _type, width=90, kind="tag",
               value=lambda one: (_type(one), "neutral")),
        Column("options", N_("选项 / 单位"), _rest, width=240),
        Column("state", " ", _state, width=76, kind="tag",
               value=lambda one: (_state(one), "outline" if one.archived else "warn")
               if _state(one) != _BLANK else None),
        Column("rate", N_("填写率"), lambda one: _rate(rates, one), align="right", width=80),
    ]  # fmt: skip


def _label(one: FieldView) -> str:
    return f"{one.section} · {one.label}" if one.section else one.label


def _type(one: FieldView) -> str:
    return labels.of(labels.FIELD_TYPE, one.type)


def _rest(one: FieldView) -> str:
    shown = " / ".join(option.label for option in one.options) or one.unit
    if one.limits.with_target:
        now, then = _("现状"), _("目标")
        return f"{now} → {then} {shown}".strip()
    return shown or one.expression


def _state(one: FieldView) -> str:
    # a blank, not an empty text: there is nothing missing that a dash would stand for
    return _("停用") if one.archived else _("必填") if one.required else _BLANK


def _rate(rates: Mapping[int, float], one: FieldView) -> str:
    return words.percent(rates[one.id], 0) if one.id in rates else ""


class FeaturesSection(Section):
    """Change the fields that the manager defines; values learnt stay whatever happens."""

    SUBTITLE = N_("由管理者定义，销售在跟单时填")

    def build(self) -> None:
        """Make the table and the editor."""
        self._rates: dict[int, float] = {}
        self._counts: dict[int, int] = {}
        self._menu = QMenu(self)
        self._menu.setObjectName("template_menu")
        for template in templates():
            action = self._menu.addAction(template.name.replace("&", "&&"))
            action.triggered.connect(lambda _on=False, one=template: self.take_template(one))
        more = Button(_("从模板添加"), name="features_template")
        more.set_menu(self._menu)
        add = Button(_("新特征"), "primary", "plus", name="features_add")
        add.clicked.connect(self.add)
        self.add_tool(more)
        self.add_tool(add)
        self.editor = FeatureEditor(self)
        self.table: PlainTable[FieldView] = PlainTable(
            columns(self._rates),
            lambda one: one.id,
            name="settings_features",
            spoken=_("业务特征"),
            last="options",
        )
        self.table.chosen.connect(self._show)
        self.table.opened.connect(lambda _row: self.editor.focus_first())
        self.table.moved.connect(self.move_by)
        self.body.addWidget(self.table)
        self.body.addWidget(
            Label(_("拖动或 Alt+↑↓ 调整次序。停用的特征保留历史值。"), "small", "text2", wrap=True)
        )
        self.spread = SpreadCard(self.view)
        self.body.addWidget(self.spread)
        self._edge = line(upright=True)
        self.columns.addWidget(self._edge)
        self.columns.addWidget(self.editor)

    def adapt(self, mode: WidthMode) -> None:
        """Put the editor under the table where there is no room beside it."""
        stacked = mode == "compact"
        self._edge.setVisible(not stacked)
        self.editor.set_stacked(stacked)
        (self.body if stacked else self.columns).addWidget(self.editor)

    def reload(self) -> None:
        """Show the fields; fill rates follow from a job."""
        fields = self.view.office.features.defined()
        self.table.show_rows(sorted(fields, key=lambda one: one.archived))
        self._show(self.table.current())
        run_job(self, self._count, self._counted)

    def compute(self) -> None:
        """Compute the values of changed formulas and roll-ups behind the window."""
        office = self.view.office
        run_job(self, office.features.compute_all, lambda _changed: self.reload())

    def _count(self, _progress: Progress) -> tuple[dict[int, int], int]:
        office = self.view.office
        return office.features.fill_counts(), office.customers.count(ListFilter())

    def _counted(self, found: tuple[dict[int, int], int]) -> None:
        self._counts, total = found
        self._rates.clear()
        if total:
            fields = self.table.rows
            self._rates |= {one.id: self._counts.get(one.id, 0) / total for one in fields}
        self.table.model.reload()
        self._show(self.table.current())

    def _show(self, field: FieldView | None) -> None:
        self.editor.show_field(field, self._counts.get(field.id, 0) if field else 0)
        self.spread.setVisible(field is not None and field.holds_value)
        if field is not None and field.holds_value:
            self.spread.show_field(field.id)

    def focus_first(self) -> None:
        """Put the focus into the table."""
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- changes ---------------------------------------------------------------------------

    def add(self) -> None:
        """Add an empty field at the end and go to its name."""
        known = {one.label for one in self.table.rows}
        label = _("新特征")
        number = 2
        while label in known:
            label = _("新特征 {number}").format(number=number)
            number += 1
        features = self.view.office.features
        if self.save(lambda: features.define([FieldDraft(label)]), _("已添加一项特征")):
            self.reload()
            added = next(one for one in self.table.rows if one.label == label)
            self.table.choose(added.id)
            self._show(added)
            self.editor.focus_first()

    def take_template(self, template: Template) -> None:
        """Add the fields of a template that are not there yet."""
        known = {one.label for one in self.table.rows}
        fresh = [one for one in template.fields if one.label not in known]
        if not fresh:
            self.view.toast(_("这个模板里的特征都有了"))
            return
        told = _("已添加 {count} 项特征").format(count=len(fresh))
        if self.save(lambda: self.view.office.features.define(fresh), told):
            self.reload()

    def move_by(self, step: int) -> None:
        """Move the chosen field up (-1) or down (1)."""
        ordered = self.table.order_after(step)
        if ordered is None:
            return
        ids = [one.id for one in ordered]
        if self.save(lambda: self.view.office.features.order_fields(ids), _("次序已改")):
            self.reload()
