"""What is said about engagement: who comes, whether that changes, who stays, what meetings are used for, who leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

import pandas as pd

from sna.findings.words import count, listed, people, percent
from sna.terms import REASONS

QUESTION = (
    "Who comes to meetings, on time and to the end, and does that change over the year? Who stays? What are meetings "
    "used for, and who leads them?"
)
CAUTIONS = (
    "Coming is not learning, and staying away is not a lack of will: somebody who comes less may have been given other "
    "duties. Use this to offer support, never to judge a person.",
    "A rise or fall is told only where both people and meetings bear it out, corrected for how many communities there "
    "are; one meeting that everybody missed is not a trend. That none is told does not show that nothing changed.",
    "Nobody counts as absent from a meeting at which attendance was not recorded, or that was not for them. Excused is "
    "told apart from absent, and is not coming all the same.",
    "Why attendance differs between communities, or between the core group and others, these numbers cannot say.",
)
WHO = "Everybody"
# The share of those who came that is worth a word, and of how many people at least it is reckoned.
MANY, MANY_OF = 0.25, 4
FEW = "Too few people to show without pointing at somebody."
IN_SHORT = {"falling": "falling", "rising": "rising", "as by chance": "no rise or fall beyond chance"}
LEADING = {
    "the same few": "the same few lead more often than chance would have it",
    "in turn": "leading goes round more evenly than chance would have it",
    "as by chance": "nothing in who leads goes beyond chance",
    "undetermined": "too few sessions were led to tell the same few from leading in turn",
}


def about(share: float) -> str:
    """A share in words, to the nearest five in a hundred.

    >>> about(0.93), about(0.99), about(0.01)
    ('about 95 in 100', 'nearly all', 'hardly any')
    """
    if isnan(share):
        return "not known"
    if share >= 0.975:
        return "nearly all"
    return "hardly any" if share < 0.025 else f"about {5 * round(20 * share)} in 100"


def told(share: float, *, numbers: bool) -> str:
    """A share as a percentage, or in words."""
    if isnan(share):
        return "–"
    return percent(share) if numbers else about(share)


def p_text(p: float) -> str:
    """A p for reading; never 0.

    >>> p_text(0.0123), p_text(0.0002)
    ('p = 0.012', 'p < 0.001')
    """
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def trend(name: str, row: Mapping[str, Any]) -> str:
    """One sentence about one community's attendance over the meetings.

    Args:
        name: what the community is called.
        row: its row of the table `community_trends`.
    """
    reason = row["reason"]
    meetings = count(int(row["events"]), "meeting")
    if reason == "no_variation":
        always = row["share"] > 0.5
        return f"{name}: everybody {'came to all' if always else 'stayed away from all'} of their {meetings}."
    if isinstance(reason, str):
        return f"{name}: whether attendance changed cannot be told, because {REASONS[reason]} ({meetings})."
    if row["trend"] == "as by chance":
        return f"{name}: {about(row['share'])} came, with no rise or fall beyond chance over {meetings}."
    moved = "fell" if row["trend"] == "falling" else "rose"
    size = f"so steady a {'fall' if moved == 'fell' else 'rise'} is seldom chance"
    start, end = about(row["start"]), about(row["end"])
    where = "" if name == WHO else f" in {name}"
    if start == end:
        return f"Attendance{where} {moved} slightly over {meetings}, {start} throughout; {size}."
    return f"Attendance{where} {moved} from {start} to {end} over {meetings}; {size}."


def trend_in_short(row: Mapping[str, Any]) -> str:
    """The same in a few words."""
    reason = row["reason"]
    if reason == "no_variation":
        return "everybody came to everything" if row["share"] > 0.5 else "nobody came"
    if isinstance(reason, str):
        return "cannot be told"
    if row["trend"] == "as by chance":
        return f"{about(row['share'])}, {IN_SHORT[row['trend']]}"
    return f"{row['trend']}, from {about(row['start'])} to {about(row['end'])}"


def hour_early(name: str, rows: Sequence[Mapping[str, Any]], least: int) -> str | None:
    """At how many meetings of one community many went an hour early, or missed an hour; None where there were none.

    Args:
        name: what the community is called.
        rows: its rows of the table `community_attendance`.
        least: a meeting counts where it is known of so many people who came.
    """
    for known, gone, words in (
        ("leavings_known", "left_hour_early", "left a full hour early"),
        ("minutes_known", "hour_missed", "missed a full hour"),
    ):
        met = sum(row[known] >= max(least, MANY_OF) and row[gone] >= MANY * row[known] for row in rows)
        if met:
            where = "" if name == WHO else f" in {name}"
            return f"At {count(met, 'meeting')}{where} a quarter or more of those who came {words}."
    return None


def overall(rows: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """The first sentence about attendance: where it fell or rose.

    Args:
        rows: (name, row of `community_trends`) of the communities that may be shown.
    """
    moved = {kind: [name for name, row in rows if row["trend"] == kind] for kind in ("falling", "rising")}
    verbs = {"falling": "fell", "rising": "rose"}
    said = [
        verbs[kind] if names == [WHO] else f"{verbs[kind]} in {listed(names)}" for kind, names in moved.items() if names
    ]
    if not said:
        if all(isinstance(row["reason"], str) for _, row in rows):
            return "Whether attendance rose or fell cannot be told."
        return "Attendance neither rose nor fell beyond chance."
    told_of = len(moved["falling"]) + len(moved["rising"])
    rest = "; elsewhere no rise or fall beyond chance was found" if told_of < len(rows) else ""
    return f"Attendance {' and '.join(said)}{rest}."


def fading(flagged: int, looked_at: int, least: int) -> tuple[str, ...]:
    """How many people come less and less, beside how many chance alone would flag.

    Args:
        flagged: people flagged.
        looked_at: people with enough meetings.
        least: of fewer people no number is told; 0 where all numbers are.
    """
    if not looked_at:
        return ("Nobody had enough meetings for it to be told whether they come less and less.",)
    by_chance = "By chance alone, up to one in forty people whose attendance does not change would seem to."
    if not least:
        expected = looked_at / 40
        beside = f"by chance alone up to {expected:.1f} would seem to".replace(".0 ", " ")
        verb = "comes" if flagged == 1 else "come"
        return (f"Of {people(looked_at)}, {flagged} {verb} less and less; {beside}.",)
    if flagged < least:
        return ("Few people, if any, come less and less.", by_chance)
    band = "Some people" if flagged <= looked_at / 3 else "More than a third of the people"
    return (f"{band} come less and less.", by_chance)


def core(name: str, row: Mapping[str, Any], *, numbers: bool) -> str:
    """One sentence about the core group beside the broader team of one community.

    Args:
        name: what the community is called.
        row: its row of the table `core_and_broader`.
        numbers: say p.
    """
    ours, theirs = (told(row[f"{part}_share"], numbers=numbers) for part in ("core", "broader"))
    shares = (
        f"{name}: of the meetings people could come to, the core group came to {ours}, the broader team to {theirs}"
    )
    if isnan(row["p"]):
        return f"{shares}."
    p = f" ({p_text(row['p'])})" if numbers else ""
    if row["p"] > 0.05:
        return f"{shares}; the difference is not beyond chance{p}, which does not show that there is none."
    return f"{shares}; so large a difference is seldom chance{p}."


def stayed(kept: int, all_of_them: int, last: int, *, numbers: bool) -> str:
    """How many people stayed.

    >>> stayed(9, 12, 4, numbers=True)
    '9 of 12 people stayed: they came to at least one of the last 4 meetings they could come to, and have not left.'
    """
    rule = f"they came to at least one of the last {last} meetings they could come to, and have not left"
    if numbers:
        return f"{kept} of {people(all_of_them)} stayed: {rule}."
    share = about(kept / all_of_them)
    return f"{share[0].upper()}{share[1:]} stayed: {rule}."


def led(name: str, row: Mapping[str, Any], *, numbers: bool) -> str:
    """One sentence about who leads in one community.

    Args:
        name: what the community is called.
        row: the row `gini` of the table `leading`.
        numbers: say how many led, and p.
    """
    reason = row["reason"]
    if isinstance(reason, str):
        return f"{name}: {REASONS[reason]}."
    label = str(row["label"])
    if not numbers:
        return f"{name}: {LEADING[label]}."
    shown = row["q_even"] if label == "in turn" else row["q"]
    turns = f"{int(row['leaders'])} of {people(int(row['people']))} led {count(int(row['turns']), 'turn')}"
    return f"{name}: {LEADING[label]} ({turns} at {count(int(row['sessions']), 'session')}, {p_text(shown)})."


def led_overall(rows: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """The first sentence about who leads.

    Args:
        rows: (name, row `gini` of the table `leading`) of the communities that may be shown.
    """
    few = [name for name, row in rows if row["label"] == "the same few"]
    if few == [WHO]:
        return "The same few lead more often than chance would have it."
    if few:
        return f"The same few lead more often than chance would have it in {listed(few)}."
    return "Nowhere do the same few lead more often than chance would have it, as far as this can be told."


def brought_overall(shares: Sequence[float], *, numbers: bool) -> str:
    """The first sentence about homework: from the smallest to the largest share of a community."""
    least, most = (told(share, numbers=numbers) for share in (min(shares), max(shares)))
    between = least if least == most else f"{least} to {most}, by community,"
    said = f"{between} brought what they had been asked for, of those of whom it is known."
    return said[0].upper() + said[1:]


def brought_at(brought: int, known: int, least: int) -> str:
    """What part brought it to one meeting; no number where those who did, or who did not, are fewer than `least`.

    >>> brought_at(5, 6, 0), brought_at(5, 6, 5), brought_at(6, 12, 5), brought_at(1, 6, 5), brought_at(3, 6, 5)
    ('83%', 'most or all', 'about 50 in 100', 'few, if any', 'some')
    """
    if not least or min(brought, known - brought) >= least:
        return told(brought / known, numbers=not least)
    if max(brought, known - brought) < least:
        return "some"
    return "few, if any" if brought < least else "most or all"


def coded(rows: pd.DataFrame) -> str:
    """How much of the time was coded, over these communities (rows of the table `session_coding`)."""
    least, most = rows["share"].min(), rows["share"].max()
    if isnan(least):
        return "How much of the scheduled time was coded is not known."
    parts = percent(least) if percent(least) == percent(most) else f"{percent(least)} to {percent(most)}"
    return f"Coded were {parts} of the scheduled time of each community; of the rest nothing is known."


__all__ = [
    "CAUTIONS",
    "FEW",
    "LEADING",
    "QUESTION",
    "WHO",
    "about",
    "brought_at",
    "brought_overall",
    "coded",
    "core",
    "fading",
    "hour_early",
    "led",
    "led_overall",
    "overall",
    "p_text",
    "stayed",
    "told",
    "trend",
    "trend_in_short",
]
