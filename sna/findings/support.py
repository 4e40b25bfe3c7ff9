"""What is said about the web of support: who has nobody for what, what hangs on whom, what goes together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

from sna.findings.words import count, in_words, people, percent
from sna.terms import REASONS

SURE = 0.05
SHADES = ("nobody", "one person", "two or three people", "four or more people")
# For managers the two lowest are one: nobody is told that a single person has nobody.
BANDS = ("nobody or one person", "two or three people", "four or more people")
UNKNOWN = "not known"
TOO_FEW = "too few people to show"
NOT_SHOWN = "Too few people to show without pointing at somebody."
CAUTIONS = (
    "To have nobody for a kind of support is not to be doing badly: not everybody needs every kind. Ask before acting.",
    "Who did not answer, or left people out, is shown as not known, never as having nobody. Support from people who "
    "are not on the list is not seen at all.",
    "Support is counted as received. To give to many is not to be better, and others may step in when somebody goes: "
    "what hangs on one person is a risk, not a forecast.",
    "Kinds that go together show where support comes from, not what it does. They may do so only because people turn "
    "to those of their own school, or to those whom everybody knows.",
    "What stands here is for support. Nothing of it may count for or against anybody.",
    "A difference between two surveys may come from who was asked and who answered. That somebody found, or did not "
    "find, another source after a person went does not show that the going was the cause.",
)


def named(label: str) -> str:
    """A kind of support in a sentence."""
    return f"“{label}”"


def fewer(least: int) -> str:
    """`fewer than five`, of the smallest number that may be told."""
    return f"fewer than {in_words(least).lower()}"


def shade(givers: float, numbers: bool) -> int:
    """Place in `SHADES`, or without `numbers` in `BANDS`; −1 where it is not known.

    >>> [shade(n, True) for n in (0, 1, 3, 4, float("nan"))], [shade(n, False) for n in (0, 1, 3, 4)]
    ([0, 1, 2, 3, -1], [0, 0, 1, 2])
    """
    if isnan(givers):
        return -1
    step = 0 if givers < 1 else 1 if givers < 2 else 2 if givers < 4 else 3
    return step if numbers else max(step - 1, 0)


def band(part: int, whole: int, least: int) -> str:
    """How many of some people, in words from which no small number of them can be told.

    Args:
        part: of how many it is true.
        whole: of how many it is known.
        least: no fewer people may be told of, on either side.

    >>> band(4, 20, 5), band(6, 20, 5), band(10, 20, 5)
    ('fewer than five, or nobody', 'up to a third', 'a third to two thirds')
    >>> band(15, 20, 5), band(16, 20, 5), band(2, 4, 5)
    ('more than two thirds', 'all, or all but fewer than five', 'too few people to show')
    """
    if whole < least:
        return TOO_FEW
    if part < least:
        return f"{fewer(least)}, or nobody" if least > 1 else "nobody"
    if whole - part < least:
        return f"all, or all but {fewer(least)}" if least > 1 else "all"
    share = part / whole
    return "up to a third" if share <= 1 / 3 else "a third to two thirds" if share <= 2 / 3 else "more than two thirds"


def nobody(label: str, lacks: int, known: int, unknown: int) -> str:
    """How many have nobody for one kind, of those of whom it is known.

    >>> nobody("lent a hand", 7, 31, 1)
    'Nobody to turn to for “lent a hand”: 7 of 31 who answered; of 1 more it is not known.'
    """
    if not known:
        return f"For {named(label)} nothing can be said: {REASONS['nonresponse']}."
    more = f"; of {unknown} more it is not known" if unknown else ""
    return f"Nobody to turn to for {named(label)}: {lacks} of {known} who answered{more}."


def nobody_in_bands(label: str, lacks: int, known: int, least: int) -> str:
    """The same without numbers."""
    return f"Nobody to turn to for {named(label)}: {band(lacks, known, least)}."


def overall(full: int, lacking: int, unknown: int, kinds: int) -> str:
    """How many receive every kind, and how many lack at least one.

    >>> overall(5, 27, 4, 5)
    'Of 36 people asked, 5 receive all 5 kinds of support and 27 have nobody for at least one; of 4 it is not known.'
    """
    rest = f"; of {unknown} it is not known" if unknown else ""
    receive = "receives" if full == 1 else "receive"
    lack = "has" if lacking == 1 else "have"
    every = f"all {kinds} kinds of support" if kinds > 1 else "the kind of support asked about"
    return (
        f"Of {people(full + lacking + unknown)} asked, {full} {receive} {every} and {lacking} "
        f"{lack} nobody for at least one{rest}."
    )


def without(name: str, labels: Mapping[str, int]) -> str:
    """What would be missing if somebody left.

    >>> without("Ana", {"lent a hand": 4, "listened": 1})
    'If Ana left, 4 people would have nobody for “lent a hand”, 1 for “listened”.'
    """
    said = [f"{number} for {named(label)}" for label, number in labels.items()]
    first, *others = list(labels.items())
    said[0] = f"{people(first[1])} would have nobody for {named(first[0])}"
    return f"If {name} left, {', '.join(said)}." if others else f"If {name} left, {said[0]}."


def more_or_less(row: Mapping[str, Any], p: float) -> str:
    """A row beside chance: `more`, `less`, `as by chance`, or why it cannot be said."""
    if isnan(row["p_low"]) or isnan(row["p_high"]):
        return "cannot be said"
    if p > SURE:
        return "as by chance"
    return "more" if row["p_high"] < row["p_low"] else "less"


def both_tails(row: Mapping[str, Any]) -> float:
    """Twice the smaller p, 1 at most; NaN where there is none."""
    return min(1.0, 2 * min(row["p_low"], row["p_high"])) if not isnan(row["p_low"]) else float("nan")


def seldom(p: float) -> str:
    """How often chance alone gives as much, in words.

    >>> seldom(0.0004), seldom(0.008), seldom(0.03)
    ('less than once in a thousand times', 'less than once in a hundred times', 'less than once in twenty times')
    """
    times = "a thousand" if p <= 0.001 else "a hundred" if p <= 0.01 else "twenty"
    return f"less than once in {times} times"


def web_in_short(row: Mapping[str, Any]) -> str:
    """Whether the same ties carry several kinds, in a few words."""
    found = more_or_less(row, both_tails(row))
    short = {
        "more": "often several kinds from one person",
        "less": "different kinds from different people",
        "as by chance": "no more than chance would give",
    }
    return short.get(found, "cannot be said")


def web(row: Mapping[str, Any], *, numbers: bool) -> tuple[str, ...]:
    """Whether the same ties carry several kinds beyond chance: the row `kinds` = 2 of `support_layers`."""
    p = both_tails(row)
    found = more_or_less(row, p)
    if found == "cannot be said":
        return (f"Whether one person often gives several kinds cannot be said: {_why(row)}.",)
    beside = ""
    if numbers:
        beside = (
            f"Of the ties, {percent(row['at_least'])} carry two kinds of support or more; kinds that had nothing to do "
            f"with one another would give about {percent(row['chance_mean'])}, seldom more than "
            f"{percent(row['chance_95'])}."
        )
    said = {
        "more": "Who gives one kind of support often gives others, too, more than chance would have it: when such a "
        "person goes, several kinds go at once.",
        "less": "Different kinds of support come from different people, more than chance would have it.",
        "as by chance": "That one person gives several kinds is no more common than chance would have it. That does "
        "not show that the kinds have nothing to do with one another.",
    }[found]
    sure = () if found == "as by chance" else (f"Chance alone gives that {seldom(p)}.",)
    care = ("Take this with care: some did not answer.",) if row["verdict"] == "flagged" else ()
    return (said, *((beside,) if beside else ()), *sure, *care)


def _why(row: Mapping[str, Any]) -> str:
    return REASONS.get(str(row["reason"]), "there is too little to compare")


def pair(row: Mapping[str, Any]) -> str:
    """Two kinds beside chance, for researchers."""
    found = more_or_less(row, row["q"])
    if found == "cannot be said":
        return f"cannot be said: {_why(row)}"
    beside = {"more": "more than by chance", "less": "fewer than by chance"}.get(found, "as by chance")
    care = ", with care: some did not answer" if row["verdict"] == "flagged" else ""
    return f"{count(int(row['common']), 'tie')} in both, about {row['expected']:.1f} by chance: {beside}{care}"


def pairs(rows: Sequence[Mapping[str, Any]]) -> str:
    """How many pairs of kinds go together."""
    found = [more_or_less(row, row["q"]) for row in rows]
    tested = [one for one in found if one != "cannot be said"]
    if not tested:
        return "Which kinds go together cannot be said."
    more, less = tested.count("more"), tested.count("less")
    if not more and not less:
        return "No two kinds go together more, or less, than chance would have it."
    apart = f"; {less} less" if less else ""
    of = "the only pair" if len(tested) == 1 else f"{len(tested)} pairs"
    go = "goes" if more == 1 else "go"
    return f"Of {of} of kinds, {more} {go} together more than chance would have it{apart}."


def across(row: Mapping[str, Any], *, numbers: bool) -> str:
    """How far one kind comes from other levels than one's own, beside chance."""
    found = more_or_less(row, row["q"])
    if found == "cannot be said":
        return f"cannot be said: {_why(row)}"
    beside = {
        "more": "from other levels more than by chance",
        "less": "from the own level more than by chance",
    }.get(found, "no more from either than by chance")
    if not numbers:
        return beside
    share = f"{percent(row['across'])} of {count(int(row['ties']), 'tie')} from another level, about "
    care = ", with care: some did not answer" if row["verdict"] == "flagged" else ""
    return f"{share}{percent(row['chance_mean'])} by chance: {beside}{care}"


def levels(rows: Sequence[Mapping[str, Any]]) -> str:
    """Whether any kind crosses levels, or stays within them, beyond chance."""
    found = [more_or_less(row, row["q"]) for row in rows]
    more, less = found.count("more"), found.count("less")
    if not [one for one in found if one != "cannot be said"]:
        return "Whether support crosses levels cannot be said."
    if not more and not less:
        return (
            "No kind comes from people's own level, or from other levels, more than chance would have it. That does "
            "not show that levels do not matter."
        )
    told = []
    if less:
        told.append(f"{count(less, 'kind comes', 'kinds come')} from people's own level more than chance would have it")
    if more:
        told.append(f"{count(more, 'kind comes', 'kinds come')} from other levels more than chance would have it")
    return f"{'; '.join(told)}."


def mostly(share: float) -> str:
    """Where ties come from, in words.

    >>> mostly(0.2), mostly(0.5), mostly(0.9)
    ('mostly the own level', 'both', 'mostly other levels')
    """
    return "mostly the own level" if share < 1 / 3 else "both" if share <= 2 / 3 else "mostly other levels"


def departed(gone: int, cases: int, again: int, found: int, label: str, next_label: str) -> tuple[str, ...]:
    """What became of people whose only source is not in the next survey.

    Args:
        gone: people who were somebody's only source and are not in the next survey.
        cases: people and kinds left without, each kind of a person once.
        again: of these, those of which the next survey tells.
        found: of these, those with another source now.
        label, next_label: the two surveys.
    """
    if not gone:
        return (f"Nobody who was somebody's only source in {label} is missing from {next_label}.",)
    whose = "who was" if gone == 1 else "who were"
    first = (
        f"{people(gone)} {whose} somebody's only source in {label} {'is' if gone == 1 else 'are'} not in the survey of "
        f"{next_label}; {count(cases, 'time', 'times')} a person was left without a kind."
    )
    if not again:
        return first, "Of none of them it is known what they have now."
    return (
        first,
        f"Of the {again} of which {next_label} tells, filled since by somebody else: {found}; still open: "
        f"{again - found}.",
    )
