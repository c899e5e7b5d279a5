"""One column of a table: how a row becomes text, and how it is shown, sorted and spoken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from app.i18n import translate
from app.models.values.forms import Exact, Form

T = TypeVar("T")

Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """Describe a column of rows of type ``T``.

    ``flex`` is its share of the room to spare, or to save down to ``least``. ``under`` names
    the columns that stand beneath it where rows have two lines.

    ``title`` is a message id. ``width`` is in design pixels. ``sort_key`` is the column name
    that the service sorts by, empty for none. ``value`` is what a special delegate paints
    from (a badge, a tag). ``accessible`` says more than the text where the text is terse;
    ``tip`` likewise for the tooltip. ``kind`` names how the delegate draws the cell: text,
    strong, badge (value = (quality, grade)), tag (value = (words, tone)), person (value = a tag
    after the name or none), check, heat (value = share 0..1, token and perhaps a tick). ``exact``
    is the value that copies, files and paper get, in the ``form`` named; without it they get the
    text.
    """

    key: str
    title: str
    text: Callable[[T], str]
    align: Align = "left"
    width: int = 120
    sort_key: str = ""
    kind: str = "text"
    value: Callable[[T], Any] | None = None
    accessible: Callable[[T], str] | None = None
    tip: Callable[[T], str] | None = None
    tone: Callable[[T], str] | None = None
    elide_middle: bool = False
    flex: int = 0
    least: int = 0
    under: tuple[str, ...] = ()
    shown: bool = True
    exact: Callable[[T], Exact] | None = None
    form: Form = Form.text
    own: bool = False

    @property
    def heading(self) -> str:
        """Return the title as it is shown: ``own`` ones are somebody's words, never translated."""
        return self.title if self.own else translate(self.title)


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold what one cell shows, made once when its block arrives."""

    text: str
    value: Any
    spoken: str
    tip: str
    tone: str


def cell_of(column: Column[T], row: T) -> Cell:
    """Return the display form of one cell; an empty text is shown as a dash."""
    text = column.text(row) or "—"
    return Cell(
        text,
        column.value(row) if column.value is not None else None,
        column.accessible(row) if column.accessible is not None else text,
        column.tip(row) if column.tip is not None else text,
        column.tone(row) if column.tone is not None else ("text3" if text == "—" else ""),
    )


def exact_of(column: Column[T], row: T) -> Exact:
    """Return what a copy or a file gets of a cell: its value, else its text."""
    if column.exact is not None:
        return column.exact(row)
    return column.text(row) or None
