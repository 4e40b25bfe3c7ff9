"""How closely a network holds together: its ties, its density, its pieces."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csgraph

from sna.metrics.frames import Codes, answerers, ratio
from sna.networks.network import Network


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
    return float(network.matrix.nnz) if network.observed_count else float("nan")


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
    return float(ratio(network.matrix.nnz, network.observed_count))


def _pieces(network: Network) -> Codes:
    """Sizes of the weak components, over the people who answered or were named."""
    known = network.answered | (np.diff(network.matrix.tocsc().indptr) > 0)
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
    tied = np.diff(network.union.indptr) > 0
    return float((network.answered & ~tied).sum())
