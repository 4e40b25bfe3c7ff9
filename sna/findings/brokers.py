"""What is said about brokerage: how far ties cross between groups, who is between them, what hangs on one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, Literal

import numpy as np
import pandas as pd

from sna.brokers import MEMBERSHIP
from sna.findings.words import in_words, listed, percent
from sna.terms import REASONS

ALPHA = 0.05
Tendency = Literal["within", "across", "edge", "chance"]
CAUTIONS = (
    "To stand between two people who are not tied is a place in the network. Whether somebody passes anything on "
    "there, and how well, these answers do not say.",
    "That contact hangs on one person is a risk for the programme, and no praise or blame for that person: ask who "
    "else could make the tie, before they leave or tire.",
    "Ties across groups are not better than ties within: trust is often built close by. Compare with what chance "
    "gives, never with 0: the smaller the groups, the more ties cross between them by chance alone.",
)
SHADES = ("nobody", "fewer than one in five", "one in five to half", "more than half")
HALF, FIFTH = 0.5, 0.2
# How many other groups somebody meets.
REACHED = ("none", "one", "two or three", "four or more")
FROM = (0, 1, 2, 4)
SHORT: Mapping[Tendency | None, str] = {
    "within": "ties keep to one’s own, beyond chance",
    "across": "ties cross, beyond chance",
    "edge": "at the edge of what chance gives",
    "chance": "as chance would have it",
    None: "cannot be told",
}


def within(group: str) -> str:
    """Where a tie stays that does not cross.

    >>> within("school"), within("membership")
    ('within one school', 'among members, and among people from outside,')
    """
    return "among members, and among people from outside," if _sides(group) else f"within one {group}"


def across(group: str) -> str:
    """Where a tie leads that crosses."""
    return "between members and people from outside" if _sides(group) else f"from one {group} to another"


def linked(group: str) -> str:
    """Whom somebody links who stands between groups."""
    return "members with people from outside" if _sides(group) else "people of different groups"


def _sides(group: str) -> bool:
    return group == MEMBERSHIP or group.startswith(f"{MEMBERSHIP} (")


def times(p: float) -> str:
    """How often chance would give as much, in words.

    >>> times(0.0004), times(0.0302), times(0.2)
    ('less than once in 1,000 times', 'about 3 times in 100', 'about 20 times in 100')
    """
    if p < 0.001:
        return "less than once in 1,000 times"
    if p < 0.01:
        return "less than once in 100 times"
    hundredths = round(100 * p)
    return f"about {hundredths} {'time' if hundredths == 1 else 'times'} in 100"


def tendency(row: Mapping[str, Any]) -> Tendency | None:
    """Which way an E-I index lies, in the words of a row of `group_ties`; None where it cannot be told."""
    if np.isnan(row["value"]) or np.isnan(row["chance_05"]):
        return None
    if row["chance_05"] == row["chance_95"] and row["p"] == 1:
        # However people are shuffled, nothing changes: such as when one of two groups was not asked.
        return None
    if row["q"] <= ALPHA:
        return "within" if row["value"] < row["chance_mean"] else "across"
    return "chance" if row["chance_05"] <= row["value"] <= row["chance_95"] else "edge"


def mixing(row: Mapping[str, Any], group: str, *, numbers: bool) -> str:
    """Whether ties keep to groups, in a sentence; how sure, for readers of numbers."""
    which = tendency(row)
    if which is None:
        return f"How far ties keep to groups cannot be told: {_why(row)}."
    if which in ("within", "across"):
        how = f"stay {within(group)}" if which == "within" else f"cross {across(group)}"
        said = f"Ties {how} more often than chance would have it."
        return f"{said} Shuffling people among the groups gives as much {times(row['p'])}." if numbers else said
    if which == "edge":
        return (
            f"How often ties stay {within(group).removesuffix(',')} lies at the edge of what chance gives: no finding."
        )
    return f"That ties stay {within(group)} more, or less, than chance would have it does not show in these answers."


def _why(row: Mapping[str, Any]) -> str:
    reason = row["reason"]
    return REASONS[reason] if isinstance(reason, str) else REASONS["no_variation"]


def beyond(people: pd.DataFrame) -> pd.DataFrame:
    """Of the rows of `brokers` of one network by one group, those beyond chance under both nulls, most first."""
    return _most_first(people[(people["q_arcs"] <= ALPHA) & (people["q_labels"] <= ALPHA)])


def busy(people: pd.DataFrame) -> pd.DataFrame:
    """The others who stand between more people than as many ties anywhere would give, of whatever group."""
    return _most_first(people[(people["q_arcs"] <= ALPHA) & ~(people["q_labels"] <= ALPHA)])


def _most_first(people: pd.DataFrame) -> pd.DataFrame:
    return people.sort_values(["across", "total_p_arcs"], ascending=[False, True], kind="stable")


def standing(people: pd.DataFrame, tests: pd.DataFrame, group: str, *, numbers: bool) -> tuple[str, ...]:
    """Who stands between groups, without names.

    Args:
        people: rows of `brokers` of one network by one group.
        tests: rows of `broker_tests` of the same.
        group: what people are grouped by.
        numbers: say how many.
    """
    row: dict[Any, Any] = tests[tests["role"] == "across"].to_dict("records")[0]
    whom = linked(group)
    if isinstance(row["reason"], str):
        return (f"Who links {whom} cannot be told: {_why(row)}.",)
    if max(row["smallest_p_arcs"], row["smallest_p_labels"]) > ALPHA:
        return (f"Who links {whom} cannot be told apart from chance: there are too few people or ties.",)
    found, more = len(beyond(people)), len(busy(people))
    said = f"Nobody can be said to link {whom} more often than chance would have it."
    if found:
        who = f"{in_words(found)} {'person links' if found == 1 else 'people link'}" if numbers else "Some people link"
        said = (
            f"{who} {whom} more often than chance would have it: they stand between more people than if as many ties "
            "were placed anywhere, and these belong to different groups more often than if people were shuffled."
        )
    if not more:
        return (said,)
    if numbers:
        who = f"{in_words(more)} {'other ' if found else ''}{'person stands' if more == 1 else 'people stand'}"
    else:
        who = "Some others stand" if found else "Some people stand"
    return (
        said,
        f"{who} between more people than if as many ties were placed anywhere, but not more often between people of "
        "different groups than their number of contacts makes likely.",
    )


def in_contact(rows: pd.DataFrame) -> str:
    """Whether contact between groups hangs on single people; rows of `succession` of one network by one group."""
    first = rows.to_dict("records")[0]
    if first["reason"] == "no_loss":
        if not first["pairs"]:
            return "No two groups are in contact, directly or through others."
        return "No two groups would lose all contact if one person went."
    if isinstance(first["reason"], str):
        return f"Which groups would lose contact if one person went cannot be told: {REASONS[first['reason']]}."
    return "Some groups would lose all contact with each other if one person went: a risk when that person leaves."


def losses(pairs: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """What would be lost without one person, and what would mend it.

    Args:
        pairs: groups that would lose contact.

    >>> losses([("A", "B"), ("A", "C")])
    ('A would lose contact with B and C', 'make a second tie between A and B or C')
    >>> losses([("A", "B"), ("A", "C"), ("B", "C")])
    ('A, B and C would lose contact with one another', 'make second ties between them')
    >>> losses([("A", "B"), ("C", "D")])
    ('A with B; C with D would lose contact', 'make a second tie between the two of each pair')
    """
    sides = _apart(pairs)
    if sides is None:
        named = "; ".join(f"{g} with {h}" for g, h in pairs[:3])
        more = f"; and {len(pairs) - 3} more pairs" if len(pairs) > 3 else ""
        return f"{named}{more} would lose contact", "make a second tie between the two of each pair"
    if len(sides) > 2:
        return (
            f"{listed([listed(side, 3) for side in sides], 5)} would lose contact with one another",
            "make second ties between them",
        )
    near, far = sides
    return (
        f"{listed(near, 5)} would lose contact with {listed(far, 5)}",
        f"make a second tie between {_either(near)} and {_either(far)}",
    )


def _either(names: Sequence[str]) -> str:
    """One of several, in words.

    >>> _either(["A"]), _either(["A", "B", "C"]), _either(["A", "B", "C", "D"])
    ('A', 'A, B or C', 'one of A, B, C and others')
    """
    if len(names) > 3:
        return f"one of {', '.join(names[:3])} and others"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _apart(pairs: Sequence[tuple[str, str]]) -> list[list[str]] | None:
    """The sets of groups that would lose contact with one another, each with each; None when it is not so simple."""
    lost = {frozenset(pair) for pair in pairs}
    sides: list[list[str]] = []
    for name in sorted({name for pair in pairs for name in pair}):
        mine = [side for side in sides if not any(frozenset((name, other)) in lost for other in side)]
        if len(mine) > 1:
            return None
        if mine:
            mine[0].append(name)
        else:
            sides.append([name])
    between = {frozenset((g, h)) for one, other in combinations(sides, 2) for g in one for h in other}
    return sorted(sides, key=lambda side: (len(side), side)) if between == lost else None


def band(share: float) -> str:
    """A share of people in words, without a number.

    >>> [band(share) for share in (0.0, 0.1, 0.3, 0.8)]
    ['nobody', 'fewer than one in five', 'one in five to half', 'more than half']
    """
    if share == 0:
        return SHADES[0]
    return SHADES[1] if share < FIFTH else SHADES[2] if share <= HALF else SHADES[3]


def reached(values: pd.Series[float], *, numbers: bool) -> list[str]:
    """How many people, or what part of them, meet none, one, two or three, four or more other groups."""
    steps = np.digitize(values.dropna().to_numpy(dtype=float), FROM[1:])
    counts = np.bincount(steps, minlength=len(REACHED))
    if numbers:
        return [str(number) for number in counts.tolist()]
    return [band(number / max(len(steps), 1)) for number in counts.tolist()]


def meeting(values: pd.Series[float], *, numbers: bool) -> str:
    """What part of the people has a contact in another group."""
    known = values.dropna()
    if not len(known):
        return "Who has a contact in another group cannot be told."
    share = float((known > 0).mean())
    words = percent(share) if numbers else band(share)
    have = "have" if numbers or share > FIFTH else "has"
    return f"Of the people of whom it is known, {words} {have} a contact in another group."


__all__ = [
    "ALPHA",
    "CAUTIONS",
    "FROM",
    "REACHED",
    "SHORT",
    "band",
    "beyond",
    "busy",
    "in_contact",
    "linked",
    "losses",
    "meeting",
    "mixing",
    "reached",
    "standing",
    "tendency",
]
