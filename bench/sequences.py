"""The page of action sequences against DuckDB on its own native file of the same rows."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import func, select

from app.models.store import statements
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import LifeSpell, StageMove
from app.models.tables.followups import FollowUp
from app.models.tables.kpi import CustomerFact
from app.models.tables.radar import RadarItem
from app.services.office import Office
from app.services.sequences.drafts import SequenceDraft
from app.services.sequences.shapes import ReportQuery, SequenceReport
from bench.harness import Measured, side_by_side

_SQL = """
WITH ends AS (SELECT customer_id, CASE WHEN f IS NOT NULL AND (l IS NULL OR l >= f) THEN 'won'
    WHEN l IS NOT NULL THEN 'lost' ELSE 'going' END AS outcome, least(f, l) AS ended
  FROM customer WHERE NOT historic AND created_on BETWEEN $first AND $last),
shown AS (
  SELECT customer_id, min(ms) + 1 AS ms, 'calibrate' AS deed FROM calibration GROUP BY 1
  UNION ALL SELECT customer_id, min(ms) + 2, 'radar' FROM radar GROUP BY 1
  UNION ALL SELECT customer_id, min(ms) + 4, 'quote' FROM stage WHERE position >= 3 GROUP BY 1),
marks AS (
  SELECT e.customer_id, e.outcome, m.ms, m.channel AS deed FROM ends e
    JOIN followup m USING (customer_id) WHERE m.counts AND (ended IS NULL OR m."on" <= ended)
  UNION ALL SELECT e.customer_id, e.outcome, m.ms, m.deed FROM ends e JOIN shown m
    USING (customer_id)
    WHERE ended IS NULL OR make_timestamp((m.ms + 28800000) * 1000)::DATE <= ended),
far AS (SELECT e.customer_id, greatest(
    CASE WHEN any_value(e.outcome) = 'won' THEN {last} ELSE 0 END,
    coalesce(max(s.place), 0)) AS place
  FROM ends e LEFT JOIN marks m USING (customer_id) LEFT JOIN step s ON s.deed = m.deed GROUP BY 1),
turns AS (SELECT customer_id, outcome, ms, deed,
    lag(deed) OVER (PARTITION BY customer_id ORDER BY ms, deed) AS before FROM marks),
path AS (SELECT customer_id, any_value(outcome) AS outcome,
    string_agg(deed, '>' ORDER BY ms, deed) AS path
  FROM turns WHERE before IS DISTINCT FROM deed GROUP BY 1)
SELECT 'step', place::VARCHAR, count(*), 0 FROM far GROUP BY 2
UNION ALL SELECT 'path', path, count(*) FILTER (outcome = 'won'),
  count(*) FILTER (outcome = 'lost') FROM path WHERE outcome <> 'going' GROUP BY 2
  HAVING count(*) >= 10
"""


def measure(office: Office, key: bytes | None) -> list[Measured]:
    """Return the rows of the table, after checking that both give the same figures."""
    del key
    if not office.sequences.all():
        template = office.sequences.templates()[0]
        office.sequences.add(SequenceDraft(template.name, template.version))
    today = office.context.today()
    with tempfile.TemporaryDirectory() as place:
        peer = _peer(office, Path(place))
        rows = [
            _report(office, peer, name, ReportQuery(first, today), rounds)
            for name, first, rounds in (
                ("90 days", today - timedelta(days=89), 5),
                ("a year", today - timedelta(days=364), 3),
            )
        ]
        peer.close()
    return rows


def _peer(office: Office, place: Path) -> Any:
    """Copy what the page reads into a native DuckDB file."""
    peer = duckdb.connect(str(place / "peer.duckdb"), config={"threads": 2})
    lost = (
        select(LifeSpell.customer_id, func.min(LifeSpell.from_on).label("l"))
        .where(LifeSpell.state == "churned", LifeSpell.deleted_at == 0)
        .group_by(LifeSpell.customer_id)
        .subquery()
    )
    fact = CustomerFact
    tables: dict[str, tuple[str, Any]] = {
        "customer": (
            "customer_id BIGINT, created_on DATE, f DATE, historic BOOLEAN, l DATE",
            select(
                fact.customer_id, fact.created_on, fact.first_sign_on, fact.historic, lost.c.l
            ).outerjoin(lost, lost.c.customer_id == fact.customer_id),
        ),
        "followup": (
            'customer_id BIGINT, ms BIGINT, channel VARCHAR, "on" DATE, counts BOOLEAN',
            select(
                FollowUp.customer_id, FollowUp.at, FollowUp.channel, FollowUp.on, FollowUp.counts
            ).where(FollowUp.deleted_at == 0),
        ),
        "calibration": (
            "customer_id BIGINT, ms BIGINT",
            select(CalibrationEvent.customer_id, CalibrationEvent.at).where(
                CalibrationEvent.deleted_at == 0
            ),
        ),
        "radar": (
            "customer_id BIGINT, ms BIGINT",
            select(RadarItem.customer_id, RadarItem.created_at).where(RadarItem.deleted_at == 0),
        ),
        "stage": (
            "customer_id BIGINT, ms BIGINT, position INT",
            select(StageMove.customer_id, StageMove.at, StageMove.to_position).where(
                StageMove.deleted_at == 0
            ),
        ),
    }
    with office.context.read() as reader:
        for name, (columns, chosen) in tables.items():
            file = place / f"{name}.csv"
            compiled = statements.prepared(FollowUp.__table__, chosen)
            _write(file, (row for batch in reader.streamed(compiled, {}, _go_on) for row in batch))
            peer.execute(f"CREATE TABLE {name} ({columns})")
            peer.execute(f"COPY {name} FROM '{file}' (HEADER false, NULLSTR '')")
            file.unlink()
    steps = office.sequences.all()[0].current.steps
    peer.execute("CREATE TABLE step (place INT, deed VARCHAR)")
    peer.executemany(
        "INSERT INTO step VALUES (?, ?)", [(at, one.deed) for at, one in enumerate(steps, 1)]
    )
    return peer


def _go_on() -> None:
    """Let a long select go on."""


def _write(file: Path, rows: Iterable[Any]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)


def _report(office: Office, peer: Any, name: str, query: ReportQuery, rounds: int) -> Measured:
    sql = _SQL.replace("{last}", str(len(office.sequences.all()[0].current.steps)))
    days: dict[str, date] = {"first": query.first, "last": query.last}

    def theirs() -> list[Any]:
        return list(peer.execute(sql, days).fetchall())

    _agree(office.sequences.report(query), theirs())
    return side_by_side(
        f"action sequences, customers of {name}",
        lambda: office.sequences.report(query),
        theirs,
        against="DuckDB (survivors and paths alone)",
        goal="2 s",
        rounds=rounds,
    )


def _agree(report: SequenceReport, rows: list[Any]) -> None:
    """Stop unless both have the same survivors and the same paths."""
    at = {int(row[1]): row[2] for row in rows if row[0] == "step"}
    for one in report.steps:
        assert one.alive == sum(n for place, n in at.items() if place >= one.place), one
    theirs = {row[1]: (row[2], row[3]) for row in rows if row[0] == "path"}
    for path in () if report.coarse else (*report.won_paths, *report.lost_paths):
        name = ">".join(path.deeds)
        assert theirs[name] == (len(path.won), len(path.lost)), (name, theirs[name])
