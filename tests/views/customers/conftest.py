"""The two pages of customers over the office of the pictures."""

from __future__ import annotations

import pytest


@pytest.fixture
def page(qtbot, picture):
    """Show the whole list and wait for it."""
    picture.navigate("customers", view="all")
    shown = picture.page()
    qtbot.waitUntil(lambda: shown.rows.answer is not None and not shown.rows.loader._jobs)
    return shown


@pytest.fixture
def listed(qtbot, page):
    """Return a function that gives the names in the list once it has settled."""

    def names():
        qtbot.waitUntil(lambda: not page.rows.loader._jobs)
        model = page.rows.model
        return [model.row(at).customer.name for at in range(model.rowCount())]

    return names


@pytest.fixture
def open_customer(qtbot, picture):
    """Return a function that shows the page of a customer by its name."""

    def shown(name):
        customer_id = picture.office.customers.resolve(name)
        picture.navigate("customer", customer_id=customer_id)
        page = picture.page()
        qtbot.waitUntil(lambda: page.card is not None and page.card.id == customer_id)
        return page

    return shown
