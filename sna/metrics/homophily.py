"""Whether people name their own kind more than chance would have it: by group, and by number of contacts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sna.metrics.frames import Codes, group_codes, ratio
from sna.metrics.mixing import cells_inside_and_out, ties_inside_and_out
from sna.networks.network import Floats, Network


@dataclass(frozen=True)
class FourCounts:
    """Observed cells between people whose groups are stated, by whether they lie within a group and hold a tie.

    Attributes:
        inside: ties within groups.
        inside_absent: cells within groups reported to hold no tie.
        across: ties between groups.
        across_absent: cells between groups reported to hold no tie.
    """

    inside: int
    inside_absent: int
    across: int
    across_absent: int

    @property
    def defined(self) -> bool:
        """There are ties and gaps, and cells within and between groups: something could have come out otherwise."""
        ties, gaps = self.inside + self.across, self.inside_absent + self.across_absent
        within, between = self.inside + self.inside_absent, self.across + self.across_absent
        return min(ties, gaps, within, between) > 0

    @property
    def adjusted(self) -> bool:
        """One of the counts is 0, so that .5 is added to all four: to be said beside Yule's Q."""
        return self.defined and min(self.inside, self.inside_absent, self.across, self.across_absent) == 0


def four_counts(network: Network, group: pd.Series[str]) -> FourCounts:
    """Ties and gaps within and between groups, over observed cells; people whose group is not stated are left out.

    >>> four_counts(Network.from_ties(["a", "b", "c"], [("a", "b")]), pd.Series({"a": "x", "b": "x", "c": "y"}))
    FourCounts(inside=1, inside_absent=1, across=0, across_absent=4)
    """
    codes = group_codes(network, group)
    inside, across = (int(counts.sum()) for counts in ties_inside_and_out(network.matrix, codes))
    within, between = (int(counts.sum()) for counts in cells_inside_and_out(network, codes))
    return FourCounts(inside, within - inside, across, between - across)


def yules_q(network: Network, group: pd.Series[str]) -> float:
    """Whether a tie is likelier within groups (towards +1) or between them (towards −1); 0 when equally likely.

    Formula:
        (OR − 1) / (OR + 1), OR = (I · NE) / (E · NI): I and E ties within and between groups, NI and NE cells within
        and between groups that hold no tie. When one of the four is 0, .5 is added to all (`four_counts` says so).
    Direction and strength:
        Directed cells, the same on the turned network; strength not used.

    Args:
        network: one relation in one wave, n people.
        group: text indexed by actor_id; null where not stated. Those people and their ties are left out.

    Returns:
        −1 … 1; does not depend on the sizes of groups. Unknown cells are neither ties nor gaps.

    Undefined when:
        everybody stated is in one group, or no cell within or none between groups is observed (everybody their own
        group), or no observed cell holds a tie, or all do.
    Small n:
        with a count of 0 the value is made by the .5; a few ties move it far.
    Reference:
        Yule (1912), Journal of the Royal Statistical Society 75:579–652; Bojanowski & Corten (2014), Social Networks
        39:14–32.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])
    >>> yules_q(network, pd.Series({"a": "x", "b": "x", "c": "y"}))
    0.5
    """
    counts = four_counts(network, group)
    if not counts.defined:
        return float("nan")
    added = 0.5 if counts.adjusted else 0.0
    kept = (counts.inside + added) * (counts.across_absent + added)
    crossed = (counts.across + added) * (counts.inside_absent + added)
    return (kept - crossed) / (kept + crossed)


def assortativity(network: Network, group: pd.Series[str]) -> float:
    """How far ties stay inside groups, against ties of the same people ending anywhere: 1 all inside, 0 no matter.

    Formula:
        (Σ_g e_gg − Σ_g a_g b_g) / (1 − Σ_g a_g b_g), e_gh the share of ties from group g to group h, a_g = Σ_h e_gh,
        b_g = Σ_h e_hg.
    Direction and strength:
        Directed ties, the same on the turned network; strength not used.

    Args:
        network: one relation in one wave, n people.
        group: text indexed by actor_id; null where not stated. Those people and their ties are left out.

    Returns:
        −1 … 1; the least it can be is above −1 when groups differ in size.

    Undefined when:
        everybody stated is in one group, no tie joins two people whose groups are stated, or all those ties lie in
        one and the same group.
    Small n:
        one tie can move it far; compare with shuffled groups.
    Reference:
        Newman (2003), Physical Review E 67:026126, doi:10.1103/PhysRevE.67.026126.

    >>> network = Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("c", "d")])
    >>> assortativity(network, pd.Series({"a": "x", "b": "x", "c": "y", "d": "y"}))
    1.0
    """
    codes = group_codes(network, group)
    ego, alter = (codes[ends] for ends in network.matrix.nonzero())
    stated = (ego >= 0) & (alter >= 0)
    groups = int(codes.max(initial=-1)) + 1
    given, received = (np.bincount(ends[stated], minlength=groups) for ends in (ego, alter))
    # In whole numbers: a difference of 0 is then exactly 0.
    ties, same, chance = int(stated.sum()), int((ego == alter)[stated].sum()), int(given @ received)
    return float(ratio(ties * same - chance, ties * ties - chance))


def degree_assortativity(network: Network) -> float:
    """Whether people with many contacts are in contact with others who have many (+) or with those who have few (−).

    Formula:
        Pearson correlation of k_i and k_j over the pairs in contact, each pair read both ways; k contacts.
    Direction and strength:
        None: a tie counts when either person reports it (union), so that there is one number of contacts for each
        person and not the four in–out versions. Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        −1 … 1. networkx `degree_assortativity_coefficient` of the undirected network.

    Undefined when:
        there is no tie, or everybody who has a contact has equally many.
    Small n:
        negative by arithmetic when a few people have most of the contacts. Ties between two people who did not
        answer are missing, and with them part of their contacts.
    Reference:
        Newman (2002), Physical Review Letters 89:208701, doi:10.1103/PhysRevLett.89.208701.

    >>> degree_assortativity(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("c", "d")]))
    -0.5
    """
    ego, alter = network.union.nonzero()
    contacts = np.bincount(ego, minlength=network.n)
    ends = contacts[ego]
    # In whole numbers, and Python's own for the products: a variance of 0 is then exactly 0, and nothing overflows.
    pairs, total = len(ends), int(ends.sum())
    joint, squares = int((ends * contacts[alter]).sum()), int((ends * ends).sum())
    above, below = pairs * joint - total * total, pairs * squares - total * total
    return above / below if below else float("nan")


def _sorted_groups(network: Network, group: pd.Series[str]) -> tuple[Codes, list[str]]:
    """Each person's group as its place among the sorted names of groups, −1 where not stated; and those names."""
    codes, names = pd.factorize(group.reindex(list(network.actors)), sort=True)
    return np.asarray(codes, dtype=np.int64), [str(name) for name in names]


def mixing_matrix(network: Network, group: pd.Series[str]) -> pd.DataFrame:
    """How many ties run from each group to each group, of how many that were possible.

    Formula:
        ties_gh = Σ_{i∈g, j∈h} A_ij; possible_gh the observed cells from g to h, n_g n_h or n_g (n_g − 1) when
        everybody answered; density = ties / possible.
    Direction and strength:
        From the group of the person who answered to the group of the person named. Strength not used.

    Args:
        network: one relation in one wave, n people.
        group: text indexed by actor_id; null where not stated. Those people and their ties are left out.

    Returns:
        One row per ordered pair of groups, sorted by name: from, to (text), ties, possible (whole numbers), density
        (share, 0–1).

    Undefined when:
        density: no cell from the one group to the other is observed (nobody in `from` answered, or a group of one
        with itself).
    Small n:
        a block of two small groups has few cells: read the density beside the numbers.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, ch. 10, doi:10.1017/CBO9780511815478.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("a", "c")], answered=["a", "b"])
    >>> mixing_matrix(network, pd.Series({"a": "x", "b": "x", "c": "y"}))["density"].tolist()
    [0.5, 0.5, nan, nan]
    """
    codes, names = _sorted_groups(network, group)
    g = len(names)

    def by_pair(ego: Codes, alter: Codes) -> Codes:
        kept = (ego >= 0) & (alter >= 0)
        return np.bincount(ego[kept] * g + alter[kept], minlength=g * g)

    speaks = network.answered & (codes >= 0)
    sizes, speakers = (np.bincount(codes[who], minlength=g) for who in (codes >= 0, speaks))
    holes = np.array(network.unknown_cells.nonzero(), dtype=np.int64)
    ego, alter = codes[holes[:, network.answered[holes[0]]]]
    possible = (np.outer(speakers, sizes) - np.diag(speakers)).ravel() - by_pair(ego, alter)
    ego, alter = (codes[ends] for ends in network.matrix.nonzero())
    ties = by_pair(ego, alter)
    pairs = {"from": np.repeat(np.arange(g), g), "to": np.tile(np.arange(g), g)}
    columns = {column: pd.Series([names[k] for k in places], dtype="str") for column, places in pairs.items()}
    return pd.DataFrame({**columns, "ties": ties, "possible": possible, "density": ratio(ties, possible)})


def coleman_homophily(network: Network, group: pd.Series[str]) -> pd.DataFrame:
    """For each group, how far its people name their own more (towards 1) or less (towards −1) than chance would.

    Formula:
        s ties of the group's people within it, o all their ties, e = Σ_{i∈g} k_i w_i with w_i the share of i's
        observed cells that lie in the group: (n_g − 1)/(n − 1) when i answered everything.
        homophily = (s − e)/(o − e) if s ≥ e, else (s − e)/e.
    Direction and strength:
        Outgoing nominations. Strength not used.

    Args:
        network: one relation in one wave, n people.
        group: text indexed by actor_id; null where not stated. Those people and their ties are left out.

    Returns:
        One row per group, sorted by name: group (text), same = s, total = o (whole numbers), expected = e (ties),
        homophily (−1 … 1).

    Undefined when:
        homophily: everybody stated is in one group, the group's people name nobody whose group is stated, or those
        who name somebody could name none of their own (a group of one) or only their own.
    Small n:
        with few ties in all, one tie more or less moves it far: read it beside `total`.
    Reference:
        Coleman (1958), Human Organization 17:28–36.

    >>> network = Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("b", "a"), ("c", "a"), ("b", "c")])
    >>> coleman_homophily(network, pd.Series({"a": "x", "b": "x", "c": "y", "d": "y"}))["homophily"].tolist()
    [0.5, -1.0]
    """
    codes, names = _sorted_groups(network, group)
    inside, outside = ties_inside_and_out(network.matrix, codes)
    within, between = cells_inside_and_out(network, codes)
    chance = np.nan_to_num(ratio((inside + outside) * within, within + between))
    stated = codes >= 0

    def by_group(values: Codes | Floats) -> Floats:
        sums = np.bincount(codes[stated], weights=values[stated].astype(float), minlength=len(names))
        return np.asarray(sums, dtype=float)

    same, total, expected = by_group(inside), by_group(inside + outside), by_group(chance)
    more = same >= expected
    homophily = ratio(same - expected, np.where(more, total - expected, expected))
    # Nobody of their own to name: 0 of 0 expected is no evidence of anything.
    homophily[(expected == 0) | (len(names) < 2)] = np.nan
    return pd.DataFrame(
        {
            "group": pd.Series(names, dtype="str"),
            "same": same.astype(np.int64),
            "total": total.astype(np.int64),
            "expected": expected,
            "homophily": homophily,
        }
    )


def why_no_tendency(network: Network, group: pd.Series[str]) -> str:
    """Why a measure of ties inside and between groups is undefined in a network with ties and two groups."""
    codes = group_codes(network, group)
    i, j = network.matrix.nonzero()
    return "no_variation" if bool(((codes[i] >= 0) & (codes[j] >= 0)).any()) else "no_group"
