"""How closely a network holds together: density, returned ties, closed triads, pieces."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csgraph

from sna.metrics.frames import Codes, actor_series, answerers, ratio
from sna.networks.network import Bools, Floats, Network


def ties(network: Network) -> float:
    """How many ties were reported.

    Formula:
        m = Σ A_ij.
    Direction and strength:
        Directed: two people who name each other make two ties. Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        ties, 0 … n(n − 1).

    Undefined when:
        nobody answered, or n < 2.
    Small n:
        counts only what people who answered reported: never compare it between waves with different response.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, doi:10.1017/CBO9780511815478.

    >>> ties(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a")]))
    2.0
    """
    return float(network.matrix.nnz) if network.observed.any() else float("nan")


def mean_outdegree(network: Network) -> float:
    """How many people somebody who answered names, on average.

    Formula:
        m / r, with r the people who answered. Single cells they left empty count as not named.
    Direction and strength:
        Outgoing nominations; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        people, 0 … n − 1.

    Undefined when:
        nobody answered, or n < 2.
    Small n:
        a cap on the question cuts it off; show it beside density, which falls with n by itself.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, doi:10.1017/CBO9780511815478.

    >>> mean_outdegree(Network.from_ties(["a", "b", "c"], [("a", "b"), ("a", "c"), ("b", "a")], answered=["a", "b"]))
    1.5
    """
    return float(ratio(ties(network), answerers(network).sum()))


def density(network: Network) -> float:
    """Of all ties that could have been reported, the share that were.

    Formula:
        Σ A_ij / number of observed cells; n(n − 1) cells when everybody answered everything.
    Direction and strength:
        Directed; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        share, 0–1.

    Undefined when:
        no cell is observed, or n < 2.
    Small n:
        falls as networks grow because people have only so much time: never compare it alone across sizes.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, ch. 4, doi:10.1017/CBO9780511815478.

    >>> density(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a")], answered=["a", "b"]))
    0.5
    """
    return float(ratio(network.matrix.nnz, network.observed.sum()))


def _two_sided(network: Network) -> Bools:
    observed = network.observed
    return np.asarray(observed & observed.T, dtype=bool)


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
    known = network.dense * _two_sided(network)
    return float(ratio((known * known.T).sum(), known.sum()))


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
    known = network.dense * _two_sided(network)
    mutual, either = known * known.T, np.maximum(known, known.T)
    return actor_series(network, ratio(mutual.sum(axis=1), either.sum(axis=1)), "ego_reciprocity")


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
    paths = network.dense @ network.dense * network.observed
    return float(ratio((paths * network.dense).sum(), paths.sum()))


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
    union: Floats = network.union.toarray()
    contacts = union.sum(axis=1)
    closed = (union @ union * union).sum(axis=1)
    return actor_series(network, ratio(closed, contacts * (contacts - 1)), "clustering")


def _pieces(network: Network) -> Codes:
    """Sizes of the weak components, over the people who answered or were named."""
    known = network.answered | network.dense.any(axis=0)
    if network.n < 2 or not network.respondents:
        return np.zeros(0, dtype=np.int64)
    _, label = csgraph.connected_components(network.union, directed=False)
    sizes = np.bincount(label[known])
    return np.asarray(sizes[sizes > 0], dtype=np.int64)


def components(network: Network) -> float:
    """Into how many separate pieces the network falls.

    Formula:
        number of weak components; a person without ties is a piece of their own.
    Direction and strength:
        None: a tie counts when either person reports it (union). Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        pieces, 1 … n; over the people who answered or were named: of the others nothing is known.

    Undefined when:
        nobody answered, or n < 2.
    Small n:
        not to be used with many people silent: one unreported tie joins two pieces.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, ch. 4, doi:10.1017/CBO9780511815478.

    >>> components(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("c", "b")]))
    2.0
    """
    sizes = _pieces(network)
    return float(len(sizes)) if len(sizes) else float("nan")


def largest_component(network: Network) -> float:
    """The share of people in the largest piece of the network.

    Formula:
        size of the largest weak component / people who answered or were named.
    Direction and strength:
        As `components`.

    Args:
        network: one relation in one wave, n people.

    Returns:
        share, 0–1.

    Undefined when:
        as for `components`.
    Small n:
        as for `components`.
    Reference:
        As for `components`.

    >>> largest_component(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("c", "b")]))
    0.75
    """
    sizes = _pieces(network)
    return float(ratio(sizes.max(initial=0), sizes.sum()))


def isolates(network: Network) -> float:
    """How many people who answered name nobody and are named by nobody.

    Formula:
        #{i: i answered, k_in(i) + k_out(i) = 0}. Somebody who did not answer is never an isolate.
    Direction and strength:
        None: a tie in either direction counts. Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        people, 0 … number who answered.

    Undefined when:
        nobody answered, or n < 2.
    Small n:
        a person named only by people who did not answer looks like an isolate.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, ch. 4, doi:10.1017/CBO9780511815478.

    >>> isolates(Network.from_ties(["a", "b", "c", "d"], [("a", "b")], answered=["a", "b", "c"]))
    1.0
    """
    if network.n < 2 or not network.respondents:
        return float("nan")
    tied = network.dense.any(axis=0) | network.dense.any(axis=1)
    return float((network.answered & ~tied).sum())
