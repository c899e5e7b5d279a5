"""Mutated files: each one is read or refused in plain words, never anything else."""

import random

import pytest

from app.errors import UserError
from app.services.transfer.sandbox import read_workbook

PER_FILE = 5


def mutations(content, count, seed):
    dice = random.Random(seed)
    for _ in range(count):
        broken = bytearray(content)
        for _ in range(dice.choice((1, 3, 20))):
            at = dice.randrange(len(broken))
            match dice.randrange(3):
                case 0:
                    broken[at] = dice.randrange(256)
                case 1:
                    del broken[at : at + dice.randrange(1, 40)]
                case _:
                    broken[at:at] = dice.randbytes(dice.randrange(1, 20))
        yield bytes(broken)


@pytest.mark.parametrize("name", ["客户资料-2026.xlsx", "员工.csv", "通讯录.vcf", "客户.xls"])
def test_mutated_files_are_read_or_refused(samples, fixtures, tmp_path, name):
    original = next(place / name for place in (samples, fixtures) if (place / name).exists())
    for number, content in enumerate(mutations(original.read_bytes(), PER_FILE, seed=name)):
        path = tmp_path / f"{number}{original.suffix}"
        path.write_bytes(content)
        refused = refusal_of(path)
        if refused is not None:
            assert refused.code.startswith("import_")
            assert path.name in refused.text()
            assert refused.advice_text()


def refusal_of(path):
    try:
        read_workbook(path)
    except UserError as refused:
        return refused
    return None


def test_an_ods_of_a_trillion_cells_is_refused(write_ods):
    row = (
        '<table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
        "<text:p>x</text:p></table:table-cell></table:table-row>"
    )
    with pytest.raises(UserError):
        read_workbook(write_ods(row))
