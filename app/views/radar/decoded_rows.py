"""What code and phones of a customer say, as rows under the dossier."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from app.i18n import _, translate
from app.services.radar.codes import CodeReport
from app.services.radar.decoding import Decoded, Identity, PhoneView
from app.views.core import format as fmt
from app.views.core import theme as themes
from app.views.widgets.text import ElidedLabel, set_tip

_MOST = 3


def problem_words(report: CodeReport) -> str:
    """Return what is wrong with a code and what would mend it, empty for a sound one."""
    if report.valid:
        return ""
    said = translate(report.problem).format(**report.values)
    if not report.suggestions:
        return said
    return _("{problem}；可能是 {code}").format(problem=said, code=report.suggestions[0])


def identity_words(identity: Identity) -> tuple[str, str]:
    """Return what a credit code says, and the tone to say it in."""
    report = identity.report
    if not report.valid:
        return problem_words(report), "bad"
    keys = ("authority", "category", "region", "region_note")
    said = [translate(report.decoded[key]) for key in keys if report.decoded.get(key)]
    doubts = []
    if identity.names_differ:
        doubts.append(_("登记的名称是 {name}").format(name=identity.names_differ))
    if identity.elsewhere:
        doubts.append(_("地址在 {place}").format(place=identity.elsewhere))
    return " · ".join(said + doubts), "warn" if doubts else "text2"


def phone_words(phone: PhoneView) -> tuple[str, str]:
    """Return where a number belongs and what speaks against it, and the tone to say it in."""
    range_words = " ".join(one for one in (phone.place, translate(phone.issuer)) if one)
    said = [fmt.phone(phone.digits), phone.person, translate(phone.kind)]
    if range_words:
        said.append(_("号段原属 {range}").format(range=range_words))
    doubts = []
    if phone.conflict:
        doubts.append(_("与地址 {place} 不符").format(place=phone.conflict))
    if phone.also_at:
        doubts.append(_("也是 {names} 的号码").format(names=_("、").join(phone.also_at)))
    said += doubts
    return " · ".join(one for one in said if one), "warn" if doubts else "text2"


def decoded_rows(decoded: Decoded, label_width: int) -> QWidget:
    """Return a row for the code and one for each number; the tip says the whole of it."""
    theme = themes.current()
    holder = QWidget()
    holder.setObjectName("radar_decoded")
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(8))
    grid.setVerticalSpacing(theme.px(4))
    grid.setColumnStretch(1, 1)
    rows = [(_("代码说明"), *identity_words(decoded.identity))] if decoded.identity else []
    rows += [(_("号码归属"), *phone_words(one)) for one in decoded.phones[:_MOST]]
    for at, (label, words, tone) in enumerate(rows):
        head = ElidedLabel(label, "caption", "text3")
        head.setFixedWidth(theme.px(label_width))
        value = ElidedLabel(words, "caption", tone)
        value.setAccessibleName(f"{label} {words}")
        set_tip(value, words)
        grid.addWidget(head, at, 0)
        grid.addWidget(value, at, 1)
    if not rows:
        holder.hide()
    return holder
