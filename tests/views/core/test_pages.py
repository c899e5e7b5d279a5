"""The registry of screens: each one is there, and says who it is."""

from __future__ import annotations

import pytest

from app.views.core import commands, icons, pages
from app.views.core.page import Page


def test_each_screen_is_its_own_class():
    for spec in pages.REGISTERED:
        made = pages.load(spec)
        assert issubclass(made, Page)
        assert spec.id == made.PAGE_ID


def test_ids_keys_and_icons():
    specs = pages.REGISTERED
    assert len({spec.id for spec in specs}) == len(specs)
    keys = [spec.shortcut for spec in specs if spec.shortcut]
    assert len(set(keys)) == len(keys)
    assert {spec.icon for spec in specs} <= set(icons.names())
    assert pages.spec_of("nowhere") is None


@pytest.mark.parametrize("command", commands.COMMANDS, ids=lambda command: command.id)
def test_a_built_target_is_a_function(command):
    if commands.resolve(command.target):
        assert callable(commands.load(command.target))
    else:
        assert not command.target or command.target.count(":") == 1


def test_targets_that_are_not_built_are_known_as_such():
    assert not commands.resolve("")
    assert not commands.resolve("app.views.nowhere.at_all:run")
