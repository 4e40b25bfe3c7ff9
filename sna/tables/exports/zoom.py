"""Zoom: the participants of a meeting, the list of meetings with participants, and the attendee report of a webinar.

The wording of the headings changed between 2022 and 2024, and columns come and go, so everything goes by headings.
Where each layout is documented: tests/corpus/zoom/SOURCES.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from sna.tables.dates import MONTH_FIRST
from sna.tables.exports.layout import Dropped, Format, Layout, LayoutError
from sna.tables.exports.meeting import (
    ATTENDED,
    BETWEEN,
    EMAIL,
    IN_ALL,
    JOINED,
    LEFT,
    MEETING,
    MEETING_START,
    ORDER,
    TOPIC,
    WAITING,
    WHO,
    folded,
    heading_row,
    labelled,
    without_repeats,
)
from sna.tables.files import Record

NAME, WEBINAR_NAMES = "name (original name)", ("user name (original name)", "user name")
PEOPLE = {
    NAME: WHO,
    **dict.fromkeys(WEBINAR_NAMES, WHO),
    "email": EMAIL,
    "user email": EMAIL,
    "join time": JOINED,
    "leave time": LEFT,
    "duration (minutes)": BETWEEN,
    "time in session (minutes)": BETWEEN,
    "total duration (minutes)": IN_ALL,
    "in waiting room": WAITING,
    "attended": ATTENDED,
}
MEETINGS = {
    "meeting id": MEETING,
    "webinar id": MEETING,
    "id": MEETING,
    "topic": TOPIC,
    "start time": MEETING_START,
    "actual start time": MEETING_START,
}
TIMED, TOTALS = {NAME, "join time", "leave time"}, {NAME, "total duration (minutes)"}
WEBINAR = tuple({name, "attended", "join time", "time in session (minutes)"} for name in WEBINAR_NAMES)
LISTED = ({"topic", "meeting id", "participants"}, {"topic", "id", "participants"})
SECTIONS = frozenset({"host details", "panelist details", "attendee details", "other attended"})
FOOTER = "zoom report"
# Zoom's own times, month first whatever the country; a file that a spreadsheet saved again has others.
OWN_TIME = re.compile(r"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d [AP]M")
FIRST_ROWS = 12


def fits(records: Sequence[Record]) -> bool:
    """Whether the first rows hold the headings of one of Zoom's reports."""
    for _, cells in records[:FIRST_ROWS]:
        headings = set(folded(cells))
        if any(needed <= headings for needed in (TIMED, TOTALS, *WEBINAR, *LISTED)):
            return True
    return False


def unpack(records: Sequence[Record]) -> Layout:
    """One row per person who joined; what is said of the meeting above them becomes facts."""
    if any(_title(cells) in SECTIONS for _, cells in records):
        return _webinar(records)
    try:
        at = heading_row(records, (TIMED, TOTALS), "participants")
    except LayoutError as missing:
        lists = next((number for number, cells in records if any(s <= set(folded(cells)) for s in LISTED)), None)
        what = "it lists meetings without who took part." if lists is not None else missing.problem
        raise LayoutError(what, lists or missing.row) from None
    number, header = records[at]
    names = folded(header)
    first = names.index(NAME)
    labels = (*labelled(header[:first], MEETINGS), *labelled(header[first:], PEOPLE))
    again = set(names[first:])
    header = tuple(
        f"{name} (meeting)" if place < first and names[place] in again and name else name
        for place, name in enumerate(header)
    )
    rows, dropped = without_repeats(records[at + 1 :], records[at][1])
    rows, footer = _without_footer(rows)
    facts = _meeting(records[:at])
    facts |= _order(rows, labels, facts)
    return Layout(header, rows, number, labels, dropped=(*dropped, *footer), format="zoom", facts=facts)


def _title(cells: Sequence[str]) -> str:
    """The only text of a row; empty when it has several."""
    filled = [cell for cell in cells if cell]
    return folded(filled)[0] if len(filled) == 1 else ""


def _meeting(above: Sequence[Record]) -> dict[str, str]:
    """What the block above the participants says of the meeting."""
    for (_, header), (_, values) in pairwise(above):
        if "topic" in folded(header):
            labels = labelled(header, MEETINGS)
            return {label: value for label, value in zip(labels, values, strict=False) if label and value}
    return {}


def _order(rows: Sequence[Record], labels: Sequence[str], facts: Mapping[str, str]) -> dict[str, str]:
    """That the month stands first, where the times are as Zoom itself writes them."""
    places = [at for at, label in enumerate(labels) if label in (JOINED, LEFT, MEETING_START)]
    times = [cells[at] for _, cells in rows for at in places if at < len(cells) and re.search(r"\d", cells[at])]
    times += [facts[MEETING_START]] if MEETING_START in facts else []
    return {ORDER: MONTH_FIRST} if times and all(OWN_TIME.fullmatch(time) for time in times) else {}


def _without_footer(rows: Sequence[Record]) -> tuple[list[Record], list[Dropped]]:
    kept = [(number, cells) for number, cells in rows if _title(cells) != FOOTER]
    gone = [(number, cells) for number, cells in rows if _title(cells) == FOOTER]
    return kept, [Dropped(number, "This line is no participant.", cells[0], len(cells)) for number, cells in gone]


def _webinar(records: Sequence[Record]) -> Layout:
    """The sections of a webinar's report, each under headings of its own, as one table."""
    header: list[str] = []
    labels: list[str] = []
    rows: list[Record] = []
    places: list[int] = []
    first = 0
    for (_, before), (number, cells) in pairwise(records):
        if _title(before) in SECTIONS and _title(cells) not in SECTIONS:
            if not any({name, "join time"} <= set(folded(cells)) for name in WEBINAR_NAMES):
                raise LayoutError("the headings of this section are missing.", number)
            first = first or number
            places = []
            for name, label in zip(cells, labelled(cells, PEOPLE), strict=True):
                if name and name not in header and (not label or label not in labels):
                    header.append(name)
                    labels.append(label)
                places.append(labels.index(label) if label else header.index(name) if name else -1)
        elif places and _title(cells) not in SECTIONS:
            filled = {place: cell for place, cell in zip(places, cells, strict=False) if place >= 0}
            rows.append((number, tuple(filled.get(place, "") for place in range(len(header)))))
    if not header:
        raise LayoutError("the headings of the participants are missing.", records[0][0])
    rows = [(number, cells + ("",) * (len(header) - len(cells))) for number, cells in rows]
    facts = _meeting([record for record in records if record[0] < first])
    facts |= _order(rows, labels, facts)
    return Layout(tuple(header), rows, first, tuple(labels), format="zoom", facts=facts)


FORMAT = Format("zoom", "Zoom", "attendance", fits, unpack)
