"""Ctrl+Z and Ctrl+Y: acts kept in the book, and what only this session knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.errors import UserError
from app.i18n import _

if TYPE_CHECKING:
    from app.services.undo import Act
    from app.views.core.shell import Shell

Undo = Callable[[], Any]
_LONGEST = 50
_Turns = list[tuple[int, Undo]]


class Acts:
    """Take back the newest act and do it again, after a restart as well.

    Acts on the book are read from its audit trail. What leaves no trail there (a draft thrown
    away) is remembered here with an id of its time, so that both stand in one order.
    """

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._done: _Turns = []
        self._undone: _Turns = []

    def add(self, undo: Undo) -> None:
        """Remember how to take back something that leaves no trail in the book."""
        self._done.append((self._now(), undo))
        del self._done[:-_LONGEST]
        self._undone.clear()

    def clear(self) -> None:
        """Forget everything: another book."""
        self._done.clear()
        self._undone.clear()

    def can_undo(self) -> bool:
        """Tell whether there is an act to take back."""
        return bool(self._done) or self._last() is not None

    def can_redo(self) -> bool:
        """Tell whether there is an act to do again."""
        return bool(self._undone) or self._next_again() is not None

    def undo(self) -> None:
        """Take back the newest act."""
        self._shell.toast_box.dismiss()
        act = self._last()
        if self._done and self._done[-1][0] > (act.unit_id if act is not None else 0):
            self._turn_own(self._done, self._undone)
        elif act is not None:
            self._turn(act)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._shell.toast_box.dismiss()
        act = self._next_again()
        if self._undone and self._undone[-1][0] > (act.head if act is not None else 0):
            self._turn_own(self._undone, self._done)
        elif act is not None:
            self._turn(act, again=True)

    def take_back(self, act_id: int) -> None:
        """Take back one act of the book."""
        self._turn_by_id(act_id, again=False)

    def do_again(self, act_id: int) -> None:
        """Do one act of the book again."""
        self._turn_by_id(act_id, again=True)

    # -- parts -------------------------------------------------------------------------------

    def _now(self) -> int:
        office = self._shell.office
        return office.context.make_id() if office is not None else 0

    def _last(self) -> Act | None:
        office = self._shell.office
        return office.undo.last() if office is not None else None

    def _next_again(self) -> Act | None:
        office = self._shell.office
        return office.undo.next_again() if office is not None else None

    def _turn_own(self, source: _Turns, target: _Turns) -> None:
        again = source.pop()[1]()
        if callable(again):
            target.append((self._now(), again))

    def _turn_by_id(self, act_id: int, *, again: bool) -> None:
        office = self._shell.office
        if office is None:
            return
        try:
            act = office.undo.act(act_id)
        except UserError as error:
            from app.views.core.errors import show_error

            show_error(self._shell, error)
            return
        self._turn(act, again=again)

    def _turn(self, act: Act, *, again: bool = False) -> None:
        view = self._shell.view
        if view is None or (not again and not self._agreed(act)):
            return
        from app.views.core import undoing

        undoing.turn(view, self._shell, act, again=again)

    def _agreed(self, act: Act) -> bool:
        """Ask before a whole import goes back: it may be weeks old and many rows."""
        office = self._shell.office
        name = office.undo.import_name(act) if office is not None and act.is_batch else ""
        if not name:
            return True
        from app.views.core.forms import ask

        return ask(
            self._shell,
            _("撤销导入“{name}”？").format(name=name),
            _("这次导入的内容都会撤回；后来有人做过事的客户留下。撤销后还可以重做。"),
            yes=_("撤销导入"),
        )
