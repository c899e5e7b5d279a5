"""The navigation at the left: groups of screens, badges, and who is using the program."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QCursor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _, translate
from app.views.core import icons
from app.views.core import theme as themes
from app.views.core.pages import PageSpec
from app.views.widgets.avatar import paint_avatar
from app.views.widgets.buttons import icon_button
from app.views.widgets.text import draw_line, plain_tip, set_tip

_NARROW_GAP = 8
_SPEC = Qt.ItemDataRole.UserRole
_COUNT = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


class _Delegate(QStyledItemDelegate):
    """Draw icon, words, badge and the 3 px bar of the current screen."""

    narrow = False

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self.view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return 32 px for screens, less for group names."""
        theme = themes.current()
        if index.data(_SPEC) is None:
            if self.narrow:
                return QSize(10, theme.px(_NARROW_GAP if index.row() else 0))
            return QSize(10, theme.px(34 if index.row() else 26))
        return QSize(10, theme.px(36 if self.narrow else 33))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        spec = index.data(_SPEC)
        painter.save()
        rect: QRect = option.rect
        if spec is None:
            self._paint_group(painter, rect, index)
        else:
            self._paint_item(painter, option, index, spec)
        painter.restore()

    def _paint_group(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        if self.narrow:
            return
        theme = themes.current()
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text2"))
        box = rect.adjusted(theme.px(16), 0, 0, -theme.px(5))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        painter.drawText(box, flags, str(index.data(Qt.ItemDataRole.DisplayRole)))

    def _paint_item(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, spec: PageSpec
    ) -> None:
        theme = themes.current()
        rect: QRect = option.rect
        # asked of the view, not of the option's state: naming QStyle costs 5 ms at the start
        on = self.view.selectionModel().isSelected(index)
        # the viewport fills the view; asking for it makes Qt look through all classes for its own
        over = rect.contains(self.view.mapFromGlobal(QCursor.pos()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect).adjusted(theme.px(8), 1, -theme.px(8), 0)
        painter.setPen(Qt.PenStyle.NoPen)
        if on or over:
            painter.setBrush(theme.brush("accentTint" if on else "hover"))
            painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        if on:
            painter.setBrush(theme.brush("accent"))
            high = theme.px(16)
            bar = QRectF(box.left(), box.center().y() - high / 2, theme.px(3), high)
            painter.drawRoundedRect(bar, 1.5, 1.5)
        if on and self.view.hasFocus():
            painter.setPen(theme.pen("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))
        self._paint_words(painter, box, index, spec, on)

    def _paint_words(
        self, painter: QPainter, box: QRectF, index: _Index, spec: PageSpec, on: bool
    ) -> None:
        theme = themes.current()
        name = f"{spec.icon}_filled" if on and f"{spec.icon}_filled" in icons.names() else spec.icon
        tone = "accent" if on else "text2"
        if self.narrow:
            icons.paint(painter, box, name, tone, 20)
            return
        at = QRectF(box.left() + theme.px(8), box.top(), theme.px(20), box.height())
        icons.paint(painter, at, name, tone, 20)
        painter.setFont(theme.font("body_strong" if on else "body"))
        painter.setPen(theme.color("accent" if on else "text2"))
        count = index.data(_COUNT)
        words = box.adjusted(theme.px(36), 0, -theme.px(34 if count else 4), 0)
        draw_line(painter, words, str(index.data(Qt.ItemDataRole.DisplayRole)))
        if count:
            painter.setFont(theme.font("small"))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(box.adjusted(0, 0, -theme.px(8), 0), right, _short(int(count)))


def _short(count: int) -> str:
    return str(count) if count < 1000 else "999+"


class _List(QListView):
    """Choose with arrows at once, go into the screen with Enter or Right.

    Only keys and clicks choose: Qt also moves the current row when the list gets the focus.
    """

    entered_page = Signal()
    moved = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the focus to the screen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered_page.emit()
            return
        before = self.currentIndex()
        super().keyPressEvent(event)
        if self.currentIndex() != before:
            self.moved.emit(self.currentIndex())


class _Person(QAbstractButton):
    """Show who is using the program; a click asks to change."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("person")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._role = ""

    def show_person(self, name: str, role: str) -> None:
        """Show somebody."""
        self.setText(name)
        self._role = role
        self.setAccessibleName(_("换人使用，现在是 {name}").format(name=name))
        set_tip(self, f"{name} {role}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return two lines beside a circle of 28 px."""
        theme = themes.current()
        return QSize(theme.px(120), theme.px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw circle, name and role."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.brush("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.px(4), theme.px(4))
        side = theme.px(28)
        disc = QRectF(theme.px(4), (self.height() - side) / 2, side, side)
        paint_avatar(painter, disc, self.text(), role="body_strong")
        left = theme.px(40)
        for role, tone, words, top in (
            ("name", "text", self.text(), 0),
            ("caption", "text2", self._role, self.height() // 2),
        ):
            painter.setFont(theme.font(role))
            painter.setPen(theme.color(tone))
            box = QRect(left, top, self.width() - left, self.height() // 2)
            draw_line(painter, box, words)


class Navigation(QFrame):
    """List the screens; ``chosen(page_id)`` comes for clicks and arrows."""

    chosen = Signal(str)
    entered_page = Signal()
    lock_wanted = Signal()
    person_wanted = Signal()

    def __init__(self, specs: Iterable[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("navigation_pane")
        self._narrow = False
        self._model = QStandardItemModel(self)
        self._items: dict[str, QStandardItem] = {}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, theme.px(8), 0, 0)
        rows.setSpacing(0)
        self.view = self._make_view()
        rows.addWidget(self.view, 1)
        rows.addWidget(self._make_person())
        self._fill(specs)
        self.set_narrow(False)

    def _make_view(self) -> _List:
        view = _List()
        view.setObjectName("navigation")
        view.setAccessibleName(_("导航"))
        view.setProperty("window", True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setMouseTracking(True)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._delegate = _Delegate(view)
        view.setItemDelegate(self._delegate)
        view.setModel(self._model)
        view.moved.connect(self._moved)
        view.entered_page.connect(self.entered_page)
        view.clicked.connect(self._clicked)
        return view

    def _make_person(self) -> QFrame:
        theme = themes.current()
        frame = QFrame()
        frame.setObjectName("person_pane")
        rows = QVBoxLayout(frame)
        rows.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        rows.setSpacing(0)
        rule = QFrame()
        rule.setProperty("line", True)
        rows.addWidget(rule)
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(4), theme.px(4), 0, theme.px(12))
        row.setSpacing(theme.px(4))
        rows.addLayout(row)
        self._who = _Person()
        self._who.clicked.connect(self.person_wanted)
        self._lock = icon_button("lock_closed", _("锁定"), name="lock")
        self._lock.clicked.connect(self.lock_wanted)
        row.addWidget(self._who, 1)
        row.addWidget(self._lock)
        self._person = frame
        frame.hide()
        return frame

    def _fill(self, specs: Iterable[PageSpec]) -> None:
        group = ""
        for spec in specs:
            if not spec.group:
                continue
            if spec.group != group:
                group = spec.group
                head = QStandardItem(translate(group))
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                self._model.appendRow(head)
            item = QStandardItem(translate(spec.title))
            item.setEditable(False)
            item.setData(spec, _SPEC)
            self._items[spec.id] = item
            self._model.appendRow(item)
            self.set_badge(spec.id, 0)

    # -- state -------------------------------------------------------------------------

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only (48 px) or icons with words (184 px)."""
        theme = themes.current()
        self._narrow = narrow
        self._delegate.narrow = narrow
        self.setFixedWidth(theme.size("nav_icons" if narrow else "nav"))
        self._who.setVisible(not narrow)
        self.view.doItemsLayout()

    @property
    def narrow(self) -> bool:
        """Tell whether only icons are shown."""
        return self._narrow

    def select(self, page_id: str) -> None:
        """Mark a screen as the current one without telling ``chosen``."""
        item = self._items.get(page_id)
        if item is None:
            self.view.clearSelection()
        else:
            self.view.setCurrentIndex(item.index())

    def set_badge(self, page_id: str, count: int) -> None:
        """Print a number beside a screen, nothing for zero."""
        item = self._items.get(page_id)
        if item is None:
            return
        words = item.text()
        item.setData(count, _COUNT)
        spoken = _("{page}，{count} 条").format(page=words, count=count) if count else words
        item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
        item.setToolTip(plain_tip(spoken))

    def set_person(self, name: str, role: str) -> None:
        """Show who is using the program; an empty name hides the place."""
        self._who.show_person(name, _("{role} · 本机").format(role=role) if role else _("本机"))
        set_tip(self._lock, _("锁定（{name}）").format(name=name))
        self._person.setVisible(bool(name))

    def _moved(self, index: QModelIndex) -> None:
        spec = index.data(_SPEC)
        if spec is not None:
            self.chosen.emit(spec.id)

    def _clicked(self, index: QModelIndex) -> None:
        self._moved(index)
        self.entered_page.emit()


class Edge(QWidget):
    """Be the line between navigation and page."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(1)
        self.setBackgroundRole(QPalette.ColorRole.Midlight)
        self.setAutoFillBackground(True)
