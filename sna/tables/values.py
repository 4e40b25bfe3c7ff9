"""Single cells: dates, times, minutes, yes and no, and values on a relation's scale."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from sna.study import Relation

YES = frozenset({"yes", "y", "true", "1", "x", "✓", "✔", "☑", "checked", "selected", "ticked", "on"})
NO = frozenset({"no", "n", "false", "0", "unchecked", "not selected", "off"})
TIME_FORMATS = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M%p", "%I:%M:%S %p")


def yes_no(text: str) -> bool | None:
    """True, False, or None for neither.

    >>> yes_no("Yes"), yes_no("0"), yes_no("perhaps")
    (True, False, None)
    """
    folded = text.casefold()
    return True if folded in YES else False if folded in NO else None


def date_of(text: str) -> dt.date | None:
    """An ISO date (or the date of an ISO date and time), or None. Other orders of day and month are never guessed.

    >>> date_of("2019-05-20"), date_of("05/06/2019")
    (datetime.date(2019, 5, 20), None)
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}([ T]\d.*)?", text):
        return None
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def time_of(text: str) -> dt.time | None:
    """A time of day, or the time part of an ISO date and time, or None.

    >>> time_of("16:05"), time_of("4:05 PM"), time_of("25:00")
    (datetime.time(16, 5), datetime.time(16, 5), None)
    """
    if date_of(text) is not None:
        text = text[10:].lstrip("T ")
    for form in TIME_FORMATS:
        try:
            return dt.datetime.strptime(text.strip().upper(), form).time()
        except ValueError:
            continue
    return None


def number_of(text: str) -> float | None:
    """A finite number of 0 or more, or None.

    >>> number_of("2.5"), number_of("-1"), number_of("nan")
    (2.5, None, None)
    """
    if not re.fullmatch(r"\+?\d*\.?\d+([eE][+-]?\d{1,2})?|\d+\.", text):
        return None
    return float(text)


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
        """`nobody` or `refused` where the text says so, else None."""
        return "nobody" if self.is_nobody(text) else "refused" if self.is_refused(text) else None

    def present(self, strength: float) -> bool:
        """Whether a value counts as a tie."""
        return strength > 0 and (self.present_from is None or strength >= self.present_from)


def fold(text: str) -> str:
    """A text without what typing varies: capitals, spaces, curly apostrophes."""
    return " ".join(text.replace("’", "'").casefold().split())
