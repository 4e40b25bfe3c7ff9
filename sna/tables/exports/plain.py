"""Headings and rows, as people make them in a spreadsheet: perhaps a title above, perhaps totals below."""

from __future__ import annotations

from collections.abc import Sequence

from sna.tables.exports.layout import Dropped, Layout
from sna.tables.files import Record

TOTALS = frozenset({"total", "totals", "grand total", "sum", "subtotal", "total present", "number present", "count"})


def unpack(records: Sequence[Record]) -> Layout:
    """The first row is the headings, unless a title stands above them; rows of totals at the end do not count."""
    titles = _titles(records)
    number, header = records[titles]
    end = len(records)
    dropped: list[Dropped] = []
    while end > titles + 1 and (word := next(filter(None, records[end - 1][1]))).casefold().rstrip(":") in TOTALS:
        end -= 1
        at, cells = records[end]
        dropped.append(Dropped(at, "This row holds totals.", word, len(cells)))
    above = [Dropped(at, "A title stands above the headings.", next(filter(None, c)), 0) for at, c in records[:titles]]
    return Layout(header, records[titles + 1 : end], number, dropped=(*above, *reversed(dropped)))


def _titles(records: Sequence[Record]) -> int:
    """How many titles stand on top: texts of several words alone in their rows, above headings that are not numbers."""
    for at, (_, cells) in enumerate(records):
        filled = [cell for cell in cells if cell]
        if len(filled) > 1:
            return 0 if any(cell.replace(".", "").replace(",", "").isdigit() for cell in filled) else at
        if " " not in filled[0]:
            return 0
    return 0
