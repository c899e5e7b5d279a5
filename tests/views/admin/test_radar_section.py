"""客户雷达 in the settings: weights, items and days hold at once and go back."""

from __future__ import annotations

import pytest

from app.services.customers import CustomerDraft
from app.services.radar import RadarDraft


@pytest.fixture
def section(shell, office):
    shell.navigate("settings", section="radar")
    return shell.page().section


def test_a_weight_an_item_and_the_days_are_changed(section, shell, office):
    customer = office.customers.add(CustomerDraft("常州恒力机械有限公司"))
    office.radar.add(customer, RadarDraft("主营", "机加工"))
    assert section.focus_first() is None
    assert next(iter(section.weights)) == "统一代码"
    section.weights["主营"].set_value(10)
    section.weights["主营"].activated.emit(0)
    assert office.admin.settings().radar_weights["主营"] == 10
    assert office.radar.dossier(customer).standing.score == 50
    section.fresh.setCurrentText("招标")
    section.add.click()
    assert office.admin.settings().radar_weights["招标"] == 1
    section._drop("员工规模")
    assert "员工规模" not in office.admin.settings().radar_weights
    section.days.set_value(90)
    section._save_days()
    assert office.admin.settings().radar_stale_days == 90
    shell.undo()
    assert office.admin.settings().radar_stale_days == 180


def test_the_same_item_is_not_added_twice(section, office):
    before = office.admin.settings().radar_weights
    section.fresh.setCurrentText("主营")
    section.add.click()
    assert office.admin.settings().radar_weights == before


def test_places_to_look_are_added_moved_changed_and_removed(section, shell, office, dialogs):
    links = office.radar.links
    count = len(links.all())

    def fill(dialog):
        assert dialog.focusWidget() is dialog.title
        dialog.title.setText("内部系统")
        dialog.address.setText("javascript:alert(1)")
        dialog._agree()
        assert dialog.isVisible()  # not allowed
        dialog.address.setText("https://erp.example/{uscc|raw}?q={name|gbk}")
        assert "91350200776049653A" in dialog.preview.text()
        dialog.digit.set_value(9)
        dialog._agree()

    dialogs("link_dialog", fill)
    section.links.add()
    assert (links.all()[-1].title, links.all()[-1].digit) == ("内部系统", 9)
    section.links.table.choose((links.all()[-1].id, links.all()[-1].address))
    section.links.move_by(-1)
    assert links.all()[-2].title == "内部系统"
    dialogs("link_dialog", lambda dialog: (dialog.title.setText("ERP"), dialog._agree()))
    section.links.edit()
    assert links.all()[-2].title == "ERP"
    section.links.drop()
    assert len(links.all()) == count
    shell.undo()
    assert links.all()[-2].title == "ERP"


def test_schemes_are_added_but_never_dangerous_ones(section, office):
    section.schemes.setText("tencent, JavaScript file weixin")
    section._save_schemes()
    assert office.admin.settings().link_schemes == "tencent weixin"


def test_a_table_of_number_ranges_and_citizen_ids(section, office, tmp_path, monkeypatch):
    monkeypatch.setenv("GENDAN_CONFIG_DIR", str(tmp_path / "config"))
    file = tmp_path / "phone.dat"
    file.write_bytes(b"nothing")
    section.install_table(file)
    assert section.error.isVisible()
    assert section.table_words.text() == "没有装号段表"
    section.citizens.click()
    assert office.admin.settings().citizen_ids
