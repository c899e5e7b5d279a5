"""The one style sheet, generated from the tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.views.core import tokens

if TYPE_CHECKING:
    from app.views.core.theme import Theme

_TONES = ("text", "text2", "text3", "accent", "good", "warn", "bad", "onAccent", "onToast")

_TEMPLATE = """
QToolTip { background: @surface; color: @text; border: 1px solid @control; padding: 4px 8px; }
QMainWindow, QDialog { background: @window; }
QDialog, QMessageBox { background: @surface; }
QMainWindow::separator { background: @border; width: 1px; height: 1px; }

QMenuBar { background: @window; border: none; padding: 0 $8; spacing: 0; font-size: $13; }
QMenuBar::item { background: transparent; color: @text; padding: $4 $9; border-radius: $4; }
QMenuBar::item:selected { background: @hover; }
QMenuBar::item:pressed { background: @selected; }
QStatusBar { background: @window; border: none; border-top: 1px solid @border; }
QStatusBar::item { border: none; }

QPushButton, QToolButton[text="true"] { background: @surface; color: @text;
  border: 1px solid @control; border-radius: $4; min-height: $26; padding: 0 $12; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @selected; }
QPushButton:disabled { background: @subtle; color: @text3; border-color: @border; }
QPushButton:default { background: @accentFill; color: @onAccent; border-color: @accentFill; }
QPushButton[own="true"] { background: transparent; border: none; min-height: 0; padding: 0; }
QPushButton:flat { background: transparent; border-color: transparent; }
QToolButton { background: transparent; border: none; border-radius: $4; padding: $4; }
QToolButton:hover { background: @hover; }
QToolButton:pressed, QToolButton:checked { background: @selected; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
  background: @surface; color: @text; border: 1px solid @control; border-radius: $4;
  padding: 0 $8; selection-background-color: @selected; selection-color: @text; }
QLineEdit { lineedit-password-character: 9679; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: $26; }
QPlainTextEdit, QTextEdit { padding: $4 $7; font-size: $14; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border: 2px solid @accent; padding: 0 @pad; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { min-height: @less; }
QPlainTextEdit:focus, QTextEdit:focus { padding: @pad3 @pad6; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled,
QAbstractSpinBox:disabled, QLineEdit:read-only, QPlainTextEdit:read-only, QTextEdit:read-only {
  background: @subtle; color: @text3; border-color: @border; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {
  border-color: @bad; color: @bad; }
QLineEdit[bare="true"], QPlainTextEdit[bare="true"] { border: none; background: transparent;
  padding: 0; }
QLineEdit[small="true"] { min-height: $22; }
QComboBox::drop-down { border: none; width: $24; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @control; outline: 0;
  padding: $4 0; }

QAbstractItemView { background: @surface; color: @text; border: none; outline: 0;
  selection-background-color: @selected; selection-color: @text; }
QAbstractItemView[boxed="true"] { border: 1px solid @control; border-radius: $4; }
QAbstractItemView[window="true"] { background: @window; }
QHeaderView { background: @subtle; border: none; }
QHeaderView::section { background: @subtle; color: @text2; border: none;
  border-right: 1px solid @border; border-bottom: 1px solid @border; padding: 0 $8;
  font-size: $12; font-weight: 500; }
QTableCornerButton::section { background: @subtle; border: none; }

QTabBar { background: transparent; border: none; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @text2; border: none; padding: 0 $12;
  min-height: $34; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { color: @accent; border-bottom: 2px solid @accent; font-weight: 600; }
QTabBar::tab:disabled { color: @text3; }
QTabWidget::pane { border: none; border-top: 1px solid @border; }

QScrollArea, QStackedWidget { border: none; background: transparent; }
QScrollBar { background: transparent; border: none; margin: 0; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { width: $10; }
QScrollBar:horizontal { height: $10; }
QScrollBar::handle { background: @control; border: 2px solid @surface; border-radius: $5; }
QScrollBar::handle:vertical { min-height: $32; }
QScrollBar::handle:horizontal { min-width: $32; }
QScrollBar::handle:hover { background: @text3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { background: @neutral; border: none; border-radius: $3; max-height: $6;
  min-height: $6; }
QProgressBar::chunk { background: @accentFill; border-radius: $3; }
QSplitter::handle { background: @border; }
QSplitter::handle:focus { background: @accent; }
QFrame[line="true"] { background: @border; border: none; max-height: 1px; min-height: 1px; }
QFrame[upright="true"] { background: @border; border: none; max-width: 1px; min-width: 1px; }
QFrame[card="true"] { background: @surface; border: 1px solid @border; border-radius: $6; }
QFrame[card="chosen"] { background: @surface; border: 2px solid @accent; border-radius: $6; }
QFrame[card="popup"] { background: @surface; border: 1px solid @control; border-radius: $6; }
QFrame[band="subtle"] { background: @subtle; border: none; }
QFrame[band="subtle-below"] { background: @subtle; border: none;
  border-bottom: 1px solid @border; border-top-left-radius: $5; border-top-right-radius: $5; }
QFrame[band="above"] { background: transparent; border: none; border-top: 1px solid @border; }
QFrame[band="below"] { background: transparent; border: none; border-bottom: 1px solid @border; }
QFrame[band="footer"] { background: @subtle; border: none; border-top: 1px solid @border; }
QFrame[note="info"] { background: @accentTint; border: none; border-radius: $4; }
QFrame[note="good"] { background: @goodTint; border: none; border-radius: $4; }
QFrame[note="warn"] { background: @warnTint; border: none; border-radius: $4; }
QFrame[note="bad"] { background: @badTint; border: none; border-radius: $4; }
QFrame[note="plain"] { background: @subtle; border: none; border-radius: $4; }
QLabel { background: transparent; }
QLabel#qt_msgbox_label { font-weight: 600; }
QLabel#qt_msgbox_informativelabel { color: @text2; font-size: $12; min-width: $320; }
QGroupBox { border: none; margin-top: $24; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
QCalendarWidget QToolButton { color: @text; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: @subtle; }
QCalendarWidget QAbstractItemView { selection-background-color: @accentFill;
  selection-color: @onAccent; }
"""


def style_sheet(theme: Theme) -> str:
    """Return the style sheet of a theme."""
    values = {f"@{name}": theme.hex(name) for name in tokens.COLOURS}
    values["@pad3"] = f"{theme.px(4) - 1}px"
    values["@pad6"] = f"{theme.px(7) - 1}px"
    values["@pad"] = f"{theme.px(8) - 1}px"
    values["@less"] = f"{theme.px(26) - 2}px"
    values |= {f"${size}": f"{theme.px(size)}px" for size in (*range(1, 61), 320)}
    text = _TEMPLATE
    for key in sorted(values, key=len, reverse=True):
        text = text.replace(key, values[key])
    return text + _label_rules(theme)


def _label_rules(theme: Theme) -> str:
    roles = (
        f'QLabel[role="{name}"] {{ font-size: {theme.px(kind.size)}px;'
        f" font-weight: {kind.weight}; }}"
        for name, kind in tokens.TYPE.items()
    )
    tones = (f'QLabel[tone="{name}"] {{ color: {theme.hex(name)}; }}' for name in _TONES)
    return "\n".join((*roles, *tones, ""))
