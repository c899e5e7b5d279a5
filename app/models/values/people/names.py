"""Names of firms and people: match keys, and titles written into names (product.md 5.8)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.models.values.people.places import PLACES, SURNAMES, TRADES, WIDE_PLACES
from app.models.values.text import fold

_LEGAL_FORMS = frozenset({
    "股份有限责任公司", "有限责任公司", "股份有限公司", "集团有限公司", "集团股份有限公司",
    "集团有限责任公司", "有限合伙企业",
    "特殊普通合伙", "普通合伙", "有限合伙", "个人独资企业", "个体工商户", "集团公司", "有限公司",
    "股份公司", "总公司", "公司", "集团", "coltd", "ltd", "inc", "llc", "gmbh", "corp",
})  # fmt: skip
_LONGEST_WORD = max(map(len, _LEGAL_FORMS | TRADES))
_LONGEST_PLACE = max(map(len, PLACES))
_PLACE_RANK = re.compile(r"^(?:特别行政区|自治区|自治州|省|市|地区|盟)")
_NO_PART = re.compile(r"[^\w&+]|_")
_BRACKETED = re.compile(r"[(\[{<（【〔《][^()\[\]{}<>（）【】〔〕《》]*[)\]}>）】〕》]")
_BRANCH = re.compile(r"(.{2,}?公司)(.+(?:分公司|分店|分厂|办事处|分行|支行|营业部|门店))")


def company_key(name: str) -> str:
    """Return the match key of a firm's name: brackets, blanks, width and case ignored."""
    folded = fold(name).casefold()
    return _NO_PART.sub("", folded) or folded


@dataclass(frozen=True, slots=True)
class FirmName:
    """A firm's name taken apart (product.md 5.8, 16).

    ``key`` is its match key; ``brand`` is the firm's own name (字号) and ``trade`` the words
    behind it for what it does; ``places`` are cities and provinces it names; ``branch`` is a
    branch's own part, so that a branch never equals the firm it belongs to.
    """

    key: str
    brand: str
    trade: str = ""
    places: frozenset[str] = frozenset()
    branch: str = ""

    @property
    def core(self) -> str:
        """Return what is compared by likeness: no region, no bracket, no legal form."""
        return self.brand + self.trade

    @property
    def cities(self) -> frozenset[str]:
        """Return the places it names that are no province."""
        return self.places - WIDE_PLACES

    def is_elsewhere(self, other: FirmName) -> bool:
        """Tell whether both name places of the same rank, and none of them in common."""
        return any(
            mine and theirs and mine.isdisjoint(theirs)
            for mine, theirs in zip(_by_rank(self.places), _by_rank(other.places), strict=True)
        )


def _by_rank(places: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    return places - WIDE_PLACES, places & WIDE_PLACES


@lru_cache(maxsize=4_096)
def read_firm(name: str) -> FirmName:
    """Take a firm's name apart."""
    plain = fold(name)
    key = company_key(plain)
    bracketed = _BRACKETED.findall(plain)
    whole = company_key(_BRACKETED.sub("", plain)) if bracketed else key
    branch = _BRANCH.fullmatch(whole)
    main, part = (branch[1], branch[2]) if branch else (whole, "")
    named, core = _without_region(_without_form(main))
    core = core or main or key
    brand = _brand(core)
    # a place in brackets is one more place, anything else there (a department) is left out
    named += [place for one in bracketed for place in _without_region(company_key(one) + "##")[0]]
    return FirmName(key, brand, core[len(brand) :], frozenset(named) - {"中国"}, part)


def leading_cities(key: str) -> frozenset[str]:
    """Return the cities that a match key begins with; provinces do not count."""
    return frozenset(_without_region(key)[0]) - WIDE_PLACES


def loose_key(name: str) -> str:
    """Return what is left to compare by likeness: no region, no bracket, no legal form.

    A branch keeps its own part, so that it never equals the firm it belongs to.
    """
    firm = read_firm(name)
    return firm.core + firm.branch


def _without_form(key: str) -> str:
    return key[: len(key) - len(_last_word(key, _LEGAL_FORMS, 1))]


def _without_region(key: str) -> tuple[list[str], str]:
    """Return the places that a key begins with, and what follows them."""
    named: list[str] = []
    while True:
        lengths = range(min(_LONGEST_PLACE, len(key)), 1, -1)
        found = next((key[:size] for size in lengths if key[:size] in PLACES), "")
        rest = _PLACE_RANK.sub("", key[len(found) :])
        if not found or len(rest) < 2:
            return named, key
        named.append(found)
        key = rest


def _brand(core: str) -> str:
    """Return a core without the words for what the firm does; two characters stay at least."""
    while trade := _last_word(core, TRADES, 2):
        core = core[: -len(trade)]
    return core


def _last_word(key: str, words: frozenset[str], least: int) -> str:
    """Return the longest of these words that a key ends with, if enough is left before it."""
    lengths = range(min(_LONGEST_WORD, len(key) - least), 0, -1)
    return next((key[-size:] for size in lengths if key[-size:] in words), "")


_TITLES = sorted((
    "董事长", "总经理", "副总经理", "总裁", "副总裁", "副总", "总监", "副总监", "经理", "副经理",
    "主任", "副主任", "厂长", "副厂长", "科长", "副科长", "处长", "副处长", "局长", "副局长",
    "院长", "校长", "所长", "部长", "副部长", "主管", "组长", "班长", "队长", "书记", "会计",
    "出纳", "财务", "采购", "采购员", "业务员", "销售", "工程师", "高工", "技术员", "秘书",
    "助理", "文员", "店长", "老板", "老板娘", "主席", "总工", "车间主任", "行长", "站长", "馆长",
    "园长", "教授", "医生", "大夫", "律师", "博士", "师傅", "老师", "先生", "女士", "小姐",
    "同志",
), key=len, reverse=True)  # fmt: skip
_SHORT_TITLES = "总工董局处科哥姐"
_BRACKET_TITLE = re.compile(r"([^()\[\]]{1,12}?) ?[(\[]([^()\[\]\d]{1,12})[)\]]")
_APART = re.compile(r"([^ /\-]{2,4})(?: |/|-)+([^ /\-]{2,10})")


def strip_title(name: str) -> tuple[str, str]:
    """Return name and title of 张三(采购), 王建明经理, 张三 采购经理.

    With the surname alone, as 张总 or 王女士, the words stay the name: it is all there is.
    """
    plain = fold(name)
    bracketed = _BRACKET_TITLE.fullmatch(plain)
    if bracketed:
        inner, _ = strip_title(bracketed[1])
        return inner, bracketed[2].strip()
    apart = _APART.fullmatch(plain)
    if apart and any(apart[2].endswith(title) for title in _TITLES):
        return apart[1], apart[2]
    return _with_suffix(plain)


def is_title(text: str) -> bool:
    """Tell whether a text is a title and no person: 总经理, 采购主管."""
    plain = fold(text)
    return any(plain.endswith(title) for title in _TITLES) and not begins_with_surname(plain)


def _with_suffix(plain: str) -> tuple[str, str]:
    for title in _TITLES:
        rest = plain.removesuffix(title)
        if rest != plain and begins_with_surname(rest) and len(rest) <= 4:
            return (plain if rest in SURNAMES else rest), title
    rest, last = plain[:-1], plain[-1:]
    if last and last in _SHORT_TITLES and rest in SURNAMES:
        return plain, last
    if last == "总" and len(rest) == 3 and rest[0] in SURNAMES:
        return rest, last
    return plain, ""


def begins_with_surname(name: str) -> bool:
    """Tell whether a text begins with a surname of one or two characters."""
    return name[:1] in SURNAMES or name[:2] in SURNAMES
