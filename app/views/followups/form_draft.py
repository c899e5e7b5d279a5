"""The draft of 写跟单: kept after each pause of a second, and before the form goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import UserError
from app.services.followups import FORM
from app.views.core.page import ViewContext

PAUSE_MS = 1_000
Payload = Callable[[], dict[str, Any] | None]


class FormDraft(QObject):
    """Keep what the form says now; ``kept(instant)`` and ``failed`` tell how that went."""

    kept = Signal(object)
    failed = Signal()

    def __init__(
        self, view: ViewContext, payload: Payload, parent: QObject, form: str = FORM
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._view = view
        self._payload = payload
        self._subject_id = 0
        self._touched = False
        self.kept_at = 0
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.keep_now)

    @property
    def _box(self) -> Any:
        return self._view.office.followups.drafts

    def open(self, subject_id: int) -> dict[str, Any] | None:
        """Begin with a customer (0 is nobody yet); return what was left unfinished there."""
        self._timer.stop()
        self._touched = False
        self._subject_id = subject_id
        found = self._box.find(self._form, subject_id)
        if found is None:
            return None
        payload: dict[str, Any]
        payload, self.kept_at = found
        return payload

    def touch(self) -> None:
        """Note a change; it is kept after a second without another one."""
        self._touched = True
        self._timer.start()

    def keep_now(self) -> None:
        """Keep what was changed since the last time; an emptied form leaves no draft."""
        self._timer.stop()
        if not self._touched:
            return
        payload = self._payload()
        try:
            if payload is None:
                self._box.discard(self._form, self._subject_id)
            else:
                self._box.keep(self._form, self._subject_id, payload)
                self.kept.emit(self._view.office.context.now())
        except UserError:
            # the words are still in the form; saving will say what is wrong
            self.failed.emit()
            return
        self._touched = False

    def forget(self) -> None:
        """Throw the draft away."""
        self._timer.stop()
        self._touched = False
        self._box.discard(self._form, self._subject_id)

    def saved(self) -> None:
        """Know that the follow-up was saved: the service forgot the draft with it."""
        self._timer.stop()
        self._touched = False
