"""A page of findings: parts with sentences, tables, strips of squares and charts drawn as SVG, without a script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sna.privacy.sheet import Block, Chart, Line, Listing, Sheet, Spans, Strips
from sna.render.palette import COLOURS

Ticks = Sequence[tuple[float, str]]
# A chart: its frame, and the room around it for numbers and names of axes.
WIDE, HIGH = 560.0, 230.0
LEFT, RIGHT, TOP, BOTTOM = 56.0, 16.0, 12.0, 44.0
# One row of a comparison: narrow where two comparisons fit side by side, wide where its words or numbers need room.
SPAN_NARROW, SPAN_WIDE, SPAN_HIGH, SPAN_SIDE = 210.0, 340.0, 24.0, 10.0
LONG, LONGEST_LABEL = 36, 20
# Room for a letter of the axis.
LETTER = 6.6
DASHES = ("", "7 4", "2 3", "10 4 2 4", "4 4", "12 5")
# What stands in the squares of different things, so that they differ without colour.
SIGNS = ("", "◐", "e", "×", "·")


@dataclass(frozen=True)
class DrawnLine:
    """One line of a chart: its name, SVG points and look; `marks` are the points themselves."""

    name: str
    points: str
    colour: str
    dash: str
    marks: tuple[tuple[float, float], ...]


def sheet_data(sheet: Sheet) -> dict[str, Any]:
    """What the template needs beside the sheet itself: each block with what is drawn."""
    return {
        "sheet": sheet,
        "parts": [
            {
                "part": part,
                "blocks": [{"kind": _kind(block), "it": block, "drawn": _drawn(block)} for block in part.blocks],
            }
            for part in sheet.parts
        ],
        "signs": SIGNS,
    }


def _kind(block: Block) -> str:
    return type(block).__name__.lower()


def _drawn(block: Block) -> dict[str, Any]:
    """What of a block is drawn; nothing of a table."""
    match block:
        case Chart():
            return _chart(block)
        case Spans():
            return _spans(block)
        case Strips():
            return {
                "unknown": any(square.shade < 0 for _, squares in block.rows for square in squares),
                "named": any(heading for heading, _ in block.rows),
            }
        case Listing():
            return {}


def _place(ticks: Ticks, value: float, length: float) -> float:
    """Where a value stands on an axis of this length; at its end where it lies beyond."""
    first, last = ticks[0][0], ticks[-1][0]
    share = (value - first) / (last - first) if last > first else 0.5
    return round(length * min(max(share, 0.0), 1.0), 1)


def _chart(chart: Chart) -> dict[str, Any]:
    """The chart as SVG: y upward, its frame between the margins."""
    across, up = WIDE - LEFT - RIGHT, HIGH - TOP - BOTTOM

    def at(x: float, y: float) -> tuple[float, float]:
        return round(LEFT + _place(chart.x_ticks, x, across), 1), round(TOP + up - _place(chart.y_ticks, y, up), 1)

    band = [at(x, high) for x, _, high in chart.band] + [at(x, low) for x, low, _ in reversed(chart.band)]
    return {
        "width": WIDE,
        "height": HIGH,
        "frame": (LEFT, TOP, across, up),
        "x": [(round(LEFT + _place(chart.x_ticks, place, across), 1), label) for place, label in chart.x_ticks],
        "y": [(round(TOP + up - _place(chart.y_ticks, place, up), 1), label) for place, label in chart.y_ticks],
        "band": _written(band),
        "lines": [
            DrawnLine(
                line.name,
                _written([at(x, y) for x, y in _corners(line)]),
                COLOURS[place % len(COLOURS)],
                DASHES[place % len(DASHES)],
                () if line.steps else tuple(at(x, y) for x, y in line.points),
            )
            for place, line in enumerate(chart.lines)
        ],
    }


def _corners(line: Line) -> list[tuple[float, float]]:
    """The points of a line; of steps, those where it turns, too."""
    if not line.steps:
        return list(line.points)
    turned: list[tuple[float, float]] = []
    for x, y in line.points:
        if turned:
            turned.append((x, turned[-1][1]))
        turned.append((x, y))
    return turned


def _spans(spans: Spans) -> dict[str, Any]:
    """Each row as SVG: a grey band for chance, a bar for the interval, a dot for the value."""
    wide = any(len(span.text) > LONG or len(span.label) > LONGEST_LABEL for span in spans.spans)
    wide = wide or sum(len(label) + 2 for _, label in spans.ticks) * LETTER > SPAN_NARROW
    width = SPAN_WIDE if wide else SPAN_NARROW
    length = width - 2 * SPAN_SIDE

    def at(value: float | None) -> float | None:
        return None if value is None else round(SPAN_SIDE + _place(spans.ticks, value, length), 1)

    rows = [
        {
            "span": span,
            "dot": at(span.value),
            "bar": None if span.low is None or span.high is None else (at(span.low), at(span.high)),
            "band": None
            if span.chance_low is None or span.chance_high is None
            else (at(span.chance_low), at(span.chance_high)),
        }
        for span in spans.spans
    ]
    return {
        "wide": wide,
        "width": width,
        "height": SPAN_HIGH,
        "rows": rows,
        "ticks": _legible([(at(place) or 0.0, label) for place, label in spans.ticks]),
        "bars": any(row["bar"] for row in rows),
        "bands": any(row["band"] for row in rows),
    }


def _legible(ticks: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """The labels of an axis without those that would run into the one before or into the last."""
    if len(ticks) < 3:
        return ticks
    kept, end = [], ticks[0][0] + len(ticks[0][1]) * LETTER
    last = ticks[-1][0] - len(ticks[-1][1]) * LETTER
    for place, label in ticks[1:-1]:
        half = len(label) * LETTER / 2
        fits = place - half > end + LETTER and place + half + LETTER < last
        kept.append((place, label if fits else ""))
        end = place + half if fits else end
    return [ticks[0], *kept, ticks[-1]]


def _written(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


__all__ = ["sheet_data"]
