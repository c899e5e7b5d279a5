import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.text import fold, is_nothing, search_norm


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        (" 恒锐\u00a0机械  ", "恒锐 机械"), ("ＡＢＣ１２３", "ABC123"), ("（中国）", "(中国)"),
        ("￥５", "¥5"),
        ("a\u200bb\ufeff", "ab"), ("a\u202eb", "ab"), ("e\u0301", "é"), ("e\u200b\u0301", "é"),
        ("一\t二\n三", "一 二 三"),
        ("\u3000", ""), ("a\x00b", "ab"), ("，；：", ",;:"), ("～", "~"), ("。、", "。、"),
    ],
)  # fmt: skip
def test_folded_text(text, folded):
    assert fold(text) == folded


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)
    assert search_norm(search_norm(text)) == search_norm(text)
    assert " " not in search_norm(text)


def test_nothing_and_something():
    assert all(
        is_nothing(text) for text in ("", " ", "—", "无", "待定", "N/A", "－", "null", "\u3000")
    )
    assert not any(is_nothing(text) for text in ("0", "无锡", "a", "待定价"))


def test_search_norm_keeps_letters_digits_and_han():
    assert search_norm("杭州（恒锐）Co., Ltd. 3M") == "杭州恒锐coltd3m"
    assert search_norm("Straße") == search_norm("STRASSE")
