"""The sample office, imported as its description says, into an encrypted book."""

from __future__ import annotations

import json
import shutil
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from app import bootstrap
from app.bootstrap import open_office
from app.cli.main import run
from app.services.deals import CONTRACTS, PAYMENTS, DealFilter
from tests.factories import PASSPHRASE

SAMPLES = Path(__file__).parents[1] / "services" / "transfer" / "samples"
FILES = ("员工.csv", "客户资料-2026.xlsx", "合同与回款.xlsx", "跟单记录.csv", "通讯录.vcf")
NOW = "2026-11-20T18:00:00+08:00"

# file, kind: rows, created, updated, contacts and follow-ups beside them
COUNTS = {
    ("员工.csv", "staff"): (7, 7, 0, 0, 0),
    ("客户资料-2026.xlsx", "customers"): (308, 300, 8, 378, 54),
    ("合同与回款.xlsx", "contracts"): (254, 254, 0, 0, 0),
    ("合同与回款.xlsx", "payments"): (343, 343, 0, 0, 0),
    ("跟单记录.csv", "followups"): (3985, 3985, 0, 0, 0),
    ("通讯录.vcf", "contacts"): (30, 30, 0, 0, 0),
}
# signed, new, again, first deal mean and median in fen, n, cycle mean and median, touches
KPIS = {
    "2026-01": (6, 15, 4, 7_857_755, 7_550_000, 11, 48.73, 43.0, 7.73),
    "2026-02": (4, 9, 2, 15_965_000, 16_722_500, 4, 73.75, 42.0, 10.50),
    "2026-03": (3, 11, 0, 5_228_333, 4_055_000, 3, 71.00, 97.0, 11.00),
    "2026-04": (8, 13, 2, 9_618_750, 10_145_000, 4, 37.75, 35.0, 5.75),
    "2026-05": (7, 10, 2, 8_710_010, 7_625_000, 10, 54.10, 49.0, 6.40),
    "2026-06": (11, 21, 1, 11_760_014, 8_860_100, 7, 22.29, 12.0, 2.86),
    "2026-07": (2, 5, 0, 9_873_586, 10_910_000, 7, 68.43, 44.0, 8.00),
    "2026-08": (2, 8, 0, 9_734_060, 6_910_000, 5, 40.60, 26.0, 5.20),
    "2026-09": (4, 9, 1, 13_700_000, 13_700_000, 2, 51.50, 51.5, 9.50),
    "2026-10": (5, 16, 0, 11_715_000, 11_765_000, 8, 36.50, 23.0, 5.00),
}


class Program:
    """Run commands on one book and return what they answer."""

    def __init__(self, book: Path) -> None:
        self.book = book

    def __call__(self, *words: str) -> tuple[int, dict]:
        out = StringIO()
        with redirect_stdout(out), redirect_stderr(StringIO()):
            code = run(["--book", str(self.book), "--now", NOW, *words, "--json"], bootstrap)
        return code, json.loads(out.getvalue())

    def exported(self, path: Path) -> dict:
        """Return everything in the book as an export writes it."""
        path.unlink(missing_ok=True)
        assert self("export", "all", "-o", str(path))[0] == 0
        return json.loads(path.read_text("utf-8"))


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """Import the files one by one; return the program, the answers and the exports between."""
    place = tmp_path_factory.mktemp("samples")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GENDAN_PASSPHRASE", PASSPHRASE)
        program = Program(place / "office.gendan")
        assert program("new", "--company", "销售部")[0] == 0
        exports, answers = [program.exported(place / "all.json")], []
        for name in FILES:
            answers.append(program("import", str(SAMPLES / name)))
            exports.append(program.exported(place / "all.json"))
    return program, answers, exports


@pytest.fixture(autouse=True)
def passphrase(monkeypatch):
    monkeypatch.setenv("GENDAN_PASSPHRASE", PASSPHRASE)


@pytest.fixture
def copy(story, tmp_path):
    """Return the program over a copy of the imported book."""
    return Program(shutil.copytree(story[0].book, tmp_path / "copy.gendan"))


def test_each_file_yields_what_its_description_says(story):
    _, answers, _ = story
    assert [code for code, _ in answers] == [0] * 5
    tallies = [tally for _, answer in answers for tally in answer["files"]]
    names = ("rows", "created", "updated", "contacts", "followups")
    found = {(one["file"], one["kind"]): tuple(one[name] for name in names) for one in tallies}
    assert found == COUNTS
    assert [one["errors"] for one in tallies] == [[]] * 6


def test_what_looks_wrong_is_kept_and_told(story):
    _, answers, exports = story
    warnings = answers[1][1]["files"][0]["warnings"]
    told = [one["value"] for one in warnings if one["column"] == "统一社会信用代码"]
    assert len(told) == 8
    codes = [one["uscc"] for one in exports[-1]["customers"] if one["uscc"]]
    assert len(codes) == 219
    assert set(told) <= set(codes)
    assert {one["value"] for one in warnings} - set(told) == {"王芳"}  # wrote notes, is no staff
    assert answers[4][1]["files"][0]["warnings"] == []


def test_totals(story):
    office = open_office(story[0].book)
    signed = office.deals.totals(CONTRACTS, DealFilter(state="effective"))
    void = office.deals.totals(CONTRACTS, DealFilter(state="void"))
    paid = office.deals.totals(PAYMENTS, DealFilter())
    office.close()
    assert (signed.signed_fen, void.count) == (2_026_493_500, 23)
    assert (paid.received_fen, paid.refunded_fen) == (1_507_235_325, 14_093_402)
    exported = story[2][-1]
    assert sum(one["expected_fen"] or 0 for one in exported["customers"]) == 1_677_000_000
    void_fen = sum(one["amount_fen"] for one in exported["contracts"] if one["status"] == "void")
    assert void_fen == 204_180_000
    assert sum(one["left_on"] is not None for one in exported["staff"]) == 2
    cards = exported["contacts"][-30:]
    assert sum(one["customer"] is not None for one in exported["contacts"]) == 378 + 20
    assert len(cards) == 30


def test_the_figures_come_out_to_the_digit(story):
    span = ("--from", "2026-01", "--to", "2026-10", "--by", "month", "--as-of", "2026-11-20")
    code, answer = story[0]("kpi", *span)
    assert code == 0
    found = {}
    for period in answer["periods"]:
        metric = period["metrics"]
        assert metric["conversion"]["n"] == KPIS[period["period"]][1]
        rate = KPIS[period["period"]][0] / KPIS[period["period"]][1]
        assert metric["conversion"]["value"] == pytest.approx(rate)
        assert metric["repurchase"]["n"] == metric["conversion"]["signed"]
        found[period["period"]] = (
            metric["conversion"]["signed"],
            metric["conversion"]["n"],
            metric["repurchase"]["again"],
            round(metric["first_deal_fen"]["value"]),
            round(metric["first_deal_fen"]["median"]),
            metric["first_deal_fen"]["n"],
            round(metric["cycle_days"]["value"], 2),
            metric["cycle_days"]["median"],
            round(metric["touches"]["value"], 2),
        )
    assert found == KPIS


def test_the_book_is_sound(story):
    code, answer = story[0]("check", "--deep")
    assert (code, [one for one in answer["checks"] if not one["ok"]]) == (0, [])


def test_everything_counts_2625_follow_ups(story):
    from sqlalchemy import func, select

    from app.models.tables.followups import FollowUp

    office = open_office(story[0].book)
    with office.context.read() as reader:
        counting = select(func.count(FollowUp.id)).where(FollowUp.counts, FollowUp.deleted_at == 0)
        beside = 54 - int(reader.scalar(_uncounted_beside(FollowUp)) or 0)
        assert reader.scalar(counting) == 2625 + beside
    office.close()


def _uncounted_beside(entity):
    """Count the follow-ups of the customers' batch that do not count."""
    from sqlalchemy import func, select

    from app.models.tables.transfer import ImportBatch

    batch = select(ImportBatch.id).where(ImportBatch.name == "客户资料-2026.xlsx")
    return select(func.count(entity.id)).where(
        entity.batch_id == batch.scalar_subquery(), ~entity.counts
    )


def test_importing_everything_again_creates_nothing(copy, story, tmp_path):
    code, answer = copy("import", *(str(SAMPLES / name) for name in FILES))
    assert (code, answer["batch"]) == (0, None)
    assert {one["created"] for one in answer["files"]} == {0}
    assert [one["updated"] for one in answer["files"]] == [one["rows"] for one in answer["files"]]
    assert {(one["contacts"], one["followups"]) for one in answer["files"]} == {(0, 0)}
    assert copy.exported(tmp_path / "all.json") == story[2][-1]


def test_a_dry_run_tells_the_same_and_writes_nothing(story, tmp_path):
    program = Program(tmp_path / "dry.gendan")
    program("new")
    before = program.exported(tmp_path / "all.json")
    code, answer = program("import", *(str(SAMPLES / name) for name in FILES), "--dry-run")
    assert code == 0
    names = ("rows", "created", "updated", "contacts", "followups")
    found = {(o["file"], o["kind"]): tuple(o[name] for name in names) for o in answer["files"]}
    assert found == COUNTS
    assert program.exported(tmp_path / "all.json") == before


def test_each_undo_restores_the_book_as_it_was(copy, story, tmp_path):
    _, answers, exports = story
    for (_, answer), before in zip(reversed(answers), reversed(exports[:-1]), strict=True):
        code, undone = copy("undo", str(answer["batch"]))
        assert (code, undone["conflicts"]) == (0, [])
        assert copy.exported(tmp_path / "all.json") == before
    assert copy("check")[0] == 0
    assert copy("undo", str(answers[0][1]["batch"]))[1]["error"]["code"] == "batch_undone"


def test_what_was_undone_comes_again(copy, story, tmp_path):
    _, answers, exports = story
    for _, answer in reversed(answers[3:]):
        assert copy("undo", str(answer["batch"]))[0] == 0
    for name in FILES[3:]:
        assert copy("import", str(SAMPLES / name))[0] == 0
    found = copy.exported(tmp_path / "all.json")
    assert {kind: len(rows) for kind, rows in found.items()} == {
        kind: len(rows) for kind, rows in exports[-1].items()
    }
    assert copy("check")[0] == 0
