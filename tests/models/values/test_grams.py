"""What is typed finds what it should: the index expression and the check together."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import pinyin
from app.models.values.grams import marked, search_entry, search_query
from app.models.values.text import search_norm

CHARS = "杭州恒锐精密机械有限公司银行重庆曾单查长沙厦门吕女安西乐王建明欧阳张三的了科技贸易58ab3m"
names = st.text(CHARS, min_size=1, max_size=10)
without_letters = names.filter(lambda name: not re.search("[a-z]", name))


def holds(expression, grams):
    """Evaluate an index expression on a set of tokens as the index does."""
    ways = re.findall(r"\(([^()]*)\)", expression)
    return any(all(gram in grams for gram in re.findall(r'"([^"]*)"', way)) for way in ways)


def finds(typed, entry):
    query = search_query(typed)
    if query is None or not holds(query.expression, set(entry.grams)):
        return None
    return query.match(entry.text)


def typing(name, styles):
    """Type a name: each character itself, its first letter or a whole syllable."""
    out = []
    for char, style in zip(name, styles, strict=False):
        read = pinyin.readings(char)
        reading = read[style[1] % len(read)] if read else char
        out.append({"self": char, "letter": reading[0], "whole": reading}[style[0]])
    return "".join(out)


def styled(kind):
    return st.lists(st.tuples(st.just(kind), st.integers(0, 5)), min_size=12, max_size=12)


@given(names, st.data())
def test_every_part_of_a_name_finds_it(name, data):
    entry = search_entry([name], [], [])
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))
    part = name[start:end]
    if len(part) == 1 and part.isascii() and start:
        return  # one letter finds beginnings only
    assert finds(part, entry) is not None
    assert finds(f" {part} ", entry) is not None


@given(without_letters, st.data(), styled("letter") | styled("whole"), st.integers(0, 9))
def test_first_letters_and_whole_pinyin_of_any_reading_find_it(name, data, styles, start):
    entry = search_entry([name], [], [])
    part = name[min(start, len(name) - 1) :]
    typed = typing(part, styles)
    typed = typed[: data.draw(st.integers(1, len(typed)))]
    if len(typed) > 1 or part == name:
        assert finds(typed, entry) is not None


@given(without_letters, styled("letter"), styled("whole"), st.integers(0, 10), st.booleans())
def test_changing_over_once_finds_it(name, letters, syllables, turn, letters_first):
    first, second = (letters, syllables) if letters_first else (syllables, letters)
    typed = typing(name[:turn], first) + typing(name[turn:], second)
    if len(typed) <= 7:
        assert finds(typed, search_entry([name], [], [])) is not None


@given(names, st.lists(st.tuples(st.sampled_from(["self", "letter", "whole"]), st.integers(0, 5)),
                       min_size=12, max_size=12))  # fmt: skip
def test_mixed_han_and_pinyin_find_it(name, styles):
    typed = typing(name, styles)
    if re.search("[\u4e00-\u9fff]", typed):
        assert finds(typed, search_entry([name], [], [])) is not None


@given(names, names)
def test_what_the_index_finds_the_check_may_still_refuse_but_never_by_chance(name, other):
    found = finds(other, search_entry([name], [], []))
    if found is None:
        return
    plain, wanted = search_norm(name), search_norm(other)
    if not any(char.isascii() for char in wanted):
        assert wanted in plain


@pytest.mark.parametrize(
    ("typed", "rank", "rule"),
    [
        ("重庆恒锐银行", 0, "name"), ("重庆", 1, "name"), ("恒锐", 2, "name"), ("cq", 1, "pinyin"),
        ("cqhr", 1, "pinyin"), ("chongqing", 1, "pinyin"), ("zhongqing", 1, "pinyin"),
        ("hrui", 3, "pinyin"),
        ("cqhr银行", 1, "pinyin"), ("hr银h", 3, "pinyin"), ("zho", 1, "pinyin"),
        ("chongqinghengr", 1, "pinyin"),
        ("王建明", 4, "contact"), ("wjm", 4, "contact"), ("8000", 5, "phone"),
        ("13800138000", 5, "phone"),
        ("138-0013", 5, "phone"), ("wang@heng", 5, "mail"), ("HENGRUI.com", 5, "mail"),
        ("c", 1, "pinyin"),
        ("w", 4, "contact"), ("重 庆", 1, "name"), ("ＣＱ", 1, "pinyin"),
    ],
)  # fmt: skip
def test_ranks_and_rules(typed, rank, rule):
    entry = search_entry(["重庆恒锐银行"], ["王建明"], ["13800138000", "wang@hengrui.com"])
    found = finds(typed, entry)
    assert found is not None
    assert (found.rank, found.rule) == (rank, rule)


@pytest.mark.parametrize("typed", ["成都", "zq锐", "13900", "王明", "hrx", "行", "x"])
def test_what_does_not_answer(typed):
    entry = search_entry(["重庆恒锐机械"], ["王建明"], ["13800138000"])
    assert finds(typed, entry) is None


def test_an_entry_without_names():
    assert search_entry([""], [], ["12"]).grams == ()


@pytest.mark.parametrize("typed", ["", " ", "()", "---", "'\"*"])
def test_nothing_to_look_for(typed):
    assert search_query(typed) is None


@given(st.text(max_size=60))
def test_any_text_makes_a_safe_expression(typed):
    query = search_query(typed)
    if query is not None:
        assert re.fullmatch(
            r'\("[^"()]+"( AND "[^"()]+")*\)( OR \("[^"()]+"( AND "[^"()]+")*\))*', query.expression
        )


@pytest.mark.parametrize("typed", ["a" * 5000, "zhongguo" * 100, "gan" * 40 + "v", "h1" * 300])
def test_hostile_names_and_queries_do_not_run_away(typed):
    entry = search_entry(["啊" * 200], ["行" * 200], [])
    query = search_query(typed)
    assert query is not None
    assert len(query.expression) < 5_000
    assert (query.match(entry.text) is not None) == (set(typed) == {"a"})


@pytest.mark.parametrize(
    ("typed", "name", "part"),
    [("恒锐", "杭州（恒锐）机械", "恒锐"), ("hr", "杭州（恒锐）机械", "恒锐"),
      ("zhouheng", "杭州(恒锐)", "州(恒"),
     ("abc", "ＡＢＣ科技", "ＡＢＣ"), ("xx", "杭州", None), ("", "杭州", None)],
)  # fmt: skip
def test_the_answering_part_is_marked(typed, name, part):
    found = marked(typed, name)
    assert (name[slice(*found)] if found else None) == part
