"""Fixed or by task? The index Φ, its three nulls, and what may be said. Φ is a proposal of this project."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sna.inference.chance import DRAWS, MOST_LISTED, Chance
from sna.inference.concentration import jackknife_interval
from sna.inference.naming import (
    Places,
    draw_no_experts,
    draw_unrelated,
    listed_no_experts,
    listed_unrelated,
)
from sna.inference.topic_blind import draw_topic_blind, listed_topic_blind, tables
from sna.metrics.fixity import (
    Counts,
    Decomposition,
    Nominations,
    decomposition,
    most_concentrated,
    pooled_counts,
    within_topics,
    x_log_x,
)
from sna.networks.network import Bools, Floats

ALPHA = 0.05
DIGITS, ROUNDING = 12, 1e-12
# Fewer topics, names each or people than these, and a single community can only be described (docs/methods.md).
ENOUGH_TOPICS, ENOUGH_NAMES, ENOUGH_PEOPLE = 5, 3, 12
LABELS = {
    "diffuse": "no concentration beyond chance",
    "fixed few": "the same few people whatever the topic",
    "by task": "different people for different topics",
    "partly fixed": "partly the same people, partly different ones by topic",
    "undetermined": "concentrated, but these data cannot tell whether on the same people",
}


@dataclass(frozen=True, eq=False)
class Fixity:
    """Whether nominations gather on few people, and whether on the same ones in all topics.

    Attributes:
        observed: the decomposition of the nominations.
        concentration: C = (T̄ − E_A) / (T_max − E_A): 0 as by chance, 1 as few people as the numbers of names allow.
        phi: Φ = (E_C − MI) / (E_C − E_B): 1 who is an expert does not depend on the topic, 0 topics have unrelated
            experts, below 0 expertise rotates; not clipped. NaN with a `reason`.
        low, high: 95 % interval of Φ, by leaving out each respondent in turn; NaN where Φ is, or with one respondent.
        p_concentrated: P_A(T̄* ≥ T̄), chance of so much concentration without any experts.
        p_differs: P_B(MI* ≥ MI), chance of topics so different when people name without regard to topic.
        p_fixed: P_C(MI* ≤ MI), chance of topics so alike when their experts have nothing to do with each other.
        label: `diffuse`, `fixed few`, `by task`, `partly fixed`, `undetermined`; None with a `reason` other than
            `degenerate_null`.
        reason: why Φ is undefined; None when it is not.
        enough: topics, names and people suffice for a verdict on one community; else describe only.
        no_experts, topic_blind, unrelated: what chance gives: T̄ under null A, MI under nulls B and C.
        respondents: people who answered about at least one topic.
    """

    observed: Decomposition
    concentration: float
    phi: float
    low: float
    high: float
    p_concentrated: float
    p_differs: float
    p_fixed: float
    label: str | None
    reason: str | None
    enough: bool
    no_experts: Chance | None
    topic_blind: Chance | None
    unrelated: Chance | None
    respondents: int

    @property
    def index(self) -> float:
        """EFI = max(C, 0) · max(Φ, 0): for sorting communities, never to be read by itself."""
        return max(self.concentration, 0.0) * max(self.phi, 0.0)


def fixity(
    found: Nominations, rng: np.random.Generator, draws: int = DRAWS, strata: npt.ArrayLike | None = None
) -> Fixity:
    """Test whether nominations are concentrated, and whether on the same people whatever the topic.

    Formula:
        Φ = (E_C[MI] − MI) / (E_C[MI] − E_B[MI]) with T̄ = T_pool + MI of `metrics.fixity.decomposition`.
        Null A, no experts: everybody draws their names at random. Null B, topic-blind: everybody names the same people
        as often, no matter on which topic. Null C, unrelated: within each topic nominees change places. All keep who
        answered and how many names each gave on each topic (C: how often each place is named).
    Direction and strength:
        Nominations received; strength not used.

    Args:
        found: who named whom on which topic.
        rng: draws from nulls with more than 20,000 members; smaller ones are listed in full.
        draws: how many from each null.
        strata: N values; under null C people change places with those of the same value only (such as role).

    Returns:
        Fixity.

    Undefined when:
        fewer than two topics (too_few_topics), fewer than three nominees (too_few_nodes), nobody answered
        (nonresponse), nobody was named (no_ties); Φ also when p_concentrated is above .05 or E_C − E_B is not above
        2 sd_B (degenerate_null: no concentration beyond chance, so nothing to be fixed).
    Small n:
        with fewer than 5 topics, 3 names each or 12 people a single community can only be described: at 9 people and
        3 topics every second real difference goes unseen (docs/methods.md).
    Reference:
        A proposal of this project. The decomposition is that of Mora & Ruiz-Castillo (2011), Sociological Methodology
        41:159–194, doi:10.1111/j.1467-9531.2011.01237.x.
    """
    if draws < 1:
        raise ValueError(f"there must be one draw at least, not {draws}")
    nan = float("nan")
    counts = found.counts
    people = len(found.respondents)
    observed = decomposition(counts) if counts.size else Decomposition(nan, nan, nan, nan)
    undefined = Fixity(observed, nan, nan, nan, nan, nan, nan, nan, None, None, False, None, None, None, people)
    if len(found.topics) < 2:
        return replace(undefined, reason="too_few_topics")
    if len(found.nominees) < 3:
        return replace(undefined, reason="too_few_nodes")
    if not people:
        return replace(undefined, reason="nonresponse")
    if not counts.any():
        return replace(undefined, reason="no_ties")
    places = np.unique(np.asarray(strata), return_inverse=True)[1] if strata is not None else np.zeros(counts.shape[1])
    groups = np.asarray(places, dtype=np.int64)
    no_experts = _no_experts(found, rng, draws)
    held, blind = draw_topic_blind(found, rng, draws)
    given = draw_unrelated(groups, len(found.topics), rng, draws)
    topic_blind = _topic_blind(found, blind)
    unrelated = _unrelated(counts, groups, given)
    p_a = no_experts.p_at_least(observed.within)
    p_b, p_c = topic_blind.p_at_least(observed.between), unrelated.p_at_most(observed.between)
    span = unrelated.mean - topic_blind.mean
    degenerate = not (p_a <= ALPHA and span > 2 * topic_blind.sd)
    phi = nan if degenerate else (unrelated.mean - observed.between) / span
    low, high = nan, nan
    if not degenerate and people > 1:
        low, high = jackknife_interval(phi, _left_out(found, held, blind, given))
    most = most_concentrated(found.named, found.open)
    room = most - no_experts.mean
    return replace(
        undefined,
        concentration=(observed.within - no_experts.mean) / room if room > ROUNDING else nan,
        phi=phi,
        low=low,
        high=high,
        p_concentrated=p_a,
        p_differs=p_b,
        p_fixed=p_c,
        label=label_of(p_a, p_b, p_c),
        reason="degenerate_null" if degenerate else None,
        enough=_enough(found),
        no_experts=no_experts,
        topic_blind=topic_blind,
        unrelated=unrelated,
    )


def _enough(found: Nominations) -> bool:
    """Whether there are topics, names and people enough for a verdict on one community."""
    asked = found.open.any(axis=2)
    names = found.named.sum(axis=2)[asked]
    return (
        len(found.topics) >= ENOUGH_TOPICS
        and len(found.nominees) >= ENOUGH_PEOPLE
        and bool(np.median(names) >= ENOUGH_NAMES)
    )


def label_of(p_a: float, p_b: float, p_c: float) -> str:
    """What p_concentrated, p_differs and p_fixed say together: one of `LABELS`.

    >>> label_of(0.2, 0.01, 0.01), label_of(0.01, 0.4, 0.01)
    ('diffuse', 'fixed few')
    """
    if p_a > ALPHA:
        return "diffuse"
    if p_c <= ALPHA:
        return "partly fixed" if p_b <= ALPHA else "fixed few"
    return "by task" if p_b <= ALPHA else "undetermined"


def _no_experts(found: Nominations, rng: np.random.Generator, draws: int) -> Chance:
    """T̄ under null A: listed topic by topic and put together, or drawn."""
    listed = listed_no_experts(found)
    total = int(found.named.sum())
    if listed is not None:
        values: Floats = np.zeros(1)
        ways: Floats = np.ones(1)
        for members in listed:
            counts = np.array(list(members))
            # A topic's part of T̄: M_t T_t / M, of the same ln N for all.
            part = np.nan_to_num(within_topics(counts[:, None, :])) * counts.sum(axis=1) / total
            sums = (values[:, None] + part[None, :]).round(DIGITS)
            chances = ways[:, None] * np.array(list(members.values()))[None, :]
            values, place = np.unique(sums.ravel(), return_inverse=True)
            ways = np.bincount(place, chances.ravel()).astype(float)
            if len(values) > MOST_LISTED:
                break
        else:
            return Chance(values, ways / ways.sum(), True)
    return Chance.drawn(within_topics(draw_no_experts(found, rng, draws)))


def _topic_blind(found: Nominations, blind: Counts) -> Chance:
    """MI under null B. Everybody keeps how often they name whom, so that T_pool is always the same."""
    listed = listed_topic_blind(found)
    pooled = float(pooled_counts(found.counts.sum(axis=0)))
    if listed is None:
        return Chance.drawn(within_topics(blind) - pooled)
    return Chance(within_topics(listed) - pooled, np.full(len(listed), 1 / len(listed)), True)


def _unrelated(counts: Counts, strata: Places, given: Places) -> Chance:
    """MI under null C. Each topic keeps its counts, so that T̄ is always the same."""
    listed = listed_unrelated(counts, strata)
    within = float(within_topics(counts))
    if listed is None:
        drawn = np.take_along_axis(np.broadcast_to(counts, given.shape), given, axis=2).sum(axis=1)
        return Chance.drawn(within - pooled_counts(drawn))
    return Chance(within - pooled_counts(np.array(listed)), np.full(len(listed), 1 / len(listed)), True)


def _left_out(found: Nominations, held: list[Bools], blind: Counts, given: Places) -> Floats:
    """Φ without each respondent in turn, on the same draws: what the respondent has in each draw is taken away."""
    phis = np.full(len(found.respondents), np.nan)
    counts = found.counts
    n, total = counts.shape[1], int(counts.sum())
    drawn = np.take_along_axis(np.broadcast_to(counts, given.shape), given, axis=2).sum(axis=1)
    # Where the nominations of each nominee go in each draw.
    goes = np.argsort(given, axis=2)
    rows = np.arange(len(given))
    worth = x_log_x(np.arange(total + 1))
    blind_sum, drawn_sum = worth[blind].sum(axis=(1, 2)), worth[drawn].sum(axis=1)
    for person, table in enumerate(tables(found)):
        own = found.named[:, person]
        left = counts - own
        names = int(left.sum())
        if not names:
            continue
        observed = decomposition(left)
        # Only the nominees they named change.
        theirs = np.flatnonzero(own.any(axis=0))
        mine = np.repeat(own[None][:, :, theirs], len(given), axis=0)
        mine[:, :, np.searchsorted(theirs, table.nominees)] = held[person]
        before = blind[:, :, theirs]
        change = (worth[before - mine] - worth[before]).sum(axis=(1, 2))
        apart = blind_sum + change - worth[left.sum(axis=1)].sum()
        expected_b = float(np.log(n) + apart.mean() / names - observed.pooled)
        pooled, change = drawn.copy(), np.zeros(len(given))
        for topic, nominee in np.argwhere(own).tolist():
            places = goes[:, topic, nominee]
            before = pooled[rows, places]
            change += worth[before - 1] - worth[before]
            pooled[rows, places] = before - 1
        apart = drawn_sum + change - worth[names]
        expected_c = float(observed.within - np.log(n) - apart.mean() / names)
        if expected_c - expected_b > ROUNDING:
            phis[person] = (expected_c - observed.between) / (expected_c - expected_b)
    return phis


__all__ = ["ALPHA", "LABELS", "Fixity", "fixity", "label_of"]
