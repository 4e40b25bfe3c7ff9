"""What is said about expertise: on whom nominations gather, and whether on the same people whatever the topic."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Any

import pandas as pd

from sna.expertise import EVERYONE
from sna.findings.words import count, people, percent
from sna.results import Results
from sna.study import Expertise
from sna.terms import REASONS

IN_SHORT: Mapping[str, str] = {
    "diffuse": "spread as by chance",
    "fixed few": "the same few for everything",
    "by task": "different people by topic",
    "partly fixed": "partly the same people",
    "undetermined": "few people; the same ones or not cannot be told",
}
IN_FULL: Mapping[str, str] = {
    "diffuse": "Names are spread no more unevenly than chance would have it, which does not show that all are sought "
    "alike.",
    "fixed few": "The same few people are named whatever the topic.",
    "by task": "Different people are named for different topics.",
    "partly fixed": "Some people are named whatever the topic, others on single topics.",
    "undetermined": "Names gather on few people; whether on the same ones for every topic, these answers cannot tell.",
}
NOT_GIVEN = "not given"
HALF = 0.5
CAUTIONS = (
    "To be named often is not to be good at something, and not to be named is not to be bad at it: names show whom "
    "people think of first.",
    "Few people named for everything may be few people who know everything, or few whom everybody knows. Ask before "
    "concluding.",
    "Compare communities by what goes beyond chance, never by the share of names alone: the fewer the people, the "
    "larger that share is by chance.",
)
SHADES = ("nobody", "fewer than one in five", "one in five to half", "more than half")
PROPOSAL = (
    "Φ is a proposal of this project: 1, who is named does not depend on the topic; 0, topics have unrelated experts; "
    "below 0, expertise rotates. The range is a 95 % interval. C: 0, names gather as by chance; 1, on as few people as "
    "possible (sna.inference.fixity; docs/simulations.md says how often the tests err)."
)


def rows_of(table: pd.DataFrame, wave: str, community: str | None, nominees: str) -> pd.DataFrame:
    """The rows of one community in one of the tables of expertise."""
    same = table["community"].isna() if community is None else table["community"] == community
    return table[(table["wave"] == wave) & same & (table["nominees"] == nominees)]


def shade(named_by: int, could: int) -> int:
    """Place in `SHADES`: what part of those who answered named a person.

    >>> [shade(named, 10) for named in (0, 1, 2, 5, 6)]
    [0, 1, 2, 2, 3]
    """
    if not named_by:
        return 0
    share = named_by / could
    return 1 if share < 0.2 else 2 if share <= HALF else 3


def in_short(row: Mapping[str, Any]) -> str:
    """The verdict in a few words."""
    label = row["label"]
    return IN_SHORT[label] if isinstance(label, str) else NOT_GIVEN


def sentences(results: Results, row: Mapping[str, Any], *, numbers: bool, shares: bool = True) -> tuple[str, ...]:
    """Two to five plain sentences about one community.

    Args:
        results: everything computed.
        row: its row of the table `fixity`.
        numbers: say Φ, too.
        shares: say what part of the names go to few people.
    """
    label = row["label"]
    if not isinstance(label, str):
        return (f"Nothing can be said: {REASONS[str(row['reason'])]}.",)
    said = [IN_FULL[label]]
    if label in ("fixed few", "by task", "partly fixed") and not row["enough"]:
        asked = f"{people(int(row['people']))} who can be named and {count(int(row['topics']), 'topic')}"
        said.append(f"With {asked}, and as few names as each gave, read this as a description, not as a verdict.")
    said += _shares(results, row) if shares else []
    if row["verdict"] == "flagged":
        said.append("Take this with care: some did not answer.")
    if numbers and not isnan(row["phi"]):
        ends = "" if isnan(row["low"]) else f" ({signed(row['low'])} to {signed(row['high'])})"
        said.append(f"Φ = {signed(row['phi'])}{ends}, C = {signed(row['concentration'])}.")
    return tuple(said)


def _shares(results: Results, row: Mapping[str, Any]) -> list[str]:
    """What part of the names go to few people, beside chance; topics on which most go to one person."""
    said = []
    where = (row["wave"], None if pd.isna(row["community"]) else row["community"], row["nominees"])
    mine = rows_of(results.expertise.concentration, *where)
    three = mine[mine["measure"] == "top3_share"]
    pooled = three[three["relation"].isna()].to_dict("records")
    if pooled and not isnan(pooled[0]["value"]):
        said.append(
            f"Over all topics {percent(pooled[0]['value'])} of the names go to three people; names written at random "
            f"would give them about {percent(pooled[0]['chance_mean'])}, seldom more than "
            f"{percent(pooled[0]['chance_95'])}."
        )
    alone = mine[(mine["measure"] == "top1_share") & mine["relation"].notna() & (mine["value"] > HALF)]
    for relation, value in zip(alone["relation"], alone["value"], strict=True):
        declared = results.study.relation(relation)
        said.append(f"On {declared.topic or declared.label}, {percent(value)} of the names go to one person.")
    return said


def whose(declared: Expertise, nominees: str) -> str:
    """Whose nominations are counted, in words; empty when everyone's are."""
    if nominees == EVERYONE or declared.column is None:
        return ""
    return f"Counted are nominations of people whose {declared.column} is {' or '.join(declared.nominees)}."


def signed(value: float) -> str:
    """A number with two digits and a true minus sign.

    >>> signed(-0.456), signed(1)
    ('−0.46', '1.00')
    """
    return f"{value:.2f}".replace("-", "−")


__all__ = ["CAUTIONS", "PROPOSAL", "SHADES", "in_short", "rows_of", "sentences", "shade", "signed", "whose"]
