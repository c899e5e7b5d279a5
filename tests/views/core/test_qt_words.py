"""Qt's own words follow the language of the program."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLineEdit

from app import i18n
from app.views.core import qt_words


def menu_words(qtbot):
    field = QLineEdit("一")
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    found = [action.text().partition("\t")[0].partition("(")[0] for action in menu.actions()]
    menu.deleteLater()
    return found


@pytest.fixture
def english_again(qapp):
    yield
    i18n.set_language("en")
    qt_words.speak()


@pytest.mark.usefixtures("english_again")
def test_field_menus_speak_the_language(qtbot):
    qt_words.speak()
    assert any("复制" in one for one in menu_words(qtbot))
    assert QLocale().language() == QLocale.Language.Chinese
    i18n.set_language("en")
    qt_words.speak()
    assert any("Copy" in one for one in menu_words(qtbot))
    i18n.set_language("zh")
    qt_words.speak()
    assert any("复制" in one for one in menu_words(qtbot))
