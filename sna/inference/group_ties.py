"""Do ties keep to groups beyond chance? Measures of mixing beside what the same ties give when people are shuffled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sna.inference.chance import DRAWS, Chance
from sna.inference.permutation import PermutationTest
from sna.inference.shuffles import shuffled
from sna.metrics.frames import Codes, group_codes, ratio
from sna.metrics.homophily import assortativity, coleman_homophily, why_no_tendency, yules_q
from sna.metrics.mixing import ei_index
from sna.networks.network import Floats, Network

NULL = "the same ties, people shuffled among the groups, silent people among themselves"
OVERALL = ("ei_index", "yules_q", "assortativity")
# Ties of all draws that are looked at together.
AT_ONCE = 2_000_000


@dataclass(frozen=True, eq=False)
class GroupTies:
    """How far ties keep to groups, beside chance.

    Attributes:
        overall: `ei_index`, `yules_q` and `assortativity` of the network.
        homophily: Coleman's homophily of each group, by name.
        drawn: (ways, groups) homophily of each group in each way, in the order of `homophily`; NaN where undefined.
        exact: these are all ways there are.
    """

    overall: dict[str, PermutationTest]
    homophily: dict[str, PermutationTest]
    drawn: Floats
    exact: bool

    def apart(self, one: str, other: str) -> Chance:
        """The homophily of one group less that of another when people are shuffled.

        Both are taken from the same shuffle: whom one group gains the other loses, so that the two rise and fall
        against each other. As if they were drawn apart, a test at .05 rejects one time in six.
        """
        names = list(self.homophily)
        first, second = (self.drawn[:, names.index(name)] for name in (one, other))
        return _chance(first - second, self.exact)


def group_ties_test(network: Network, group: pd.Series[str], rng: np.random.Generator, draws: int = DRAWS) -> GroupTies:
    """Whether ties stay inside groups, or cross between them, more than if the same groups held other people.

    Where everybody answered, what `label_permutation` gives of each measure, in a hundredth of the time: all draws are
    counted together, and all measures of the same draws. Where not, people who answered change places with people who
    answered only (`shuffled` says why).

    Args:
        network: one relation in one wave; its ties, and its unknown cells, stay where they are.
        group: text indexed by actor_id; null where not stated. Those people and their ties are left out.
        rng: shuffles who is in which group.
        draws: how many times, unless there are no more than 20,000 different ways, which are then all gone through.

    Returns:
        GroupTies; draws in which a measure is undefined are left out of its chance.

    Undefined when:
        nobody's group is stated (no_group), everybody stated is in one group (one_group), nobody answered
        (nonresponse), there is no tie (no_ties), or none between people whose groups are stated (no_group), or the
        measure is undefined for another reason (no_variation). Homophily: the group's people name nobody (no_ties), or
        could name none of their own, or only their own (small_groups).
    Small n:
        two groups of three people can be mixed in 20 ways: no p below .05 on one side, or .1 on both.
    Reference:
        Krackhardt & Stern (1988), Social Psychology Quarterly 51:123–140, doi:10.2307/2786835; the measures:
        sna.metrics.mixing and sna.metrics.homophily.

    >>> ties = [("a", "b"), ("b", "a"), ("c", "d"), ("d", "c")]
    >>> sides = pd.Series({"a": "x", "b": "x", "c": "y", "d": "y"})
    >>> found = group_ties_test(Network.from_ties(list("abcd"), ties), sides, np.random.default_rng(1))
    >>> found.overall["ei_index"].observed, round(found.overall["ei_index"].p_low, 4), sorted(found.homophily)
    (-1.0, 0.3333, ['x', 'y'])
    """
    values = {name: measure(network, group) for name, measure in _OBSERVED.items()}
    table = coleman_homophily(network, group)
    reason = _reason(network, group)
    if reason is not None:
        nothing = PermutationTest(float("nan"), None, NULL, reason)
        none = np.empty((0, len(table)))
        return GroupTies(dict.fromkeys(OVERALL, nothing), dict.fromkeys(table["group"], nothing), none, False)
    stated = np.asarray(pd.factorize(group.reindex(list(network.actors)), sort=True)[0], dtype=np.int64)
    members = np.flatnonzero(stated >= 0)
    among = network.among({network.actors[i] for i in members})
    ways, exact = shuffled(stated[members], rng, draws, among.answered)
    most = max(1, AT_ONCE // max(among.matrix.nnz, among.n, 1))
    parts = [_measures(among, ways[start : start + most], len(table)) for start in range(0, len(ways), most)]
    drawn = {name: np.concatenate([part[name] for part in parts]) for name in [*OVERALL, "homophily"]}
    overall = {name: _test(values[name], drawn[name], exact, "no_variation") for name in OVERALL}
    kept = zip(table["group"], table["homophily"].tolist(), table["total"].tolist(), strict=True)
    homophily = {
        name: _test(value, drawn["homophily"][:, place], exact, "small_groups" if total else "no_ties")
        for place, (name, value, total) in enumerate(kept)
    }
    return GroupTies(overall, homophily, drawn["homophily"], exact)


_OBSERVED = {"ei_index": ei_index, "yules_q": yules_q, "assortativity": assortativity}


def _reason(network: Network, group: pd.Series[str]) -> str | None:
    codes = group_codes(network, group)
    if codes.max(initial=-1) < 1:
        return "one_group" if (codes >= 0).any() else "no_group"
    if not network.respondents:
        return "nonresponse"
    if not network.matrix.nnz:
        return "no_ties"
    why = why_no_tendency(network, group)
    return why if why == "no_group" else None


def _test(observed: float, values: Floats, exact: bool, reason: str) -> PermutationTest:
    if np.isnan(observed):
        return PermutationTest(float("nan"), None, NULL, reason)
    chance = _chance(values, exact)
    if not len(chance.values):
        return PermutationTest(float(observed), None, NULL, "no_variation")
    return PermutationTest(float(observed), chance, NULL)


def _chance(values: Floats, exact: bool) -> Chance:
    """The values that are defined."""
    defined = values[~np.isnan(values)]
    return Chance(defined, np.full(len(defined), 1 / max(len(defined), 1)), exact)


def _measures(among: Network, ways: Codes, groups: int) -> dict[str, Floats]:
    """Each measure for each way in which the people are in groups; `homophily` has a column for each group."""
    many, n = ways.shape
    ego, alter = among.matrix.nonzero()
    given, received = np.bincount(ego, minlength=n), np.bincount(alter, minlength=n)
    rows, columns = among.holes.nonzero()
    hidden = np.bincount(rows, minlength=n)
    observed = np.where(among.answered, n - 1 - hidden, 0)
    sizes = np.bincount(ways[0], minlength=groups)

    def by_group(which: Codes, values: Floats) -> Floats:
        """(ways, groups): sums of what belongs to people, or ties, by group."""
        place = np.arange(many)[:, None] * groups + which
        spread = np.broadcast_to(values, which.shape).ravel()
        sums = np.bincount(place.ravel(), weights=spread, minlength=many * groups).astype(float)
        return np.asarray(sums.reshape(many, groups))

    same = ways[:, ego] == ways[:, alter]
    unseen = ways[:, rows] == ways[:, columns]
    inside, ties = same.sum(axis=1), len(ego)
    across = ties - inside
    # Of each person's observed cells, how many are about their own group; less what is hidden there.
    share = ratio(given, observed)
    share[observed == 0] = 0.0
    own = np.where(among.answered, sizes[ways] - 1, 0)
    within = own.sum(axis=1) - unseen.sum(axis=1)
    out, into = (by_group(ways, values.astype(float)) for values in (given, received))
    chance = (out * into).sum(axis=1)
    expected = by_group(ways, share * own) - by_group(ways[:, rows], share[rows] * unseen)
    kept = by_group(ways[:, ego], same.astype(float))
    # Sums of shares miss 0 and the total by rounding; both mean that there was nothing to choose.
    expected = np.where(np.abs(expected) < 1e-9, 0.0, np.where(np.abs(expected - out) < 1e-9, out, expected))
    homophily = ratio(kept - expected, np.where(kept >= expected, out - expected, expected))
    homophily[expected == 0] = np.nan
    return {
        "ei_index": ratio(across - inside, np.full(many, ties)),
        "yules_q": _yules_q(inside, within - inside, across, observed.sum() - within - across),
        "assortativity": ratio(ties * inside - chance, ties * ties - chance),
        "homophily": homophily,
    }


def _yules_q(inside: Codes, inside_absent: Codes, across: Codes, across_absent: Codes) -> Floats:
    """As `metrics.homophily.yules_q`, for many tables of four counts."""
    four = np.array([inside, inside_absent, across, across_absent], dtype=float)
    margins = np.array([four[0] + four[1], four[2] + four[3], four[0] + four[2], four[1] + four[3]])
    four = four + 0.5 * (four.min(axis=0) == 0)
    kept, crossed = four[0] * four[3], four[2] * four[1]
    values = ratio(kept - crossed, kept + crossed)
    values[margins.min(axis=0) == 0] = np.nan
    return values


__all__ = ["OVERALL", "GroupTies", "group_ties_test"]
