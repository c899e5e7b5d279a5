"""Every text has an English translation that fits it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tests.architecture.tree import ROOT, at, calls, modules

CATALOGUE = ROOT / "resources" / "locale" / "en" / "LC_MESSAGES" / "gendan.po"
MARKS = {"_": 1, "N_": 1, "ngettext": 2}
HAN = re.compile(r"[\u3400-\u9fff]")


def _marked(path: Path) -> Iterator[tuple[ast.Call, ast.expr]]:
    """Yield the arguments of translation calls that are message ids."""
    for node, name in calls(path):
        for argument in node.args[: MARKS.get(name[-1] if name else "", 0)]:
            yield node, argument


def _ids(path: Path) -> Iterator[tuple[ast.Call, str]]:
    for node, argument in _marked(path):
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield node, argument.value


def _ready_made(argument: ast.expr) -> bool:
    """Tell whether a text is put together before it is translated."""
    if isinstance(argument, ast.Call):
        called = argument.func
        return isinstance(called, ast.Attribute) and called.attr in ("format", "join", "format_map")
    return isinstance(argument, ast.JoinedStr | ast.BinOp)


def _placeholders(text: str) -> set[str]:
    return {field for _text, field, _spec, _conversion in Formatter().parse(text) if field}


def _catalogue() -> dict[str, list[str]]:
    """Return each id with its translations, plurals under both ids."""
    with CATALOGUE.open("rb") as source:
        entries: list[Message] = list(read_po(source, locale="en"))
    found = {}
    for entry in entries:
        ids = entry.id if isinstance(entry.id, tuple | list) else [entry.id]
        strings = entry.string if isinstance(entry.string, tuple | list) else [entry.string]
        found.update({name: [text or "" for text in strings] for name in ids if name})
    return found


def test_every_text_has_a_translation():
    english = _catalogue()
    wanted = {text: at(path, node) for path in modules() for node, text in _ids(path) if text}
    missing = [
        f"{where} {text}" for text, where in wanted.items() if not all(english.get(text, [""]))
    ]
    assert missing == [], f"python3 dev.py strings brings {CATALOGUE.name} up to date"


def test_no_translation_is_left_over():
    wanted = {text for path in modules() for _node, text in _ids(path)}
    assert sorted(set(_catalogue()) - wanted) == []


def test_placeholders_agree():
    wrong = [
        f"{text} -> {translation}"
        for text, translations in _catalogue().items()
        for translation in translations
        if translation and _placeholders(text) != _placeholders(translation)
    ]
    assert wrong == []


def test_translations_are_english():
    # a language is named in its own words
    found = [
        text
        for texts in _catalogue().values()
        for text in texts
        if HAN.search(text) and text != "中文"
    ]
    # Chinese words may be quoted as examples of what to type or paste
    assert [text for text in found if not re.search(r'["“‘(][^"”’)]*[\u3400-\u9fff]', text)] == []


def test_no_text_is_put_together_before_translation():
    wrong = [
        at(path, node) for path in modules() for node, text in _marked(path) if _ready_made(text)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ('f"客户 {n}"', True),
        ('"客户" + n', True),
        ('"客户 %s" % n', True),
        ('"客户 {n}".format(n=n)', True),
        ('"客户 {n}"', False),
        ("LABELS[kind]", False),
    ],
)
def test_a_ready_made_text_is_recognised(source, wrong):
    assert _ready_made(ast.parse(source, mode="eval").body) is wrong
