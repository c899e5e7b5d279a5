"""What every page of the settings shares, and the list of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import N_, translate
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.undoing import said
from app.views.widgets.scrolling import scrolled
from app.views.widgets.text import ElidedLabel, Label

if TYPE_CHECKING:
    from app.views.core.page import ViewContext, WidthMode


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """Name a page of the settings; ``keywords`` are found by the search beside the title.

    ``manages`` tells that only those who manage the office see it.
    """

    id: str
    title: str
    icon: str
    module: str
    class_name: str
    keywords: str
    manages: bool = False


SECTIONS = (
    SectionSpec(
        "company", N_("公司与工作时间"), "settings", "app.views.admin.company_section",
        "CompanySection",
        "gsygzsj gongsi shijian company hours 公司 名称 上班 下班 晚上 时区 明天 工作日 财年"
        " 放假 调休 节假日 holidays", True,
    ),
    SectionSpec(
        "staff", N_("人员与角色"), "people_team", "app.views.admin.staff_section", "StaffSection",
        "ryyjs renyuan juese staff roles 人员 角色 部门 入职 离职 号码 权限", True,
    ),
    SectionSpec(
        "features", N_("业务特征"), "task_list", "app.views.admin.features_section",
        "FeaturesSection", "ywtz yewu tezheng features fields 特征 字段 选项 必填 模板 类型", True,
    ),
    SectionSpec(
        "lists", N_("阶段与列表"), "flow", "app.views.admin.lists_section", "ListsSection",
        "jdylb jieduan liebiao stages lists 阶段 关键节点 计划 来源 行业 规模 付款 原因", True,
    ),
    SectionSpec(
        "radar", N_("客户雷达"), "search", "app.views.radar.settings_section", "RadarSection",
        "khld kehu leida radar 完整度 权重 过期 网址 链接 号段 身份证 links phones", True,
    ),
    SectionSpec(
        "book", N_("数据与密码"), "shield", "app.views.admin.book_section", "BookSection",
        "sjymm shuju mima data passphrase lock 数据 位置 加密 密码 口令 恢复码 记住 锁定 分钟",
    ),
    SectionSpec(
        "keys", N_("快捷键"), "keyboard", "app.views.admin.keys_section", "KeysSection",
        "kjj kuaijiejian keys shortcuts 键盘",
    ),
    SectionSpec(
        "looks", N_("外观与语言"), "moon", "app.views.admin.looks_section", "LooksSection",
        "wgyyy waiguan yuyan looks language theme 浅色 深色 中文 英文 文字 大小 行高 单键 回车",
    ),
    SectionSpec(
        "about", N_("关于"), "info", "app.views.admin.about_section", "AboutSection",
        "gy guanyu about version licence 版本 许可",
    ),
)  # fmt: skip


class Section(QWidget):
    """Be one page of the settings: a title row, a scrolled body, errors where they happen.

    A subclass fills ``self.body`` in ``build`` and shows values in ``reload``. Wrapping a change
    in ``save`` applies it, tells about it with 撤销, and shows in place what went wrong.
    """

    SUBTITLE = ""

    def __init__(self, view: ViewContext, spec: SectionSpec) -> None:
        super().__init__()
        theme = themes.current()
        self.view = view
        self.spec = spec
        self.setObjectName(f"section_{spec.id}")
        self.setAccessibleName(translate(spec.title))
        self.columns = QHBoxLayout(self)
        self.columns.setContentsMargins(0, 0, 0, 0)
        self.columns.setSpacing(0)
        place = QWidget()
        rows = QVBoxLayout(place)
        rows.setContentsMargins(theme.px(20), theme.px(12), theme.px(20), theme.px(16))
        rows.setSpacing(theme.px(12))
        rows.addLayout(self._title_row())
        self.error = ErrorBar()
        rows.addWidget(self.error)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.px(16))
        rows.addLayout(self.body)
        rows.addStretch(1)
        self.area: QScrollArea = scrolled(place, name=f"scroll_{spec.id}")
        self.columns.addWidget(self.area, 1)
        self.build()

    def _title_row(self) -> QHBoxLayout:
        theme = themes.current()
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(Label(translate(self.spec.title), "section"))
        self.subtitle = ElidedLabel(translate(self.SUBTITLE), "small", "text2")
        row.addWidget(self.subtitle, 1)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(theme.px(8))
        row.addLayout(self.tools)
        row.addStrut(theme.px(32))
        return row

    def add_tool(self, tool: QWidget) -> None:
        """Add a control at the right end of the title row."""
        self.tools.addWidget(tool, 0, Qt.AlignmentFlag.AlignVCenter)

    def scroll_by_keys(self) -> None:
        """Let Tab reach the page itself: there is nothing else on it to go to."""
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(translate(self.spec.title))
        self.area.setProperty("ring", True)

    # -- for subclasses --------------------------------------------------------------------

    def build(self) -> None:
        """Make the widgets once."""

    def reload(self) -> None:
        """Show what is kept now."""

    def focus_first(self) -> None:
        """Put the focus into the list or the first field."""

    def panes(self) -> tuple[QWidget, ...]:
        """Return what F6 goes through."""
        return (self,)

    def adapt(self, mode: WidthMode) -> None:
        """Fit the window."""

    # -- saving ----------------------------------------------------------------------------

    def save(self, change: Callable[[], object], told: str = "") -> bool:
        """Apply a change at once, tell about it with 撤销, or show here what went wrong.

        Without ``told`` the caller tells about it.
        """
        self.error.clear()
        try:
            change()
        except UserError as error:
            self.error.show_error(error)
            self.reload()
            return False
        if told:
            said(self.view, told)
        return True


def load(spec: SectionSpec, view: ViewContext) -> Section:
    """Import and make a page of the settings."""
    made: Section = getattr(import_module(spec.module), spec.class_name)(view, spec)
    return made
