"""Microsoft Teams: the attendance report in sections (since 2022), the reports of 2021 and 2020, and of live events.

Sections are known by the numbers before their titles, since the words are translated; so are columns, by their place,
where their headings are not English. Where each layout is documented: tests/corpus/teams/SOURCES.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sna.tables.dates import read_stamp
from sna.tables.exports.layout import Dropped, Format, Layout, LayoutError
from sna.tables.exports.meeting import (
    ACTION,
    BETWEEN,
    EMAIL,
    IN_ALL,
    JOINED,
    LEFT,
    MEETING,
    MEETING_START,
    MOMENT,
    TOPIC,
    WHO,
    ZONE,
    folded,
    labelled,
    without_repeats,
)
from sna.tables.files import Record

SECTION = re.compile(r"([1-9])\.\s+\S")
UPN = "(upn)"
FACTS = {
    "meeting title": TOPIC,
    "start time": MEETING_START,
    "meeting start time": MEETING_START,
    "meeting id": MEETING,
}
PER_STAY = {"name": WHO, "full name": WHO, "join time": JOINED, "leave time": LEFT, "duration": BETWEEN, "email": EMAIL}
STAYS = (WHO, JOINED, LEFT, BETWEEN, EMAIL)
IN_TOTAL = (WHO, JOINED, LEFT, IN_ALL, EMAIL)
HEADINGS_2021 = {"full name", "join time", "leave time", "duration"}
LISTED = {"full name": WHO, "user action": ACTION, "timestamp": MOMENT}
LIVE = {"fullname": WHO, "participantid": EMAIL, "utceventtimestamp": MOMENT, "action": ACTION}
FIRST_ROWS = 15


def fits(records: Sequence[Record]) -> bool:
    """Whether the first rows are those of one of the reports."""
    first = [cells for _, cells in records[:FIRST_ROWS]]
    if _section(first[0]) == 1:
        return any(_section(cells) == 2 for cells in first) and any(
            UPN in cell.casefold() for row in first for cell in row
        )
    sets = [set(folded(cells)) for cells in first]
    return any(needed <= found for needed in (HEADINGS_2021, set(LISTED), set(LIVE)) for found in sets)


def unpack(records: Sequence[Record]) -> Layout:
    """One row per stay; who has none in the list of stays keeps the row that adds them up."""
    if any(_section(cells) for _, cells in records):
        return _sections(records)
    for at, (number, cells) in enumerate(records):
        found = set(folded(cells))
        for needed, words, zone in ((HEADINGS_2021, PER_STAY, ""), (set(LISTED), LISTED, ""), (set(LIVE), LIVE, "UTC")):
            if needed <= found:
                facts = {**_facts(records[:at]), **({ZONE: zone} if zone else {})}
                rows, dropped = without_repeats(_unsplit(records[at + 1 :], len(cells)), cells)
                labels = labelled(cells, words)
                return Layout(cells, rows, number, labels, dropped=tuple(dropped), format="teams", facts=facts)
    raise LayoutError("the headings of the participants are missing.", records[0][0])


def _section(cells: Sequence[str]) -> int:
    """The number before the title of a section; 0 for any other row."""
    filled = [cell for cell in cells if cell]
    found = SECTION.match(filled[0]) if len(filled) == 1 and cells[0] else None
    return int(found[1]) if found else 0


def _sections(records: Sequence[Record]) -> Layout:
    """The report since 2022: 1 summary, 2 one row per person, 3 one row per stay, 4 reactions."""
    parts: dict[int, list[Record]] = {}
    part = 0
    for record in records:
        part = _section(record[1]) or part
        parts.setdefault(part, []).append(record)
    people, stays = parts.get(2, [])[1:], parts.get(3, [])[1:]
    if not people and not stays:
        raise LayoutError("the list of participants is missing.", records[0][0])
    facts = _facts(parts.get(1, [])[1:])
    dropped = [
        Dropped(part[0][0], "The report lists reactions here, which are not attendance.", part[0][1][0])
        for part in (parts.get(4, []),)
        if part
    ]
    if len(stays) < 2:
        number, header = people[0]
        rows = _unsplit(people[1:], len(header))
        labels = _placed(header, IN_TOTAL)
        return Layout(header, rows, number, labels, dropped=tuple(dropped), format="teams", facts=facts)
    number, header = stays[0]
    width = len(_trimmed(header))
    labels = _placed(header[:width], STAYS)
    rows = _unsplit(stays[1:], width)
    seen = {_key(cells) for _, cells in rows}
    rest = [row for row in _unsplit(people[1:], len(people[0][1])) if _key(row[1]) not in seen] if people else []
    if rest:
        # The same columns in the same order; the length of several stays together stands in a column of its own.
        heading = people[0][1][3] if len(people[0][1]) > 3 and people[0][1][3] not in header else "In all"
        header, labels = (*header[:width], heading), (*labels, IN_ALL)
        rows = [(at, (*cells[:width], "")) for at, cells in rows]
        rows += [(at, (*cells[:3], "", *cells[4:5], *("",) * (width - 5), cells[3])) for at, cells in rest]
        rows.sort()
    return Layout(header, rows, number, labels, dropped=tuple(dropped), format="teams", facts=facts)


def _trimmed(cells: Sequence[str]) -> Sequence[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _placed(header: Sequence[str], order: Sequence[str]) -> tuple[str, ...]:
    """What columns hold, by their place: it is the same in every language."""
    return tuple(order[at] if at < len(order) else "" for at in range(len(header)))


def _key(cells: Sequence[str]) -> tuple[str, str]:
    """Whom a row of either list of the report is about: name and e-mail address."""
    return cells[0].casefold(), (cells[4] if len(cells) > 4 else "").casefold()


def _facts(above: Sequence[Record]) -> dict[str, str]:
    """What stands above the lists: title, number and start of the meeting; the start is known by being a time."""
    found: dict[str, str] = {}
    for _, cells in above:
        filled = [cell for cell in cells if cell]
        if len(filled) < 2:
            continue
        label = FACTS.get(folded(filled[:1])[0], "")
        # A re-saved file has the date and the time of a stamp in two cells.
        value = ", ".join(filled[1:])
        stamp = read_stamp(value)
        if not label and MEETING_START not in found and stamp is not None and stamp.date is not None:
            label = MEETING_START
        if label:
            found.setdefault(label, value)
    return found


def _unsplit(rows: Sequence[Record], width: int) -> list[Record]:
    """Rows whose stamps a spreadsheet has cut in two at their commas, put together again."""
    mended: list[Record] = []
    for number, cells in rows:
        joined = list(_trimmed(cells))
        at = 0
        while len(joined) > width and at < len(joined) - 1:
            both = read_stamp(f"{joined[at]}, {joined[at + 1]}")
            if both is not None and both.date is not None and both.time is not None:
                joined[at : at + 2] = [f"{joined[at]}, {joined[at + 1]}"]
            at += 1
        mended.append((number, (*joined, *("",) * (width - len(joined)))))
    return mended


FORMAT = Format("teams", "Microsoft Teams", "attendance", fits, unpack)
