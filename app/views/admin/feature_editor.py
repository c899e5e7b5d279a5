"""The editor of one business feature, with its look in 写跟单."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.models.values.features import CHOSEN, FieldType
from app.services.features import FeatureView, FieldView
from app.services.features.drafts import option_words
from app.views.admin.field_rules import FieldRules
from app.views.admin.fields import text_field
from app.views.admin.word_list import Word, WordList
from app.views.core import icons, labels
from app.views.core import theme as themes
from app.views.core.forms import Form
from app.views.core.undoing import said
from app.views.features.field_edit import FeatureEdit
from app.views.widgets.buttons import Button, CheckBox, Select
from app.views.widgets.card import Card
from app.views.widgets.scrolling import scrolled
from app.views.widgets.text import Label

if TYPE_CHECKING:
    from app.views.admin.features_section import FeaturesSection

WIDTH = 376
QWIDGETSIZE_MAX = 16_777_215
_WITH_UNIT = (FieldType.number, FieldType.integer, FieldType.text, FieldType.formula,
              FieldType.rollup)  # fmt: skip


class FeatureEditor(QWidget):
    """Change the chosen field; each field of the form is kept when it is left."""

    def __init__(self, section: FeaturesSection) -> None:
        super().__init__()
        theme = themes.current()
        self._section = section
        self._field: FieldView | None = None
        self._stacked = False
        self.setObjectName("feature_editor")
        self.setFixedWidth(theme.px(WIDTH))
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        self._place = QWidget()
        rows = QVBoxLayout(self._place)
        rows.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(16))
        rows.setSpacing(theme.px(12))
        rows.addLayout(self._head())
        rows.addWidget(self._make_form())
        self.options = WordList(name="options", spoken=_("选项"))
        self._connect_options()
        rows.addWidget(self.options)
        rows.addLayout(self._option_tools())
        self.rules = FieldRules()
        self.rules.kept.connect(self._keep)
        self.rules.talks_kept.connect(self._keep_talks)
        rows.addWidget(self.rules)
        self.preview = Card(_("写跟单里的样子"), name="feature_preview")
        rows.addWidget(self.preview)
        rows.addWidget(self._make_note())
        rows.addStretch(1)
        self._area = scrolled(self._place, name="feature_editor_scroll")
        around.addWidget(self._area)
        self._shown: QWidget | None = None

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._title = Label("", "section")
        self.archive = Button(_("停用"), height=24, name="feature_archive")
        self.archive.clicked.connect(self._toggle_archived)
        row.addWidget(self._title, 1)
        row.addWidget(self.archive)
        self.remove = Button(_("删除"), "danger", "trash", height=24, name="feature_remove")
        self.remove.clicked.connect(self._remove)
        row.addWidget(self.remove)
        return row

    def _make_form(self) -> Form:
        form = Form(label_width=64)
        self.label = text_field("feature_label", _("名称"))
        self.kind = Select(
            [(one, labels.of(labels.FIELD_TYPE, one)) for one in FieldType],
            name="feature_type",
            spoken=_("类型"),
        )
        self.unit = text_field("feature_unit", _("单位"), hint=_("例如 条、%、秒/件"))
        self.help = text_field("feature_help", _("提示语"), hint=_("问谁、怎么问"))
        self.weight = Select(
            [(1, _("一般")), (2, _("重要")), (3, _("很重要，先问"))],
            name="feature_weight",
            spoken=_("重要程度"),
        )
        self.required = CheckBox(_("必填"), name="feature_required")
        self.label.editingFinished.connect(lambda: self._keep("label", self.label.text().strip()))
        self.unit.editingFinished.connect(lambda: self._keep("unit", self.unit.text().strip()))
        self.help.editingFinished.connect(lambda: self._keep("help", self.help.text().strip()))
        self.kind.activated.connect(lambda _at: self._keep("type", self.kind.value()))
        self.weight.activated.connect(lambda _at: self._keep("importance", self.weight.value()))
        self.required.clicked.connect(lambda on: self._keep("required", on))
        form.add(_("名称"), self.label)
        form.add(_("类型"), self.kind)
        self._unit_row = form.add(_("单位"), self.unit)
        form.add(_("提示语"), self.help)
        form.add(_("重要"), self.weight)
        form.add("", self.required)
        return form

    def _option_tools(self) -> QHBoxLayout:
        """Return what a chosen option can do beside its list: merge, stand under another one."""
        row = QHBoxLayout()
        row.setSpacing(themes.current().px(8))
        self._merge = Button(_("合并到…"), height=24, name="option_merge")
        self._place_under = Button(_("放到…下面"), height=24, name="option_under")
        for button, act in ((self._merge, self.merge_into), (self._place_under, self.place_under)):
            menu = QMenu(button)
            menu.aboutToShow.connect(lambda menu=menu, act=act: self._offer(menu, act))
            button.set_menu(menu)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _chosen_option(self) -> int:
        at = self.options.view.currentIndex().row()
        words = self.options.words()
        return words[at].id if 0 <= at < len(words) else 0

    def _offer(self, menu: QMenu, act: Callable[[int, int], None]) -> None:
        """Offer the other options of the field."""
        menu.clear()
        chosen = self._chosen_option()
        if act == self.place_under:
            menu.addAction(_("最上层"), partial(act, chosen, 0))
        for one in self._field.options if self._field is not None else ():
            if one.id != chosen:
                words = one.label.replace("&", "&&")
                menu.addAction(words, partial(act, chosen, one.id))

    def merge_into(self, option_id: int, into_id: int) -> None:
        """Bring every customer of one option to another one."""
        features = self._section.view.office.features
        moved: list[int] = []
        if self._section.save(lambda: moved.append(features.merge_options(option_id, into_id))):
            told = ngettext("已合并选项，改了 {count} 家", "已合并选项，改了 {count} 家", moved[0])
            said(self._section.view, told.format(count=moved[0]))
            self._section.reload()

    def place_under(self, option_id: int, parent_id: int) -> None:
        """Let an option of a cascade stand under another one."""
        features = self._section.view.office.features
        self._do(lambda: features.place_option(option_id, parent_id))

    def _connect_options(self) -> None:
        self.options.added.connect(lambda label: self._set_options([*self._labels(), label]))
        self.options.renamed.connect(self._rename_option)
        self.options.hidden.connect(self._drop_option)
        self.options.ordered.connect(self._order_options)

    def _make_note(self) -> QFrame:
        theme = themes.current()
        self._note = QFrame()
        self._note.setProperty("note", "info")
        row = QHBoxLayout(self._note)
        row.setContentsMargins(theme.px(10), theme.px(6), theme.px(10), theme.px(6))
        row.setSpacing(theme.px(8))
        sign = Label()
        sign.setPixmap(icons.pixmap("info", 16, "accent"))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        self._note_words = Label("", "small", "text2", wrap=True)
        row.addWidget(self._note_words, 1)
        return self._note

    def set_stacked(self, stacked: bool) -> None:
        """Be as wide as there is room and as high as needed, or a pane of its own width."""
        theme = themes.current()
        self.setMinimumWidth(0 if stacked else theme.px(WIDTH))
        self.setMaximumWidth(QWIDGETSIZE_MAX if stacked else theme.px(WIDTH))
        self._stacked = stacked
        self._fit()

    def _fit(self) -> None:
        high = self._place.sizeHint().height() if self._stacked else 0
        self._area.setMinimumHeight(high)

    # -- showing ---------------------------------------------------------------------------

    def show_field(self, field: FieldView | None, known_count: int) -> None:
        """Show a field and at how many customers it is known."""
        self._field = field
        self._place.setVisible(field is not None)
        if field is None:
            return
        self._title.setText(field.label)
        self.archive.setText(_("启用") if field.archived else _("停用"))
        for edit, text in (
            (self.label, field.label),
            (self.unit, field.unit),
            (self.help, field.help),
        ):
            if not edit.hasFocus() or edit.text().strip() == text:
                edit.setText(text)
        self.kind.set_value(field.type)
        self.kind.setEnabled(known_count == 0)
        self.weight.set_value(field.importance)
        self.required.setChecked(field.required)
        self._unit_row.label.setVisible(field.type in _WITH_UNIT)
        self.unit.setVisible(field.type in _WITH_UNIT)
        self.options.setVisible(field.type in CHOSEN)
        self._merge.setVisible(field.type in CHOSEN)
        self._place_under.setVisible(field.type is FieldType.cascade)
        self.rules.show_field(field)
        every = field.every_option
        self.options.show_words([
            Word(one.id, option_words(one, every) if field.type is FieldType.cascade else one.label)
            for one in field.options
        ])  # fmt: skip
        self._note.setVisible(known_count > 0)
        self._note_words.setText(
            _("已有 {count} 家填过，类型不能再改。要换类型就新建一项，把这一项停用。").format(
                count=f"{known_count:,}"
            )
        )
        self._show_preview(field)

    def _show_preview(self, field: FieldView) -> None:
        if self._shown is not None:
            self.preview.body.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        theme = themes.current()
        self._shown = QWidget()
        row = QHBoxLayout(self._shown)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        name = Label(field.label, "body", "text2", wrap=True)
        name.setFixedWidth(theme.px(84))
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        edit = FeatureEdit(FeatureView(field))
        row.addWidget(edit, 1)
        self.preview.body.addWidget(self._shown)
        self._fit()

    def focus_first(self) -> None:
        """Go to the name."""
        self.label.setFocus(Qt.FocusReason.OtherFocusReason)
        self.label.selectAll()

    # -- keeping ---------------------------------------------------------------------------

    def _keep(self, name: str, value: Any) -> None:
        field = self._field
        if field is None or getattr(field, name, None) == value:
            return
        if name == "label" and not value:
            self.label.setText(field.label)
            return
        features = self._section.view.office.features
        self._do(lambda: features.change_field(field.id, **{name: value}))
        if name in ("type", "expression"):
            self._section.compute()

    def _keep_talks(self, talks: list[tuple[str, str, str]]) -> None:
        field = self._field
        if field is not None:
            features = self._section.view.office.features
            self._do(lambda: features.set_talks(field.id, talks))

    def _do(self, change: Callable[[], object]) -> None:
        field = self._field
        told = _("已改特征 {name}").format(name=field.label if field is not None else "")
        if self._section.save(change, told):
            self._section.reload()

    def _toggle_archived(self) -> None:
        field = self._field
        if field is not None:
            features = self._section.view.office.features
            self._do(lambda: features.change_field(field.id, archived=not field.archived))

    def _remove(self) -> None:
        field = self._field
        if field is not None:
            features = self._section.view.office.features
            told = _("已删除特征 {name}").format(name=field.label)
            if self._section.save(lambda: features.remove_field(field.id), told):
                self._section.reload()

    # -- options ---------------------------------------------------------------------------

    def _labels(self) -> list[str]:
        labels = {one.id: one.label for one in self._field.options} if self._field else {}
        return [labels.get(word.id, word.label) for word in self.options.words()]

    def _set_options(self, wanted: list[str]) -> None:
        field = self._field
        if field is not None:
            features = self._section.view.office.features
            self._do(lambda: features.set_options(field.id, wanted))

    def _rename_option(self, option_id: int, label: str) -> None:
        features = self._section.view.office.features
        self._do(lambda: features.rename_option(option_id, label))

    def _drop_option(self, option_id: int) -> None:
        kept = self._field.options if self._field is not None else ()
        self._set_options([one.label for one in kept if one.id != option_id])

    def _order_options(self, ids: list[int]) -> None:
        options = self._field.options if self._field is not None else ()
        words = {one.id: one.label for one in options}
        self._set_options([words[option_id] for option_id in ids])
