"""The KPI page and the staff summary against DuckDB on its own native file of the same rows."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import select

from app.models.tables.customers import Customer
from app.models.tables.deals import Contract, ContractShare, Payment
from app.models.tables.followups import FollowUp
from app.services.kpi import KpiFilter, KpiQuery, MacroReport
from app.services.office import Office
from app.services.staff.summary import SummaryQuery
from bench.harness import Measured, side_by_side

_CUSTOMERS = (Customer.id, Customer.created_on, Customer.source, Customer.historic)
_TABLES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "customer": (Customer, _CUSTOMERS),
    "contract": (Contract, (Contract.id, Contract.customer_id, Contract.signed_on,
                            Contract.amount_fen, Contract.kind, Contract.as_new)),
    "share": (ContractShare, (ContractShare.contract_id, ContractShare.staff_id,
                              ContractShare.weight)),
    "payment": (Payment, (Payment.contract_id, Payment.paid_on, Payment.amount_fen,
                          Payment.staff_id)),
    "followup": (FollowUp, (FollowUp.customer_id, FollowUp.on, FollowUp.staff_id,
                            FollowUp.channel, FollowUp.direction, FollowUp.outcome,
                            FollowUp.duration_s, FollowUp.counts)),
}  # fmt: skip

_PAGE = """
WITH chosen AS (SELECT * FROM customer WHERE {where}),
signing AS (SELECT customer_id, signed_on, sum(amount_fen) AS fen FROM contract
  WHERE (kind <> 'supplement' OR as_new) AND signed_on <= $as_of GROUP BY ALL),
first AS (SELECT customer_id, min(signed_on) AS f, arg_min_null(fen, signed_on) AS a,
  count(*) AS times FROM signing GROUP BY 1),
touch AS (SELECT customer_id, min("on") AS t FROM followup WHERE counts GROUP BY 1),
life AS (SELECT c.id, c.created_on, c.historic, x.f, x.a, x.times,
  least(c.created_on, t.t) AS start
  FROM chosen c LEFT JOIN first x ON x.customer_id = c.id
  LEFT JOIN touch t ON t.customer_id = c.id),
cohort AS (SELECT date_trunc('month', created_on) AS m, count(*) AS n, count(f) AS s,
  count(*) FILTER (times > 1) AS r,
  count(*) FILTER (created_on + 90 <= $as_of) AS mature,
  count(*) FILTER (created_on + 90 <= $as_of AND f <= created_on + 90) AS within
  FROM life WHERE NOT historic AND created_on BETWEEN $first AND $as_of GROUP BY 1),
counted AS (SELECT l.id, count(u."on") AS touches FROM life l LEFT JOIN followup u
  ON u.customer_id = l.id AND u.counts AND u."on" BETWEEN l.start AND l.f
  WHERE l.f BETWEEN $first AND $as_of GROUP BY 1),
signed AS (SELECT date_trunc('month', f) AS m, count(*) AS n, avg(a) AS deal,
  median(a) AS deal_mid, avg(greatest(f - start, 0)) AS cycle,
  median(greatest(f - start, 0)) AS cycle_mid, avg(touches) AS touches,
  median(touches) AS touches_mid
  FROM life JOIN counted USING (id) GROUP BY 1)
SELECT coalesce(c.m, g.m) AS month, c.n, c.s, c.r, c.mature, c.within, g.n, g.deal, g.deal_mid,
  g.cycle, g.cycle_mid, g.touches, g.touches_mid
FROM cohort c FULL JOIN signed g ON g.m = c.m ORDER BY 1
"""
_SUMMARY = """
WITH money AS (SELECT s.staff_id, sum(c.amount_fen * s.weight / w.whole) AS signed,
  count(DISTINCT c.id) AS contracts, count(DISTINCT c.customer_id) AS customers
  FROM contract c JOIN share s ON s.contract_id = c.id
  JOIN (SELECT contract_id, sum(weight) AS whole FROM share GROUP BY 1) w
    ON w.contract_id = c.id
  WHERE c.signed_on BETWEEN $first AND $last GROUP BY 1),
paid AS (SELECT coalesce(s.staff_id, p.staff_id) AS staff_id,
  sum(p.amount_fen * coalesce(s.weight, 1) / coalesce(w.whole, 1)) AS received
  FROM payment p LEFT JOIN share s ON s.contract_id = p.contract_id
  LEFT JOIN (SELECT contract_id, sum(weight) AS whole FROM share GROUP BY 1) w
    ON w.contract_id = p.contract_id
  WHERE p.paid_on BETWEEN $first AND $last GROUP BY 1),
acts AS (SELECT staff_id,
  count(*) FILTER (channel = 'phone' AND NOT (direction = 'in'
    AND (outcome IN ('missed', 'rejected') OR duration_s = 0))) AS calls,
  count(*) FILTER (channel = 'phone' AND (duration_s > 0
    OR (duration_s < 0 AND outcome = 'connected'))) AS connected,
  sum(duration_s) FILTER (channel = 'phone' AND duration_s > 0) AS seconds,
  count(*) FILTER (channel = 'sms' AND direction <> 'in') AS sms,
  count(*) FILTER (channel = 'mail' AND counts) AS mails,
  count(*) FILTER (channel IN ('wechat', 'qq') AND counts) AS chats,
  count(*) FILTER (channel = 'visit' AND counts) AS visits,
  count(*) FILTER (counts) AS followups,
  count(DISTINCT customer_id) FILTER (counts) AS customers
  FROM followup WHERE "on" BETWEEN $first AND $last GROUP BY 1)
SELECT acts.*, money.signed, money.contracts, money.customers, paid.received
FROM acts LEFT JOIN money USING (staff_id) LEFT JOIN paid USING (staff_id) ORDER BY staff_id
"""


def measure(office: Office, key: bytes | None) -> list[Measured]:
    """Return the rows of the table, after checking that both give the same figures."""
    del key
    with tempfile.TemporaryDirectory() as place:
        peer = _peer(office, Path(place))
        today = office.context.today()
        rows = [
            _page(office, peer, months, today, name, where)
            for months in (12, 60)
            for name, where in (("", {}), (", one source", {"source": _a_source(office)}))
        ]
        first = today.replace(day=1)
        month = (first - timedelta(1)).replace(day=1)
        rows += [
            _summary(office, peer, name, low, high)
            for name, low, high in (
                ("a whole month", month, first - timedelta(1)),
                ("15th to 14th", month.replace(day=15), first.replace(day=14)),
                ("a year to today", today.replace(year=today.year - 1), today),
            )
        ]
        peer.close()
    return rows


def _peer(office: Office, place: Path) -> Any:
    """Copy the counted living rows into a native DuckDB file."""
    peer = duckdb.connect(str(place / "peer.duckdb"), config={"threads": 2})
    with office.context.read() as reader:
        alive = Customer.id.in_(
            select(Customer.id).where(
                Customer.deleted_at == 0, Customer.merged_into_id == 0, Customer.trial.is_(False)
            )
        )
        for name, (entity, columns) in _TABLES.items():
            chosen = select(*columns).where(entity.deleted_at == 0)
            if entity is Customer:
                chosen = chosen.where(alive)
            if entity is Contract:
                chosen = chosen.where(Contract.status.in_(("active", "done", "ended")))
            file = place / f"{name}.csv"
            _write(file, [column.key for column in columns], reader.rows(chosen))
            peer.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv('{file}', sample_size=-1)")
            file.unlink()
    return peer


def _write(file: Path, names: list[str], rows: Iterable[Any]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(names)
        writer.writerows(rows)


def _a_source(office: Office) -> str:
    with office.context.read() as reader:
        return str(reader.scalar(select(Customer.source).where(Customer.source != "").limit(1)))


def _page(
    office: Office, peer: Any, months: int, today: date, name: str, where: dict[str, str]
) -> Measured:
    label = _months_before(today, months - 1)
    query = KpiQuery(f"{label:%Y-%m}", f"{today:%Y-%m}", where=KpiFilter(**where))
    # comparisons reach a year and a month further back
    start = _months_before(label, 12)
    sql = _PAGE.format(where=" AND ".join(f"{key} = '{value}'" for key, value in where.items())
                       or "true")  # fmt: skip
    values = {"first": start, "as_of": today}

    def theirs() -> list[Any]:
        return list(peer.execute(sql, values).fetchall())

    _agree(office.kpi.macro(query), theirs())
    return side_by_side(
        f"KPI page, {months} months with comparisons{name}",
        lambda: office.kpi.macro(query),
        theirs,
        against="DuckDB",
        goal="<= 0.1 at 1M" if where else "<= 0.005 at 1M",
        rounds=15,
    )


def _months_before(day: date, count: int) -> date:
    number = day.year * 12 + day.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


def _agree(report: MacroReport, rows: list[Any]) -> None:
    """Stop unless both have the same figures."""
    theirs = {f"{row[0]:%Y-%m}": row for row in rows}
    for one in report.periods:
        row, mine = theirs[one.period.label], one.metrics
        found = [
            mine["conversion"].n, mine["conversion"].counts["signed"],
            mine["repurchase"].counts["again"], mine["conversion_90"].n,
            mine["conversion_90"].counts["signed"], mine["touches"].n,
            mine["first_deal_fen"].value, mine["first_deal_fen"].median,
            mine["cycle_days"].value, mine["cycle_days"].median,
            mine["touches"].value, mine["touches"].median,
        ]  # fmt: skip
        for ours, other in zip(found, row[1:], strict=True):
            assert abs((ours or 0) - float(other or 0)) < 1e-6 * max(1, abs(ours or 0)), (
                one.period.label, found, row,
            )  # fmt: skip


def _summary(office: Office, peer: Any, name: str, first: date, last: date) -> Measured:
    query = SummaryQuery(first, last)

    def theirs() -> list[Any]:
        return list(peer.execute(_SUMMARY, {"first": first, "last": last}).fetchall())

    mine = {row.staff_id: row.totals for row in office.staff.summary(query).rows}
    for row in theirs():
        one = mine[row[0]]
        assert tuple(row[1:10]) == (
            one.calls, one.connected, one.talk_seconds or None, one.sms, one.emails, one.chats,
            one.visits, one.followups, one.customers_touched,
        ), (row, one)  # fmt: skip
        assert (row[11] or 0, row[12] or 0) == (one.contracts, one.signed_customers)
        assert abs((row[10] or 0) - one.signed_fen) < 100
        assert abs((row[13] or 0) - one.received_fen) < 100
    return side_by_side(
        f"staff summary, {name}",
        lambda: office.staff.summary(query),
        theirs,
        against="DuckDB (13 of the columns)",
        goal="<= 0.0125 at 1M" if name == "a whole month" else "<= 0.04 at 1M",
        rounds=15,
    )
