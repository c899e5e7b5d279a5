"""One window per person: a second start hands its wish to the first."""

from __future__ import annotations

import uuid

from app.views.core.instance import Instance, server_name


def test_the_second_start_raises_the_first(qapp, qtbot):
    name = f"gendan-test-{uuid.uuid4().hex}"
    first, second = Instance(name), Instance(name)
    heard = []
    first.raised.connect(heard.append)
    assert first.claim()
    assert not second.claim("open 客户")
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["open 客户"]
    first.release()


def test_after_the_first_has_gone_there_is_a_new_first(qapp, qtbot):
    name = f"gendan-test-{uuid.uuid4().hex}"
    first = Instance(name)
    assert first.claim()
    first.release()
    second = Instance(name)
    assert second.claim()
    second.release()


def test_each_scope_has_its_own_name():
    assert server_name("a") != server_name("b")
    assert server_name("a") == server_name("a")
    assert server_name("a").isascii()
