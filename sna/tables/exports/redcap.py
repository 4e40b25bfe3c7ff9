"""REDCap: raw exports (names of fields, codes) and labelled ones; instruments that repeat become columns.

Layouts and where they are documented: tests/corpus/redcap/SOURCES.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sna.tables.exports.layout import Dropped, Format, Layout, LayoutError
from sna.tables.exports.redcap_repeats import EVENT, INSTANCE, INSTRUMENT, folded
from sna.tables.exports.texts import padded, plain_text
from sna.tables.files import Record

NAME = "redcap"
GROUP = ("redcap_data_access_group", "Data Access Group")
IDENTIFIER = ("redcap_survey_identifier", "Survey Identifier")
STAMP = "Survey Timestamp"
SYSTEM = frozenset({*EVENT, *INSTRUMENT, *INSTANCE, *GROUP, *IDENTIFIER})
FIELD = re.compile(r"[a-z][a-z0-9_]*")
RAW_CHOICE = re.compile(r"(?P<field>[a-z][a-z0-9_]*?)___(?P<code>[a-z0-9_.]+)")
CHOICE = re.compile(r"(?P<field>.*?)\s*\(choice=(?P<about>.*)\)")
COMPLETE = "Complete?"
STATE = re.compile(r"(.*_complete|Complete\?)(\[\d*\])?")
STATES = frozenset({"", "Incomplete", "Unverified", "Complete"})
RAW_STATES = frozenset({"", "0", "1", "2", "3"})
NOT_BEGUN = frozenset({"", "0", "Incomplete"})
EMPTY = "This record holds no answer: nothing was entered and no form begun."
TICKED, UNTICKED = frozenset({"1", "Checked"}), frozenset({"", "0", "Unchecked"})


def fits(records: Sequence[Record]) -> bool:
    """Whether there are columns that only REDCap makes: its own, checkbox choices, the state of a form."""
    header = [plain_text(name) for name in records[0][1]]
    named = [name for name in header if name]
    if all(FIELD.fullmatch(name) or RAW_CHOICE.fullmatch(name) for name in named):
        states = [at for at, name in enumerate(header) if name.endswith("_complete")]
        plausible = _plausible(records, states, RAW_STATES | STATES)
        own = sum(name.startswith("redcap_") and name in SYSTEM for name in named)
        choices = any(RAW_CHOICE.fullmatch(name) for name in named)
        return own >= 2 or (own > 0 and (choices or plausible)) or (plausible and (choices or header[0] == "record_id"))
    states = [at for at, name in enumerate(header) if name == COMPLETE]
    known = any(name in SYSTEM or name == STAMP or CHOICE.fullmatch(name) for name in named)
    return _plausible(records, states, STATES) and (known or header[0] == "Record ID")


def unpack(records: Sequence[Record]) -> Layout:
    """Headings as they are; a box that is not ticked is empty, repeats stand in the row of their record."""
    number, first = records[0]
    header = [plain_text(name) for name in first]
    width = len(header)
    if not fits(records) and not any(name.endswith("_complete") or name == COMPLETE for name in header):
        raise LayoutError(f'there is no column with the state of a form ("{COMPLETE}" or "…_complete").', number)
    about = [plain_text(choice["about"]) if (choice := CHOICE.fullmatch(name)) else "" for name in header]
    boxes = _boxes(header)
    rows = [(at, padded(cells, width)) for at, cells in records[1:]]
    for places in boxes.values():
        for at, label in _labels_of_ticks(places, rows).items():
            about[at] = about[at] or label
    ticks = {at for places in boxes.values() for at in places}
    rows = [(at, tuple("" if k in ticks and c in UNTICKED else c for k, c in enumerate(row))) for at, row in rows]
    own = frozenset({0, *(at for at, name in enumerate(header) if name in SYSTEM)})
    header, about, rows, stands = folded(header, about, rows, own)
    begun = _begun(header)
    kept = [(at, row) for at, row in rows if begun(row)]
    dropped = tuple(Dropped(at, EMPTY, row[0], len(header), row) for at, row in rows if not begun(row))
    return Layout(tuple(header), kept, number, about=tuple(about), dropped=dropped, format=NAME, stands=stands)


def _plausible(records: Sequence[Record], states: Sequence[int], known: frozenset[str]) -> bool:
    """Whether there are columns with the states of forms, and they hold states."""
    cells = {padded(row, at + 1)[at] for _, row in records[1:] for at in states}
    return bool(states) and cells <= known


def _boxes(header: Sequence[str]) -> dict[str, list[int]]:
    """Checkbox field → the places of its choices."""
    found: dict[str, list[int]] = {}
    for at, name in enumerate(header):
        choice = RAW_CHOICE.fullmatch(name) or CHOICE.fullmatch(name)
        if choice:
            found.setdefault(choice["field"], []).append(at)
    return found


def _labels_of_ticks(places: Sequence[int], rows: Sequence[Record]) -> dict[int, str]:
    """Place → the choice, in exports over the API that write the choice itself into a ticked box; else nothing."""
    held = {at: {row[at] for _, row in rows} - {""} for at in places}
    everything = [cell for cells in held.values() for cell in cells]
    known = any(cell in TICKED | UNTICKED for cell in everything)
    every_one = all(row[at] for _, row in rows for at in places)
    if known or every_one or len(places) < 2 or any(len(cells) > 1 for cells in held.values()):
        return {}
    # The same word in two columns is no choice; perhaps it says "unticked" in another language.
    return {} if len(set(everything)) < len(everything) else {at: next(iter(c)) for at, c in held.items() if c}


def _begun(header: Sequence[str]) -> Callable[[tuple[str, ...]], bool]:
    """Says of a row whether more is filled than the record's own columns, or a form is under way."""
    states = {at for at, name in enumerate(header) if STATE.fullmatch(name)}
    places = [at for at, name in enumerate(header) if at > 0 and name not in SYSTEM]
    return lambda row: any(row[at] not in (NOT_BEGUN if at in states else ("",)) for at in places)


FORMAT = Format(NAME, "REDCap", "survey", fits, unpack)
