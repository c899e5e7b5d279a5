"""A card: a title row and a body in a thin frame."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.views.core import theme as themes
from app.views.widgets.text import ElidedLabel, Label


class Card(QFrame):
    """Frame a group of content; ``body`` is its layout, ``head`` its title row."""

    def __init__(
        self,
        title: str = "",
        subtitle: str = "",
        *,
        icon: str = "",
        padded: bool = True,
        tinted_head: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setProperty("card", "true")
        self.setObjectName(name)
        self.setAccessibleName(title)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(1, 1, 1, 1)
        rows.setSpacing(0)
        self.head = QHBoxLayout()
        self.title = Label(title, "small" if tinted_head else "body_strong",
                           "text2" if tinted_head else "text")  # fmt: skip
        self.subtitle = ElidedLabel(subtitle, "caption", "text2")
        self.subtitle.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if title:
            rows.addWidget(self._head(icon, tinted_head))
        self.body = QVBoxLayout()
        sides = (12, 10) if padded else (0, 0)
        self.body.setContentsMargins(
            theme.px(sides[0]), theme.px(sides[1]), theme.px(sides[0]), theme.px(sides[1])
        )
        self.body.setSpacing(theme.px(8))
        rows.addLayout(self.body, 1)

    def _head(self, icon: str, tinted: bool) -> QFrame:
        theme = themes.current()
        frame = QFrame()
        frame.setProperty("band", "subtle-below" if tinted else "below")
        frame.setFixedHeight(theme.px(30 if tinted else 36))
        frame.setLayout(self.head)
        self.head.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        self.head.setSpacing(theme.px(8))
        if icon:
            sign = Label()
            sign.set_icon(icon, 16, "text")
            self.head.addWidget(sign)
        self.head.addWidget(self.title)
        self.head.addWidget(self.subtitle)
        self.head.addStretch(1)
        return frame

    def add_tool(self, tool: QWidget) -> None:
        """Add a control at the right end of the title row."""
        self.head.addWidget(tool, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_chosen(self, chosen: bool) -> None:
        """Draw the frame 2 px in the accent colour, or ordinary again."""
        themes.set_property(self, "card", "chosen" if chosen else "true")
