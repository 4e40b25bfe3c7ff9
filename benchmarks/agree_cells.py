"""What becomes of one reference value: agree, documented, not built, or wrong."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agree_data import Graph

TOLERANCE = 1e-9
AGREE, DOCUMENTED, NOT_BUILT, WRONG = "agree", "documented", "not built", "wrong"
CLASSES = (AGREE, DOCUMENTED, NOT_BUILT, WRONG)
NO_RULE = "no rule says what this value is to us"

Path = tuple[str, ...]
# Stands for every value of a measure that the rule does not name.
REST: Path = ("*",)
# Words beside values: what rows, groups and settings are called.
LABELS = frozenset({"_row", "id", "node", "source", "target", "levels", "groups", "roles", "mode", "reps", "terms"})
LABELS |= {"theil_note", "shared_note"}
_WORDS = {"NaN": math.nan, "NA": math.nan, "Inf": math.inf, "-Inf": -math.inf}


@dataclass(frozen=True, slots=True)
class Told:
    """Our value where more is to be said of it.

    Attributes:
        value: ours.
        reason: why it need not equal the reference; None: it must. Where no proof can be given the reason says why
            ours is empty, or that a search by chance is compared with another.
        theirs: the reference on our scale; None: as it stands.
        proof: our own number by the reference's definition: where given, the reason holds only if it is the reference.
        tolerance: for printed and Monte Carlo values.
    """

    value: float
    reason: str | None = None
    theirs: float | None = None
    tolerance: float = TOLERANCE
    proof: float | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """No measure of ours computes it."""

    reason: str


Ours = Mapping[Path, float | Told | Later]
Rule = Callable[["Graph", str, Any], Ours]


@dataclass(slots=True)
class Tally:
    """Counts of reference values by measure, data set and class, with the reasons and every wrong value."""

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    worst: float = 0.0

    def add(self, data: str, where: str, measure: str, value: Any, ours: Ours, unread: Ours | None = None) -> None:
        """Judge every number of one reference value.

        Args:
            data: data set.
            where: the network or pair of networks.
            measure: the reference's name without the group.
            value: the reference.
            ours: our values by path; `REST` for those not named.
            unread: our values when missing answers are read as the reference reads them, where there are any.
        """
        for path, theirs in leaves(value):
            given = ours.get(path, ours.get(REST))
            verdict, reason, gap = judge(given, theirs)
            if verdict == WRONG and unread is not None:
                kind, why, _ = judge(unread.get(path), theirs)
                if kind != WRONG:
                    verdict, reason = DOCUMENTED, why or MISSING
            self.counts[measure, data, verdict] += 1
            if verdict == AGREE:
                self.worst = max(self.worst, gap)
            else:
                self.reasons[verdict, measure, reason] += 1
            if verdict == WRONG:
                value_of_ours = given.value if isinstance(given, Told) else given
                name = " ".join((data, where, measure, *path))
                self.wrong.append(f"{name}: ours {value_of_ours!r}, reference {theirs!r}")

    def merge(self, other: Tally) -> None:
        """Add what another process counted."""
        self.counts.update(other.counts)
        self.reasons.update(other.reasons)
        self.wrong += other.wrong
        self.worst = max(self.worst, other.worst)


MISSING = "unanswered cells are unknown to us and no tie to R; read as no tie, ours is the reference's number"


def judge(given: float | Told | Later | None, theirs: Any) -> tuple[str, str, float]:
    """(class, reason, difference) of one reference value."""
    if given is None:
        return WRONG, NO_RULE, math.inf
    if isinstance(given, Later):
        return NOT_BUILT, given.reason, 0.0
    told = given if isinstance(given, Told) else Told(float(given))
    if isinstance(theirs, str) and theirs not in _WORDS:
        return WRONG, NO_RULE, math.inf
    reference = number(theirs) if told.theirs is None else told.theirs
    gap = difference(told.value, reference)
    if gap <= told.tolerance:
        return AGREE, "", gap if told.tolerance == TOLERANCE else 0.0
    if told.reason is None or (told.proof is not None and difference(told.proof, reference) > TOLERANCE):
        return WRONG, "", gap
    return DOCUMENTED, told.reason, gap


def number(value: Any) -> float:
    """A reference value as a number; R writes NaN and infinity as words."""
    if value is None:
        return math.nan
    return _WORDS[value] if isinstance(value, str) else float(value)


def difference(ours: float, theirs: float) -> float:
    """0 when both are undefined or equal; infinite when one is undefined; else relative for numbers above 1."""
    if ours == theirs or (math.isnan(ours) and math.isnan(theirs)):
        return 0.0
    gap = abs(ours - theirs) / max(1.0, abs(theirs))
    return math.inf if math.isnan(gap) else gap


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value of a reference with its path; rows of a table are named by their id, or by source and target."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in LABELS:
                yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from leaves(inner, (*path, *_row(inner, place)))
    else:
        yield path, value


def _row(inner: Any, place: int) -> Path:
    if isinstance(inner, dict):
        for keys in (("source", "target"), ("id",), ("node",)):
            if all(key in inner for key in keys):
                return tuple(str(inner[key]) for key in keys)
    return (str(place),)
