"""外观与语言: how the window looks and listens for this person on this computer."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app import i18n
from app.i18n import N_, _
from app.views.admin.fields import left
from app.views.admin.section import Section
from app.views.core.forms import Form
from app.views.core.tokens import SCALES
from app.views.widgets.buttons import CheckBox, Select
from app.views.widgets.card import Card
from app.views.widgets.segmented import Segmented

_SWITCHES = (
    ("enter_moves", N_("回车跳到下一项")),
    ("single_keys", N_("列表里用单个字母操作，例如 S 顺延")),
    ("key_hints", N_("按钮上显示快捷键")),
)


class LooksSection(Section):
    """Switch looks through the window's own actions; all of it holds at once."""

    SUBTITLE = N_("只影响这台电脑上的您")

    def build(self) -> None:
        """Make the form."""
        card = Card(_("外观与语言"), name="looks_card")
        form = Form(label_width=112)
        self.language = Segmented(
            (("zh", "中文"), ("en", "English")), name="looks_language", spoken=_("语言")
        )
        self.mode = Segmented(
            (("system", _("跟随系统")), ("light", _("浅色")), ("dark", _("深色"))),
            name="looks_mode",
            spoken=_("外观"),
        )
        self.scale = Select(
            [(scale, f"{scale}%") for scale in SCALES], name="looks_scale", spoken=_("文字大小")
        )
        self.rows = Segmented(
            (("compact", _("紧凑")), ("normal", _("标准")), ("roomy", _("宽松"))),
            name="looks_rows",
            spoken=_("行高"),
        )
        self.language.changed.connect(lambda code: self._run(f"language_{code}"))
        self.mode.changed.connect(lambda mode: self._run(f"theme_{mode}"))
        self.scale.activated.connect(lambda _at: self._run(f"scale_{self.scale.value()}"))
        self.rows.changed.connect(lambda rows: self._run(f"rows_{rows}"))
        form.add(_("语言"), left(self.language))
        form.add(_("外观"), left(self.mode))
        form.add(_("文字大小"), left(self.scale))
        form.add(_("表格行高"), left(self.rows))
        card.body.addWidget(form)
        self.body.addWidget(card)
        self._add_keys()

    def _add_keys(self) -> None:
        card = Card(_("键盘"), name="keyboard_card")
        self.switches: dict[str, CheckBox] = {}
        for key, words in _SWITCHES:
            box = CheckBox(i18n.translate(words), name=f"looks_{key}")
            box.clicked.connect(lambda on, key=key: self._switch(key, on))
            card.body.addWidget(box)
            self.switches[key] = box
        self.body.addWidget(card)

    def _switch(self, key: str, on: bool) -> None:
        self.view.prefs.set(key, on)
        if key == "key_hints":
            self.view.theme.show_key_hints(on)

    def _run(self, action: str) -> None:
        self.view.actions.run(action)

    def reload(self) -> None:
        """Show what is in force."""
        theme = self.view.theme
        self.language.set_value(i18n.language())
        self.mode.set_value(theme.mode)
        self.scale.set_value(theme.scale)
        self.rows.set_value(theme.density)
        for key, box in self.switches.items():
            box.setChecked(bool(self.view.prefs.get(key, True)))

    def focus_first(self) -> None:
        """Put the focus on the language."""
        self.language.setFocus(Qt.FocusReason.OtherFocusReason)
