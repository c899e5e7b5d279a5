"""The registry of pages: one line per screen, its class is imported on first show."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from app.i18n import N_

if TYPE_CHECKING:
    from app.views.core.page import Page

WORK = N_("工作")
MANAGE = N_("管理")
BOOK = N_("数据")


@dataclass(frozen=True, slots=True)
class PageSpec:
    """Name a screen: where it stands in the navigation and where its class lives.

    ``group`` is empty for screens that are reached from others (a customer). ``keywords`` are
    pinyin initials, full pinyin and English words for the palette.
    """

    id: str
    title: str
    icon: str
    group: str
    module: str
    class_name: str
    shortcut: str = ""
    keywords: str = ""


REGISTERED = (
    PageSpec(
        "today", N_("今日工作台"), "calendar_today", WORK,
        "app.views.followups.today_page", "TodayPage", "Ctrl+1", "jrgzt jinri today home",
    ),
    PageSpec(
        "customers", N_("客户"), "building", WORK,
        "app.views.customers.list_page", "CustomersPage", "Ctrl+2", "kh kehu customers list",
    ),
    PageSpec(
        "deals", N_("商机与回款"), "money", WORK,
        "app.views.deals.deals_page", "DealsPage", "Ctrl+3", "sjyhk shangji deals payments",
    ),
    PageSpec(
        "agenda", N_("日程"), "calendar", WORK,
        "app.views.followups.calendar_page", "CalendarPage", "Ctrl+Shift+A",
        "rc richeng calendar agenda week month",
    ),
    PageSpec(
        "records", N_("清单"), "task_list", WORK,
        "app.views.lists.records_page", "RecordsPage", "",
        "qd qingdan lists records next steps followups contracts payments",
    ),
    PageSpec(
        "kpi", N_("宏观KPI"), "data_trending", MANAGE,
        "app.views.kpi.macro_page", "MacroPage", "Ctrl+5", "hgkpi hongguan macro kpi",
    ),
    PageSpec(
        "forecast", N_("加权预测"), "ribbon", MANAGE,
        "app.views.calibration.forecast_page", "ForecastPage", "",
        "jqyc jiaquan yuce forecast weighted",
    ),
    PageSpec(
        "staff", N_("人员汇总"), "people_team", MANAGE,
        "app.views.staff.summary_page", "StaffPage", "Ctrl+6", "ryhz renyuan staff summary",
    ),
    PageSpec(
        "sequences", N_("动作序列"), "flow", MANAGE,
        "app.views.sequences.sequences_page", "SequencesPage", "Ctrl+7",
        "dzxl dongzuo xulie sequence steps",
    ),
    PageSpec(
        "transfer", N_("导入导出"), "arrow_import", BOOK,
        "app.views.transfer.transfer_page", "TransferPage", "", "drdc daoru daochu import export",
    ),
    PageSpec(
        "bin", N_("回收站"), "trash", BOOK,
        "app.views.admin.bin_page", "BinPage", "", "hsz huishouzhan recycle bin trash deleted",
    ),
    PageSpec(
        "settings", N_("设置"), "settings", BOOK,
        "app.views.admin.settings_page", "SettingsPage", "", "sz shezhi settings preferences",
    ),
    PageSpec(
        "customer", N_("客户"), "building", "",
        "app.views.customers.customer_page", "CustomerPage",
    ),
    PageSpec(
        "duplicates", N_("查重"), "merge", "",
        "app.views.customers.duplicates_page", "DuplicatesPage",
    ),
    PageSpec(
        "gallery", N_("状态与组件样张"), "columns", "",
        "app.views.core.gallery", "GalleryPage", "Ctrl+Shift+F12",
    ),
)  # fmt: skip


def spec_of(page_id: str) -> PageSpec | None:
    """Return the screen of an id, None when there is no such screen."""
    return next((spec for spec in REGISTERED if spec.id == page_id), None)


def load(spec: PageSpec) -> type[Page]:
    """Import and return the class of a screen."""
    found: type[Page] = getattr(import_module(spec.module), spec.class_name)
    return found
