"""Censuses: how many pairs and how many threesomes there are of each kind."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from sna.metrics.cells import Dyads, dyads, kinds_of_triangle, ones, triangle_kinds, triangles, two_steps
from sna.metrics.frames import ratio
from sna.networks.network import Floats, Network
from sna.networks.pairs import AWAY, BACK, MUTUAL, Pairs

TRIADS = (
    "003", "012", "102", "021D", "021U", "021C", "111D", "111U", "030T", "030C", "201", "120D", "120U", "120C", "210",
    "300",
)  # fmt: skip
# Those in which all three pairs are tied, and those in which two are.
CLOSED = ("030T", "030C", "120D", "120U", "120C", "210", "300")
OPEN = ("021D", "021U", "021C", "111D", "111U", "201")


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
        are counted from the ties of the person in the middle, closed ones one by one, the others from what then
        remains.
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
    by_pairs = triangle_kinds(found.tied)
    counts = {kind: float(by_pairs[place].sum()) for kind, place in _PLACES.items()}
    counts |= _open_triads(found, counts)
    counts |= _loose_triads(found, counts, network.respondents)
    counts["003"] = _observed_triads(found.unknown, network.respondents) - sum(counts.values())
    values = np.array([counts[kind] for kind in TRIADS])
    if not values.sum():
        values = np.full(len(TRIADS), np.nan)
    return pd.Series(values, index=pd.Index(TRIADS, dtype="str", name="triad"), name="triad_census")


def _kind(ties: npt.NDArray[np.int64]) -> str:
    """The kind of three people who are all tied, from their ties: 3 × 3 of 0 and 1."""
    one_way = ties * (1 - ties.T)
    given, received = int(one_way.sum(axis=1).max()), int(one_way.sum(axis=0).max())
    match int(ties.sum()) - 3:
        case 0:
            return "030T" if given == 2 else "030C"
        case 1:
            return "120D" if given == 2 else "120U" if received == 2 else "120C"
        case mutual:
            return "210" if mutual == 2 else "300"


_KIND_OF = {kinds: _kind(ties) for kinds, ties in kinds_of_triangle()}
# Where `triangle_kinds` counts the groups of each kind in which all three pairs are tied.
_PLACES = {kind: tuple(np.transpose([k for k, found in _KIND_OF.items() if found == kind])) for kind in CLOSED}


def _ways(first: sparse.csr_array, second: sparse.csr_array, where: sparse.csr_array) -> float:
    return float(two_steps(first, second, where).sum())


def _either(pairs: Pairs) -> sparse.csr_array:
    """The pairs as n × n sparse 0/1, symmetric."""
    lower, higher = pairs.lower, pairs.higher
    return ones(pairs.n, np.concatenate([lower, higher]), np.concatenate([higher, lower]))


def _one_way(pairs: Pairs) -> sparse.csr_array:
    """The ties that are not returned as n × n sparse 0/1."""
    away, back = pairs.take(pairs.kind == AWAY), pairs.take(pairs.kind == BACK)
    return ones(pairs.n, np.concatenate([away.lower, back.higher]), np.concatenate([away.higher, back.lower]))


def _open_triads(found: Dyads, closed: dict[str, float]) -> dict[str, float]:
    """The kinds in which two pairs are tied: pairs of ties of one person, less those whose third pair is not null."""
    tied = found.tied
    away, back = tied.kind == AWAY, tied.kind == BACK
    given, received, both = tied.people(away, back), tied.people(back, away), tied.people(tied.kind == MUTUAL)
    # What is taken off first are the corners of closed groups, which are pairs of ties of one person too.
    t030, c030, d120, u120, c120, t210, t300 = (closed[kind] for kind in CLOSED)
    hidden = _hidden_triads(found)
    return {
        "021D": _two_of(given) - (t030 + d120) - hidden["021D"],
        "021U": _two_of(received) - (t030 + u120) - hidden["021U"],
        "021C": float(given @ received) - (t030 + 3 * c030 + c120) - hidden["021C"],
        "111D": float(both @ received) - (2 * d120 + c120 + t210) - hidden["111D"],
        "111U": float(both @ given) - (2 * u120 + c120 + t210) - hidden["111U"],
        "201": _two_of(both) - (t210 + 3 * t300) - hidden["201"],
    }


def _hidden_triads(found: Dyads) -> dict[str, float]:
    """As `_open_triads`: pairs of ties of one person whose third pair is unknown."""
    if not len(found.unknown.keys):
        return dict.fromkeys(OPEN, 0.0)
    arc, mutual, unknown = (
        _one_way(found.tied),
        _either(found.tied.take(found.tied.kind == MUTUAL)),
        _either(found.unknown),
    )
    back = arc.T.tocsr()
    return {
        "021D": _ways(back, arc, unknown) / 2,
        "021U": _ways(arc, back, unknown) / 2,
        "021C": _ways(arc, arc, unknown),
        "111D": _ways(arc, mutual, unknown),
        "111U": _ways(mutual, arc, unknown),
        "201": _ways(mutual, mutual, unknown) / 2,
    }


def _loose_triads(found: Dyads, closed: dict[str, float], people: int) -> dict[str, float]:
    """The kinds in which one pair is tied: a tied pair, and each third person who is neither tied nor unknown to it."""
    tied, unknown = found.tied, found.unknown
    taken = tied.people() + unknown.people()
    ends = taken.take(tied.lower) + taken.take(tied.higher)
    mutual = tied.kind == MUTUAL
    # Whoever is near both people of the pair was taken off twice: as often as a closed group has such a pair.
    t030, c030, d120, u120, c120, t210, t300 = (closed[kind] for kind in CLOSED)
    one_way_twice = 3 * (t030 + c030) + 2 * (d120 + u120 + c120) + t210
    mutual_twice = d120 + u120 + c120 + 2 * t210 + 3 * t300
    if len(unknown.keys):
        union, untold = _either(tied), _either(unknown)
        near = union + untold
        arc, both = _one_way(tied), _either(tied.take(mutual))
        one_way_twice += _ways(near, untold, arc) + _ways(untold, union, arc)
        mutual_twice += (_ways(near, untold, both) + _ways(untold, union, both)) / 2
    return {
        "012": float(found.asymmetric_count * people - ends[~mutual].sum()) + one_way_twice,
        "102": float(found.mutual_count * people - ends[mutual].sum()) + mutual_twice,
    }


def _observed_triads(unknown: Pairs, people: int) -> float:
    """Groups of three of which all six cells are observed: all, less those with one, two or three unknown pairs."""
    per_person = unknown.people()
    three = sum(len(ab) for ab, _, _ in triangles(unknown))
    with_unknown = len(unknown.keys) * (people - 2) - _two_of(per_person) + three
    return float(people * (people - 1) * (people - 2) / 6 - with_unknown)


def _two_of(number: Floats) -> float:
    """Pairs that can be made of each number of things, added up."""
    return float((number * (number - 1)).sum() / 2)
