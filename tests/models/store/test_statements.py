"""Prepared statements: what never changes stands in the text, what was typed is bound."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import bindparam, select

from app.models.store.statements import prepared
from app.models.tables.customers import Customer
from app.models.tables.followups import NextStep


def compiled(*conditions, limit=None):
    return prepared(Customer.__table__, select(Customer.id).where(*conditions).limit(limit))


def test_numbers_and_plain_words_stand_in_the_statement():
    found = compiled(Customer.deleted_at == 0, Customer.life == "prospect", limit=201)
    assert "deleted_at = 0" in found.sql
    assert "life = 'prospect'" in found.sql
    assert "?" not in found.sql.partition("OFFSET")[0]
    assert found.values({}) == ()


@pytest.mark.parametrize("typed", ["华新", "o'clock", "a;b", "x" * 31, "two words", "A"])
def test_what_a_person_typed_is_bound(typed):
    found = compiled(Customer.name == typed)
    assert typed not in found.sql
    assert found.values({}) == (typed,)


def test_lists_of_plain_words_stand_in_the_statement_and_typed_ones_are_bound():
    assert "IN ('big', 'small')" in compiled(Customer.grade.in_(("big", "small"))).sql
    found = compiled(Customer.region.in_(("杭州", "苏州")))
    assert found.values({}) == ("杭州", "苏州")


def test_named_values_are_bound_at_each_run_and_days_as_their_text():
    found = compiled(Customer.id == bindparam("row_id", 0), Customer.created_on > date(2026, 11, 1))
    assert found.values({"id": 7}) == (7, "2026-11-01")


def test_a_constant_of_another_table_stands_in_the_statement_too():
    steps = select(NextStep.id).where(NextStep.customer_id == Customer.id, NextStep.state == "open")
    found = compiled(steps.exists(), Customer.trial.is_(False))
    assert "state = 'open'" in found.sql
    assert "trial IS 0" in found.sql
    assert found.names == ()
