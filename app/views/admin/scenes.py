"""Settings and the first use, for pictures; nothing of them is kept."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.prefs import Prefs
from app.views.admin.first_run import SIZE, FirstRun
from app.views.admin.first_run_password import PasswordStep
from app.views.admin.first_run_step import SAMPLE, Answers, Person
from app.views.admin.staff_dialog import StaffDialog
from app.views.core import theme as themes

if TYPE_CHECKING:
    from app.models.values.clock import Clock
    from app.views.core.shell import Shell
    from app.views.core.start_books import Bootstrap

_CODE = "7KQF-2M9X-VD4T-H3BA-PW8E-6RNC-4T"
_PASSPHRASE = "lao-difang-1998"
_STEPS = ("welcome", "looks", "people", "password", "template", "begin", "end")


class _Usual:
    """Be a computer on which everything works, with a recovery code that never changes."""

    def new_recovery_code(self) -> str:
        return _CODE

    def keyring_works(self) -> bool:
        return True


def _section(section_id: str) -> Callable[[Shell], QWidget]:
    def show(shell: Shell) -> QWidget:
        shell.navigate("settings", section=section_id)
        return shell

    return show


settings_staff = _section("staff")
settings_features = _section("features")
settings_lists = _section("lists")
settings_book = _section("book")
settings_keys = _section("keys")
settings_looks = _section("looks")
settings_about = _section("about")


def staff_form(shell: Shell) -> QWidget:
    """Show the form for a new person."""
    if shell.view is None:
        return shell
    form = StaffDialog(shell.view, None, shell)
    form.show()
    return form


def _first_run(step: str) -> Callable[[Shell], QWidget]:
    def show(shell: Shell) -> QWidget:
        place = Path(tempfile.mkdtemp(prefix="gendan-"))
        office = shell.office
        clock = cast("Clock", office.context.clock if office is not None else None)
        prefs = Prefs(place / "prefs.json")
        prefs.set("first_run", _answers(place).kept())
        wizard = FirstRun(cast("Bootstrap", _Usual()), prefs, clock, place / "demo.gendan", shell)
        theme = themes.current()
        wizard.resize(*(theme.px(side) for side in SIZE))
        wizard.show()
        _settle()
        for _before in _STEPS[: _STEPS.index(step)]:
            _fill(wizard, kept=True)
            wizard.go_on()
        _fill(wizard, kept=False)
        return wizard

    return show


first_run_welcome = _first_run("welcome")
first_run_looks = _first_run("looks")
first_run_people = _first_run("people")
first_run_password = _first_run("password")
first_run_template = _first_run("template")
first_run_begin = _first_run("begin")
first_run_end = _first_run("end")


def _fill(wizard: FirstRun, *, kept: bool) -> None:
    step = wizard.step
    if isinstance(step, PasswordStep):
        step.new.setText(_PASSPHRASE)
        step.again.setText(_PASSPHRASE)
        step.hint.setText(_("老地方 + 开业年份"))
        step.card.kept.setChecked(kept)


def _answers(folder: Path) -> Answers:
    team = _("销售一部")
    people = [Person(_("林建国"), "", "boss"), Person(_("王晓燕"), team, "lead"),
              Person(_("周敏"), team, "sales")]  # fmt: skip
    return Answers(folder, _("苏南自动化设备有限公司"), people, begin=SAMPLE)


def _settle() -> None:
    from app.views.core.screenshots import settle

    settle()
