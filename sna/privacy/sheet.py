"""A page of findings as plain data: parts with sentences, and beside them tables, strips of squares, and charts.

A sheet holds what one audience may see and nothing else. Its pictures say nothing that its words or tables do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Listing:
    """A table.

    Attributes:
        title: what it lists; not empty.
        headings: one for each column; the first column heads the rows.
        rows: as many texts in each as there are headings.
        numbers: places of columns that hold numbers, which stand to the right.
        note: a sentence under it; may be empty.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Square:
    """One square of a strip: place in the strip's `shades`, and a short text in it (a count), where it may be told.

    `shade` is −1 where nothing is known or nothing could be.
    """

    shade: int
    text: str = ""


@dataclass(frozen=True)
class Strips:
    """Rows of squares, one column for each person, session or month.

    Attributes:
        title: what is shown; not empty.
        corner: heading of the rows.
        columns: headings of the columns; empty ones where a column may not be told, which is then
            called `column` and its number.
        column: what a column is: "person", "session".
        rows: (heading, squares), as many squares as there are columns.
        shades: words for each shade, five at most; of an amount from nothing to most.
        kind: `amount`: the shades are steps of one amount, ever darker; `sort`: they are different things
            (present, excused, …), told apart by colour and sign.
        note: a sentence under it; may be empty.
        unknown: words for the shade −1, such as "not known".
    """

    title: str
    corner: str
    columns: tuple[str, ...]
    column: str
    rows: tuple[tuple[str, tuple[Square, ...]], ...]
    shades: tuple[str, ...]
    kind: Literal["amount", "sort"] = "amount"
    note: str = ""
    unknown: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a chart: its name and its points, each x and y in the chart's own units; gaps are left out."""

    name: str
    points: tuple[tuple[float, float], ...]
    steps: bool = False


@dataclass(frozen=True)
class Chart:
    """Lines over a common axis, up to six.

    Attributes:
        title: what is shown; not empty.
        said: what the picture shows, in words, for those who cannot see it.
        lines: up to six.
        band: (x, low, high) of a grey band: where chance, or uncertainty, lies; may be empty.
        x_ticks, y_ticks: (place, label); the ends of the axes are the first and the last place.
        x_title, y_title: what the axes show.
        note: a sentence under it; may be empty.
    """

    title: str
    said: str
    lines: tuple[Line, ...]
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]
    x_title: str
    y_title: str
    band: tuple[tuple[float, float, float], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Span:
    """One row of a comparison: a value with its interval, and where chance lies; None where there is none.

    Attributes:
        label: what or who.
        value: where the dot stands; None: no dot.
        low, high: ends of the interval around it.
        chance_low, chance_high: ends of the grey band that chance gives.
        text: the value and its verdict in words; stands beside the picture.
    """

    label: str
    value: float | None
    low: float | None
    high: float | None
    chance_low: float | None
    chance_high: float | None
    text: str


@dataclass(frozen=True)
class Spans:
    """Values side by side on one axis, each with its interval and with what chance gives.

    Attributes:
        title: what is compared; not empty.
        spans: one row each.
        ticks: (place, label) of the axis; its ends are the first and the last place.
        corner: heading of the rows.
        heading: heading of the texts.
        note: a sentence under it; may be empty.
    """

    title: str
    spans: tuple[Span, ...]
    ticks: tuple[tuple[float, str], ...]
    corner: str
    heading: str
    note: str = ""


Block = Listing | Strips | Chart | Spans


@dataclass(frozen=True)
class Part:
    """One thing that is found: a heading, plain sentences (the first is the finding), and what shows it."""

    heading: str
    sentences: tuple[str, ...]
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A page of findings.

    Attributes:
        name: file stem, such as `brokerage`.
        title: heading of the page.
        question: what it answers, in a sentence or two.
        short: (what or who, what is found in a few words) for the first page; one to eight rows.
        parts: in the order they are read.
        cautions: what not to conclude.
    """

    name: str
    title: str
    question: str
    short: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    cautions: tuple[str, ...]
