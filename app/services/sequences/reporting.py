"""The whole report of one sequence and some days."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.models.tables.staff import Staff
from app.models.values.sequences import Applies, furthest
from app.services.sequences import measuring, paths
from app.services.sequences.chains import read_chains
from app.services.sequences.comparing import version_measures
from app.services.sequences.reading import read_sequences, read_versions, sequence_of
from app.services.sequences.shapes import LOST, WON, ReportQuery, SequenceReport

if TYPE_CHECKING:
    from app.models.store.reader import Reader
    from app.services.jobs import Progress
    from app.services.sequences.drafts import SequenceView


def read_report(
    reader: Reader, query: ReportQuery, as_of: date, zone: tzinfo, progress: Progress
) -> SequenceReport:
    """Return the measures of a sequence over the customers asked for.

    Without any sequence only the paths are told. Raises ``UserError`` no_such_sequence and
    ``Cancelled``.
    """
    sequence = _chosen(reader, query)
    applies = sequence.current.applies if sequence else Applies()
    chains = read_chains(reader, query, applies, zone, progress)
    won_paths, lost_paths, coarse = paths.mine(chains)
    parts: dict[str, Any] = {}
    if sequence is not None:
        steps = sequence.current.steps
        walked = measuring.walk(chains, steps, as_of, progress)
        measures, drop_place = measuring.step_measures(walked, steps)
        parts = {
            "steps": measures,
            "drop_place": drop_place,
            "gaps": measuring.gap_measures(walked, len(steps)),
            "people": measuring.person_measures(walked, steps, _names(reader)),
            "bands": measuring.band_measures(walked, steps),
            "observation": measuring.observe(walked, steps),
            "versions": version_measures(reader, read_versions(reader, sequence.id), as_of),
        }
    return SequenceReport(
        query=query,
        as_of=as_of,
        sequence=sequence,
        customers=len(chains),
        deeds=sum(len(one.marks) for one in chains),
        won=sum(one.outcome == WON for one in chains),
        lost=sum(one.outcome == LOST for one in chains),
        won_paths=won_paths,
        lost_paths=lost_paths,
        coarse=coarse,
        **parts,
    )


def lost_at(
    reader: Reader,
    query: ReportQuery,
    place: int,
    as_of: date,
    zone: tzinfo,
    progress: Progress,
) -> tuple[int, ...]:
    """Return the customers that came to a step (from 1) and no further."""
    sequence = _chosen(reader, query)
    if sequence is None:
        return ()
    steps = sequence.current.steps
    chains = read_chains(reader, query, sequence.current.applies, zone, progress)
    walked = measuring.walk(chains, steps, as_of, progress)
    return tuple(one.chain.customer_id for one in walked if furthest(one.done) == place)


def _chosen(reader: Reader, query: ReportQuery) -> SequenceView | None:
    if query.sequence_id:
        return sequence_of(reader, query.sequence_id)
    return next(iter(read_sequences(reader)), None)


def _names(reader: Reader) -> dict[int, str]:
    chosen = select(Staff.id, Staff.name).where(Staff.deleted_at == 0)
    return {row[0]: row[1] for row in reader.rows(chosen)}
