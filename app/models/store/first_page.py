"""What the first page of a window reads, as SQL: it waits for no query library (adr/0007).

The services read these rows nowhere else and in no other way. A person (``staff_id``) of 0
is everybody. Days are ISO text, no day is empty text, instants are UTC milliseconds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.models.store.reader import Reader

_STAFF = """
SELECT s.id, s.name, s.team_id, coalesce(t.name, ''), s.post, s.role, s.joined_on, s.left_on
FROM staff AS s LEFT JOIN team AS t ON t.id = s.team_id
WHERE s.deleted_at = 0
ORDER BY s.team_id, s.sort_key, s.id
"""
_CHOICES = """
SELECT id, code, label, archived FROM choice
WHERE list_name = ? AND deleted_at = 0
ORDER BY position
"""
# all of it stands in ix_next_step_agenda, in this order: no row of a table is looked up
_OPEN_STEPS = """
SELECT n.id, n.customer_id, n.window_start, n.window_end, n.has_clock, n.plan_kind
FROM next_step AS n
WHERE n.state = 'open' AND n.deleted_at = 0 {mine}
    AND n.customer_id NOT IN (SELECT id FROM customer WHERE deleted_at <> 0)
ORDER BY n.window_end, n.window_start, n.id
"""
_OPEN_COUNT = "SELECT count(*) FROM next_step WHERE state = 'open' AND deleted_at = 0 {mine}"
_STEPS = """
SELECT n.id, n.customer_id, coalesce(nullif(c.short_name, ''), c.name), c.main_contact,
    n.plan_kind, n.what, n.bucket, n.window_start, n.window_end, n.has_clock,
    c.quality, c.grade, nullif(c.expected_fen, -1), n.staff_id, n.postpone_count, c.name
FROM next_step AS n JOIN customer AS c ON c.id = n.customer_id
WHERE n.id IN (SELECT value FROM json_each(?))
"""
_GRADES = "SELECT id, grade FROM customer WHERE id IN (SELECT value FROM json_each(?))"
_DONE = """
SELECT count(*) FROM next_step
WHERE state = 'done' AND deleted_at = 0 AND done_at >= ? {mine}
"""
_CALLS = """
FROM followup
WHERE "on" = ? AND channel = 'phone' AND duration_s > 0 AND deleted_at = 0 {mine}
"""
_SIGNED = """
FROM contract AS c {shared}
WHERE c.signed_on >= ? AND c.signed_on < ? AND c.deleted_at = 0
    AND c.status IN (SELECT value FROM json_each(?)) {mine}
"""
_WHOLE = "SELECT sum(weight) FROM contract_share WHERE contract_id = c.id AND deleted_at = 0"
_SHARED = "JOIN contract_share AS s ON s.contract_id = c.id AND s.deleted_at = 0"
_DRAFTS = """
SELECT d.subject_id, coalesce(c.name, ''), d.updated_at
FROM draft AS d LEFT JOIN customer AS c ON c.id = d.subject_id
WHERE d.staff_id = ? AND d.form = ?
ORDER BY d.updated_at DESC, d.id DESC
"""


def _of(text: str, column: str, staff_id: int) -> tuple[str, tuple[int, ...]]:
    """Return the text for one person or everybody, and its last values."""
    mine = f"AND {column} = ?" if staff_id else ""
    return text.replace("{mine}", mine), (staff_id,) if staff_id else ()


def settings(reader: Reader) -> Sequence[Any]:
    """Return (key, value as JSON) of the office's settings."""
    return reader.driver_rows("SELECT key, value FROM setting")


def staff(reader: Reader) -> Sequence[Any]:
    """Return id, name, team id, team, post, role, first and last day, by team and name."""
    return reader.driver_rows(_STAFF)


def choices(reader: Reader, list_name: str) -> Sequence[Any]:
    """Return id, code, label and whether it is hidden of the words of a list, in order."""
    return reader.driver_rows(_CHOICES, (list_name,))


def open_steps(reader: Reader, staff_id: int) -> Sequence[Any]:
    """Return id, customer id, window, clock and plan kind of the open steps, earliest first."""
    text, mine = _of(_OPEN_STEPS, "n.staff_id", staff_id)
    return reader.driver_rows(text, mine)


def open_count(reader: Reader, staff_id: int) -> int:
    """Return how many next steps are open."""
    text, mine = _of(_OPEN_COUNT, "staff_id", staff_id)
    return int(reader.driver_rows(text, mine)[0][0])


def steps(reader: Reader, step_ids: Iterable[int]) -> Sequence[Any]:
    """Return next steps of some ids in no order, each with its customer."""
    return reader.driver_rows(_STEPS, (json.dumps(list(step_ids)),))


def grades(reader: Reader, customer_ids: Iterable[int]) -> Mapping[int, str]:
    """Return the size of customers by their id."""
    return dict(reader.driver_rows(_GRADES, (json.dumps(list(customer_ids)),)))


def done_count(reader: Reader, staff_id: int, since: int) -> int:
    """Return how many next steps were done since an instant."""
    text, mine = _of(_DONE, "staff_id", staff_id)
    return int(reader.driver_rows(text, (since, *mine))[0][0])


def calls(reader: Reader, staff_id: int, day: str) -> tuple[int, int]:
    """Return the number of calls that went through on a day, and their seconds."""
    text, mine = _of(
        f"SELECT count(*), coalesce(sum(duration_s), 0) {_CALLS}", "staff_id", staff_id
    )
    count, seconds = reader.driver_rows(text, (day, *mine))[0]
    return int(count), int(seconds)


def called(reader: Reader, staff_id: int, day: str) -> tuple[int, ...]:
    """Return the customers of these calls."""
    text, mine = _of(f"SELECT DISTINCT customer_id {_CALLS}", "staff_id", staff_id)
    return tuple(row[0] for row in reader.driver_rows(text, (day, *mine)))


def signed(reader: Reader, first: str, after: str, statuses: str) -> int:
    """Return the fen of the contracts signed from one day until before another.

    ``statuses`` is the JSON list of those that count.
    """
    text = f"SELECT sum(c.amount_fen) {_SIGNED}".format(shared="", mine="")
    return int(reader.driver_rows(text, (first, after, statuses))[0][0] or 0)


def signed_shares(
    reader: Reader, staff_id: int, first: str, after: str, statuses: str
) -> Sequence[Any]:
    """Return fen, the person's weight and the sum of all weights of the same contracts."""
    columns = f"SELECT c.amount_fen, s.weight, ({_WHOLE}) {_SIGNED}"
    text = columns.format(shared=_SHARED, mine="AND s.staff_id = ?")
    return reader.driver_rows(text, (first, after, statuses, staff_id))


def unfinished(reader: Reader, staff_id: int, form: str) -> Sequence[Any]:
    """Return customer id, name and instant of a person's drafts in a form, newest first."""
    return reader.driver_rows(_DRAFTS, (staff_id, form))
