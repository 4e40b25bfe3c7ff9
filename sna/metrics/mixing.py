"""Whether ties stay inside groups or cross between them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from sna.metrics.frames import Codes, actor_series, group_codes, ratio
from sna.networks.network import Bools, Floats, Network


def ties_inside_and_out(matrix: sparse.csr_array, codes: Codes) -> tuple[Codes, Codes]:
    """Each row's ties to its own group and to other groups; people without a group are nobody's."""
    ego, alter = matrix.nonzero()
    kept = (codes[ego] >= 0) & (codes[alter] >= 0)
    same = codes[ego] == codes[alter]
    n = len(codes)
    return np.bincount(ego[kept & same], minlength=n), np.bincount(ego[kept & ~same], minlength=n)


def cells_inside_and_out(network: Network, codes: Codes) -> tuple[Codes, Codes]:
    """Each person's observed cells about their own group and about other groups, over people whose group is stated."""
    stated = codes >= 0
    sizes = np.bincount(codes[stated], minlength=1)
    speaks = stated & network.answered
    inside = np.where(speaks, sizes[codes] - 1, 0)
    outside = np.where(speaks, stated.sum() - sizes[codes], 0)
    # A silent person's whole row is gone already: only holes in the rows of people who answered are taken away.
    holes = network.unknown_cells.multiply(speaks[:, None]).tocsr()
    unknown_inside, unknown_outside = ties_inside_and_out(holes, codes)
    return inside - unknown_inside, outside - unknown_outside


def _mixed(codes: Codes) -> bool:
    """At least two groups: otherwise no tie could cross."""
    return len(np.unique(codes[codes >= 0])) >= 2


def _members(codes: Codes) -> sparse.csr_array:
    """People × groups: 1 where the person is in the group."""
    stated = np.flatnonzero(codes >= 0)
    shape = (len(codes), int(codes.max(initial=-1)) + 1)
    return sparse.csr_array((np.ones(len(stated)), (stated, codes[stated])), shape=shape)


def ei_index(network: Network, group: pd.Series[str]) -> float:
    """Whether ties run between groups (towards +1) or stay inside them (towards −1).

    Formula:
        (E − I) / (E + I), E ties between groups, I ties within.
    Direction and strength:
        Directed ties: a mutual pair counts twice. Strength not used.

    Args:
        network: one relation in one wave, n people.
        group: text indexed by actor_id; null where not stated. Those people and their ties are left out.

    Returns:
        −1 … 1.

    Undefined when:
        no tie joins two people whose groups are stated, or everybody stated is in one group.
    Small n:
        its chance level is not 0 but depends on the sizes of groups; compare with shuffled groups only.
    Reference:
        Krackhardt & Stern (1988), Social Psychology Quarterly 51:123–140, doi:10.2307/2786835.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("a", "c")])
    >>> round(ei_index(network, pd.Series({"a": "x", "b": "x", "c": "y"})), 4)
    -0.3333
    """
    codes = group_codes(network, group)
    if not _mixed(codes):
        return float("nan")
    internal, external = ties_inside_and_out(network.matrix, codes)
    return float(ratio((external - internal).sum(), (external + internal).sum()))


def ego_ei(network: Network, group: pd.Series[str]) -> pd.Series[float]:
    """Whether a person's contacts are in other groups (towards +1) or in their own (towards −1).

    Formula:
        (E − I) / (E + I) over the person's contacts, each counted once.
    Direction and strength:
        None: a tie counts when either person reports it (union). Strength not used.

    Args:
        network: one relation in one wave, n people.
        group: text indexed by actor_id; null where not stated. Those people and their ties are left out.

    Returns:
        Series on actor_id; −1 … 1.

    Undefined when:
        the person's group is not stated, they have no contact whose group is stated, or everybody stated is in one
        group.
    Small n:
        people in small groups have high values by arithmetic: there are few of their own to be tied to.
    Reference:
        Krackhardt & Stern (1988), Social Psychology Quarterly 51:123–140, doi:10.2307/2786835.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("a", "c")])
    >>> ego_ei(network, pd.Series({"a": "x", "b": "x", "c": "y"})).tolist()
    [0.0, -1.0, 1.0]
    """
    codes = group_codes(network, group)
    internal, external = ties_inside_and_out(network.union, codes)
    values = ratio(external - internal, external + internal)
    return actor_series(network, values, "ego_ei", (codes >= 0) & _mixed(codes))


def ei_expected(network: Network, group: pd.Series[str]) -> float:
    """What the E-I index would be if ties took no notice of groups: the level that group sizes alone give.

    Formula:
        (E_max − I_max) / (E_max + I_max), E_max and I_max the ties possible between and within groups:
        Σ_{g≠h} n_g n_h and Σ_g n_g (n_g − 1) when everybody answered. Otherwise observed cells only are counted, since
        no other cell could have held a tie that `ei_index` counts.
    Direction and strength:
        The same on the turned network; ties and strength not used.

    Args:
        network: one relation in one wave, n people.
        group: text indexed by actor_id; null where not stated. Those people are left out.

    Returns:
        −1 … 1; comparable with `ei_index` of the same network and group.

    Undefined when:
        no cell between two people whose groups are stated is observed, or everybody stated is in one group.
    Small n:
        an expectation without a spread: a difference from it may still be chance. Compare with shuffled groups.
    Reference:
        Krackhardt & Stern (1988), Social Psychology Quarterly 51:123–140, doi:10.2307/2786835.

    >>> network = Network.from_ties(["a", "b", "c", "d"], [("a", "b")])
    >>> round(ei_expected(network, pd.Series({"a": "x", "b": "x", "c": "y", "d": "y"})), 4)
    0.3333
    """
    codes = group_codes(network, group)
    if not _mixed(codes):
        return float("nan")
    internal, external = cells_inside_and_out(network, codes)
    return float(ratio((external - internal).sum(), (external + internal).sum()))


def _spread(network: Network, codes: Codes) -> tuple[Floats, Bools]:
    """1 − Σ_g (k_ig / k_i)² over contacts, and for whom it is defined."""
    counts = network.union @ _members(codes)
    contacts = np.asarray(counts.sum(axis=1)).ravel()
    squares = np.asarray(counts.multiply(counts).sum(axis=1)).ravel()
    known = (codes >= 0) & (contacts > 0) & _mixed(codes)
    return 1 - ratio(squares, contacts**2), np.asarray(known, dtype=bool)


def participation(network: Network, group: pd.Series[str]) -> pd.Series[float]:
    """How evenly a person's contacts are spread over groups: 0 all in one group, near 1 spread over many.

    Formula:
        1 − Σ_g (k_ig / k_i)², k_ig the person's contacts in group g (their own group is one of them), k_i all.
    Direction and strength:
        None: a tie counts when either person reports it (union). Strength not used.

    Args:
        network: one relation in one wave, n people.
        group: text indexed by actor_id; null where not stated. Those people and their ties are left out.

    Returns:
        Series on actor_id; 0 … 1 − 1/G with G groups. People who did not answer have a value from what others said.

    Undefined when:
        the person's group is not stated, they have no contact whose group is stated, or everybody stated is in one
        group.
    Small n:
        cannot exceed 1 − 1/k_i with k_i contacts: always read degree beside it.
    Reference:
        Guimerà & Amaral (2005), Nature 433:895–900, doi:10.1038/nature03288.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("a", "c")])
    >>> participation(network, pd.Series({"a": "x", "b": "x", "c": "y"})).tolist()
    [0.5, 0.0, 0.0]
    """
    values, known = _spread(network, group_codes(network, group))
    return actor_series(network, values, "participation", known)


def iqv(network: Network, group: pd.Series[str]) -> pd.Series[float]:
    """How evenly a person's contacts are spread over groups, as a share of the most there could be.

    Formula:
        participation / (1 − 1/G), G the number of groups on the roster (index of qualitative variation).
    Direction and strength:
        None: a tie counts when either person reports it (union). Strength not used.

    Args:
        network: one relation in one wave, n people.
        group: text indexed by actor_id; null where not stated. Those people and their ties are left out.

    Returns:
        Series on actor_id; 0–1; 1 when the contacts are spread evenly over all groups.

    Undefined when:
        as for `participation`.
    Small n:
        somebody with fewer contacts than there are groups cannot reach 1: always read degree beside it.
    Reference:
        Agresti & Agresti (1978), Sociological Methodology 9:204–237.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("a", "c")])
    >>> iqv(network, pd.Series({"a": "x", "b": "x", "c": "y"})).tolist()
    [1.0, 0.0, 0.0]
    """
    codes = group_codes(network, group)
    values, known = _spread(network, codes)
    return actor_series(network, ratio(values, 1 - 1 / max(codes.max(initial=0) + 1, 1)), "iqv", known)


def _reached(network: Network, group: pd.Series[str], steps: int) -> pd.Series[float]:
    """How many groups other than their own each person meets within one or two steps."""
    codes = group_codes(network, group)
    members = _members(codes)
    one = network.union @ members
    within = one if steps == 1 else one + network.union @ one
    person, reached = within.nonzero()
    counted = np.bincount(person[reached != codes[person]], minlength=network.n)
    # Nobody can say how far somebody gets who said nothing and was never named.
    said = network.answered & (np.bincount(network.unknown_cells.nonzero()[0], minlength=network.n) < network.n - 1)
    known = said | (np.diff(network.union.indptr) > 0)
    return actor_series(network, counted, f"groups_reached_{steps}", known & (codes >= 0) & _mixed(codes))


def groups_reached_1(network: Network, group: pd.Series[str]) -> pd.Series[float]:
    """In how many groups other than their own a person has a contact.

    Formula:
        #{g ≠ g_i: somebody in g is a contact of i}.
    Direction and strength:
        None: a tie counts when either person reports it (union). Strength not used.

    Args:
        network: one relation in one wave, n people.
        group: text indexed by actor_id; null where not stated. Those people have no number and are in no group.

    Returns:
        Series on actor_id; groups, 0 … G − 1. For somebody who did not answer it is the least it can be: only what
        others said is known.

    Undefined when:
        the person's group is not stated, everybody stated is in one group, or the person neither said anything nor
        was named.
    Small n:
        grows with the number of contacts and of groups: never compare it between rosters with different groups.
    Reference:
        A plain count; no source beyond the definition above.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])
    >>> groups_reached_1(network, pd.Series({"a": "x", "b": "y", "c": "z"})).tolist()
    [1.0, 2.0, 1.0]
    """
    return _reached(network, group, 1)


def groups_reached_2(network: Network, group: pd.Series[str]) -> pd.Series[float]:
    """In how many groups other than their own a person has a contact, or a contact of a contact.

    Formula:
        #{g ≠ g_i: somebody in g is one or two steps from i}. The person in between may be of any group, or of none
        that is stated.
    Direction and strength:
        None: a tie counts when either person reports it (union). Strength not used.

    Args:
        network: one relation in one wave, n people.
        group: text indexed by actor_id; null where not stated. Those people have no number and are in no group.

    Returns:
        Series on actor_id; groups, 0 … G − 1; at least `groups_reached_1`. People who did not answer make it the
        least it can be, for themselves and for whoever would reach a group through them.

    Undefined when:
        as for `groups_reached_1`.
    Small n:
        soon reaches every group there is; then it says nothing about the person.
    Reference:
        As for `groups_reached_1`.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])
    >>> groups_reached_2(network, pd.Series({"a": "x", "b": "y", "c": "z"})).tolist()
    [2.0, 2.0, 2.0]
    """
    return _reached(network, group, 2)
