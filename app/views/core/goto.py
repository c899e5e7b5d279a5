"""到哪里 of a window: made at its first use, with the customers looked at lately."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.views.core.palette import Palette
    from app.views.core.shell import Shell

CUSTOMER = "customer"
_RECENT = 5


class GoTo:
    """Open the palette over the shell; the window's start does not wait for it."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._palette: Palette | None = None
        self._recent: list[tuple[int, str]] = []

    def box(self) -> Palette:
        """Return the palette."""
        if self._palette is None:
            from app.views.core.palette import Palette

            self._palette = Palette(self._shell.actions_, self._shell)
            self._palette.opened.connect(self._open)
            self._palette.wanted.connect(self._shell.commands.run_target)
        return self._palette

    def pop_up(self) -> None:
        """Open the palette, empty."""
        office = self._shell.office
        self.box().pop_up(office.customers.search if office is not None else None, self._recent)

    def remember(self, customer_id: int, name: str) -> None:
        """Offer a customer that was looked at, for this session only."""
        others = [one for one in self._recent if one[0] != customer_id]
        self._recent = [(customer_id, name), *others][:_RECENT]

    def drop(self) -> None:
        """Throw the palette away; the next use makes a new one."""
        if self._palette is not None:
            self._palette.hide()
            self._palette.deleteLater()
            self._palette = None

    def forget(self) -> None:
        """Forget the customers: another book."""
        self._recent.clear()
        self.drop()

    def _open(self, customer_id: object) -> None:
        self._shell.navigate(CUSTOMER, customer_id=customer_id)
