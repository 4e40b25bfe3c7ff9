"""Colours and shapes for the values of a group: told apart without colour vision, and by shape alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

COLOURS = ("#0072B2", "#D55E00", "#1F8A6B", "#9964E5", "#6B2E00", "#172F65", "#A0266B")
SHAPES = ("dot", "square", "triangle", "diamond", "star", "triangleDown", "hexagon")
NOT_STATED = "#737A84"


@dataclass(frozen=True)
class Look:
    """How the people of one value are drawn: a fill colour, and one of the shapes of vis-network."""

    colour: str
    shape: str


UNSTATED = Look(NOT_STATED, "dot")


def look(position: int) -> Look:
    """The look of the value at this position of its group: no two positions share one.

    The first seven differ in colour and in shape; after 49, darker versions of the colours follow.
    """
    count = len(COLOURS)
    turn = position // count
    shade = 0.82 ** (turn // count)
    return Look(_darker(COLOURS[position % count], shade), SHAPES[(position + turn) % count])


def _darker(colour: str, share: float) -> str:
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(part * share):02X}" for part in parts)


def looks(values: Iterable[str]) -> dict[str, Look]:
    """A look for each value, in the order people would list them ("District 2" before "District 10")."""
    return {value: look(i) for i, value in enumerate(sorted(set(values), key=natural))}


def natural(text: str) -> tuple[list[tuple[int, int, str]], str]:
    """Sort key that reads numbers inside a text as numbers.

    >>> sorted(["Site 10", "site 2", "Site 1"], key=natural)
    ['Site 1', 'site 2', 'Site 10']
    """
    parts = re.split(r"([0-9]{1,18})", text.casefold())
    return [(1, 0, part) if i % 2 == 0 else (0, int(part), "") for i, part in enumerate(parts) if part], text


def contrast_with_white(colour: str) -> float:
    """WCAG contrast ratio of a colour against white, 1 to 21."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
