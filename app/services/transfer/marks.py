"""The apostrophe that keeps a text as it is, put by exports and taken away by imports.

A sheet program would run ``=1+1``, and an import reads 同上 or 无 as a person means
them; a text behind our apostrophe is neither run nor interpreted.
"""

from __future__ import annotations

import re

from app.models.values.text import fold, is_nothing

MARK = "'"
DITTO = frozenset({"同上", "〃", "″", "”", '"', "''", "ditto", "同上行", "同前", "↑"})
FORMULA_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#####", "#SPILL!"}
)
_WORDS_MOST = 40
_SIGNS = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r']")
_TYPED_MARK = re.compile(r"'(?=[\s]*[=+\-@＝＋－＠\t\r])|^'(?=\d)")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BLANKS = re.compile("[ \t\u00a0\u3000]+")
_TOTAL = re.compile(
    r".{0,12}(?:合计|小计|总计|共计|累计|汇总|平均|总和)(?:\(.*\))?|(?:sub|grand)?total"
)
_TOTAL_SIGN = re.compile(r"计|汇\s*总|平\s*均|总\s*和|otal", re.IGNORECASE)
_FOOTER = re.compile(
    r"(?:制表|制单|填表|填报|审核|审批|复核|经办|打印|导出|统计|报表|数据截[至止]|说明|注|备注|单位|主管|日期|盖章"
    r"|签字|签名)(?:人|日期|时间|说明|签字)?\s*:.*"
)


def tidied(text: str) -> str:
    """Return a cell's text as an import takes it: trimmed, single blanks, no invisible marks."""
    plain = text.strip()
    if "  " in plain or not plain.isprintable():
        plain = _BLANKS.sub(" ", _INVISIBLE.sub("", plain)).strip()
    return _TYPED_MARK.sub("", plain, count=1) if plain.startswith(MARK) else plain


def says_total(text: str) -> bool:
    """Tell whether a cell begins a row of sums: 合计, 小计."""
    if len(text) >= _WORDS_MOST or not _TOTAL_SIGN.search(text) or text.startswith(MARK):
        return False
    return bool(_TOTAL.fullmatch(fold(text).replace(" ", "").rstrip(":").lower()))


def says_footer(text: str) -> bool:
    """Tell whether a cell begins a line below a table: 制表人：王芳."""
    if text.startswith(MARK) or not (":" in text or "：" in text):
        return False
    return bool(_FOOTER.fullmatch(fold(text)))


def says_ditto(text: str) -> bool:
    """Tell whether a cell means what stands above it."""
    return len(text) <= _WORDS_MOST and fold(text).lower() in DITTO


def needs_mark(text: str) -> bool:
    """Tell whether a text would be run by a sheet program, or not be read as it is."""
    if not text or text == MARK:  # two of them mean 同上 to people
        return False
    if _SIGNS.match(text) or text != tidied(text):
        return True
    if len(text) > _WORDS_MOST:
        return says_footer(text)
    meant = is_nothing(text) or says_ditto(text) or text in FORMULA_ERRORS
    return meant or says_total(text) or says_footer(text)


def marked(text: str) -> str:
    """Return a text as an export writes it."""
    return MARK + text if needs_mark(text) else text


def literal(cell: object) -> str | None:
    """Return the text behind our mark exactly as it was, None for a cell without mark."""
    if isinstance(cell, str) and cell.startswith(MARK) and needs_mark(cell[1:]):
        return cell[1:]
    return None
