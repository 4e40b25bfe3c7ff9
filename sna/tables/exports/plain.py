"""Headings and rows, as people make them in a spreadsheet: perhaps a title above, perhaps totals below."""

from __future__ import annotations

from collections.abc import Sequence

from sna.tables.exports.layout import Dropped, Layout
from sna.tables.files import Record

TOTALS = frozenset({"total", "totals", "grand total", "sum", "subtotal", "total present", "number present", "count"})


def unpack(records: Sequence[Record]) -> Layout:
    """The first row is the headings, unless a title stands above them; rows of totals at the end do not count."""
    titles = 0
    while titles < len(records) - 1 and _is_title(records[titles][1], records[titles + 1][1]):
        titles += 1
    number, header = records[titles]
    rows = list(records[titles + 1 :])
    dropped: list[Dropped] = []
    while rows and (word := next(filter(None, rows[-1][1]))).casefold().rstrip(":") in TOTALS:
        at, cells = rows.pop()
        dropped.append(Dropped(at, "This row holds totals.", word, len(cells)))
    above = [Dropped(at, "A title stands above the headings.", next(filter(None, c)), 0) for at, c in records[:titles]]
    return Layout(header, rows, number, dropped=(*above, *reversed(dropped)))


def _is_title(cells: tuple[str, ...], following: tuple[str, ...]) -> bool:
    """Whether a row is a title: one text of several words, above a row of several headings that are not numbers."""
    filled, below = [c for c in cells if c], [c for c in following if c]
    words = len(filled) == 1 and " " in filled[0] and len(below) > 1
    return words and not any(c.replace(".", "").replace(",", "").isdigit() for c in below)
