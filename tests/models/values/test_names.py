import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from app.models.values.people import check_uscc, company_key, loose_key, strip_title
from app.models.values.text import fold


@pytest.mark.parametrize(
    ("written", "name", "title"),
    [
        ("张总", "张总", "总"), ("李经理", "李经理", "经理"), ("王工", "王工", "工"),
        ("王女士", "王女士", "女士"),
        ("欧阳总", "欧阳总", "总"), ("张总监", "张总监", "总监"), ("王副总", "王副总", "副总"),
        ("张三(采购)", "张三", "采购"), ("余洋杰（工程师）", "余洋杰", "工程师"),
        ("张三 (采购部经理)", "张三", "采购部经理"),
        ("张三(女)", "张三", "女"), ("王建明经理", "王建明", "经理"),
        ("王建明总经理", "王建明", "总经理"),
        ("王建明总", "王建明", "总"), ("张伟先生", "张伟", "先生"),
        ("张三 采购经理", "张三", "采购经理"),
        ("张三/财务", "张三", "财务"), ("张三-总监", "张三", "总监"),
        ("尉迟恭厂长", "尉迟恭", "厂长"),
        ("张三", "张三", ""), ("刘建工", "刘建工", ""), ("王总明", "王总明", ""),
        ("  张三 ", "张三", ""), ("", "", ""),
        ("张三(13800138000)", "张三(13800138000)", ""), ("John Smith", "John Smith", ""),
        ("销售部经理", "销售部经理", ""),
        ("张总(采购)", "张总", "采购"),
    ],
)  # fmt: skip
def test_titles_in_names(written, name, title):
    assert strip_title(written) == (name, title)


@given(st.text(max_size=20))
def test_any_name_is_taken_apart(text):
    name, title = strip_title(text)
    assert len(name) + len(title) <= 2 * len(fold(text))
    assert company_key(company_key(text)) == company_key(text)


SAME = [
    ["杭州恒锐（中国）有限公司", "杭州恒锐(中国)有限公司", "杭州恒锐中国有限公司",
     " 杭州恒锐 （中国） 有限公司 ",
     "杭州恒锐【中国】有限公司", "杭州恒锐\u00a0（中国）有限公司"],
    ["ABC Trading Co., Ltd.", "ＡＢＣ trading CO LTD", "abc-trading co.,ltd"],
    ["A&B贸易", "a&b 贸易", "Ａ＆Ｂ贸易"],
]  # fmt: skip


@pytest.mark.parametrize("names", SAME)
def test_the_same_firm_again(names):
    assert len({company_key(name) for name in names}) == 1


def test_firms_that_are_not_the_same():
    names = [
        "恒锐有限公司",
        "恒锐股份有限公司",
        "恒锐有限公司杭州分公司",
        "恒锐(中国)有限公司",
        "恒锐",
        "()",
    ]
    assert len({company_key(name) for name in names}) == len(names)


def test_loose_keys_forget_region_and_form():
    assert (
        loose_key("浙江省杭州市恒锐机械有限公司") == loose_key("恒锐机械股份有限公司") == "恒锐机械"
    )
    assert loose_key("恒锐机械(中国)有限公司") == "恒锐机械"
    assert loose_key("杭州恒锐机械有限公司上海分公司") == "恒锐机械上海分公司"
    assert loose_key("杭州公司") == "杭州"
    assert loose_key("广州市有限公司") == "广州市"
    assert loose_key("(中国)") == "中国"
    assert loose_key("内蒙古自治区包头市铁牛集团") == "铁牛"


GOOD = ["91350200776049653A", "91440101MA5CJQ4N59", "123502001549897397", "9135021359498494XQ"]


@pytest.mark.parametrize("code", GOOD)
def test_sound_codes_of_product_5_2(code):
    found = check_uscc(code)
    assert found.valid
    assert found.region_code == code[2:8]
    assert found.organisation_code == code[8:17]
    messy = " ".join((code[:2], code[2:8], code[8:].lower())).replace("0", "O", 1)
    assert check_uscc(messy) == found


def test_a_wrong_check_says_what_it_should_be():
    found = check_uscc("91350203M0001QAY9B")
    assert (found.valid, found.place, found.expected) == (False, 18, "9")
    assert "18" in found.problem


@pytest.mark.parametrize("code", ["", "123", "9135020077604965SA", "待定"])
def test_what_is_no_credit_code(code):
    found = check_uscc(code)
    assert not found.valid
    assert found.place == 0


SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(st.sampled_from(GOOD), st.integers(2, 17), st.sampled_from(SYMBOLS))
def test_one_wrong_character_is_found_as_the_library_does(code, place, symbol):
    written = code[:place] + symbol + code[place + 1 :]
    found = check_uscc(written)
    assert found.valid == (written == code)
    if uscc.is_valid(written):
        assert found.place != 18
    if found.place:
        at = found.place - 1
        assert check_uscc(written[:at] + found.expected + written[at + 1 :]).place != found.place
