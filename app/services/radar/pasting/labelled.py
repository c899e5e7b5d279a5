"""Labels of pasted blocks and the values behind them, in every layout of product.md 5.4."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from app.services.radar.pasting import pieces
from app.services.radar.pasting.pieces import Found

Reader = Callable[[Found, str], bool]

_READERS: Mapping[str, Reader] = {
    "name": pieces.take_text("name"),
    "former_name": pieces.take_text("former_name"),
    "uscc": pieces.take_uscc,
    "reg_no": pieces.take_registration,
    "org_code": pieces.take_organisation,
    "legal_person": pieces.take_person("legal_person"),
    "capital": pieces.take_capital("capital_fen"),
    "paid_capital": pieces.take_capital("paid_capital_fen"),
    "established": pieces.take_day("established"),
    "approved": pieces.take_day("approved"),
    "term": pieces.take_term,
    "term_from": pieces.take_day("term_from"),
    "term_to": pieces.take_day("term_to"),
    "status": pieces.take_status,
    "company_type": pieces.take_text("company_type"),
    "industry": pieces.take_text("industry"),
    "scope": pieces.take_text("scope"),
    "authority": pieces.take_text("authority"),
    "insured": pieces.take_insured,
    "address": pieces.take_address,
    "area": pieces.take_text("_area"),
    "postcode": pieces.take_postcode,
    "phone": pieces.take_phone,
    "both": pieces.take_mobile_and_wechat,
    "fax": pieces.take_fax,
    "email": pieces.take_mail,
    "website": pieces.take_site,
    "qq": pieces.take_qq,
    "wechat": pieces.take_wechat,
    "bank": pieces.take_bank,
    "account": pieces.take_account,
    "person": pieces.take_contact,
    "title": pieces.take_text("title"),
    "department": pieces.take_text("department"),
}
_WORDS = """
name: 企业名称 名称 公司名称 单位名称 公司抬头 发票抬头 抬头 购买方名称 购方名称 购货单位
name: 收款单位 收款单位名称 收款户名 账户名称 账户名 开户名 开户名称 公司名 企业名 全称 单位全称
name: 购货单位名称 开票名称 开票单位 企业全称 公司全称 客户名称 机构名称 企业 公司 单位 户名
former_name: 曾用名 企业曾用名
uscc: 统一社会信用代码 社会信用代码 统一信用代码 信用代码 税号 企业税号 公司税号 购方税号
uscc: 购买方税号 纳税人识别号 纳税识别号 纳税人税号 纳税人识别码 注册号/统一社会信用代码
uscc: 统一社会信用代码/注册号 统一社会信用代码/税号 统一社会信用代码/纳税人识别号
reg_no: 注册号 工商注册号 企业注册号
org_code: 组织机构代码
legal_person: 法定代表人 法定代表人姓名 法人代表 法人 负责人 经营者 执行事务合伙人 投资人
capital: 注册资本 注册资金 认缴资本 认缴出资额 出资额 成员出资总额 注册资本(金) 资金数额
paid_capital: 实缴资本 实收资本 实缴出资额
established: 成立 成立日期 成立时间 注册日期 注册时间
approved: 核准日期 核准时间
term: 营业期限 经营期限 合伙期限
term_from: 营业期限自 经营期限自
term_to: 营业期限至 经营期限至
status: 登记状态 经营状态 企业状态 状态
company_type: 类型 企业类型 公司类型 主体类型 市场主体类型 机构类型
industry: 所属行业 国标行业 行业
scope: 经营范围 业务范围
authority: 登记机关
insured: 参保人数 社保人数
address: 营业场所
address: 住所 注册地址 经营场所 主要经营场所 地址 单位地址 公司地址 企业地址 通讯地址 通信地址
address: 办公地址 联系地址 收货地址 收件地址 详细地址 地址电话 地址、电话 地址及电话 地址和电话
address: 单位地址电话 单位地址及电话 注册地址及电话 注册地址、电话 注册地址电话 add addr address a
area: 所在地区 所在区域 省市区
postcode: 邮编 邮政编码 p.c. p.c pc zip
phone: 电话 联系电话 公司电话 单位电话 注册电话 企业电话 办公电话 座机 固话 总机 联系方式 手机
phone: 手机号 手机号码 移动电话 tel t phone telephone mobile m mob cell mp
both: 手机/微信 手机(微信) 手机（微信） 手机微信 手机及微信 微信/手机
fax: 传真 传真号码 fax f
email: 邮箱 电子邮箱 电子邮件 邮件 email e-mail mail e
website: 网址 官网 网站 公司网址 公司网站 企业官网 web website w
qq: qq qq号 qq号码
wechat: 微信 微信号 wechat
bank: 开户银行名称 开户行 开户银行 银行 银行名称 开户行名称 开户行及账号 开户银行及账号 开户行及帐号
bank: 开户银行及帐号 开户行账号 开户行、账号 开户行和账号 银行及账号
account: 账号 帐号 银行账号 银行帐号 账户 银行账户 卡号 银行卡号 公司账号 对公账号
person: 联系人 收货人 收件人 姓名 业务联系人
title: 职务 职位 岗位
department: 部门 所在部门
"""
_SCOPE = frozenset(("经营范围", "业务范围"))
_PAIRS = [line.split(": ", 1) for line in _WORDS.strip().splitlines()]
LABELS: Mapping[str, Reader] = {
    label: _READERS[key] for key, labels in _PAIRS for label in labels.split()
}
# words that begin sentences, too: without a colon they are no labels
_NEED_COLON = {"成立", "企业", "公司", "单位", "行业", "类型", "状态", "银行", "邮件", "pc"}
_BARE = [one for one in LABELS if one not in _NEED_COLON and len(one) > 1]
_BARE_ANY = "|".join(re.escape(one) for one in sorted(_BARE, key=len, reverse=True))
_ANY = "|".join(re.escape(one) for one in sorted(LABELS, key=len, reverse=True))
_BEFORE = r"(?:^|(?<=[\s\u3000|丨,，;；、/。>:：]))"
_WITH_COLON = re.compile(rf"{_BEFORE}(?P<label>{_ANY})\s*(?:[:：]|[;；](?=\s))\s*", re.IGNORECASE)
_WITH_SPACE = re.compile(
    rf"(?:^|(?<=[ \t\u3000|]{{2}})|(?<=[|丨]))(?P<label>{_BARE_ANY})[ \u3000]+(?=[\d+(（\w])",
    re.IGNORECASE,
)
_SCOPE_PART = re.compile(r"\s*(?:许可|一般)(?:经营)?项目\s*[:：]")
_OTHER = re.compile(r"(?:^|(?<=[\s\u3000]))[\u4e00-\u9fff/、]{2,10}[:：]")


def read(lines: Sequence[str], found: Found) -> list[str]:
    """Read every labelled value; return the lines, or parts of them, that became no field."""
    left: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        following = lines[at + 1] if at + 1 < len(lines) else ""
        alone = _reader_of(line.strip().rstrip(":："))
        if alone is not None and following.strip() and _reader_of(following.strip()) is None:
            at += 1 + _take_below(alone, lines, at + 1, found, left)
            continue
        cells = _cells(line)
        under = _under(cells, following)
        if under:
            left += _take_cells(under, found)
            at += 1
        elif cells is not None:
            left += _take_cells(cells, found)
        else:
            at += _take_line(line, lines, at, found, left)
        at += 1
    return left


def _reader_of(label: str) -> Reader | None:
    return LABELS.get(re.sub(r"\s", "", label).lower())


def _take_below(
    reader: Reader, lines: Sequence[str], at: int, found: Found, left: list[str]
) -> int:
    """Take the value on the line under its label; return how many lines it used."""
    if not reader(found, lines[at].strip()):
        left += [lines[at - 1], lines[at]]
    return 1


def _cells(line: str) -> list[str] | None:
    """Return the cells of a line of pairs between tabs or bars, None for another line."""
    mark = next((one for one in ("\t", "|", "｜") if one in line), "")
    if not mark:
        return None
    cells = [cell.strip() for cell in line.split(mark) if cell.strip()]
    return cells if cells and _reader_of(cells[0].rstrip(":：")) is not None else None


def _under(cells: list[str] | None, following: str) -> list[str]:
    """Return labels and the values under them as pairs, where a line is a head of columns."""
    heads = cells or []
    if len(heads) < 2 or any(_reader_of(one.rstrip(":：")) is None for one in heads):
        return []
    values = [one.strip() for one in following.split("\t")]
    if len(values) != len(heads):
        return []
    return [one for pair in zip(heads, values, strict=True) for one in pair if all(pair)]


def _take_cells(cells: Sequence[str], found: Found) -> Iterator[str]:
    at = 0
    while at < len(cells):
        reader = _reader_of(cells[at].rstrip(":："))
        beside = cells[at + 1] if at + 1 < len(cells) else ""
        named = beside and _reader_of(beside.rstrip(":：")) is None
        if reader is not None and named and reader(found, beside):
            at += 2
        else:
            yield cells[at]
            at += 1


def _take_line(line: str, lines: Sequence[str], at: int, found: Found, left: list[str]) -> int:
    """Take every labelled value of a line; return how many further lines a long one used."""
    marks = _marks(line)
    if not marks:
        left.append(line)
        return 0
    rest = [line[: marks[0][0]].strip(" |丨,，;；")]
    used = 0
    for place, (_start, end, label) in enumerate(marks):
        stop = marks[place + 1][0] if place + 1 < len(marks) else len(line)
        value = line[end:stop].strip(" |丨\t\u3000")
        other = None if label in _SCOPE else _OTHER.search(value)
        if other and other.start() > 0:
            rest.append(value[other.start() :].strip())
            value = value[: other.start()].strip()
        if place + 1 == len(marks) and label in _SCOPE:
            more = _continued(lines, at + 1)
            value, used = value + "".join(one.strip() for one in more), len(more)
        if not LABELS[label](found, value):
            rest.append(line[_start:stop].strip())
    left += [one for one in rest if one]
    return used


def _marks(line: str) -> list[tuple[int, int, str]]:
    """Return start, end and label of every label of a line, those inside a value left out."""
    found = [
        (mark.start("label"), mark.end(), re.sub(r"\s", "", mark["label"]).lower())
        for pattern in (_WITH_COLON, _WITH_SPACE)
        for mark in pattern.finditer(line)
    ]
    marks: list[tuple[int, int, str]] = []
    for start, end, label in sorted(found):
        if not marks or start >= marks[-1][1]:
            marks.append((start, end, label))
    return marks


def _continued(lines: Sequence[str], at: int) -> list[str]:
    """Return the lines a long value goes on over: up to a label or an empty line."""
    found: list[str] = []
    for line in lines[at:]:
        ends = _marks(line) or _OTHER.match(line) or _reader_of(line.strip())
        if not line.strip() or (ends and not _SCOPE_PART.match(line)):
            break
        if found and found[-1].endswith("。"):
            break
        found.append(line)
    return found
