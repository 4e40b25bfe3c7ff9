"""Single cells: numbers, yes and no, and values on a relation's scale; dates and times are in dates.py."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from sna.study import Relation

# Stands in the place of a name that was taken out because the person withdrew: an answer, and nobody's name.
WITHDRAWN = "withdrawn"
STRAIGHT = str.maketrans("’‘`´“”„", "''''\"\"\"")
YES = frozenset({"yes", "y", "true", "1", "x", "✓", "✔", "☑", "checked", "selected", "ticked", "on"})
NO = frozenset({"no", "n", "false", "0", "unchecked", "not selected", "off"})
NUMBER = re.compile(r"\+?\d*\.?\d+([eE][+-]?\d{1,2})?|\d+\.")
EITHER = re.compile(r"[1-9]\d{0,2},\d{3}")
GROUPED = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
GROUPED_BY_POINTS = re.compile(r"[1-9]\d{0,2}(\.\d{3})+,\d+")


def yes_no(text: str) -> bool | None:
    """True, False, or None for neither.

    >>> yes_no("Yes"), yes_no("0"), yes_no("perhaps")
    (True, False, None)
    """
    folded = text.casefold()
    return True if folded in YES else False if folded in NO else None


def number_of(text: str) -> float | None:
    """A finite number of 0 or more, or None; a comma that can be a decimal or a thousands comma makes it none.

    >>> number_of("2.5"), number_of("2,5"), number_of("1,234.5"), number_of("-1"), number_of("nan")
    (2.5, 2.5, 1234.5, None, None)
    >>> number_of("1,234") is None, number_of("0,234")
    (True, 0.234)
    """
    if "," in text:
        if two_numbers(text) is not None:
            return None
        if GROUPED.fullmatch(text):
            text = text.replace(",", "")
        elif GROUPED_BY_POINTS.fullmatch(text):
            text = text.replace(".", "").replace(",", ".")
        elif text.count(",") == 1 and "." not in text:
            text = text.replace(",", ".")
    if not NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def two_numbers(text: str) -> tuple[str, str] | None:
    """The two numbers that a text with one comma and three digits behind it can mean, or None.

    >>> two_numbers("1,234"), two_numbers("1,5")
    (('1234', '1.234'), None)
    """
    return (text.replace(",", ""), text.replace(",", ".")) if EITHER.fullmatch(text) else None


class Scale:
    """Reads one relation's answers: codes or words of its scale, ticks, or plain numbers."""

    def __init__(self, relation: Relation) -> None:
        self.codes: Mapping[float, str] | None = relation.scale
        self.words = {fold(word): code for code, word in (relation.scale or {}).items()}
        self.ticks = relation.scale is None and relation.form in ("roster", "names")
        self.refused = {fold(word) for word in relation.refused}
        self.nobody = {fold(word) for word in relation.nobody}
        self.present_from = relation.present_from

    def strength(self, text: str) -> float | None:
        """The value of an answer; None when it is not on the scale."""
        if self.codes is None and self.ticks and (ticked := yes_no(text)) is not None:
            return float(ticked)
        number = number_of(text)
        if self.codes is None:
            return None if self.ticks else number
        if number is not None and number in self.codes:
            return number
        return self.words.get(fold(text))

    @property
    def expected(self) -> str:
        """What an answer may be, in words."""
        if self.codes is None:
            return "a tick (x, yes, 1) or nothing (no, 0)" if self.ticks else "a number of 0 or more"
        return ", ".join(f"{code:g} ({word})" for code, word in self.codes.items())

    def is_refused(self, text: str) -> bool:
        """Whether the text says that the person does not want to answer."""
        return fold(text) in self.refused

    def means_refused(self, strength: float) -> bool:
        """Whether a code of the scale stands for not wanting to answer, such as 9 = "refused"."""
        return self.codes is not None and fold(self.codes.get(strength, "")) in self.refused

    def is_nobody(self, text: str) -> bool:
        """Whether the text says that the person names nobody."""
        return fold(text) in self.nobody

    def word(self, text: str) -> str | None:
        """`nobody`, `refused` or `withdrawn` (a name that was taken out) where the text says so, else None."""
        if fold(text) == WITHDRAWN:
            return WITHDRAWN
        return "nobody" if self.is_nobody(text) else "refused" if self.is_refused(text) else None

    def present(self, strength: float) -> bool:
        """Whether a value counts as a tie."""
        return strength > 0 and (self.present_from is None or strength >= self.present_from)


def even(text: str) -> str:
    """A text with straight quotation marks and single spaces, as headings are compared.

    >>> even("Who  helps, when it’s  hard?")
    "Who helps, when it's hard?"
    """
    return " ".join(text.translate(STRAIGHT).split())


def fold(text: str) -> str:
    """A text without what typing varies: capitals, spaces, curly quotation marks."""
    return even(text).casefold()
