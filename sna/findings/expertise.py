"""What is said about expertise: on whom nominations gather, and whether on the same people whatever the topic."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Any

import pandas as pd

from sna.analyses import Expertise
from sna.expert_communities import EVERYONE
from sna.findings.words import count, people, percent
from sna.results import Results
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
TOGETHER: Mapping[str, str] = {
    "diffuse": "Names are spread no more unevenly than chance would have it, even over all of them, which does not "
    "show that all are sought alike.",
    "fixed few": "Over all of them, the same few people of a community are named whatever the topic.",
    "by task": "Over all of them, different people of a community are named for different topics.",
    "partly fixed": "Over all of them, some people are named whatever the topic and others on single topics; or the "
    "communities are not of one kind.",
    "undetermined": "Over all of them, names gather on few people; whether on the same ones for every topic, these "
    "answers cannot tell.",
}
NOT_GIVEN = "not given"
HALF = 0.5
# From these shares on something would very probably, or more likely than not, have been found.
SURELY, PROBABLY = 0.8, 0.5
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
    said = [IN_FULL[label], *_power(row, numbers=numbers)]
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
    most = rows_of(results.expertise.most_named, *where)
    for one in most[most["hangs"].eq(True)].to_dict("records"):
        declared = results.study.relation(str(one["relation"]))
        said.append(f"On {declared.topic or declared.label}, {percent(one['share'])} of the names go to one person.")
    return said


def _power(row: Mapping[str, Any], *, numbers: bool) -> list[str]:
    """Where nothing was found: whether it would have been, had there been something to find."""
    strong, weak = row["power_8"], row["power_3"]
    if row["label"] != "diffuse" or isnan(strong) or isnan(weak):
        return []
    if numbers:
        return [
            "Had three people been eight times as likely to be named as anybody else, whatever the topic, these "
            f"answers would have shown it in {_of_hundred(strong)} of 100 cases; had they been three times as likely, "
            f"in {_of_hundred(weak)}."
        ]
    words = [_how_likely(share) for share in (strong, weak)]
    return [
        f"Three people far more sought than anybody else {words[0]} shown here; three somewhat more sought {words[1]}."
    ]


def _of_hundred(share: float) -> str:
    """A share of 1 as a number of a hundred.

    >>> [_of_hundred(share) for share in (0.0, 0.994, 0.9999, 1.0)]
    ['fewer than 1', '99', '99', '99 or more']
    """
    return "fewer than 1" if share < 0.005 else "99 or more" if share == 1 else str(min(round(100 * share), 99))


def _how_likely(share: float) -> str:
    return (
        "would very probably have"
        if share >= SURELY
        else "would probably have"
        if share >= PROBABLY
        else "might not have"
    )


def together(results: Results, wave: str, nominees: str, *, numbers: bool) -> tuple[str, ...]:
    """What all communities of a wave show together, where single ones are too small for a verdict of their own.

    Args:
        results: everything computed.
        wave: its id.
        nominees: whose nominations count.
        numbers: say the p-values, too.

    Returns:
        Sentences; none where there is nothing to put together, or each community suffices by itself.
    """
    pooled, single = (
        table[(table["wave"] == wave) & (table["nominees"] == nominees)]
        for table in (results.expertise.fixity_pooled, results.expertise.fixity)
    )
    row = next(iter(pooled.to_dict("records")), None)
    if row is None or not isinstance(row["label"], str) or bool(single["enough"].all()):
        return ()
    found = [
        TOGETHER[row["label"]],
        f"Not every community has people, topics and names enough for a verdict of its own: "
        f"{count(int(row['communities']), 'community', 'communities')} were therefore tested together.",
        "What holds of all of them together need not hold of each.",
    ]
    if numbers:
        p = [f"{words} {p_words(row[name])}" for name, words in P_OF.items()]
        found.append(f"p: {', '.join(p)} (Stouffer; rather too high than too low in small communities).")
    return tuple(found)


P_OF = {"p_concentrated": "concentrated", "p_differs": "topics differ", "p_fixed": "topics alike"}


def p_words(p: float) -> str:
    """A p-value for reading.

    >>> p_words(0.03412), p_words(2e-18)
    ('0.034', 'below 0.001')
    """
    return "below 0.001" if p < 0.001 else f"{p:.3f}"


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


__all__ = [
    "CAUTIONS",
    "PROPOSAL",
    "SHADES",
    "in_short",
    "p_words",
    "rows_of",
    "sentences",
    "shade",
    "signed",
    "together",
    "whose",
]
