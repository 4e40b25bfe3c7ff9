"""What is said of past groups: whether they were re-made or kept, beside what was possible and what chance gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import comb
from typing import Any

import pandas as pd

from sna.findings.words import count
from sna.terms import REASONS

Row = Mapping[str, Any]

QUESTION = (
    "Groups that are re-made for each activity bring everybody together with many others. Did people sit with others "
    "each time, or with the same all year?"
)
# What the occasions say together, and each by itself.
IN_SHORT: Mapping[str, str] = {
    "kept": "the same people were kept together",
    "re-made": "groups were re-made",
    "mixed": "kept at some meetings, re-made at others",
    "kept at times": "the same people were kept together at some meetings",
    "re-made at times": "groups were re-made at some meetings",
    "as by chance": "about as in groups drawn at random",
}
IN_FULL: Mapping[str, str] = {
    "kept": "The same people sat together more often than in groups drawn at random.",
    "re-made": "Groups were re-made: people sat with the same others less often than in groups drawn at random.",
    "mixed": "At some meetings the same people were kept together, at others groups were re-made; each more often than "
    "chance alone would do.",
    "kept at times": "At some meetings the same people were kept together, more often than chance alone would do.",
    "re-made at times": "At some meetings groups were re-made, more often than chance alone would do.",
    "as by chance": "People sat with the same others about as often as in groups drawn at random; that groups were "
    "kept or re-made on purpose cannot be told from this.",
}
_NEW = (
    "new groups can be proposed from the answers (sna groups): people who have not met, with somebody among them who "
    "is asked about the topic of the day."
)
SUGGESTION: Mapping[str, str] = {
    "kept": f"If that was not meant, {_NEW}",
    "re-made": "Nothing needs to change. Groups for the next meetings can be proposed from here (sna groups).",
    "mixed": f"Where groups were kept without meaning to, {_NEW}",
    "kept at times": f"If that was not meant, {_NEW}",
    "re-made at times": f"To do so each time, {_NEW}",
    "as by chance": f"To bring people together who have not met, somebody has to mind who did: {_NEW}",
}
CAUTIONS = (
    "Keeping a group can be meant: work that takes months needs the same people. Ask before concluding.",
    "Who sat together does not say how well they worked together.",
    "In small communities the same people meet again soon whatever is done: compare with what was possible.",
)
SHADES = ("no pair", "up to a quarter", "up to half", "up to three quarters", "more than three quarters")
NOT_KNOWN = "nothing to compare"
ONE_DATE = "one occasion only"
FEW = "too few people to show"


def shade(met_before: int, pairs: int) -> int:
    """Place in `SHADES`: what part of the pairs who sat together had done so before.

    >>> [shade(met, 8) for met in (0, 1, 2, 3, 6, 7)]
    [0, 1, 1, 2, 3, 4]
    """
    return 0 if not met_before else min(4, 1 + (4 * met_before - 1) // pairs)


def verdict(row: Row | None, rows: Sequence[Row]) -> str | None:
    """A key of `IN_FULL`; None where nothing can be said.

    A label that single occasions have counts when more have it than chance would give: of so many, each of which has it
    by chance once in twenty times, as many or more have it in one of twenty cases at most.

    Args:
        row: of all occasions of a community together; None where there is one only, or too many people.
        rows: of each.
    """
    if row is None or pd.isna(row["label"]):
        return None
    tested = [str(one["label"]) for one in rows if not pd.isna(one["label"])]
    kept, remade = (_often(tested.count(label), len(tested)) for label in ("kept", "re-made"))
    together = str(row["label"])
    if (kept or together == "kept") and (remade or together == "re-made"):
        return "mixed"
    if together == "as by chance":
        return "kept at times" if kept else "re-made at times" if remade else together
    return together


def _often(found: int, tried: int) -> bool:
    """Whether chance seldom gives so many, each having one chance in twenty."""
    rare = 0.05
    return (
        found > 0 and sum(comb(tried, k) * rare**k * (1 - rare) ** (tried - k) for k in range(found, tried + 1)) <= rare
    )


def in_short(row: Row | None, rows: Sequence[Row]) -> str:
    """The verdict in a few words."""
    label = verdict(row, rows)
    return IN_SHORT[label] if label else ONE_DATE if len(rows) < 2 else "cannot be told"


def sentences(row: Row | None, rows: Sequence[Row], *, numbers: bool) -> tuple[str, ...]:
    """Two to three plain sentences about one community.

    Args:
        row: its row for all occasions together; None where there is one occasion only, or too many people.
        rows: those of each occasion.
        numbers: say how many pairs.
    """
    if len(rows) < 2:
        return ("Groups are known of one occasion only, so there is nothing to compare.",)
    label = verdict(row, rows)
    if row is None or label is None:
        return (f"Nothing can be said: {REASONS[str((row or rows[-1])['reason'])]}.",)
    said = [IN_FULL[label]]
    if numbers:
        said.append(_counts(row, len(rows) - 1))
    return (*said, SUGGESTION[label])


def _counts(row: Row, later: int) -> str:
    """How many pairs had met, beside what was possible and what chance gives."""
    met, pairs = int(row["met_before"]), int(row["pairs"])
    times = "On the one occasion" if later == 1 else f"On the {later} occasions"
    who = f"all {pairs} pairs" if met == pairs else f"{met} of the {count(pairs, 'pair')}"
    text = f"{times} after the first, {who} who sat together had done so before"
    if not pd.isna(row["possible"]):
        possible = int(row["possible"])
        text += ", as few as was possible" if possible == met else f"; it could have been {possible}"
    usual = f"about {float(row['chance_mean']):.0f} ({int(row['chance_05'])} to {int(row['chance_95'])})"
    return f"{text}. In groups drawn at random every time it would be {usual}."
