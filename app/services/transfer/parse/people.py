"""Contacts and staff from rows, and the ways to reach them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.i18n import N_
from app.models.values import people
from app.models.values.text import fold
from app.services.customers.drafts import ChannelDraft
from app.services.transfer import sniffing, words
from app.services.transfer.drafts import ImportedContact, ImportedStaff
from app.services.transfer.rows import RowView, SheetReader

_NAMES = re.compile(r"[、/,;，；\n]+")
_HAN_NAME = re.compile(r"[㐀-鿿·]{2,4}(?:[(（][^()（）]*[)）])?")
_BESIDE_NUMBER = re.compile(
    r"([㐀-鿿·]{2,4})[ ::]*(?=[+(]?\d)|(?<=\d) *[( ]([㐀-鿿·]{2,4})(?![㐀-鿿])"
)
_NO_NAME = re.compile(
    r"手机|电话|座机|固话|办公|总机|传真|公司|单位|微信|同号|分机|联系|号码|本人|前台|仓库"
    r"|[家部处科室店厂转]$"
)
_HANDLES = re.compile(r"[、;,，；\s]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A person's name as the file writes it, taken apart."""

    name: str
    title: str
    gender: str


def parse_contacts(reader: SheetReader) -> Iterator[ImportedContact]:
    """Yield the contacts of a table; a nameless one takes its number as name."""
    for view in reader.views():
        channels = channels_of(view)
        written = view.text("name")
        named = Named(written, "", "") if reader.exact else take_apart(written)
        name = named.name or (channels[0].raw if channels else "")
        if not name:
            view.required_text("name")
            continue
        if view.failed:
            continue
        customer, firm = view.text("customer"), ""
        if not customer and sniffing.is_company(named.title):
            customer = firm = named.title  # 赵六(丁公司), as phones keep whom somebody works for
        yield ImportedContact(
            row=view.number,
            name=name,
            title=view.text("title") or (named.title if not firm else ""),
            department=view.text("department"),
            part=view.text("part"),
            gender=view.word("gender", words.GENDERS) or named.gender,
            birthday=view.text("birthday"),
            note=_note(view),
            main=view.flag("main"),
            channels=channels,
            customer=customer,
            customer_code=view.text("customer_code"),
        )


def _note(view: RowView) -> str:
    lines = (view.text("address"), view.text("website"), view.long_text("note"))
    return "\n".join(line for line in lines if line)


def parse_staff(reader: SheetReader) -> Iterator[ImportedStaff]:
    """Yield the office's own people."""
    for view in reader.views():
        draft = ImportedStaff(
            row=view.number,
            name=fold(view.required_text("name")),
            code=view.text("code"),
            department=view.text("department"),
            post=view.text("post"),
            role=view.word("role", words.ROLES),
            joined_on=view.day("joined_on"),
            left_on=view.day("left_on"),
            channels=channels_of(view),
            note=view.long_text("note"),
        )
        if not view.failed:
            yield draft


def contacts_of(view: RowView, *, first: bool) -> list[ImportedContact]:
    """Return the contacts of a customer's row, the first one as main contact if asked."""
    found: list[ImportedContact] = []
    for slot in view.reader.slots:
        channels = channels_of(view, slot)
        named = [take_apart(part) for part in _names(view, slot)]
        if not named and channels and found and slot > 1:
            found[-1] = _with_channels(found[-1], channels)
        elif named or channels:
            main = first and not found
            found.extend(_slot_contacts(view, slot, named, channels, main=main))
    return found


def _names(view: RowView, slot: int) -> list[str]:
    """Return the names of their column, or those written beside the numbers."""
    written = view.text("contact", slot)
    return split_names(written) if written else names_beside(view.text("mobile", slot))


def names_beside(numbers: str) -> list[str]:
    """Return the names in a cell of numbers: 周生 13812340099, 13812340099(李工)."""
    found = (one[1] or one[2] for one in _BESIDE_NUMBER.finditer(fold(numbers)))
    return [name for name in found if not _NO_NAME.search(name)]


def _slot_contacts(
    view: RowView,
    slot: int,
    named: Sequence[Named],
    channels: tuple[ChannelDraft, ...],
    *,
    main: bool,
) -> Iterator[ImportedContact]:
    shares = _dealt(len(named), channels)
    for at, one in enumerate(named or [Named("", "", "")]):
        yield ImportedContact(
            row=view.number,
            name=one.name,
            title=view.text("title", slot) or one.title,
            gender=view.word("gender", words.GENDERS, slot) or one.gender,
            birthday=view.text("birthday", slot),
            main=main and at == 0,
            channels=shares[at],
        )


def _dealt(count: int, channels: tuple[ChannelDraft, ...]) -> list[tuple[ChannelDraft, ...]]:
    """Deal the numbers out one by one when there are as many as names."""
    numbers = [one for one in channels if one.kind in ("mobile", "phone")]
    if count > 1 and len(numbers) == count == len(channels):
        return [(one,) for one in numbers]
    return [channels] + [()] * (count - 1)


def _with_channels(contact: ImportedContact, channels: tuple[ChannelDraft, ...]) -> ImportedContact:
    return replace(contact, channels=contact.channels + channels)


def split_names(written: str) -> list[str]:
    """Split 张三、李四 into names; anything that is not plainly several names stays one."""
    parts = [part.strip() for part in _NAMES.split(written) if part.strip()]
    if len(parts) == 2 and people.is_title(parts[1]):
        return [f"{parts[0]}({parts[1]})"]
    if len(parts) > 1 and all(_HAN_NAME.fullmatch(part) for part in parts):
        return parts
    return [written] if written else []


def take_apart(written: str) -> Named:
    """Return name, title and gender of 张总, 李经理, 张三(采购), 王女士."""
    name, title = people.strip_title(fold(written))
    gender = words.code_of(words.GENDERS, title) if title else None
    return Named(name, "" if gender or len(title) < 2 else title, gender or "")


def channels_of(view: RowView, slot: int = 1) -> tuple[ChannelDraft, ...]:
    """Return every address of a row's contact; doubtful numbers are kept and noted."""
    found: dict[tuple[str, str], ChannelDraft] = {}
    for key in ("mobile", "phone"):
        for raw in people.split_phones(view.text(key, slot)):
            number = people.normal_phone(raw)
            if number is None:
                view.warn(key, _doubt(raw), raw, slot)
            kind = str(number.kind) if number else "phone"
            normal = number.digits if number else raw
            found.setdefault((kind, normal), ChannelDraft(kind, raw, preferred=not found))
    for key, kind in (("email", "email"), ("qq", "qq"), ("wechat", "wechat")):
        for raw in _HANDLES.split(view.text(key, slot)):
            if raw:
                found.setdefault((kind, raw.lower()), ChannelDraft(kind, raw))
    return tuple(found.values())


def _doubt(raw: str) -> str:
    if people.lost_digits(raw):
        return N_("号码被表格软件舍掉了末几位，要找原来的号码")
    return N_("号码位数不对，照原样留下")
