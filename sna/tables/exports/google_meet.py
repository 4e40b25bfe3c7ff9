"""Google Meet: the attendance report of 2020 and the later one, and the list a much used browser extension makes.

Where each layout is documented, and how weakly: tests/corpus/google-meet/SOURCES.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sna.tables.exports.layout import Format, Layout
from sna.tables.exports.meeting import (
    EMAIL,
    IN_ALL,
    JOINED,
    LAST_NAME,
    LEFT,
    MEETING,
    MEETING_START,
    WHO,
    folded,
    heading_row,
    labelled,
    without_repeats,
)
from sna.tables.files import Record

WORDS = {
    "name": WHO,
    "full name": WHO,
    "first name": WHO,
    "last name": LAST_NAME,
    "email": EMAIL,
    "duration": IN_ALL,
    "time joined": JOINED,
    "time exited": LEFT,
    "first seen": JOINED,
    "time in call": IN_ALL,
    "nome": WHO,
    "sobrenome": LAST_NAME,
    "e-mail": EMAIL,
    "duração": IN_ALL,
    "horário de entrada": JOINED,
    "horário de saída": LEFT,
}
HEADINGS = (
    {"duration", "time joined", "time exited"},
    {"duração", "horário de entrada", "horário de saída"},
    {"full name", "first seen", "time in call"},
)
CODE = re.compile(r"meeting code:\s*(\S+)", re.IGNORECASE)
CREATED = re.compile(r"created on\s+(\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?)", re.IGNORECASE)
FIRST_ROWS = 12


def fits(records: Sequence[Record]) -> bool:
    """Whether the first rows hold the headings of a report."""
    return any(needed <= set(folded(cells)) for _, cells in records[:FIRST_ROWS] for needed in HEADINGS)


def unpack(records: Sequence[Record]) -> Layout:
    """One row per person, with the time there in all: of several stays the first arrival and the last leaving."""
    at = heading_row(records, HEADINGS, "participants")
    number, header = records[at]
    facts = {}
    for _, cells in records[:at]:
        for label, pattern in ((MEETING, CODE), (MEETING_START, CREATED)):
            found = next(filter(None, (pattern.search(cell) for cell in cells)), None)
            if found:
                facts[label] = found[1]
    rows, dropped = without_repeats(records[at + 1 :], header)
    labels = labelled(header, WORDS)
    return Layout(header, rows, number, labels, dropped=tuple(dropped), format="google-meet", facts=facts)


FORMAT = Format("google-meet", "Google Meet", "attendance", fits, unpack)
