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
