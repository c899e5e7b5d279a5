"""Qt's own words (field menus, file dialogs) in the language of the program."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app import i18n

_NAME = "qt_words"
_LOCALES = {"zh": "zh_CN", "en": "en_US"}


def speak() -> None:
    """Let Qt speak the chosen language; English is what it says without a translation."""
    application = QCoreApplication.instance()
    if application is None:
        return
    locale = QLocale(_LOCALES[i18n.language()])
    QLocale.setDefault(locale)
    former = application.findChild(QTranslator, _NAME)
    if former is not None:
        application.removeTranslator(former)
        former.deleteLater()
        former.setObjectName("")
    if i18n.language() == "en":
        return
    words = QTranslator(application)
    words.setObjectName(_NAME)
    place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if words.load(locale, "qtbase", "_", place):
        application.installTranslator(words)
