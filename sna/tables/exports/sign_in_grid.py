"""Paper sign-in sheets and attendance registers typed into a grid: people down the side, dates along the top.

Titles stand above, the month perhaps in a row of its own over its days (in its first cell only, as merged cells are
saved), totals and explanations below. `labels` hold what says which event a column is of, `about` what it says of it.
Where such sheets are described: tests/corpus/sign-in-sheets/SOURCES.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sna.tables.dates import month_of, read_date, without_year
from sna.tables.exports.layout import Dropped, Format, Layout, LayoutError
from sna.tables.exports.meeting import folded, without_repeats
from sna.tables.exports.plain import TOTALS
from sna.tables.files import Record

MARK, ARRIVED, LEFT, TOTAL = "mark", "arrived", "left", "total"
# What a column under a date may hold besides the mark.
PARTS = {
    "in": ARRIVED,
    "time in": ARRIVED,
    "arrival": ARRIVED,
    "arrived": ARRIVED,
    "out": LEFT,
    "time out": LEFT,
    "departure": LEFT,
    "left": LEFT,
    "status": MARK,
    "mark": MARK,
    "attendance": MARK,
}
TOTAL_WORDS = TOTALS | {
    "%",
    "percent",
    "percentage",
    "per cent",
    "average",
    "total absent",
    "present",
    "absent",
    "late",
    "excused",
    "no. present",
    "days present",
    "days absent",
    "attendance %",
    "% present",
    "total late",
    "total excused",
}
LEGEND = "what the marks mean"
MEANINGS = frozenset({"present", "absent", "late", "excused", "attended", "leave", "tardy", "unexcused", "here"})
EXPLAINED = re.compile(r"(?<!\w)(\w{1,3}|[^\w\s,;=:])\s*[=:–-]\s*([^\W\d_][^,;|\n]*)")
DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?")
FIRST_ROWS = 12


def fits(records: Sequence[Record]) -> bool:
    """Whether headings that are dates stand below nothing but titles, in two columns or more."""
    try:
        _, columns, _ = _headings(records)
    except LayoutError:
        return False
    return len({text for text, part in columns.values() if part != TOTAL}) > 1


def unpack(records: Sequence[Record]) -> Layout:
    """One row per person; headings of dates with their months, totals and explanations left out."""
    try:
        at, columns, header = _headings(records)
    except LayoutError:
        # Headings that are no dates: ids of events.
        at = _first_headings(records)
        header = records[at][1]
        columns = {place: (name, TOTAL) for place, name in enumerate(header) if place and _is_total(name)}
    rows, dropped = without_repeats(records[at + 1 :], records[at][1])
    legend: list[str] = []
    while rows and (why := _below(rows[-1][1], columns)):
        number, cells = rows.pop()
        text = next(filter(None, cells))
        is_total = _is_total(text) or not _explains(cells)
        legend += [] if is_total else [cell for cell in cells if cell]
        dropped.append(Dropped(number, why, text, len(header) if is_total else 0))
    above = [(number, cells) for number, cells in records[:at] if len(list(filter(None, cells))) == 1]
    legend += [text for _, cells in above for text in filter(None, cells) if _explains(cells)]
    titles = [
        Dropped(number, "A title stands above the headings.", next(filter(None, cells))) for number, cells in above
    ]
    labels = tuple(columns.get(place, ("", ""))[0] for place in range(len(header)))
    about = tuple(columns.get(place, ("", ""))[1] for place in range(len(header)))
    gone = tuple(sorted((*titles, *dropped), key=lambda row: row.number))
    facts = {LEGEND: "; ".join(legend)} if legend else {}
    return Layout(header, rows, records[at][0], labels, about, gone, "sign-in-grid", facts)


def explained(legend: str) -> dict[str, str]:
    """Mark → word, of a line that explains the marks.

    >>> explained("P = present, A = absent, L = late")
    {'p': 'present', 'a': 'absent', 'l': 'late'}
    """
    return {mark.casefold(): " ".join(word.casefold().split()) for mark, word in EXPLAINED.findall(legend)}


def _explains(cells: Sequence[str]) -> bool:
    """Whether a row does nothing but explain marks."""
    found = explained("; ".join(filter(None, cells)))
    known = any(MEANINGS & set(word.split()) for word in found.values())
    return known and sum(map(bool, cells)) <= len(found)


def _is_total(text: str) -> bool:
    return folded([text])[0] in TOTAL_WORDS


def _below(cells: Sequence[str], columns: dict[int, tuple[str, str]]) -> str:
    """Why a row at the end is no person; empty if it is one."""
    filled = [place for place, cell in enumerate(cells) if cell]
    text = cells[filled[0]]
    if folded([text])[0] in TOTAL_WORDS or folded([text])[0].startswith(("total ", "number ", "sum ")):
        return "This row holds totals."
    marked = [place for place in filled if columns.get(place, ("", TOTAL))[1] != TOTAL]
    if _explains(cells) and (len(filled) == 1 or not marked):
        return "This line explains the marks."
    return "This line stands below the table." if len(filled) == 1 and len(text.split()) > 4 else ""


def _headings(records: Sequence[Record]) -> tuple[int, dict[int, tuple[str, str]], tuple[str, ...]]:
    """Where the headings stand; column → (what says which event it is of, what it says of it); the headings in full.

    Raises:
        LayoutError: no headings are dates.
    """
    for at, (number, cells) in enumerate(records[:FIRST_ROWS]):
        months = {place: cell for place, cell in enumerate(cells) if month_of(cell)}
        filled = [place for place, cell in enumerate(cells) if cell]
        if len(filled) == 1 and not (months and filled[0] > 0):
            continue
        below = records[at + 1][1] if at + 1 < len(records) else ()
        if months and len(months) == len(filled):
            return at + 1, *_of_months(cells, below, number)
        dates = {place for place, cell in enumerate(cells) if _is_date(cell)}
        if dates and dates == set(filled) and below:
            return at + 1, *_of_parts(cells, below, number)
        if dates:
            return at, *_of_dates(cells, dates, number)
        return at, *_of_days(records[:at], cells, number)
    raise LayoutError("no headings are dates.", records[0][0])


def _first_headings(records: Sequence[Record]) -> int:
    """The place of the first row with several texts."""
    return next((at for at, (_, cells) in enumerate(records) if len(list(filter(None, cells))) > 1), 0)


def _is_date(cell: str) -> bool:
    return bool(cell) and not DAY.fullmatch(cell) and (read_date(cell) or without_year(cell)) is not None


def _of_dates(cells: Sequence[str], dates: set[int], number: int) -> tuple[dict[int, tuple[str, str]], tuple[str, ...]]:
    """Headings that are dates, and perhaps totals behind them."""
    first = min(dates)
    strange = [cell for place, cell in enumerate(cells) if place > first and cell and place not in dates]
    if not first or not any(cells[:first]) or not all(_is_total(cell) for cell in strange):
        raise LayoutError("other headings stand among the dates.", number)
    columns = {place: (cells[place], MARK) for place in dates}
    columns |= {place: (cell, TOTAL) for place, cell in enumerate(cells) if place > first and _is_total(cell)}
    return columns, tuple(cells)


def _of_months(
    months: Sequence[str], days: Sequence[str], number: int
) -> tuple[dict[int, tuple[str, str]], tuple[str, ...]]:
    """Days below a row of months, each of which holds until the next."""
    columns: dict[int, tuple[str, str]] = {}
    header = list(days)
    month = ""
    for place, cell in enumerate(days):
        month = (months[place] if place < len(months) else "") or month
        if month and _is_total(cell):
            columns[place] = (cell, TOTAL)
        elif month and (day := DAY.fullmatch(cell)):
            header[place] = f"{month} {cell}"
            columns[place] = (_full(month, day[1]), MARK)
        elif month and cell:
            raise LayoutError("the row below the months holds something else than days.", number + 1)
    if not columns:
        raise LayoutError("no days stand below the months.", number)
    return columns, tuple(header)


def _full(month: str, day: str) -> str:
    """ "January 2026" and "12" as a date; of a month without its year, as day and month."""
    found = month_of(month)
    assert found is not None
    number, year = found
    return f"{year:04}-{number:02}-{int(day):02}" if year else f"{day} {month.split(maxsplit=1)[0]}"


def _of_parts(
    dates: Sequence[str], parts: Sequence[str], number: int
) -> tuple[dict[int, tuple[str, str]], tuple[str, ...]]:
    """Columns such as IN, OUT and Status below dates, each of which holds until the next."""
    columns: dict[int, tuple[str, str]] = {}
    header = list(parts)
    date = ""
    for place, cell in enumerate(parts):
        date = (dates[place] if place < len(dates) else "") or date
        part = PARTS.get(folded([cell])[0], "")
        if date and part:
            header[place] = f"{date} {cell}"
            columns[place] = (date, part)
        elif date and _is_total(cell):
            columns[place] = (cell, TOTAL)
        elif date and cell:
            raise LayoutError("the row below the dates holds something else than times and marks.", number + 1)
    if not columns:
        raise LayoutError("no headings stand below the dates.", number)
    return columns, tuple(header)


def _of_days(
    above: Sequence[Record], cells: Sequence[str], number: int
) -> tuple[dict[int, tuple[str, str]], tuple[str, ...]]:
    """Days of the one month that a title names."""
    months = [month for _, row in above for cell in row for month in _months_in(cell)]
    columns: dict[int, tuple[str, str]] = {}
    for place, cell in enumerate(cells):
        if months and (day := DAY.fullmatch(cell)) and any(cells[:place]):
            columns[place] = (_full(months[0], day[1]), MARK)
        elif columns and _is_total(cell):
            columns[place] = (cell, TOTAL)
        elif columns and cell:
            raise LayoutError("other headings stand among the days.", number)
    if not columns or len(set(months)) != 1:
        raise LayoutError("no headings are dates.", number)
    header = tuple(
        f"{months[0]} {cell}" if columns.get(at, ("", TOTAL))[1] == MARK else cell for at, cell in enumerate(cells)
    )
    return columns, header


def _months_in(title: str) -> list[str]:
    """The months a title names, with their years."""
    words = title.split()
    found = []
    for at, word in enumerate(words):
        if month_of(word.strip(",:;")) and len(word.strip(",:;.")) > 2:
            both = " ".join((word.strip(",:;"), *words[at + 1 : at + 2])).strip(",:;")
            found.append(both if month_of(both) else word.strip(",:;"))
    return found


FORMAT = Format("sign-in-grid", "a sign-in sheet", "attendance", fits, unpack)
