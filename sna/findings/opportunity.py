"""What is said about shared opportunity: who could have met, and who met more often than attendance explains."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Any

from sna.findings.words import count, in_words, people

HEADING = "Who could have met"
CAUTION = "Being in the same room is an opportunity, not a relationship: ask before you conclude anything about a pair."
EXPLAINED = "attendance alone explains: how often each of the two came, and how full each event was"
TOO_FEW = "Too few people to show without pointing at somebody."
NOT_CHOSEN = (
    "No attendance is recorded at events that people chose or that were held in small groups. Where everybody has to "
    "come, it says nothing about who meets whom."
)
TOO_MANY = "So many people could have come that pairs of them are not looked at."
ALL_ALIKE = (
    "Who came to what could not have been otherwise: people came to everything they could have come to, or nearly. So "
    "nothing can be told about who met whom by choice."
)
# The model to go by first; where it was left out, the one that takes its place.
FIRST = ("fdsm", "sdsm")
WAYS: Mapping[str, str] = {
    "fdsm": "everybody comes as often, every event is as full (FDSM)",
    "sdsm": "the same on average only: cautious (SDSM)",
    "hypergeometric": "all events taken for alike; keeps too many where some are fuller (hypergeometric)",
}
MODELS_NOTE = (
    "The first line is the one to go by. “Smallest p” is the least that any pair could have got: where it is not "
    "below .05, nobody could have stood out, whatever happened."
)
FEWER_TABLES = "With so many people the first way was left out (sna run --exact does it); the second stands in for it."
Rows = Mapping[str, Mapping[str, Any]]


def first(rows: Rows) -> Mapping[str, Any]:
    """The row of the model to go by: the first that was not left out, or else the first."""
    return next((rows[model] for model in FIRST if rows[model]["reason"] is None), rows[FIRST[0]])


def nothing_said(reason: str) -> str:
    """Why there is nothing to say."""
    return {"too_large": TOO_MANY, "no_variation": ALL_ALIKE}.get(reason, NOT_CHOSEN)


def left_out(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Events that are not looked at.

    >>> left_out({"events_other_kind": 3, "events_unknown_kind": 1})[1]
    '1 event is left out because its kind is not stated.'
    """
    said = []
    other, unknown = (
        0 if isnan(row[name]) else int(row[name]) for name in ("events_other_kind", "events_unknown_kind")
    )
    if other:
        verb = "is" if other == 1 else "are"
        said.append(f"{count(other, 'event')} of other kinds, such as required meetings, {verb} left out.")
    if unknown:
        verb, whose = ("is", "its kind") if unknown == 1 else ("are", "their kind")
        said.append(f"{count(unknown, 'event')} {verb} left out because {whose} is not stated.")
    return tuple(said)


def sentences(rows: Rows) -> tuple[str, ...]:
    """What is found, in numbers.

    Args:
        rows: model → its row of the table `shared_opportunity_models`.
    """
    row = first(rows)
    kept, sure, pairs, met = (int(row[name]) for name in ("kept", "kept_corrected", "pairs", "met"))
    said = [_finding(sure)]
    said.append(
        f"{people(int(row['people']))} could have come to {count(int(row['events']), 'event')} that people chose or "
        f"that were held in small groups: {count(pairs, 'pair')} could have met, {_did(met)} at least once."
    )
    chance = round(0.05 * pairs)
    verb = "stands" if kept == 1 else "stand"
    out = f"{in_words(kept)} {_pairs(kept)} {verb} out" if kept else "No pair stands out"
    among = "one in twenty may do so by chance alone"
    if chance > 1:
        among = f"among so many, up to about {chance:,} may do so by chance alone"
    said.append(f"{out} when each pair is looked at by itself; {among}. {_after(sure)}")
    if row["model"] != FIRST[0]:
        said.append(FEWER_TABLES)
    return (*said, *left_out(row), CAUTION)


def _finding(sure: int) -> str:
    if not sure:
        return f"Nobody can be shown to have been with anybody more often than {EXPLAINED}."
    verb = "was" if sure == 1 else "were"
    return f"{in_words(sure)} {_pairs(sure)} {verb} together more often than {EXPLAINED}."


def _pairs(number: int) -> str:
    return "pair" if number == 1 else "pairs"


def _did(met: int) -> str:
    return f"{met:,} did" if met else "none did"


def _after(sure: int) -> str:
    left = f"{sure:,} {'is' if sure == 1 else 'are'}" if sure else "none is"
    return f"Once the number of pairs is allowed for, {left} left."


def banded(involved: int, kept: int, met: int, pairs: int, least: int) -> tuple[str, ...]:
    """What is found, without numbers.

    Args:
        involved: people in pairs who were together more often than attendance explains.
        kept: such pairs.
        met: pairs who were at an event together.
        pairs: pairs who could have met.
        least: no fewer people may be told of.

    >>> banded(2, 1, 90, 100, 5)[0][:25], banded(9, 12, 90, 100, 5)[0][:16]
    ('Hardly any pair, if any, ', 'Some pairs, 1 in')
    """
    if involved < max(least, 1):
        found = f"Hardly any pair, if any, was together more often than {EXPLAINED}."
    else:
        share = kept / met
        much = "fewer than 1 in 10" if share < 0.1 else "1 in 10 to 1 in 4" if share <= 0.25 else "more than 1 in 4"
        found = f"Some pairs, {much} of those who met, were together more often than {EXPLAINED}."
    share = met / pairs if pairs else 0.0
    how = "Few" if share < 0.25 else "About half" if share < 0.6 else "Most" if share < 0.9 else "Nearly all"
    chose = "at events that people chose or that were held in small groups"
    return found, f"{how} of the pairs who could have met {chose} did so at least once.", CAUTION
