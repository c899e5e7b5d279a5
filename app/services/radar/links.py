"""Link templates: where to look a customer up, in the person's own browser (product.md 5.5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from sqlalchemy import func, select

from app.errors import UserError
from app.i18n import N_
from app.models.tables.radar import RadarAct, RadarLink
from app.models.tables.staff import Staff
from app.services.admin import read_settings

if TYPE_CHECKING:
    from app.models.store.reader import Reader
    from app.models.store.unit import Unit
    from app.services.context import Context
    from app.services.customers.drafts import CustomerCard

SCHEMES = frozenset({"http", "https", "tel", "sms", "mailto"})
NEVER = frozenset({"javascript", "vbscript", "data", "file", "about", "blob"})
"""What no setting allows: such addresses run or read things on this computer."""
VARIABLES: Mapping[str, str] = {
    "name": N_("客户名称"), "short": N_("简称"), "uscc": N_("统一代码"), "mobile": N_("手机"),
    "phone": N_("电话"), "qq": "QQ", "email": N_("邮箱"), "city": N_("地区"),
    "contact": N_("联系人"),
}  # fmt: skip
ENCODINGS: Mapping[str, Callable[[str], str]] = {
    "utf-8": lambda value: quote(value, safe=""),
    "gbk": lambda value: quote(value, safe="", encoding="gb18030"),
    "raw": lambda value: value,
    "digits": lambda value: re.sub(r"\D", "", value, flags=re.ASCII),
}
_VARIABLE = re.compile(r"\{(\w+)(?:\|([\w-]+))?\}")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_UNSAFE = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}]")


@dataclass(frozen=True, slots=True)
class Link:
    """A place to look: its words, the address with {variables} in it, the key that opens it.

    ``{name|gbk}`` writes a value in another encoding than ``encoding``: utf-8, gbk, raw or
    digits. ``digit`` 0 is no key; ``watched`` asks to watch the clipboard afterwards.
    """

    title: str
    address: str
    id: int = 0
    encoding: str = "utf-8"
    digit: int = 0
    watched: bool = True


@dataclass(frozen=True, slots=True)
class Opened:
    """A place that was opened for a customer: when, by whom, the exact address."""

    title: str
    address: str
    at: int
    staff: str


DEFAULTS = (
    Link(N_("国家企业信用信息公示"), "https://www.gsxt.gov.cn/index.html", digit=1),
    Link(N_("搜索：公司名"), "https://www.baidu.com/s?wd={name}", digit=2),
    Link(N_("搜索：新闻"), "https://www.baidu.com/s?tn=news&word={name}", digit=3),
    Link(N_("裁判文书"), "https://wenshu.court.gov.cn/", digit=4),
    Link(N_("招聘（看规模）"), "https://www.baidu.com/s?wd={name}%20%E6%8B%9B%E8%81%98", digit=5),
    Link(N_("地图上找"), "https://map.baidu.com/search/{name}", digit=6),
)
"""What a book offers until somebody changes it."""


def values_of(card: CustomerCard) -> dict[str, str]:
    """Return what a customer puts into the variables; empty text where nothing is known."""

    def first(*kinds: str) -> str:
        found = (
            one.normal or one.raw
            for contact in card.contacts
            for one in contact.channels
            if one.kind in kinds and not one.invalid
        )
        return next(found, "")

    return {
        "name": card.name,
        "short": card.short_name or card.name,
        "uscc": card.uscc,
        "mobile": first("mobile"),
        "phone": first("phone") or first("mobile"),
        "qq": first("qq"),
        "email": first("email"),
        "city": card.region,
        "contact": card.contacts[0].name if card.contacts else "",
    }


def lacking(link: Link, values: Mapping[str, str]) -> list[str]:
    """Return the variables of a link that a customer has no value for."""
    names = dict.fromkeys(name for name, _encoding in _VARIABLE.findall(link.address))
    return [name for name in names if not values.get(name)]


def address_of(link: Link, values: Mapping[str, str], schemes: Collection[str]) -> str:
    """Return the exact address for some values; raise ``UserError`` bad_link."""

    def put(mark: re.Match[str]) -> str:
        return ENCODINGS[mark[2] or link.encoding](values.get(mark[1], ""))

    check(link, schemes)
    address = _VARIABLE.sub(put, link.address)
    if _UNSAFE.search(address) or _scheme(address) != _scheme(link.address):
        raise _bad(N_("填进去的内容让网址不能用了"))
    return address


def check(link: Link, schemes: Collection[str]) -> None:
    """Raise ``UserError`` bad_link unless title, scheme, variables and encodings are known."""
    if not link.title.strip():
        raise _bad(N_("还没有名称"))
    scheme = _scheme(link.address)
    if scheme in NEVER or scheme not in SCHEMES | set(schemes):
        raise _bad(N_("网址要以允许的协议开头，如 https://"))
    for name, encoding in _VARIABLE.findall(link.address):
        if name not in VARIABLES:
            raise _bad(N_("不认识 {{{name}}}"), name=name)
        if (encoding or link.encoding) not in ENCODINGS:
            raise _bad(N_("不认识编码 {name}"), name=encoding or link.encoding)
    rest = _VARIABLE.sub("", link.address)
    if _UNSAFE.search(rest):
        raise _bad(N_("网址里不能有空格、引号、尖括号和多余的花括号"))
    if scheme in ("http", "https") and not urlsplit(rest).hostname:
        raise _bad(N_("网址里没有网站的名字"))


def _scheme(address: str) -> str:
    found = _SCHEME.match(address)
    return found[1].lower() if found else ""


def _bad(problem: str, **values: object) -> UserError:
    return UserError(
        "bad_link", problem, advice=N_("改好再用；没有打开任何网址，数据没有改动"), **values
    )


class Links:
    """Read, change and open the places to look."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def all(self) -> list[Link]:
        """Return the links in order: those of the book, or the ones it begins with."""
        with self._context.read() as reader:
            return _stored(reader) or list(DEFAULTS)

    def schemes(self) -> frozenset[str]:
        """Return what addresses may begin with, those the manager added included."""
        with self._context.read() as reader:
            return _schemes(reader)

    def save(self, links: Sequence[Link]) -> None:
        """Bring the links of the book to these, in their order; raise ``UserError`` bad_link."""
        self._context.require("manage")
        with self._context.write(N_("修改查询网址")) as unit:
            schemes = _schemes(unit)
            for link in links:
                check(link, schemes)
            kept = {link.id for link in links}
            for former in _stored(unit):
                if former.id not in kept:
                    unit.remove(RadarLink, former.id)
            for place, link in enumerate(links):
                _put(unit, link, place)

    def address(self, link: Link, card: CustomerCard) -> str:
        """Return the exact address of a link for a customer; raise ``UserError`` bad_link."""
        return address_of(link, values_of(card), self.schemes())

    def note_opened(self, customer_id: int, link: Link, address: str) -> int:
        """Keep that a place was opened for a customer; it is no follow-up."""
        self._context.require("write")
        with self._context.write() as unit:
            return unit.add(
                RadarAct,
                customer_id=customer_id,
                title=link.title,
                address=address,
                at=unit.now,
                staff_id=unit.staff_id,
            )

    def opened(self, customer_id: int, limit: int = 50) -> list[Opened]:
        """Return what was opened for a customer, the newest first."""
        chosen = (
            select(RadarAct.title, RadarAct.address, RadarAct.at, func.coalesce(Staff.name, ""))
            .outerjoin(Staff, Staff.id == RadarAct.staff_id)
            .where(RadarAct.customer_id == customer_id, RadarAct.deleted_at == 0)
            .order_by(RadarAct.at.desc(), RadarAct.id.desc())
            .limit(limit)
        )
        with self._context.read() as reader:
            return [Opened(*row) for row in reader.rows(chosen)]


def _schemes(reader: Reader) -> frozenset[str]:
    return SCHEMES | frozenset(read_settings(reader).link_schemes.lower().split())


def _stored(reader: Reader) -> list[Link]:
    chosen = (
        select(
            RadarLink.title,
            RadarLink.address,
            RadarLink.id,
            RadarLink.encoding,
            RadarLink.digit,
            RadarLink.watched,
        )
        .where(RadarLink.deleted_at == 0)
        .order_by(RadarLink.position, RadarLink.id)
    )
    return [Link(*row) for row in reader.rows(chosen)]


def _put(unit: Unit, link: Link, place: int) -> None:
    values = {
        "title": link.title.strip(),
        "address": link.address.strip(),
        "encoding": link.encoding,
        "digit": link.digit,
        "watched": link.watched,
        "position": place,
    }
    if link.id:
        unit.change(RadarLink, link.id, **values)
    else:
        unit.add(RadarLink, **values)
