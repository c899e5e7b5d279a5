"""Pasted blocks in the layouts of product.md 5.4: what is read, what stays, nothing invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.services.radar.pasting import read_pasted, read_pasted_file

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))

REGISTRY = {
    "name": "苏州明远精密机械有限公司",
    "uscc": "91350200776049653A",
    "legal_person": "黎天佑",
    "capital_fen": 500_000_000,
    "capital_currency": "CNY",
    "established": "2015-03-02",
    "status": "存续",
    "address": "江苏省苏州市工业园区兴业路507号B座2楼",
    "scope": "机械加工；五金销售。",
}
PAIRS = (
    ("企业名称", REGISTRY["name"]),
    ("统一社会信用代码", REGISTRY["uscc"]),
    ("法定代表人", REGISTRY["legal_person"]),
    ("注册资本", "500万元人民币"),
    ("成立日期", "2015年03月02日"),
    ("登记状态", "存续（在营、开业、在册）"),
    ("住所", REGISTRY["address"]),
    ("经营范围", REGISTRY["scope"]),
)
LAYOUTS = {
    "label lines": "\n".join(f"{label}：{value}" for label, value in PAIRS),
    "tabs": "\n".join(f"{label}\t{value}" for label, value in PAIRS),
    "alternating": "\n".join(f"{label}\n{value}" for label, value in PAIRS),
    "two in a line": "\n".join(
        "    ".join(f"{label}：{value}" for label, value in PAIRS[at : at + 2])
        for at in range(0, len(PAIRS), 2)
    ),
    "four cells": "\n".join(
        "\t".join(f"{label}\t{value}" for label, value in PAIRS[at : at + 2])
        for at in range(0, len(PAIRS), 2)
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_registry_pages(layout):
    found = read_pasted(LAYOUTS[layout])
    assert found.fields == REGISTRY
    assert found.rest == ""


@pytest.mark.parametrize("file", SAMPLES, ids=lambda one: one.stem)
def test_the_samples(file):
    expected = json.loads(file.with_name(f"{file.stem}.expected.json").read_text("utf-8"))
    found = read_pasted_file(file)
    read = {key: found.fields.get(key) for key in expected["fields"]}
    assert read == expected["fields"]
    for key in found.fields.keys() - expected["fields"].keys():
        allowed = expected["optional"][key]
        assert found.fields[key] in (allowed if isinstance(allowed, list) else [allowed])
    for kept in expected["rest_contains"]:
        assert kept in found.rest


def test_invoice_data_with_labels_and_blanks():
    found = read_pasted(
        "上海恒通机电设备有限公司\n税号 91310115MA1K000000\n开户行 中国银行上海张江支行\n"
        "账号 4455 6677 8899\n电话 021-58881234\n地址 上海市浦东新区张江路100号"
    ).fields
    assert found == {
        "name": "上海恒通机电设备有限公司",
        "uscc": "91310115MA1K000000",
        "bank": "中国银行上海张江支行",
        "bank_account": "445566778899",
        "phone": "02158881234",
        "address": "上海市浦东新区张江路100号",
    }


def test_capital_in_another_currency_and_an_open_term():
    found = read_pasted("注册资本：1,200万美元\n营业期限：2011-04-16 至 无固定期限").fields
    assert found == {
        "capital_fen": 1_200_000_000,
        "capital_currency": "USD",
        "term_from": "2011-04-16",
        "term_to": "长期",
    }


def test_a_shipping_line_without_province_words():
    found = read_pasted("李娜 138 0013 8000 江苏苏州工业园区星湖街328号").fields
    assert found["person"] == "李娜"
    assert (found["province"], found["city"], found["district"], found["street"]) == (
        "江苏省", "苏州市", "工业园区", "星湖街328号",
    )  # fmt: skip


def test_a_signature_keeps_person_title_and_numbers_apart():
    found = read_pasted(
        "Best regards,\n张伟 Wei Zhang\n采购部经理\n上海恒通机电设备有限公司 | Hengtong\n"
        "电话: 021-58881234-8012 传真: 021-58881235\n手机：139-1234-5678\n"
        "Email: wei@hengtong.com.cn  Web: http://www.hengtong.com.cn/"
    )
    assert found.fields == {
        "person": "张伟",
        "title": "采购部经理",
        "name": "上海恒通机电设备有限公司",
        "phone": "02158881234-8012",
        "fax": "02158881235",
        "mobile": "13912345678",
        "email": "wei@hengtong.com.cn",
        "website": "www.hengtong.com.cn",
    }
    assert found.rest == "Best regards,"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "刚才跟王总通了电话，他说下周二来看样机，预算46万，电话13812345678。",
        "订单号 202611230001234567\n物流单号 SF1234567890123",
        "公司 今天开会",
        "<b>名称</b>",
    ],
)
def test_ordinary_words_stay_words(text):
    found = read_pasted(text)
    assert found.fields == {}
    assert found.rest == text


def test_other_labels_stay_in_the_rest():
    found = read_pasted("税号：91350200776049653A 备注：合同号HT-018")
    assert found.fields == {"uscc": "91350200776049653A"}
    assert found.rest == "备注：合同号HT-018"


@given(st.text(max_size=400))
def test_no_text_breaks_it(text):
    found = read_pasted(text)
    assert isinstance(found.rest, str)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_files_in_other_encodings(tmp_path, encoding):
    file = tmp_path / "名片.txt"
    file.write_text(LAYOUTS["label lines"], encoding)
    assert read_pasted_file(file).fields == REGISTRY


def test_what_is_no_text_is_told(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(bytes(range(256)) * 4)
    for one in (file, tmp_path / "missing.txt"):
        with pytest.raises(UserError) as told:
            read_pasted_file(one)
        assert told.value.code == "unreadable_text"
