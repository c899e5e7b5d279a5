"""Tell about finished work in a toast, with one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from app.i18n import _

if TYPE_CHECKING:
    from app.views.core.acts import Acts
    from app.views.widgets.toast import Toast

Link = tuple[str, Callable[[], Any]]
"""Words to click on, and what they do."""


def tell(
    acts: Acts,
    toast: Toast,
    text: str,
    undo: Callable[[], Any] | None = None,
    *,
    act_id: int = 0,
    again: bool = False,
    link: Link | None = None,
) -> None:
    """Tell about finished work and how to take it back, or with ``again`` do it again.

    ``act_id`` is an act of the book; ``undo`` takes back what leaves no trail there;
    ``link`` leads to what was made.
    """
    if link is not None:
        toast.say(text, link[1], link[0])
        return
    back: Callable[[], Any] = acts.undo
    if undo is not None:
        acts.add(undo)
    elif act_id:
        back = partial(acts.do_again if again else acts.take_back, act_id)
    words = _("重做") if again else _("撤销")
    toast.say(text, back if undo is not None or act_id else None, words)
