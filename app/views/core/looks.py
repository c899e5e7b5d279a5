"""How the window looks: theme, text scale, row height, language; kept in the preferences."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from app import i18n
from app.i18n import N_
from app.views.core import qt_words
from app.views.core.actions import Action, Actions
from app.views.core.theme import Density, Mode
from app.views.core.tokens import SCALES

if TYPE_CHECKING:
    from app.views.core.shell import Shell

StandardKey = QKeySequence.StandardKey

THEMES: tuple[tuple[Mode, str, str], ...] = (
    ("system", N_("跟随系统"), "gsxt xitong system"),
    ("light", N_("浅色"), "qs qianse light theme"),
    ("dark", N_("深色"), "ss shense dark theme"),
)
ROWS: tuple[tuple[Density, str, str], ...] = (
    ("compact", N_("紧凑行高"), "jc jincou compact rows"),
    ("normal", N_("标准行高"), "bz biaozhun normal rows"),
    ("roomy", N_("宽松行高"), "ks kuansong roomy rows"),
)
LANGUAGES = (
    ("zh", N_("中文"), "zw zhongwen chinese"),
    ("en", N_("English"), "yw yingwen english"),
)


class Looks:
    """Switch the looks of a running window; each switch is an action of its own.

    Pages use ``view.actions.run``: theme_system, theme_light, theme_dark, scale_100,
    rows_compact, rows_normal, rows_roomy, language_zh, language_en.
    """

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        kept = shell.prefs.get("rows", "normal")
        shell.theme.set_density(next((one for one, _t, _w in ROWS if one == kept), "normal"))

    def register(self, actions: Actions) -> None:
        """Add the actions to the window."""
        add = actions.add
        zoom = (
            ("zoom_in", N_("放大文字"), 1, StandardKey.ZoomIn, "", "fd fangda zoom larger"),
            ("zoom_out", N_("缩小文字"), -1, StandardKey.ZoomOut, "", "sx suoxiao zoom smaller"),
            ("zoom_reset", N_("标准大小"), 0, None, "Ctrl+0", "bz biaozhun zoom 100"),
        )
        for name, title, step, standard, keys, words in zoom:
            add(Action(name, title, partial(self.zoom, step), words, keys, standard))
        for scale in SCALES:
            self._add_choice(f"scale_{scale}", f"{scale}%", "", partial(self.use_scale, scale),
                             partial(self._is_scale, scale))  # fmt: skip
        for mode, title, words in THEMES:
            self._add_choice(f"theme_{mode}", title, words, partial(self.use_theme, mode),
                             partial(self._is_theme, mode))  # fmt: skip
        for density, title, words in ROWS:
            self._add_choice(f"rows_{density}", title, words, partial(self.use_density, density),
                             partial(self._is_density, density))  # fmt: skip
        for code, title, words in LANGUAGES:
            self._add_choice(f"language_{code}", title, words, partial(self.use_language, code),
                             partial(self._is_language, code))  # fmt: skip

    def _add_choice(
        self, name: str, title: str, words: str, run: partial[None], checked: partial[bool]
    ) -> None:
        self._shell.actions_.add(
            Action(name, title, run, words, checked=checked, in_palette=bool(words))
        )

    def use_theme(self, mode: Mode) -> None:
        """Follow the system, or be light or dark."""
        self._shell.prefs.set("theme", mode)
        self._shell.theme.use(mode)

    def use_density(self, density: Density) -> None:
        """Make table rows 28, 32 or 40 px high."""
        self._shell.prefs.set("rows", density)
        self._shell.theme.set_density(density)

    def use_scale(self, scale: int) -> None:
        """Change the text scale in percent; the window is built anew."""
        self._shell.prefs.set("scale", scale)
        self._shell.theme.use(scale=scale)

    def zoom(self, step: int) -> None:
        """Go to the next larger (1) or smaller (-1) text scale, or back to 100 % (0)."""
        scale = self._shell.theme.scale
        at = SCALES.index(min(SCALES, key=lambda one: abs(one - scale)))
        self.use_scale(SCALES[min(max(0, at + step), len(SCALES) - 1)] if step else 100)

    def use_language(self, code: str) -> None:
        """Change the language, ``zh`` or ``en``; the window is built anew."""
        if code != i18n.language():
            self._shell.prefs.set("language", code)
            i18n.set_language(code)
            qt_words.speak()
            self._shell.rebuild()

    def _is_theme(self, mode: Mode) -> bool:
        return self._shell.theme.mode == mode

    def _is_density(self, density: Density) -> bool:
        return self._shell.theme.density == density

    def _is_scale(self, scale: int) -> bool:
        return self._shell.theme.scale == scale

    def _is_language(self, code: str) -> bool:
        return i18n.language() == code
