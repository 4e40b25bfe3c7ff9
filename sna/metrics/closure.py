"""Returned ties and closed triangles: whether ties go both ways, and whether contacts know each other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from sna.metrics.cells import Positions, dyads, kinds_of_triangle, row_sums, triangle_kinds, triangles, two_steps
from sna.metrics.frames import actor_series, ratio
from sna.networks.network import Floats, Network
from sna.networks.pairs import AWAY, BACK, MUTUAL, Pairs

Worth = Callable[[Positions, Positions, Positions], tuple[Floats | float, Floats | float, Floats | float]]


def reciprocity(network: Network) -> float:
    """Of the ties between people who both answered, the share that is returned.

    Formula:
        Σ A_ij A_ji / Σ A_ij over pairs of which both cells are observed (arc based: a mutual pair counts twice).
    Direction and strength:
        The same on the turned network; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        share, 0–1.

    Undefined when:
        no tie lies in a pair of which both cells are observed. (R sna::grecip counts empty pairs by default; this
        does not.)
    Small n:
        depends on density; compare with the same number of ties placed at random.
    Reference:
        Garlaschelli & Loffredo (2004), Physical Review Letters 93:268701, doi:10.1103/PhysRevLett.93.268701.

    >>> round(reciprocity(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("a", "c")])), 4)
    0.6667
    """
    found = dyads(network)
    returned = 2 * found.mutual_count
    return float(ratio(returned, returned + found.asymmetric_count))


def reciprocity_adjusted(network: Network) -> float:
    """How much oftener ties are returned than they would be if they fell anywhere at random.

    Formula:
        ρ = (r − d) / (1 − d), with r from `reciprocity` and d the share of ties among the same cells: those of pairs
        of which both cells are observed.
    Direction and strength:
        The same on the turned network; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        at most 1; 1 every tie is returned, 0 as often as chance would have it, below 0 less often than that.

    Undefined when:
        no tie lies in a pair of which both cells are observed, or all these cells are ties (d = 1).
    Small n:
        takes density out, so that waves can be compared; with few ties one returned tie moves it far.
    Reference:
        Garlaschelli & Loffredo (2004), Physical Review Letters 93:268701, doi:10.1103/PhysRevLett.93.268701.

    >>> round(reciprocity_adjusted(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("a", "c")])), 4)
    0.3333
    """
    found = dyads(network)
    density = ratio(2 * found.mutual_count + found.asymmetric_count, 2 * found.pairs)
    return float(ratio(reciprocity(network) - density, 1 - density))


def ego_reciprocity(network: Network) -> pd.Series[float]:
    """Of a person's ties with people who also answered, the share that goes both ways.

    Formula:
        #{j: A_ij = A_ji = 1} / #{j: A_ij = 1 or A_ji = 1}, over j for whom both cells are observed.
    Direction and strength:
        The same on the turned network; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; share, 0–1.

    Undefined when:
        the person did not answer, or has no tie with anybody who answered about them.
    Small n:
        rests on a handful of ties each: one tie can move it from 0 to 1.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, ch. 13, doi:10.1017/CBO9780511815478.

    >>> ego_reciprocity(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("c", "a")])).tolist()
    [0.5, 1.0, 0.0]
    """
    tied = dyads(network).tied
    return actor_series(network, ratio(tied.people(tied.kind == MUTUAL), tied.people()), "ego_reciprocity")


def why_not_beyond_chance(network: Network) -> str:
    """Why `reciprocity_adjusted` is undefined in a network with ties."""
    return "no_variation" if len(dyads(network).tied.kind) else "nonresponse"


def transitivity(network: Network) -> float:
    """When one person names a second who names a third, how often the first names the third too.

    Formula:
        share of two-step paths i→j→k (i ≠ k, cell (i, k) observed) with i→k.
    Direction and strength:
        Directed; the same on the turned network (R sna::gtrans "weak"; networkx.transitivity on a DiGraph is
        something else). On mutual ties 3 · triangles / triples. Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        share, 0–1.

    Undefined when:
        there is no two-step path with a known third side.
    Small n:
        rises with density; compare with chance.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, ch. 6, doi:10.1017/CBO9780511815478.

    >>> transitivity(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("a", "c"), ("b", "d")]))
    0.5
    """
    pairs, ties = network.pairs, network.matrix
    away, back = pairs.kind != BACK, pairs.kind != AWAY
    received, given = pairs.people(back, away), pairs.people(away, back)
    there_and_back = 2 * np.count_nonzero(pairs.kind == MUTUAL)
    # A path starts with a tie, so its starter answered: only single cells left empty can hide the third side.
    hidden = two_steps(ties, ties, network.holes).sum() if network.holes.nnz else 0
    closed = (triangle_kinds(pairs) * _CLOSED_WAYS).sum()
    return float(ratio(closed, received @ given - there_and_back - hidden))


# In a triangle whose pairs are of these kinds, how many two-step paths have their third side.
_CLOSED_WAYS = np.zeros((4, 4, 4), dtype=np.int64)
for _kinds, _ties in kinds_of_triangle():
    _CLOSED_WAYS[_kinds] = (_ties @ _ties * _ties).sum()


def transitivity_undirected(network: Network) -> float:
    """Of the pairs of people who share a contact, how often the two are in contact themselves.

    Formula:
        3 · triangles / triples; a triple is two contacts of one person, over every person.
    Direction and strength:
        None: a tie counts when either person reports it (union). Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        share, 0–1.

    Undefined when:
        nobody has two contacts.
    Small n:
        rises with density, compare with chance; ties between two people who did not answer are missing.
    Reference:
        Newman, Strogatz & Watts (2001), Physical Review E 64:026118, doi:10.1103/PhysRevE.64.026118.

    >>> round(transitivity_undirected(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("a", "c")])), 4)
    1.0
    """
    contacts = network.pairs.people()
    found = sum(len(ab) for ab, _, _ in triangles(network.pairs))
    return float(ratio(6 * found, (contacts * (contacts - 1)).sum()))


def _round_each(pairs: Pairs, worth: Worth) -> Floats:
    """The triangles round each person, each for what it is worth to its three people by rank."""
    found = np.zeros(pairs.n)
    for ab, ac, bc in triangles(pairs):
        people = pairs.lower.take(ab), pairs.higher.take(ab), pairs.higher.take(ac)
        for person, weight in zip(people, worth(ab, ac, bc), strict=True):
            np.add.at(found, person, weight)
    return found


def clustering(network: Network) -> pd.Series[float]:
    """Of the pairs among a person's contacts, the share that is in contact.

    Formula:
        2 t_i / (k_i (k_i − 1)), t_i ties among the k_i contacts.
    Direction and strength:
        None: a tie counts when either person reports it (union). Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; share, 0–1.

    Undefined when:
        the person has fewer than two contacts (networkx says 0).
    Small n:
        with two contacts it is 0 or 1 and nothing between; ties between two people who did not answer are missing.
    Reference:
        Watts & Strogatz (1998), Nature 393:440–442, doi:10.1038/30918.

    >>> clustering(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("a", "c"), ("b", "c"), ("a", "d")])).tolist()
    [0.3333333333333333, 1.0, 1.0, nan]
    """
    contacts, closed = network.pairs.people(), _round_each(network.pairs, lambda *_: (1.0, 1.0, 1.0))
    return actor_series(network, ratio(2 * closed, contacts * (contacts - 1)), "clustering")


def clustering_directed(network: Network) -> pd.Series[float]:
    """Of the triangles that a person and two contacts could form, counting each direction, the share they do form.

    Formula:
        C_i = ½ [(A + Aᵀ)³]_ii / (d_i (d_i − 1) − 2 b_i), d_i ties given and received, b_i contacts tied both ways.
    Direction and strength:
        All eight ways of pointing three ties round a triangle count alike; the same on the turned network. Strength
        not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; share, 0–1; the same as `clustering` on mutual ties.

    Undefined when:
        the person has fewer than two contacts (the formula is 0/0; networkx says 0).
    Small n:
        rests on a handful of triangles each; ties of people who did not answer are missing.
    Reference:
        Fagiolo (2007), Physical Review E 76:026107, doi:10.1103/PhysRevE.76.026107.

    >>> clustering_directed(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("a", "c")])).tolist()
    [0.5, 0.5, 0.5, nan]
    """
    pairs, ties = network.pairs, network.pairs.ties
    total, mutual = pairs.people(ties), pairs.people(ties - 1)

    def ways(ab: Positions, ac: Positions, bc: Positions) -> tuple[Floats, Floats, Floats]:
        found = ties.take(ab) * ties.take(ac) * ties.take(bc)
        return found, found, found

    possible = total * (total - 1) - 2 * mutual
    return actor_series(network, ratio(_round_each(pairs, ways), possible), "clustering_directed")


def ego_density(network: Network) -> pd.Series[float]:
    """Of the ties a person's contacts could have reported among themselves, the share that they did.

    Formula:
        Σ A_qr / number of observed cells (q, r), over ordered pairs of the person's contacts; the person is left out.
    Direction and strength:
        A contact is anybody tied to the person in either direction; among contacts each direction counts. Strength
        not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; share, 0–1.

    Undefined when:
        the person has fewer than two contacts, or nobody among the contacts answered about another.
    Small n:
        with two contacts it can only be 0, ½ or 1.
    Reference:
        Burt (1992), Structural Holes, Harvard University Press; Wasserman & Faust (1994), Social Network Analysis,
        ch. 4, doi:10.1017/CBO9780511815478.

    >>> ego_density(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("a", "c"), ("b", "c")])).tolist()
    [0.5, 0.5, 0.5, nan]
    """
    pairs, ties, answered = network.pairs, network.pairs.ties, network.answered.astype(float)
    reported = _round_each(pairs, lambda ab, ac, bc: (ties.take(bc), ties.take(ac), ties.take(ab)))
    contacts_who_answered = pairs.people(answered.take(pairs.higher), answered.take(pairs.lower))
    cells = contacts_who_answered * (pairs.people() - 1)
    if network.holes.nnz:
        cells -= row_sums(two_steps(network.union, network.holes, network.union))
    return actor_series(network, ratio(reported, cells), "ego_density")


def why_no_ego_density(network: Network) -> list[str]:
    """Why `ego_density` is undefined for each person, wherever it is."""
    return ["no_triples" if contacts < 2 else "nonresponse" for contacts in network.pairs.people().tolist()]
