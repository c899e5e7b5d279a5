"""After a close that was not in order: look at every page, and name the part that is damaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.i18n import N_, _, translate
from app.models.store import failures, health
from app.models.tables import Base
from app.services.context import Context
from app.services.jobs import Progress

_WORDS: Mapping[str, str] = {
    "customers": N_("客户"),
    "followups": N_("跟单记录"),
    "calibration": N_("客户校准"),
    "features": N_("客户特征"),
    "sequences": N_("动作序列"),
    "radar": N_("信息雷达"),
    "deals": N_("合同与回款"),
    "kpi": N_("指标"),
    "staff": N_("员工"),
    "transfer": N_("导入记录"),
    "admin": N_("设置和变更记录"),
}


def check_pages(context: Context, progress: Progress) -> None:
    """Look at every page of the book.

    Raises ``BookError`` damaged_book and ``Cancelled``. Nothing is written any more once
    damage was found; a check that was stopped is due again when the book is next opened.
    """
    database = context.database

    def watch() -> None:
        progress.step(0, 0, _("正在检查文件的每一页"))

    if health.page_problems(database, watch=watch):
        parts = words_for(health.damaged_tables(database, watch))
        raise database.stop_writing(failures.damage_met(parts))
    if database.damage is not None:
        raise database.damage
    database.pass_check()


def words_for(tables: Sequence[str]) -> str:
    """Return what tables hold as people call it, in a fixed order, each thing once."""
    rooms = {name: one.__module__.rpartition(".")[2] for name, one in Base.entities.items()}
    damaged = {rooms.get(name, "search") for name in tables}
    names = [translate(word) for room, word in _WORDS.items() if room in damaged]
    if "search" in damaged:
        names.append(_("搜索索引"))
    return _("、").join(names)
