"""What every column of every table means. Columns that are measures take their words from the catalogue of measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from sna.columns import (
    brokers,
    compared,
    conversations,
    engagement,
    expertise,
    facilitation,
    grouping,
    opportunity,
    read,
    results,
    support,
)
from sna.columns.words import ELSEWHERE, Column
from sna.metrics.brokerage import ROLES
from sna.metrics.catalogue import ACTOR, TIE, measure
from sna.metrics.compute import headings as headings_of
from sna.metrics.measure import Measure
from sna.structure import GATE_OF

HEADINGS = ("table", "column", "label", "meaning", "unit", "direction", "strength", "unknown", "empty_means")

_PARTS = (
    read,
    results,
    expertise,
    brokers,
    support,
    facilitation,
    engagement,
    opportunity,
    grouping,
    compared,
    conversations,
)
TABLES: Mapping[str, tuple[Column, ...]] = {
    **{name: held for part in _PARTS for name, held in part.TABLES.items()},
    **engagement.READ,
    **grouping.READ,
}
# Columns that a study adds to a table of its own accord.
ADDED: Mapping[str, tuple[str, str]] = {
    "actors": ("A column of the roster, as typed, trimmed.", "not stated"),
    "ties": ("A follow-up question about the tie, as typed.", "not given"),
}
# What stands beside each brokerage role: suffix, meaning, unit (that of the role where empty), when it is empty.
_SILENT = "the person did not answer, their group is not stated, or fewer than three people have a group"
_SOMEBODY = "somebody did not answer or left a cell empty, or there is no number"
BESIDE: tuple[tuple[str, str, str, str], ...] = (
    ("_expected", "What chance alone would give in a network of the same size and density.", "", _SOMEBODY),
    ("_sd", "How far the number would vary by chance alone (standard deviation).", "", _SOMEBODY),
    ("_z", "(Number − expected) / sd. Not a p-value.", "standard deviations", f"{_SOMEBODY}; or sd is 0"),
)


def describe(tables: Mapping[str, pd.DataFrame], groups: Sequence[str]) -> pd.DataFrame:
    """One row for each column of these tables, in their order.

    Args:
        tables: table name → table.
        groups: the roster columns by which the study groups people.

    Returns:
        Text columns `HEADINGS`; label, direction, strength and unknown are null for columns that are not measures. A
        column nothing is known of is listed with nothing but its name, rather than stopping a run.

    >>> told = describe({"together": pd.DataFrame(columns=["wave", "share"])}, [])
    >>> told[["table", "column", "unit"]].to_numpy().tolist()
    [['together', 'wave', 'text, an id'], ['together', 'share', 'share, 0–1']]
    """
    rows = []
    for name, table in tables.items():
        known = dict(_measured(name, groups))
        known |= {column.name: _plain(column) for column in TABLES.get(name, ())}
        for heading in map(str, table.columns):
            if heading not in known and name in ADDED:
                meaning, empty = ADDED[name]
                known[heading] = _plain(Column(heading, meaning, "text", empty))
            rows.append((name, heading, *known.get(heading, UNKNOWN)))
    return pd.DataFrame(rows, columns=list(HEADINGS), dtype="str")


Words = tuple[str | None, ...]  # label … empty_means of `HEADINGS`
UNKNOWN: Words = (None,) * (len(HEADINGS) - 2)


def _plain(column: Column) -> Words:
    return (None, column.meaning, column.unit, None, None, None, column.empty)


def _measured(table: str, groups: Sequence[str]) -> Iterator[tuple[str, Words]]:
    """The columns of a table that are measures, in the words of the catalogue."""
    if table in ("actor_metrics", "tie_metrics"):
        for heading, entry, group in headings_of(ACTOR if table == "actor_metrics" else TIE, groups):
            yield heading, _of(entry, ELSEWHERE, group)
    elif table == "thresholds":
        for heading in GATE_OF:
            yield heading, _of(measure(heading), "the response gate withholds it, or no tie is that strong")
    elif table == "brokerage":
        for role in ROLES:
            entry = measure(role)
            yield role, _of(entry, _SILENT)
            for suffix, meaning, unit, empty in BESIDE:
                told = (f"{entry.label}: {suffix[1:]}", meaning, unit or entry.unit)
                yield role + suffix, (*told, entry.direction, entry.strength, entry.unknown, empty)


def _of(entry: Measure, empty: str, group: str | None = None) -> Words:
    """What the catalogue says of a measure; of which roster column its groups are."""
    label, meaning = entry.label, entry.plain
    if group is not None:
        label, meaning = f"{label} ({group})", f"{meaning} Groups: the roster column {group}."
    return (label, meaning, entry.unit, entry.direction, entry.strength, entry.unknown, empty)
