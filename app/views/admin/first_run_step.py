"""What the steps of the wizard share: answers, a title, a scrolled body."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.i18n import translate
from app.views.core import theme as themes
from app.views.widgets.text import Label

if TYPE_CHECKING:
    from app.services.admin import Template

EMPTY, IMPORT, SAMPLE = "empty", "import", "sample"


@dataclass(slots=True)
class Person:
    """One row of the staff table."""

    name: str = ""
    team: str = ""
    role: str = "sales"


@dataclass(slots=True)
class Answers:
    """What the wizard has learnt so far; ``kept`` leaves out every secret."""

    folder: Path
    company: str = ""
    people: list[Person] = field(default_factory=lambda: [Person(role="boss")])
    encrypted: bool = True
    passphrase: str = field(default="", repr=False)
    again: str = field(default="", repr=False)
    hint: str = ""
    remember: bool = False
    recovery_code: str = field(default="", repr=False)
    code_kept: bool = False
    template: str | None = None
    begin: str = EMPTY
    templates: tuple[Template, ...] = ()
    keyring_works: bool | None = None

    def kept(self) -> dict[str, Any]:
        """Return what may be kept in a plain file for the next try."""
        people = [[one.name, one.team, one.role] for one in self.people]
        return {"company": self.company, "people": people, "template": self.template}

    def take(self, kept: object) -> None:
        """Take back what ``kept`` returned; anything odd is left out."""
        if not isinstance(kept, dict):
            return
        self.company = str(kept.get("company", ""))
        template = kept.get("template")
        self.template = template if isinstance(template, str) else None
        rows = kept.get("people")
        if isinstance(rows, list):
            people = [
                Person(*map(str, row)) for row in rows if isinstance(row, list) and len(row) == 3
            ]
            self.people = people or self.people


class Step(QWidget):
    """Be one step: ``body`` is its layout; ``changed`` asks whether it may go on.

    Without ``FIELDS`` there is nothing to fill in, and Enter goes on.
    """

    TITLE: ClassVar[str] = ""
    QUESTION: ClassVar[str] = ""
    HELP: ClassVar[str] = ""
    MINUTES: ClassVar[int] = 1
    CAN_SKIP: ClassVar[bool] = True
    FIELDS: ClassVar[bool] = True

    changed = Signal()

    def __init__(self, answers: Answers) -> None:
        super().__init__()
        theme = themes.current()
        self.answers = answers
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        place = QWidget()
        area.setWidget(place)
        for widget in (area.viewport(), place):
            widget.setBackgroundRole(QPalette.ColorRole.Base)
            widget.setAutoFillBackground(True)
        around.addWidget(area)
        column = QVBoxLayout(place)
        column.setContentsMargins(theme.px(32), theme.px(22), theme.px(32), theme.px(16))
        column.setSpacing(0)
        question = Label(translate(self.QUESTION), "hero", wrap=True)
        question.setObjectName("first_run_question")
        column.addWidget(question)
        column.addSpacing(theme.px(4))
        column.addWidget(Label(translate(self.HELP), "body", "text2", wrap=True))
        column.addSpacing(theme.px(16))
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.px(12))
        column.addLayout(self.body)
        column.addStretch(1)

    def may_go_on(self) -> bool:
        """Tell whether 继续 can be pressed."""
        return True

    def check(self) -> bool:
        """Check what was typed; show in place what is wrong."""
        return True

    def keep(self) -> None:
        """Write what is on the screen into the answers."""

    def skip(self) -> None:
        """Leave the step with its usual answers."""

    def arrive(self) -> None:
        """Be shown: the answers may have changed meanwhile."""

    def focus_first(self) -> None:
        """Put the focus into the first field."""
