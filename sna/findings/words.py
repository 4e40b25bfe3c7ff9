"""Numbers in words: counts with their nouns, percentages, lists. One place, so that pages speak with one voice."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def count(number: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> count(1, "person", "people"), count(12, "tie")
    ('1 person', '12 ties')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def people(number: int) -> str:
    """`1 person`, `12 people`."""
    return count(number, "person", "people")


def in_words(number: int) -> str:
    """Small whole numbers as words, to open a sentence with.

    >>> in_words(7), in_words(23)
    ('Seven', '23')
    """
    return SMALL[number].capitalize() if 0 <= number <= 10 else str(number)


def percent(share: float) -> str:
    """A share of 1 as a whole percentage; `not known` when undefined.

    >>> percent(0.854), percent(float("nan")), percent(0.996)
    ('85%', 'not known', 'over 99%')
    """
    if isnan(share):
        return "not known"
    if 0 < share < 0.01:
        return "under 1%"
    return "over 99%" if 0.99 < share < 1 else f"{round(100 * share)}%"


def listed(words: Sequence[str], most: int = 8) -> str:
    """Words as a list in a sentence.

    >>> listed(["a", "b", "c"]), listed([])
    ('a, b and c', 'none')
    """
    if not words:
        return "none"
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def figure(value: float) -> str:
    """A number for reading, at most three significant digits.

    >>> figure(12.0), figure(0.23214), figure(float("nan"))
    ('12', '0.232', 'not known')
    """
    if isnan(value):
        return "not known"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:.3g}"
