"""After a close that was not in order every page is looked at, and damage stops the writing."""

from __future__ import annotations

import shutil

import pytest

from app import bootstrap
from app.errors import BookError, Cancelled
from app.i18n import set_language
from app.models.tables import Base
from app.services.admin import soundness
from app.services.customers import CustomerDraft
from app.services.jobs import Progress
from tests.factories import PASSPHRASE, break_table, office_with


@pytest.fixture(params=[None, PASSPHRASE], ids=["plain", "sealed"])
def killed(request, tmp_path, monkeypatch):
    """Give what a killed program leaves of a book with one customer."""
    monkeypatch.setenv("GENDAN_PASSPHRASE", PASSPHRASE)
    office = office_with(tmp_path / "first.gendan", request.param)
    office.customers.add(CustomerDraft("试写有限公司"))
    folder = shutil.copytree(tmp_path / "first.gendan", tmp_path / "killed.gendan")
    office.close()
    return folder


def test_a_check_that_passes_is_not_asked_for_again(killed):
    office = bootstrap.open_office(killed)
    assert office.admin.needs_check
    told = []
    office.admin.check_pages(Progress(lambda *step: told.append(step)))
    assert not office.admin.needs_check
    assert told[0][2] == "正在检查文件的每一页"
    office.close()
    again = bootstrap.open_office(killed)
    assert not again.admin.needs_check
    again.close()


def test_the_full_check_does_as_well(killed):
    office = bootstrap.open_office(killed)
    assert [one for one in office.admin.check() if not one.ok] == []
    assert not office.admin.needs_check
    office.close()


def test_a_check_that_is_stopped_is_due_again(killed):
    office = bootstrap.open_office(killed)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        office.admin.check_pages(progress)
    office.close()
    again = bootstrap.open_office(killed)
    assert again.admin.needs_check
    again.close()


def test_damage_is_named_and_nothing_more_is_written(killed):
    bootstrap.open_office(killed).close()  # the log would mend the page
    break_table(killed, "customer")
    office = bootstrap.open_office(killed)
    heard = []
    office.admin.when_damaged(heard.append)
    with pytest.raises(BookError) as found:
        office.admin.check_pages()
    assert found.value.code == "damaged_book"
    assert found.value.text() == "数据文件有损坏（客户），已停止保存"
    assert "备份" in found.value.advice_text()
    assert heard[-1] is found.value
    with pytest.raises(BookError) as refused:
        office.admin.change_settings(company="改名")
    assert refused.value is found.value
    assert office.admin.settings().company == "苏南自动化"
    wrong = [one for one in office.admin.check() if not one.ok]
    assert wrong[0].name == "pages"
    office.close()
    again = bootstrap.open_office(killed)
    assert again.admin.needs_check
    again.close()


def test_what_is_damaged_is_said_in_the_words_of_the_window():
    assert soundness.words_for(()) == ""
    assert soundness.words_for(("payment", "customer", "contact")) == "客户、合同与回款"
    assert soundness.words_for(("search_gram_data",)) == "搜索索引"
    tables = set(Base.entities)
    for name in sorted(tables):
        assert soundness.words_for((name,)) not in ("", "搜索索引"), name
    set_language("en")
    assert soundness.words_for(("payment", "customer")).isascii()
