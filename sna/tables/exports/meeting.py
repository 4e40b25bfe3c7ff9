"""What reports of meeting software have in common: what their columns hold, whatever the product calls them.

A report's `labels` say it in the words below, so that its columns are found under the headings they have in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sna.tables.exports.layout import Dropped, LayoutError
from sna.tables.files import Record

WHO, LAST_NAME, EMAIL = "who", "last name", "e-mail address"
JOINED, LEFT = "joined at", "left at"
# How long a person was there: between these two times, or in all where a row adds up several stays.
BETWEEN, IN_ALL = "minutes between", "minutes in all"
ACTION, MOMENT = "what happened", "when it happened"
WAITING, ATTENDED = "was waiting", "has attended"
MEETING, TOPIC, MEETING_START = "number of the meeting", "topic of the meeting", "start of the meeting"
# Facts that do not stand in the file, and follow from what wrote it.
ORDER, ZONE = "order of day and month", "zone of the times"


def folded(cells: Iterable[str]) -> tuple[str, ...]:
    """Headings without what differs from year to year: capitals, blanks, double points at the end."""
    return tuple(" ".join(cell.casefold().split()).rstrip(":") for cell in cells)


def labelled(header: Sequence[str], words: Mapping[str, str]) -> tuple[str, ...]:
    """What each column holds, by its heading; empty for those that are not read, and from the second of a kind on.

    >>> labelled(["Name", "User Email", "Guest"], {"name": WHO, "user email": EMAIL})
    ('who', 'e-mail address', '')
    """
    found = [words.get(heading, "") for heading in folded(header)]
    return tuple(label if label not in found[:at] else "" for at, label in enumerate(found))


def heading_row(records: Sequence[Record], needed: Iterable[Iterable[str]], what: str, start: int = 0) -> int:
    """The place of the first row whose headings hold all of one of the sets needed.

    Raises:
        LayoutError: there is none.
    """
    sets = [frozenset(names) for names in needed]
    for at, (_, cells) in enumerate(records[start:], start):
        headings = set(folded(cells))
        if any(names <= headings for names in sets):
            return at
    raise LayoutError(f"the headings of the {what} are missing.", records[0][0] if records else None)


def without_repeats(rows: Iterable[Record], header: Sequence[str]) -> tuple[list[Record], list[Dropped]]:
    """The rows that do not repeat the headings, and those that do."""
    headings = folded(filter(None, header))
    kept: list[Record] = []
    dropped: list[Dropped] = []
    for number, cells in rows:
        if folded(filter(None, cells)) == headings:
            dropped.append(Dropped(number, "The headings are repeated here.", cells[0], len(header)))
        else:
            kept.append((number, cells))
    return kept, dropped
