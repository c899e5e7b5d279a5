"""Say what the words of a column mean: 黄色 is a grade, 李想 is a colleague, 上周三 is nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from app.i18n import N_, _, translate
from app.services.transfer.cells import text_of
from app.services.transfer.fields import Shape
from app.services.transfer.fields.custom import by_key
from app.services.transfer.mapping import ColumnMatch, column_values, field_of
from app.services.transfer.read import SheetResult
from app.views.core import labels
from app.views.core import theme as themes
from app.views.itemmodels.column import Column
from app.views.itemmodels.transfer import CHOICE, RowsTableModel
from app.views.transfer.choice_table import ChoiceTable
from app.views.transfer.conversion import LABELS
from app.views.widgets.buttons import Button
from app.views.widgets.text import Label

_WORDS_MOST = 200
_EVERY_ROW = 2_000_000
_AS_IT_IS, _NOTHING = "\0as", ""
_SHOWN_ROWS = 9


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a column, in how many rows it stands, and what is wrong with it."""

    text: str
    count: int
    problem: str = ""


def words_of(result: SheetResult, match: ColumnMatch, only: str = "") -> list[Word]:
    """Return the words of a column, those that could not be read first, then by their number.

    ``only`` keeps those with one problem.
    """
    texts = column_values(result.plan.table, match.index, _EVERY_ROW)
    counts = Counter(text_of(cell) for cell in texts)
    problems = {
        one.value: translate(one.reason)
        for one in result.problems
        if one.column == match.heading and one.value
    }
    said = dict(match.words)
    words = [Word(text, n, problems.get(text, "")) for text, n in counts.items()]
    kept = [one for one in words if not only or one.problem == only or one.text in said]
    kept.sort(key=lambda one: (not one.problem, -one.count, one.text))
    return kept[:_WORDS_MOST]


def meanings_for(
    result: SheetResult, match: ColumnMatch, staff: Sequence[str]
) -> list[tuple[object, str]]:
    """Return what words of a column can mean; free text where the field has no list."""
    field = field_of(result.plan.kind, match.field) if match.applies else None
    offered: list[tuple[object, str]] = [(_AS_IT_IS, _("不改")), (_NOTHING, _("当作没填"))]
    if field is not None and field.key in LABELS:
        codes, shown = LABELS[field.key]
        known = dict.fromkeys(str(code) for code in codes.values())
        offered += [(code, labels.of(shown, code)) for code in known]
    elif field is not None and (feature := by_key(result.plan.features).get(field.key)):
        offered += [(label, label) for label in feature.options]
    elif field is not None and field.shape is Shape.staff:
        offered += [(name, name) for name in staff]
    return offered


class MeaningsDialog(QDialog):
    """List words and what each of them means; nothing is read anew before it is agreed to."""

    def __init__(
        self,
        parent: QWidget,
        heading: str,
        words: Sequence[Word],
        offered: Sequence[tuple[object, str]],
        agreed: Callable[[Mapping[str, str]], None],
        said: Mapping[str, str],
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._offered, self._agreed = list(offered), agreed
        self.said = dict(said)
        self.setObjectName("meanings_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("“{column}”里的词是什么意思").format(column=heading))
        rows = QVBoxLayout(self)
        side = theme.px(16)
        rows.setContentsMargins(side, side, side, side)
        rows.setSpacing(theme.px(10))
        told = _("认不出的在前；改的只是这次怎么读，文件不动，下次同样的表照此读。")
        rows.addWidget(Label(told, "small", "text2", wrap=True))
        self.model: RowsTableModel[Word] = RowsTableModel(
            self._columns(), lambda _row, _key: offered
        )
        self.model.picked.connect(self._picked)
        self.table = ChoiceTable(name="meanings_table", spoken=_("词和它的意思"))
        self.table.setModel(self.model)
        self.table.activated_row.connect(lambda _row: self.table.open_choice("meaning"))
        self.table.current_row.connect(self._show_row)
        self.table.setMinimumHeight(theme.size("table_header") + _SHOWN_ROWS * theme.row_height())
        rows.addWidget(self.table, 1)
        rows.addWidget(self._line())
        rows.addWidget(self._buttons())
        self.model.set_rows(words)
        self.table.go_to(0)
        self.resize(theme.px(620), theme.px(460))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self) -> QLineEdit:
        self.field = QLineEdit()
        self.field.setObjectName("meanings_field")
        self.field.setMaxLength(200)
        self.field.setAccessibleName(_("这个词改成"))
        self.field.setPlaceholderText(_("改成别的字，按 Enter"))
        self.field.returnPressed.connect(self._typed)
        return self.field

    def _columns(self) -> tuple[Column[Word], ...]:
        return (
            Column("text", N_("文件里写的"), lambda one: one.text, width=150, kind="strong",
                   flex=1),
            Column("count", N_("行数"), lambda one: f"{one.count:,}", width=64, align="right"),
            Column("problem", N_("原因"), lambda one: one.problem, width=150, flex=1,
                   tone=lambda _one: "warn"),
            Column("meaning", N_("当作"), self._meaning, width=170, kind=CHOICE,
                   value=lambda one: self.said.get(one.text, _AS_IT_IS),
                   tone=lambda one: "accent" if one.text in self.said else "text2"),
        )  # fmt: skip

    def _options(self, _word: Word, _key: str) -> list[tuple[object, str]]:
        return self._offered

    def _meaning(self, word: Word) -> str:
        said = self.said.get(word.text, _AS_IT_IS)
        return dict(self._offered).get(said, str(said))

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self.agree = Button(_("照此读"), "primary", name="meanings_agree")
        self.agree.clicked.connect(self._agree)
        cancel = Button(_("取消"), name="meanings_cancel")
        cancel.clicked.connect(self.reject)
        box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        box.addButton(self.agree, QDialogButtonBox.ButtonRole.AcceptRole)
        return box

    def _show_row(self, row: object) -> None:
        if isinstance(row, Word):
            said = self.said.get(row.text)
            self.field.setText(said if said and said not in dict(self._offered) else "")

    def _picked(self, number: int, _key: str, value: object) -> None:
        self._say(number, str(value))

    def _typed(self) -> None:
        number = self.table.currentIndex().row()
        if number >= 0 and self.field.text().strip():
            self._say(number, self.field.text().strip())
            if number + 1 < self.model.rowCount():
                self.table.go_to(number + 1)

    def _say(self, number: int, meaning: str) -> None:
        word = self.model.rows[number].text
        if meaning == _AS_IT_IS:
            self.said.pop(word, None)
        else:
            self.said[word] = meaning
        self.model.refresh(number)

    def _agree(self) -> None:
        self._agreed(dict(self.said))
        self.accept()
