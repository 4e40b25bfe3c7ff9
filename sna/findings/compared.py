"""What is said of communities side by side: where they are beyond chance, and which differences survive."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Any

import pandas as pd

from sna.findings.words import in_words, listed
from sna.terms import REASONS

SURE = 0.05
# Measure → name of it, and what a higher value is.
LABELS: Mapping[str, str] = {
    "reciprocity_adjusted": "Ties go both ways",
    "transitivity": "Closed circles",
    "indegree_centralization": "Gathered on one person",
    "gini_indegree": "Unequally named",
    "homophily": "Ties stay inside",
}
MORE: Mapping[str, str] = {
    "reciprocity_adjusted": "Ties go both ways more often",
    "transitivity": "Circles are closed more often",
    "indegree_centralization": "Ties gather more on one person",
    "gini_indegree": "People are named more unequally",
    "homophily": "Ties stay inside the community more",
    "dosage": "People attend more of the time on offer",
}
NO_DIFFERENCE = (
    "No difference between communities is beyond what their sizes, their numbers of ties and chance would give.",
    "That does not show that they are alike: among so few people only large differences can be seen.",
)
HOW = (
    "Raw numbers of communities of different size do not compare. Each is therefore set beside what as many ties would "
    "give if they stood anywhere, and two communities differ only where their difference goes beyond that."
)
CAUTIONS = (
    "More ties, or ties gathered less, are not better: a community is good by what its people learn, which is not "
    "here.",
    "That one community is beyond chance and another is not does not make the two different; only the differences "
    "listed as such are.",
    "What differs may differ because of who the members are, or of who answered: nothing here says why.",
)


def beyond(row: Mapping[str, Any]) -> str:
    """One measure of one community beside chance, in a word or two."""
    if isnan(row["value"]):
        return "cannot be said" if row["reason"] != "nonresponse" else "too few answered"
    if isnan(row["q"]):
        return "–"
    if row["q"] > SURE:
        return "as by chance"
    return "more than chance" if row["p_high"] < row["p_low"] else "less than chance"


def why_not(row: Mapping[str, Any]) -> str:
    """Why a measure says nothing, as a sentence without its end."""
    return REASONS.get(str(row["reason"]), "it cannot be said")


def differences(table: pd.DataFrame) -> tuple[str, ...]:
    """One sentence for each measure and the communities above the same others; none where nothing survives."""
    said = []
    lasting = table[table["survives"].eq(True)]
    for measure, part in lasting.groupby("measure", sort=False):
        below: dict[str, list[str]] = {}
        for row in part.to_dict("records"):
            # The difference beside what sizes alone give, not the raw one.
            up = row["difference"] > row["expected"]
            first, second = (row["community"], row["other"]) if up else (row["other"], row["community"])
            below.setdefault(first, []).append(second)
        alike: dict[tuple[str, ...], list[str]] = {}
        for community, others in below.items():
            alike.setdefault(tuple(others), []).append(community)
        for beneath, above in sorted(alike.items(), key=lambda item: -len(item[0])):
            said.append(f"{MORE[str(measure)]} in {listed(above)} than in {listed(beneath)}.")
    return tuple(said)


def counted(table: pd.DataFrame) -> str:
    """How many differences survive, in a few words."""
    tests, lasting = int(table["p"].notna().sum()), int(table["survives"].eq(True).sum())
    if not tests:
        return "nothing could be compared"
    some = "no difference is" if not lasting else "one difference is" if lasting == 1 else f"{in_words(lasting)} are"
    return f"{some} beyond chance, of {tests} that were looked at"


__all__ = ["CAUTIONS", "HOW", "LABELS", "NO_DIFFERENCE", "beyond", "counted", "differences", "why_not"]
