"""业务特征 on a customer's page: value, when and how it was learnt; open questions as links."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.i18n import _, ngettext
from app.models.values import money
from app.models.values.features import FieldType
from app.services.customers.drafts import CustomerCard
from app.services.features import FeatureView
from app.services.features.asking import is_visible, values_by_key
from app.views.core import format as fmt
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.features.feature_dialog import FeatureDialog, in_sections
from app.views.widgets.badges import Tag
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.empty_state import NOTHING_YET, EmptyState
from app.views.widgets.text import ElidedLabel, Label

_LABEL_WIDTH = 84
FIRST_QUESTIONS = 3
"""How many questions stand there while nothing is known yet."""


class FeaturesPanel(Card):
    """Show what is known of the fields the office defined."""

    def __init__(self, view: ViewContext) -> None:
        super().__init__(_("业务特征"), icon="task_list", name="features_panel")
        self._view = view
        self._customer_id = 0
        self.edit = Button(_("编辑"), "default", "edit", height=24, name="features_edit")
        self.edit.clicked.connect(lambda: self.ask(0))
        self.add_tool(self.edit)
        self._holder = QWidget()
        self.body.addWidget(self._holder)
        self.body.addStretch(1)
        self._grid: QGridLayout | None = None

    def show_card(self, card: CustomerCard) -> None:
        """Show the features of a customer."""
        self._customer_id = card.id
        every = self._view.office.features.of_customer(card.id)
        values = values_by_key(every)
        views = [one for one in in_sections(every) if one.field.holds_value]
        views = [one for one in views if is_visible(one.field, values)]
        known = sum(1 for view in views if view.shown)
        self.edit.setVisible(bool(views))
        filled = _("已填 {known} / {all}").format(known=known, all=len(views))
        self.subtitle.setText(filled if views else "")
        fresh = self._rows(views) if views else self._empty()
        self.body.replaceWidget(self._holder, fresh)
        self._holder.hide()
        self._holder.deleteLater()
        self._holder = fresh

    def _empty(self) -> QWidget:
        made = EmptyState(
            NOTHING_YET,
            _("还没有业务特征"),
            _("在设置里定几项，跟单时就会问到。"),
            icon="task_list",
        )
        go = Button(_("去设置"), "default", "settings", name="features_settings")
        go.clicked.connect(lambda: self._view.navigate("settings", section="features"))
        made.add_button(go)
        return made

    def _rows(self, views: list[FeatureView]) -> QWidget:
        theme = themes.current()
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(5))
        grid.setColumnMinimumWidth(0, theme.px(_LABEL_WIDTH))
        grid.setColumnStretch(1, 1)
        today = self._view.office.context.today()
        asked = sorted(views, key=lambda one: -one.field.importance)[:FIRST_QUESTIONS]
        some = any(view.shown for view in views)
        shown = views if some else [view for view in views if view in asked]
        if len(shown) < len(views):
            grid.addWidget(self._more(len(views) - len(shown)), len(shown), 1)
        for row, view in enumerate(shown):
            name = ElidedLabel(view.field.label, "small", "text2")
            name.setFixedWidth(theme.px(_LABEL_WIDTH))
            grid.addWidget(name, row, 0)
            grid.addWidget(self._value(view), row, 1)
            if view.shown:
                how = labels.of(labels.CHANNEL, view.channel)
                when = f"{fmt.day(view.learnt_on, today)} {how}".strip()
                side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                grid.addWidget(Label(when, "caption", "text2"), row, 2, side)
            grid.setRowMinimumHeight(row, theme.px(20))
        return holder

    def _value(self, view: FeatureView) -> QWidget:
        if not view.shown:
            if not view.field.typed:
                return Label("—", "body", "text3")
            ask = Button(_("待了解，点此填写"), "link", height=20,
                         name=f"ask_{view.field.key}")  # fmt: skip
            ask.clicked.connect(lambda: self.ask(view.field.id))
            return _flush(ask)
        if view.field.type is FieldType.single and view.field.required:
            best = view.field.options[:1] and view.field.options[0].id in view.option_ids
            return Tag(view.shown, "good" if best else "neutral")
        return ElidedLabel(_shown(view).replace("\n", "；"), "body", "text")

    def _more(self, count: int) -> QWidget:
        words = ngettext("还有 {count} 项", "还有 {count} 项", count).format(count=count)
        more = Button(words, "link", height=20, name="features_more")
        more.clicked.connect(lambda: self.ask(0))
        return _flush(more)

    def ask(self, field_id: int) -> None:
        """Open the dialog at a field."""
        FeatureDialog(self._view, self._customer_id, self, field_id).exec()


def _shown(view: FeatureView) -> str:
    """Return what is known as it is read: an amount by its size, anything else as it stands."""
    if view.field.type is not FieldType.money or view.field.limits.with_target:
        return view.shown
    return fmt.money_marked(money.parse_money(view.value))


def _flush(link: Button) -> QWidget:
    """Return a box where the words of a link begin at the left edge, without its padding."""
    box = QWidget()
    link.setParent(box)
    link.move(-themes.current().px(4), 0)
    box.setFixedHeight(link.sizeHint().height())
    return box
