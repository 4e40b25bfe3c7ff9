"""What is said of ratings beside names: do those who are rated expert get asked, and who is asked without being one?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sna.expert_gap import UNASKED, UNRATED
from sna.findings.expertise import p_words, signed
from sna.findings.words import listed, people
from sna.rows import Row
from sna.terms import REASONS

ALPHA, HALF = 0.05, 0.5
CAUTION = (
    "A rating is not a test of expertise: people see more or less in themselves than others do, and an observer sees a "
    "part. “Hardly asked” is named by nobody, or by fewer people than if all names were drawn at random."
)
NUMBERS = (
    "τ is Kendall's: 1, of two people the one who is rated higher is always named by more people; −1, never. q is its "
    "p by shuffled ratings, corrected for there being several topics."
)
AS = {True: "an expert", False: "experts"}
ALIKE = "Those who are rated higher are named by more people"
OTHERWISE = "Those who are rated higher are named by fewer people"
UNRELATED = "That those who are rated higher are named by more people is not shown beyond chance"
UNTOLD = "Too few people are rated differently to tell whether those who are rated higher are named by more people"
Rows = Sequence[Mapping[str, Any]]


def with_names(agreement: Mapping[str, Any], gaps: Rows, names: Mapping[str, str]) -> str:
    """Of one topic, for readers who may see names and numbers.

    Args:
        agreement: its row of `expert_agreement`.
        gaps: its rows of `expert_gap`.
        names: id → name.
    """
    if not int(agreement["rated"]):
        return "nobody is rated."
    experts = int(agreement["experts"])
    said = [f"{people(int(agreement['rated']))} rated, {experts or 'none'} of them as {AS[experts == 1]}."]
    if not any(isinstance(row["status"], str) for row in gaps):
        return f"{said[0]} Who is asked cannot be said: {REASONS[str(agreement['reason'])]}."
    if isinstance(agreement["reason"], str):
        said.append(f"Whether ratings and names go together cannot be told: {REASONS[agreement['reason']]}.")
    else:
        numbers = f"τ = {signed(agreement['kendall_tau'])}, q = {p_words(agreement['q'])}"
        said.append(f"{_together(agreement)} ({numbers}).")
    for status, words in ((UNASKED, "Experts, but hardly asked"), (UNRATED, "Asked, but not rated as experts")):
        those = sorted((row for row in gaps if row["status"] == status), key=lambda row: row["named_by"])
        those = those if status == UNASKED else those[::-1]
        if those:
            told = [f"{names[row['actor_id']]} (by {int(row['named_by'])})" for row in those]
            said.append(f"{words}: {listed(told)}.")
    if agreement["verdict"] == "flagged":
        said.append("Take this with care: some did not answer.")
    return " ".join(said)


def in_bands(agreement: Mapping[str, Any], gaps: Sequence[Row], fewest: int, *, whole: bool) -> str:
    """Of one topic, for readers who may see neither names nor counts.

    Args:
        agreement: its row of `expert_agreement`.
        gaps: rows of `expert_gap` of the people who may be seen.
        fewest: nothing is said of fewer people.
        whole: everybody may be seen, so that what all of them together said may be told.
    """
    if agreement["reason"] in ("nonresponse", "no_ties"):
        return f"who is asked cannot be said: {REASONS[agreement['reason']]}."
    known = [row for row in gaps if row["status"] is not None]
    if len(known) < fewest:
        return "too few people are rated to say anything."
    experts = [row for row in known if row["expert"]]
    others = [row for row in known if not row["expert"]]
    said = []
    if whole and not isinstance(agreement["reason"], str):
        said.append(f"{_together(agreement)}.")
    if len(experts) >= fewest:
        said.append(f"Of those rated as experts, {_band(experts, UNASKED)} are hardly asked.")
    if len(others) >= fewest:
        said.append(f"Of those not rated as experts, {_band(others, UNRATED)} are asked.")
    if said and agreement["verdict"] == "flagged":
        said.append("Take this with care: some did not answer.")
    return " ".join(said) or "too few people to show."


def by_topic(told: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """(topic, what is said of it) as sentences; topics of which the same is said stand together.

    >>> by_topic([("data", "nobody is rated."), ("law", "5 people rated."), ("budget", "nobody is rated.")])
    ('Data; budget: nobody is rated.', 'Law: 5 people rated.')
    """
    topics: dict[str, list[str]] = {}
    for topic, words in told:
        topics.setdefault(words, []).append(topic)
    openings = ((f"{'; '.join(those)}:", words) for words, those in topics.items())
    return tuple(f"{opening[:1].upper()}{opening[1:]} {words}" for opening, words in openings)


def _together(agreement: Mapping[str, Any]) -> str:
    if agreement["least_p"] > ALPHA:
        return UNTOLD
    if agreement["q"] > ALPHA:
        return UNRELATED
    return ALIKE if agreement["kendall_tau"] > 0 else OTHERWISE


def _band(those: Sequence[Row], status: str) -> str:
    """How many of these people have a status, in words that tell of nobody in particular."""
    share = sum(row["status"] == status for row in those) / len(those)
    return "fewer than half" if share < HALF else "half or more"
