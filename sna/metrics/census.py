"""Censuses: how many pairs and how many threesomes there are of each kind."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from sna.metrics.cells import Dyads, dyads, row_sums, two_steps
from sna.metrics.frames import ratio
from sna.networks.network import Floats, Network

TRIADS = (
    "003", "012", "102", "021D", "021U", "021C", "111D", "111U", "030T", "030C", "201", "120D", "120U", "120C", "210",
    "300",
)  # fmt: skip


def dyads_mutual(network: Network) -> float:
    """How many pairs of people name each other.

    Formula:
        M = #{i < j: A_ij = A_ji = 1}, over pairs of which both cells are observed.
    Direction and strength:
        The same on the turned network; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        pairs, 0 … n(n − 1)/2.

    Undefined when:
        there is no pair of which both cells are observed.
    Small n:
        a count: grows with the people who answered, so compare shares between waves.
    Reference:
        Holland & Leinhardt (1970), American Journal of Sociology 76:492–513, doi:10.1086/224954.

    >>> dyads_mutual(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("a", "c")]))
    1.0
    """
    found = dyads(network)
    return float(found.mutual_count) if found.pairs else float("nan")


def dyads_asymmetric(network: Network) -> float:
    """How many pairs of people are tied in one direction only.

    Formula:
        A = #{i < j: A_ij + A_ji = 1}, over pairs of which both cells are observed.
    Direction and strength:
        As `dyads_mutual`.

    Args:
        network: one relation in one wave, n people.

    Returns:
        pairs, 0 … n(n − 1)/2.

    Undefined when:
        as for `dyads_mutual`.
    Small n:
        as for `dyads_mutual`.
    Reference:
        As for `dyads_mutual`.

    >>> dyads_asymmetric(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("a", "c")]))
    1.0
    """
    found = dyads(network)
    return float(found.asymmetric_count) if found.pairs else float("nan")


def dyads_null(network: Network) -> float:
    """How many pairs of people both answered and named each other in neither direction.

    Formula:
        N = #{i < j: A_ij = A_ji = 0}, over pairs of which both cells are observed.
    Direction and strength:
        As `dyads_mutual`.

    Args:
        network: one relation in one wave, n people.

    Returns:
        pairs, 0 … n(n − 1)/2.

    Undefined when:
        as for `dyads_mutual`.
    Small n:
        as for `dyads_mutual`; it grows with the square of the number of people by itself.
    Reference:
        As for `dyads_mutual`.

    >>> dyads_null(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("a", "c")]))
    1.0
    """
    found = dyads(network)
    return float(found.pairs - found.mutual_count - found.asymmetric_count) if found.pairs else float("nan")


def dyad_reciprocity(network: Network) -> float:
    """Of the pairs of people who are tied at all, the share in which both name each other.

    Formula:
        M / (M + A), with M from `dyads_mutual` and A from `dyads_asymmetric`.
    Direction and strength:
        The same on the turned network; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        share, 0–1; never above `reciprocity`, in which a mutual pair counts twice.

    Undefined when:
        no tie lies in a pair of which both cells are observed.
    Small n:
        depends on density; compare with the same number of ties placed at random.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, ch. 13, doi:10.1017/CBO9780511815478.

    >>> dyad_reciprocity(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("a", "c")]))
    0.5
    """
    found = dyads(network)
    return float(ratio(found.mutual_count, found.mutual_count + found.asymmetric_count))


def triad_census(network: Network) -> pd.Series[float]:
    """How many groups of three people there are of each of the sixteen kinds in which three people can be tied.

    Formula:
        every group of three of which all six cells are observed has one kind: its numbers of mutual, asymmetric and
        null pairs, and D (down), U (up), T (transitive) or C (cycle, chain) where these leave a choice. Open groups
        are counted from the ties of the person in the middle, closed ones from the two ways between two people who
        are tied, the others from what then remains.
    Direction and strength:
        Follows nominations; on the turned network 021D and 021U, 111D and 111U, and 120D and 120U change places.
        Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series of 16 counts indexed by kind, `003` (no tie) to `300` (all tied both ways), in the usual order; the sum
        is the number of groups of three of which all six cells are observed.

    Undefined when:
        there is no such group of three: then all 16 are.
    Small n:
        largely decided by the numbers of mutual, asymmetric and null pairs: compare with networks that have the same.
    Reference:
        Holland & Leinhardt (1976), Sociological Methodology 7:1–45, doi:10.2307/270703; Batagelj & Mrvar (2001),
        Social Networks 23:237–243, doi:10.1016/S0378-8733(01)00035-1; Faust (2007), Sociological Methodology
        37:209–256.

    >>> counts = triad_census(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("a", "c")]))
    >>> counts[counts > 0].to_dict()
    {'012': 3.0, '030T': 1.0}
    """
    found = dyads(network)
    counts = _closed_triads(found)
    counts |= _open_triads(found, counts)
    counts |= _loose_triads(found, network.respondents)
    counts["003"] = _observed_triads(found.unknown, network.respondents) - sum(counts.values())
    values = np.array([counts[kind] for kind in TRIADS])
    if not values.sum():
        values = np.full(len(TRIADS), np.nan)
    return pd.Series(values, index=pd.Index(TRIADS, dtype="str", name="triad"), name="triad_census")


def _ways(first: sparse.csr_array, second: sparse.csr_array, where: sparse.csr_array) -> float:
    return float(two_steps(first, second, where).sum())


def _closed_triads(found: Dyads) -> dict[str, float]:
    """The kinds in which all three pairs are tied: two steps from one person to another, and a tie between the two."""
    arc, mutual = found.asymmetric, found.mutual
    back = arc.T.tocsr()
    return {
        "030T": _ways(arc, arc, arc),
        "030C": _ways(arc, arc, back) / 3,
        "120D": _ways(back, arc, mutual) / 2,
        "120U": _ways(arc, back, mutual) / 2,
        "120C": _ways(arc, arc, mutual),
        "210": _ways(mutual, mutual, arc),
        "300": _ways(mutual, mutual, mutual) / 6,
    }


def _open_triads(found: Dyads, closed: dict[str, float]) -> dict[str, float]:
    """The kinds in which two pairs are tied: pairs of ties of one person, less those whose third pair is not null."""
    arc, mutual, unknown = found.asymmetric, found.mutual, found.unknown
    back = arc.T.tocsr()
    given, received, both = row_sums(arc), row_sums(back), row_sums(mutual)
    # What is taken off first are the corners of closed groups, which are pairs of ties of one person too.
    t030, c030, d120, u120, c120, t210, t300 = (
        closed[kind] for kind in ("030T", "030C", "120D", "120U", "120C", "210", "300")
    )
    return {
        "021D": _two_of(given) - (t030 + d120) - _ways(back, arc, unknown) / 2,
        "021U": _two_of(received) - (t030 + u120) - _ways(arc, back, unknown) / 2,
        "021C": float(given @ received) - (t030 + 3 * c030 + c120) - _ways(arc, arc, unknown),
        "111D": float(both @ received) - (2 * d120 + c120 + t210) - _ways(arc, mutual, unknown),
        "111U": float(both @ given) - (2 * u120 + c120 + t210) - _ways(mutual, arc, unknown),
        "201": _two_of(both) - (t210 + 3 * t300) - _ways(mutual, mutual, unknown) / 2,
    }


def _loose_triads(found: Dyads, people: int) -> dict[str, float]:
    """The kinds in which one pair is tied: a tied pair, and each third person who is neither tied nor unknown to it."""
    arc, mutual = found.asymmetric, found.mutual
    near = (arc + arc.T + mutual + found.unknown).tocsr()
    taken = row_sums(near)

    def with_a_third(pairs: sparse.csr_array) -> float:
        # Whoever is near both people of the pair was taken off twice.
        ends = row_sums(pairs) + row_sums(pairs.T.tocsr())
        return float(pairs.nnz * people - ends @ taken) + _ways(near, near, pairs)

    return {"012": with_a_third(arc), "102": with_a_third(mutual) / 2}


def _observed_triads(unknown: sparse.csr_array, people: int) -> float:
    """Groups of three of which all six cells are observed: all, less those with one, two or three unknown pairs."""
    per_person = row_sums(unknown)
    with_unknown = per_person.sum() / 2 * (people - 2) - _two_of(per_person) + _ways(unknown, unknown, unknown) / 6
    return float(people * (people - 1) * (people - 2) / 6 - with_unknown)


def _two_of(number: Floats) -> float:
    """Pairs that can be made of each number of things, added up."""
    return float((number * (number - 1)).sum() / 2)
