"""Precision and recall of pasted blocks in many layouts (product.md 5.4), with a floor."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.services.radar.pasting import read_pasted

FOLDER = Path(__file__).parent
WHOLE = {"capital_fen", "paid_capital_fen", "insured"}
DERIVED = {"capital_currency", "province", "city", "district", "street", "address", "org_code"}
"""What may be said beside: it follows from a field that is expected."""
PRECISION, RECALL = 0.95, 0.90


@dataclass
class Block:
    name: str
    text: str
    wanted: dict = field(default_factory=dict)
    allowed: dict = field(default_factory=dict)
    kept: list = field(default_factory=list)


def read_blocks(file):
    found = []
    for part in file.read_text("utf-8").split("=== ")[1:]:
        head, _, told = part.partition("\n---\n")
        name, _, text = head.partition("\n")
        block = Block(name, text)
        for line in told.strip().splitlines():
            _tell(block, *line.split(" = ", 1))
        found.append(block)
    return found


def _tell(block, key, value):
    """Note one line of what is expected: a field, one that may come, words that stay."""
    if key == "keep":
        block.kept.append(value)
    elif key.startswith("?"):
        block.allowed[key[1:]] = value.split("|")
    elif key in WHOLE:
        block.wanted[key] = int(value)
    else:
        several = key == "mobile" and "," in value
        block.wanted[key] = value.split(",") if several else value


BLOCKS = read_blocks(FOLDER / "blocks.txt")


def same(key, one, other):
    half = str.maketrans("（）", "()")
    if key in ("name", "company_type") and isinstance(one, str):
        return one.translate(half) == str(other).translate(half)
    return one == other


def score(block):
    """Return how many expected fields were found, and the fields that were invented."""
    found = read_pasted(block.text).fields
    right = [key for key, value in block.wanted.items() if same(key, found.get(key), value)]
    extra = found.keys() - block.wanted.keys()
    invented = {
        key: found[key]
        for key in extra
        if str(found[key]) not in block.allowed.get(key, ())
        and not (key in DERIVED and derived(key, found[key], block))
    }
    wrong = {key: found[key] for key in block.wanted if key in found and key not in right}
    return right, invented | wrong


def derived(key, value, block):
    if key == "capital_currency":
        return value == "CNY"
    if key == "org_code":
        return value == str(block.wanted.get("uscc", ""))[8:17]
    whole = str(block.wanted.get("address", "")) + "".join(
        str(block.wanted.get(one, "")) for one in ("province", "city", "district", "street")
    )
    return bool(whole) and str(value)[-4:] in whole


@pytest.fixture(scope="module")
def scores():
    return {block.name: score(block) for block in BLOCKS}


def test_there_are_blocks_of_every_kind():
    assert len(BLOCKS) >= 40
    assert len({block.name for block in BLOCKS}) == len(BLOCKS)


def test_precision_and_recall_have_a_floor(scores):
    wanted = sum(len(block.wanted) for block in BLOCKS)
    right = sum(len(found) for found, _wrong in scores.values())
    wrong = sum(len(invented) for _found, invented in scores.values())
    assert right / (right + wrong) >= PRECISION
    assert right / wanted >= RECALL


@pytest.mark.parametrize(
    "block", [one for one in BLOCKS if not one.wanted], ids=lambda one: one.name
)
def test_nothing_is_invented_where_nothing_is(block):
    assert score(block)[1] == {}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: one.name)
def test_what_is_no_field_is_kept(block):
    rest = read_pasted(block.text).rest
    for words in block.kept:
        assert words in rest
