"""The chances by stage, the bands of grades and the age of a rating, changed by the manager."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import _
from app.models.values.calibration import VALUABLE_CHANCES
from app.views.admin.fields import text_field
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.forms import Form
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.widgets.money_edit import MoneyEdit
from app.views.widgets.text import Label


class WeightsDialog(QDialog):
    """Ask for percentages by stage; saving is one act that can be taken back."""

    def __init__(self, view: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._view = view
        self.setObjectName("weights_dialog")
        self.setWindowTitle(_("预测权重"))
        self.setMinimumWidth(theme.px(420))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(14))
        rows.setSpacing(theme.px(10))
        rows.addWidget(
            Label(_("有价值的客户按阶段的签约概率；不确定减半"), "small", "text2", wrap=True)
        )
        rows.addWidget(self._make_form())
        self.error_bar = ErrorBar()
        rows.addWidget(self.error_bar)
        rows.addWidget(self._make_buttons())
        QShortcut(QKeySequence("Ctrl+Return"), self, self.save)
        self.chances[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.chances[0].selectAll()

    def _make_form(self) -> Form:
        settings = self._view.office.admin.settings()
        form = Form(label_width=108)
        names = self._view.office.admin.stage_names()
        self.chances = []
        for at, chance in enumerate(settings.win_chances):
            name = names[at] if at < len(names) else str(at + 1)
            edit = text_field(f"chance_{at}", name, f"{chance * 100:g}%", width=96)
            self.chances.append(edit)
            form.add(name, edit)
        self.big = MoneyEdit(name="band_big", spoken=_("大单从多少起"))
        self.normal = MoneyEdit(name="band_normal", spoken=_("正常从多少起"))
        self.big.set_value(settings.grade_big_fen)
        self.normal.set_value(settings.grade_normal_fen)
        form.add(_("大单从多少起"), self.big)
        form.add(_("正常从多少起"), self.normal)
        self.days = text_field(
            "recalibrate_days", _("多少天后待复标"), str(settings.recalibrate_days), width=96
        )
        form.add(_("多少天后待复标"), self.days)
        return form

    def _make_buttons(self) -> QDialogButtonBox:
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Save | kinds.Cancel | kinds.RestoreDefaults)
        self.buttons.button(kinds.Save).setText(_("保存"))
        self.buttons.button(kinds.Cancel).setText(_("取消"))
        usual = self.buttons.button(kinds.RestoreDefaults)
        usual.setText(_("恢复默认"))
        usual.clicked.connect(self.restore)
        self.buttons.accepted.connect(self.save)
        self.buttons.rejected.connect(self.reject)
        return self.buttons

    def restore(self) -> None:
        """Show the usual chances; nothing is kept before saving."""
        for edit, chance in zip(self.chances, VALUABLE_CHANCES, strict=False):
            edit.setText(f"{chance * 100:g}%")

    def save(self) -> None:
        """Keep what was typed and close, or say what cannot be."""
        try:
            self._view.office.admin.change_settings(
                win_chances=[_share(edit.text()) for edit in self.chances],
                grade_big_fen=self.big.value() or 0,
                grade_normal_fen=self.normal.value() or 0,
                recalibrate_days=int(self.days.text()) if self.days.text().isdigit() else 30,
            )
        except UserError as error:
            self.error_bar.show_error(error, self.save)
            return
        said(self._view, _("预测权重已改"))
        self.accept()


def _share(text: str) -> float:
    """Return the share of a percentage; -1, which is refused, for what is none."""
    plain = text.strip().rstrip("%％")
    try:
        return float(plain) / 100
    except ValueError:
        return -1.0
