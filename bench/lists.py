"""The customer list through the service against the raw driver on the same file."""

from __future__ import annotations

import random
from typing import Any

from app.models.store import engine
from app.models.values.pages import Key, Sort
from app.services.jobs import Progress
from app.services.lists import ListFilter
from app.services.office import Office
from bench.harness import Measured, side_by_side

_RAW = """
SELECT c.id, c.name, c.region, c.main_contact, c.main_phone, c.quality, c.grade,
 c.stage_position, c.life, c.expected_fen, c.last_touch_on, c.next_step_id, c.next_start_at,
 c.next_due_at, c.owner_id, coalesce(s.name, ''), c.created_on, c.source, c.industry, c.code,
 c.size, c.expected_to, c.next_plan
FROM customer c LEFT JOIN staff s ON s.id = c.owner_id
WHERE c.deleted_at = 0 AND c.merged_into_id = 0 AND c.trial = 0 {where}
ORDER BY c.{column} {way}, c.id {way} LIMIT 201 {skip}
"""

_TURNED = {"ASC": "DESC", "DESC": "ASC"}


def measure(office: Office, key: bytes | None) -> list[Measured]:
    """Return the rows of the table for first, middle and last pages of four sorts."""
    raw: Any = engine.connect(office.book.folder / "book.db", key)
    rows: list[Measured] = []
    everything = ListFilter()
    for column, sort in (
        ("sort_key", Sort("name")),
        ("created_on", Sort("created_on", True)),
        ("last_touch_on", Sort("last_touch_on", True)),
        ("expected_fen", Sort("expected_fen", True)),
    ):
        way = "DESC" if sort.descending else "ASC"
        first = _RAW.format(where="", column=column, way=way, skip="")
        keyed = _keyed(column, way)
        anchors = list(office.customers.anchors(everything, sort, 1024, Progress()))
        middle = anchors[len(anchors) // 2]
        rows.append(
            side_by_side(
                f"list {sort.column}: first page",
                lambda sort=sort: office.customers.page(everything, sort),
                lambda sql=first: raw.execute(sql).fetchall(),
                against="raw driver, same query",
                goal="<= 1.3",
            )
        )
        rows.append(
            side_by_side(
                f"list {sort.column}: page in the middle",
                lambda sort=sort, key=middle: office.customers.page(everything, sort, key=key),
                lambda sql=keyed, key=middle: raw.execute(sql, key).fetchall(),
                against="raw driver, same query",
                goal="<= 1.3",
            )
        )
        last = _RAW.format(where="", column=column, way=_TURNED[way], skip="")
        rows.append(
            side_by_side(
                f"list {sort.column}: last page",
                lambda sort=sort: office.customers.page(everything, sort, backward=True),
                lambda sql=last: raw.execute(sql).fetchall(),
                against="raw driver, same query",
                goal="<= 1.3",
            )
        )
        rows.append(_jump(office, sort, anchors, raw, column, way))
        rows.append(_all_anchors(office, sort, raw, column, way))
    raw.close()
    return rows


def _keyed(column: str, way: str) -> str:
    sign = "<" if way == "DESC" else ">"
    where = f"AND (c.{column}, c.id) {sign} (?, ?)"
    return _RAW.format(where=where, column=column, way=way, skip="")


def _jump(
    office: Office, sort: Sort, anchors: list[Key], raw: Any, column: str, way: str
) -> Measured:
    total = office.customers.count(ListFilter())
    dice = random.Random(5)
    places = [dice.randrange(total) for _ in range(2_000)]
    turn = iter(places)
    other = iter(places)

    def ours() -> object:
        place = next(turn)
        return office.customers.page(
            ListFilter(), sort, key=anchors[place // 1024], inclusive=True, skip=place % 1024
        )

    def peer() -> object:
        sql = _RAW.format(where="", column=column, way=way, skip=f"OFFSET {next(other)}")
        return raw.execute(sql).fetchall()

    return side_by_side(
        f"list {sort.column}: jump to a random row", ours, peer, against="raw OFFSET", goal="<= 0.1"
    )


def _all_anchors(office: Office, sort: Sort, raw: Any, column: str, way: str) -> Measured:
    """Find every 1,024th row by hops; the peer numbers all rows with a window function."""
    numbered = (
        f"SELECT key, id FROM (SELECT {column} AS key, id, row_number() OVER (ORDER BY {column} "
        f"{way}, id {way}) AS place FROM customer WHERE deleted_at = 0 AND merged_into_id = 0 "
        "AND trial = 0) WHERE place % 1024 = 1"
    )
    return side_by_side(
        f"list {sort.column}: all anchors, in a job",
        lambda: list(office.customers.anchors(ListFilter(), sort, 1024, Progress())),
        lambda: raw.execute(numbered).fetchall(),
        against="row_number() over all", goal="<= 100 ms at 1M", rounds=5,
    )  # fmt: skip
