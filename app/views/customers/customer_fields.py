"""The fields of the customer form."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.i18n import _, translate
from app.services.customers.drafts import ContactDraft, CustomerCard, CustomerDraft
from app.services.customers.duplicates import Typed
from app.views.core import labels
from app.views.core.forms import Form
from app.views.core.page import ViewContext
from app.views.customers.channel_rows import ChannelRows
from app.views.customers.duplicates import same_phone_words
from app.views.customers.past_date import PastDateEdit
from app.views.customers.surface import WordChoice
from app.views.widgets.chips import ChipGroup, Choice
from app.views.widgets.staff_picker import StaffPicker
from app.views.widgets.text import PlainText

_PLAIN = ("short_name", "uscc", "address", "website")
POOL = 0


class CustomerFields(QWidget):
    """Hold every field of a customer; a new one also takes its first contact.

    ``changed`` comes when there are more or fewer fields, ``identity_edited`` when the
    person has typed something that tells which customer it is.
    """

    changed = Signal()
    identity_edited = Signal()

    def __init__(self, view: ViewContext, card: CustomerCard | None) -> None:
        super().__init__()
        self._view = view
        self._card = card
        self.form = Form(label_width=84)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.form)
        self._add_names()
        if card is None:
            self._add_person()
        self._add_lists()
        self._add_owner()
        self._add_further()
        for field in (self.name, self.uscc):
            field.textEdited.connect(lambda _text: self.identity_edited.emit())
        self.kind.changed.connect(lambda _value: self.identity_edited.emit())

    # -- fields --------------------------------------------------------------------------

    def _line(self, name: str, hint: str = "", most: int = 200) -> QLineEdit:
        made = QLineEdit(getattr(self._card, name, "") if self._card else "")
        made.setObjectName(f"customer_{name}")
        made.setPlaceholderText(hint)
        made.setMaxLength(most)
        return made

    def _add_names(self) -> None:
        self.name = self._line("name", _("无锡启明自动化设备有限公司"))
        missing = _("客户名称还没填")
        self.form.add(_("名称"), self.name, required=True,
                      check=lambda: "" if self.name.text().strip() else missing)  # fmt: skip
        self.short_name = self._line("short_name", _("启明自动化"), 60)
        self.form.add(_("简称"), self.short_name)
        self.kind = ChipGroup(
            [Choice(code, translate(words)) for code, words in labels.CUSTOMER_KIND.items()],
            name="customer_kind",
            spoken=_("类型"),
        )
        self.kind.set_value(self._card.kind if self._card else "company")
        self.form.add(_("类型"), self.kind)

    def _add_person(self) -> None:
        self.contact = QLineEdit()
        self.contact.setObjectName("customer_contact")
        self.contact.setPlaceholderText(_("孙丽"))
        self.contact.setMaxLength(80)
        self.contact_title = QLineEdit()
        self.contact_title.setObjectName("customer_contact_title")
        self.contact_title.setPlaceholderText(_("工艺主管"))
        self.contact_title.setMaxLength(80)
        office = self._view.office
        self.channels = ChannelRows((), lambda raw: same_phone_words(office, raw, 0))
        self.form.add(_("联系人"), self.contact)
        self.form.add(_("职务"), self.contact_title)
        self.channels.changed.connect(self.changed)
        self.channels.changed.connect(self.identity_edited)
        self.form.add(_("联系方式"), self.channels)

    def _add_lists(self) -> None:
        office = self._view.office
        self.lists: dict[str, WordChoice] = {}
        titles = {
            "source": _("来源"),
            "region": _("地区"),
            "industry": _("行业"),
            "size": _("规模"),
        }
        for field, title in titles.items():
            known = [one.label for one in office.admin.choices(field)]
            self.lists[field] = self._words(field, known or office.customers.used_regions())
            self.form.add(title, self.lists[field])

    def _words(self, field: str, words: list[str]) -> WordChoice:
        text = str(getattr(self._card, field)) if self._card else ""
        known = ["", *(word for word in words if word)]
        return WordChoice(known, name=f"customer_{field}", text=text)

    def _add_owner(self) -> None:
        people = [(one.id, one.name) for one in self._view.office.staff.all(with_left=False)]
        if self._card is not None:
            people.append((POOL, _("公海")))
        self.owner = StaffPicker(people, name="customer_owner")
        actor = self._view.office.context.actor.staff_id
        self.owner.set_value(self._card.owner_id if self._card else actor)
        self.form.add(_("负责人"), self.owner)

    def _add_further(self) -> None:
        self.uscc = self._line("uscc", "91320214MA27XXXX5K", 40)
        self.address = self._line("address", _("新吴区长江路 16 号"))
        self.website = self._line("website", "www.example.cn")
        self.created = PastDateEdit(name="customer_created", today=self._view.office.context.today)
        today = self._view.office.context.today()
        self.created.set_value(self._card.created_on if self._card else today)
        self.note = PlainText(self._card.note if self._card else "")
        self.note.setObjectName("customer_note")
        self.note.setFixedHeight(self.note.fontMetrics().lineSpacing() * 4)
        for title, field in (
            (_("统一代码"), self.uscc),
            (_("地址"), self.address),
            (_("网址"), self.website),
            (_("建档日"), self.created),
            (_("备注"), self.note),
        ):
            self.form.add(title, field)

    # -- reading -------------------------------------------------------------------------

    def valid(self) -> bool:
        """Check all fields; the first wrong one gets the focus."""
        right = self.form.valid() and not self.created.problem()
        return right and (self._card is not None or self.channels.valid())

    def _values(self) -> dict[str, Any]:
        lists = {name: field.words() for name, field in self.lists.items()}
        plain = {name: getattr(self, name).text().strip() for name in _PLAIN}
        return {
            "name": self.name.text().strip(),
            "kind": str(self.kind.value() or "company"),
            "note": self.note.text(),
            **plain,
            **lists,
        }

    def typed(self, own_id: int) -> Typed:
        """Return what tells which customer it is."""
        channels = self.channels.drafts() if self._card is None else ()
        return Typed(
            self.name.text().strip(),
            self.uscc.text().strip(),
            tuple(one.raw for one in channels if one.kind in ("mobile", "phone")),
            str(self.kind.value() or "company"),
            own_id,
            tuple(one.raw for one in channels if one.kind == "email"),
        )

    def draft(self) -> CustomerDraft:
        """Return a new customer with its first contact."""
        owner = self.owner.staff_id()
        contacts: tuple[ContactDraft, ...] = ()
        name, channels = self.contact.text().strip(), self.channels.drafts()
        if name or channels:
            contacts = (
                ContactDraft(
                    name or _("未留姓名"),
                    self.contact_title.text().strip(),
                    main=True,
                    channels=channels,
                ),
            )
        return CustomerDraft(
            **self._values(),
            owner_id=owner or 0,
            created_on=self.created.value(),
            contacts=contacts,
        )

    def changes(self) -> dict[str, Any]:
        """Return the fields of a known customer that differ."""
        assert self._card is not None
        values = {**self._values(), "created_on": self.created.value() or self._card.created_on}
        owner = self.owner.staff_id()
        if owner is not None:
            values["owner_id"] = owner
        return {name: one for name, one in values.items() if one != getattr(self._card, name)}
