"""Experts nobody asks, and people who are asked without being experts: ratings of expertise beside names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

import numpy as np

from sna.inference.chance import DRAWS, SAME, Chance
from sna.inference.rated import rating_agreement
from sna.inference.several import benjamini_hochberg
from sna.metrics.fixity import Nominations
from sna.rows import Row

UNASKED, UNRATED, BOTH, NEITHER = "expert but unasked", "asked but not expert", "expert and asked", "neither"
STATUS: Mapping[tuple[bool, bool], str] = {
    (True, False): UNASKED,
    (False, True): UNRATED,
    (True, True): BOTH,
    (False, False): NEITHER,
}
# (relation, person) → how expert the person is on it.
Ratings = Mapping[tuple[str, str], float]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "expert_gap": (
        "relation",
        "actor_id",
        "rating",
        "expert",
        "named_by",
        "could",
        "by_chance",
        "asked",
        "status",
        "verdict",
        "reason",
    ),
    "expert_agreement": (
        "relation",
        "rated",
        "experts",
        "unasked_experts",
        "asked_others",
        "kendall_tau",
        "p",
        "least_p",
        "q",
        "verdict",
        "reason",
    ),
}


def expert_gap(found: Nominations, ratings: Ratings, expert_from: float) -> list[Row]:
    """One row per topic and nominee who is rated on it: are they an expert, and are they asked?

    A person counts as an expert from the rating `expert_from` on. They count as asked when at least one person names
    them, and at least as many as would on average if everybody drew their names at random: where all give three names
    almost everybody is named by somebody, and where the names go to few people those few must not hide the rest.

    Args:
        found: who named whom.
        ratings: how expert people are.
        expert_from: see above.

    Returns:
        Rows of `expert_gap`; `asked` and `status` are null where nobody could have named the person (nonresponse) or
        nobody was named on the topic (no_ties).

    >>> ana_names_ben = np.array([[[False, True, False]]])
    >>> cells = Nominations(("data",), ("ana",), ("ana", "ben", "cy"), ana_names_ben, np.array([[[False, True, True]]]))
    >>> rows = expert_gap(cells, {("data", "ben"): 2, ("data", "cy"): 5}, 4)
    >>> [(row["actor_id"], row["named_by"], row["by_chance"], row["status"]) for row in rows]
    [('ben', 1, 0.5, 'asked but not expert'), ('cy', 0, 0.5, 'expert but unasked')]
    """
    counts, chance, known = found.counts, found.by_chance, found.open.sum(axis=1)
    rows: list[Row] = []
    for at, topic in enumerate(found.topics):
        nobody_named = not counts[at].any()
        for place, person in enumerate(found.nominees):
            rating = ratings.get((topic, person))
            if rating is None:
                continue
            named_by, could = int(counts[at, place]), int(known[at, place])
            expert = rating >= expert_from
            row: Row = {"relation": topic, "actor_id": person, "rating": rating, "expert": expert}
            row |= {"named_by": named_by, "could": could, "by_chance": float(chance[at, place])}
            if nobody_named or not could:
                row |= {"asked": None, "status": None, "reason": "nonresponse" if not could else "no_ties"}
            else:
                asked = named_by > 0 and named_by >= chance[at, place] - SAME
                row |= {"asked": asked, "status": STATUS[expert, asked], "reason": None}
            rows.append(row)
    return rows


def gap_tables(
    found: Nominations,
    ratings: Ratings,
    expert_from: float,
    verdicts: Mapping[str, str],
    rng_of: Callable[[str], np.random.Generator],
    draws: int = DRAWS,
) -> dict[str, list[Row]]:
    """The rows of both tables, in one community.

    Args:
        found: who named whom.
        ratings: how expert people are.
        expert_from: the rating from which somebody is an expert.
        verdicts: relation → what the response gate says of how often people are named; `withheld` makes that null.
        rng_of: relation → what deals its ratings anew.
        draws: how many times.
    """
    gaps, agreement = expert_gap(found, ratings, expert_from), []
    for topic in found.topics:
        mine = [row for row in gaps if row["relation"] == topic]
        for one in mine:
            one["verdict"] = verdicts[topic]
        known = [row for row in mine if row["status"] is not None]
        row: Row = {
            "relation": topic,
            "rated": len(mine),
            "experts": sum(bool(one["expert"]) for one in mine),
            "verdict": verdicts[topic],
        }
        if verdicts[topic] == "withheld":
            for one in mine:
                one |= {"named_by": None, "by_chance": None, "asked": None, "status": None, "reason": "nonresponse"}
            agreement.append({**row, "reason": "nonresponse"})
            continue
        if not known:
            why = next((one["reason"] for one in mine), "too_few_nodes")
            agreement.append({**row, "reason": why})
            continue
        rated = np.array([one["rating"] for one in known], dtype=float)
        shares = np.array([one["named_by"] for one in known], dtype=float) / [one["could"] for one in known]
        test = rating_agreement(rated, shares, rng_of(topic), draws)
        counted = {
            "unasked_experts": sum(one["status"] == UNASKED for one in known),
            "asked_others": sum(one["status"] == UNRATED for one in known),
        }
        tested = {"kendall_tau": test.observed, "p": test.p, "least_p": _least_p(test.chance), "reason": test.reason}
        agreement.append({**row, **counted, **tested})
    return {"expert_gap": gaps, "expert_agreement": _with_q(agreement)}


def _least_p(chance: Chance | None) -> float:
    """The smallest p, of both tails, that this reference set can give; NaN without one."""
    if chance is None:
        return float("nan")
    ends = chance.p_at_least(float(chance.values.max())), chance.p_at_most(float(chance.values.min()))
    return min(1.0, 2 * min(ends))


def _with_q(rows: list[Row]) -> list[Row]:
    """The rows of one community with `q`: `p` corrected for there being several topics."""
    p = [cast("float", row.get("p", np.nan)) for row in rows]
    return [{**row, "q": q} for row, q in zip(rows, benjamini_hochberg(p).tolist(), strict=True)]
