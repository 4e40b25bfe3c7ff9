"""Instruments of REDCap that repeat: each time is a row of its own, which becomes columns of the record's row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sna.tables.exports.layout import LayoutError, Stands
from sna.tables.files import Record

EVENT = ("redcap_event_name", "Event Name")
INSTRUMENT = ("redcap_repeat_instrument", "Repeat Instrument")
INSTANCE = ("redcap_repeat_instance", "Repeat Instance")
TWICE = "Export it again with its repeat columns, or take one of the rows out."


@dataclass
class _Case:
    """A record at an event: its row, and (column, time) → (cell, its row) of the instruments that repeat."""

    row: Record
    times: dict[tuple[int, str], tuple[str, int]] = field(default_factory=dict)


def folded(
    header: list[str], about: list[str], rows: list[Record], own: frozenset[int]
) -> tuple[list[str], list[str], list[Record], Stands]:
    """Headings, about and rows with the times of an instrument as columns: `field[1]`, `field[2]`, …

    The last is where the cells of those columns stand in the file.

    Args:
        header: the headings.
        about: whom each column is about.
        rows: the rows, each as long as the headings.
        own: places of the columns that every row of a record has: its id, event, group.

    Raises:
        LayoutError: an instrument has two rows for the same time.
    """
    instrument, instance, event = (_place(header, names) for names in (INSTRUMENT, INSTANCE, EVENT))
    if instrument is None or not any(row[instrument] for _, row in rows):
        return header, about, rows, {}
    repeat_columns = {instrument, *([] if instance is None else [instance])}
    cases: dict[tuple[str, ...], _Case] = {}
    for at, row in rows:
        time = "" if instance is None else row[instance]
        # An event that repeats as a whole stays a row for each time.
        whole = "" if row[instrument] else time
        key = (row[0], "" if event is None else row[event], whole)
        bare = tuple(c if k in own - repeat_columns else "" for k, c in enumerate(row))
        case = cases.setdefault(key, _Case((at, bare)))
        if not row[instrument]:
            if any(c for k, c in enumerate(case.row[1]) if k not in own):
                raise LayoutError(f'The record "{row[0]}" stands in row {case.row[0]} already.', at, TWICE)
            case.row = (at, row)
            continue
        for k, cell in enumerate(row):
            if cell and k not in own:
                if (k, time) in case.times:
                    problem = f'"{row[instrument]}" has two rows for the record "{row[0]}", repeat instance "{time}".'
                    raise LayoutError(problem, at, TWICE)
                case.times[(k, time)] = (cell, at)
    plan = _plan(len(header), list(cases.values()))
    return (
        [header[k] if time is None else f"{header[k]}[{time}]" for k, time in plan],
        [about[k] for k, _ in plan],
        sorted((case.row[0], tuple(_cell(case, k, time) for k, time in plan)) for case in cases.values()),
        {
            (case.row[0], place): (case.times[(k, time)][1], header[k])
            for case in cases.values()
            for place, (k, time) in enumerate(plan)
            if time is not None and (k, time) in case.times
        },
    )


def _place(header: Sequence[str], names: tuple[str, ...]) -> int | None:
    return next((at for at, name in enumerate(header) if name in names), None)


def _plan(width: int, cases: Sequence[_Case]) -> list[tuple[int, str | None]]:
    """The columns to come: place in the file, and the time (None: the column as it is)."""
    times: dict[int, set[str]] = {}
    for case in cases:
        for k, time in case.times:
            times.setdefault(k, set()).add(time)
    plan: list[tuple[int, str | None]] = []
    for k in range(width):
        if k not in times or any(case.row[1][k] for case in cases):
            plan.append((k, None))
        plan += [(k, time) for time in sorted(times.get(k, ()), key=lambda t: (len(t), t))]
    return plan


def _cell(case: _Case, k: int, time: str | None) -> str:
    return case.row[1][k] if time is None else case.times.get((k, time), ("", 0))[0]
