"""关于: the version, what it is built on, and under which licences."""

from __future__ import annotations

import platform
import re
from dataclasses import dataclass
from importlib import metadata

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app import __version__, logs
from app.i18n import N_, _
from app.services.jobs import Progress
from app.views.admin.section import Section
from app.views.core import icons
from app.views.core import theme as themes
from app.views.core.runner import run_job
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.text import ElidedLabel, Label, copy_text

_PROGRAM = "gendan"
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Library:
    """A library the program is built on."""

    name: str
    version: str
    licence: str


class AboutSection(Section):
    """Show version and libraries, all of it copyable."""

    SUBTITLE = N_("离线的销售跟单软件，全部内容只在这台电脑上")

    def build(self) -> None:
        """Make the cards; the libraries are read in a job."""
        self.scroll_by_keys()
        self._libraries: list[Library] = []
        card = Card(name="about_card")
        row = QHBoxLayout()
        row.setSpacing(themes.current().px(12))
        side = themes.current().px(40)
        logo = Label()
        logo.setPixmap(icons.application_icon().pixmap(side, side))
        row.addWidget(logo)
        self.version = Label(_("跟单 {version}").format(version=__version__), "section")
        self.version.setObjectName("about_version")
        row.addWidget(self.version)
        row.addStretch(1)
        copy = Button(_("复制版本信息"), icon="copy", name="about_copy")
        copy.clicked.connect(self._copy)
        row.addWidget(copy)
        card.body.addLayout(row)
        engine = f"Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}"
        card.body.addWidget(Label(f"MIT · {engine}", "small", "text2", wrap=True))
        log = _("日志：{file}（只有编号，没有客户资料）").format(file=logs.log_file())
        card.body.addWidget(ElidedLabel(log, "small", "text2"))
        self.body.addWidget(card)
        self._card = Card(_("用到的软件库"), _("各按其许可证使用"), name="libraries_card")
        self._grid: QWidget | None = None
        self.body.addWidget(self._card)

    def reload(self) -> None:
        """Read the libraries once."""
        if not self._libraries:
            run_job(self, read_libraries, self._show)

    def _show(self, libraries: list[Library]) -> None:
        theme = themes.current()
        self._libraries = libraries
        if self._grid is not None:
            self._grid.deleteLater()
        self._grid = QWidget()
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(2, 1)
        for row, one in enumerate(libraries):
            grid.addWidget(Label(one.name, "name"), row, 0)
            grid.addWidget(Label(one.version, "body", "text2"), row, 1)
            grid.addWidget(ElidedLabel(one.licence, "body", "text2"), row, 2)
        self._card.body.addWidget(self._grid)

    def _copy(self) -> None:
        lines = [f"{one.name} {one.version} {one.licence}" for one in self._libraries]
        copy_text("\n".join((self.version.text(), platform.platform(), *lines)))
        self.view.toast(_("已复制版本信息"))


def read_libraries(progress: Progress) -> list[Library]:
    """Return the libraries that the program asks for, by name."""
    wanted = metadata.requires(_PROGRAM) or []
    names = [re.split(r"[^A-Za-z0-9._-]", text, maxsplit=1)[0] for text in wanted]
    found = []
    for done, name in enumerate(sorted(names, key=str.lower)):
        progress.step(done, len(names))
        try:
            found.append(_library(metadata.distribution(name)))
        except metadata.PackageNotFoundError:
            continue
    return found


def _library(known: metadata.Distribution) -> Library:
    words = known.metadata
    told = [*(words.get_all("License-Expression") or ()), *(words.get_all("License") or ())]
    licence = told[0] if told else ""
    if not licence or len(licence) > _SHORT or licence == "UNKNOWN":
        classified = [one for one in words.get_all("Classifier") or () if "License ::" in one]
        licence = " / ".join(one.rsplit(" :: ", 1)[-1] for one in classified) or licence[:_SHORT]
    return Library(words["Name"], known.version, licence.splitlines()[0] if licence else "")
