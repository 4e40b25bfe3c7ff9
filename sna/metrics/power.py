"""Power after Bonacich: what a person's ties are worth depends on what the others' ties are worth."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from sna.metrics.frames import Direction, actor_series, answerers, directed, namable, ratio, turned
from sna.networks.network import Floats, Network

# The share of its largest possible size that β takes.
_SHARE = 0.75
_ROUNDS = 20_000


def largest_root(matrix: sparse.csr_array) -> float:
    """The largest eigenvalue λ₁ of a matrix of 0 and 1.

    Worked out on the sets of people who reach one another in both directions, all at once: λ₁ is the largest of
    theirs, and within such a set the smallest and the largest growth of any person enclose it (Collatz, Wielandt).

    Args:
        matrix: n × n sparse 0/1.

    Returns:
        λ₁ from above, to 12 digits; exactly 0 where no tie lies on a way back to where it started.

    >>> round(largest_root(sparse.csr_array([[0, 1, 1], [1, 0, 0], [1, 0, 0]])), 6)
    1.414214
    """
    if not matrix.nnz:
        return 0.0
    count, label = csgraph.connected_components(matrix, directed=True, connection="strong")
    ego, alter = matrix.nonzero()
    inside = label[ego] == label[alter]
    if not inside.any():
        return 0.0
    within = sparse.csr_array((np.ones(int(inside.sum())), (ego[inside], alter[inside])), shape=matrix.shape)
    vector = np.ones(len(label))
    upper = 0.0
    for _ in range(_ROUNDS):
        # Adding the vector itself adds 1 to every root and keeps rings from going round without end.
        grown = np.asarray(within @ vector, dtype=float) + vector
        growth = grown / vector
        lower, largest = np.full(count, np.inf), np.zeros(count)
        np.minimum.at(lower, label, growth)
        np.maximum.at(largest, label, grown)
        upper = float(growth.max())
        if upper - float(lower.max()) <= 1e-12 * upper:
            break
        vector = np.maximum(grown / largest[label], 1e-300)
    return upper - 1.0


@lru_cache(maxsize=16)
def _root(network: Network) -> float:
    """λ₁ of a network, the same whichever way ties are read; worked out once for the measures that need it."""
    return largest_root(network.matrix)


def _power(matrix: sparse.csr_array, beta: float) -> Floats:
    """(I − βA)⁻¹ A 1 as A1 + βA²1 + β²A³1 + …, which needs nothing but the ties themselves."""
    term = np.asarray(matrix @ np.ones(matrix.shape[0]), dtype=float)
    total = term.copy()
    while np.abs(term).max(initial=0.0) > 1e-16 * np.abs(total).max(initial=0.0):
        term = beta * np.asarray(matrix @ term, dtype=float)
        total += term
    return total


def _scaled(network: Network, values: Floats, direction: Direction, name: str) -> pd.Series[float]:
    """Values whose squares average 1 over the people who have one; the others' are 0 for want of an answer."""
    known = namable(network) if turned(network, direction) else answerers(network)
    size = np.sqrt(ratio((values**2).sum(), known.sum()))
    return actor_series(network, ratio(values, size), name, known)


def bonacich(network: Network, beta: float, direction: Direction = "citation") -> pd.Series[float]:
    """Bonacich power with a β of one's own choice; see `bonacich_power` for the rest.

    Raises:
        ValueError: |β| is not below 1/λ₁, where the formula means nothing.

    >>> bonacich(Network.from_ties(["a", "b"], [("a", "b"), ("b", "a")]), 0.1).round(6).tolist()
    [1.0, 1.0]
    """
    matrix = directed(network, direction)
    if abs(beta) * _root(network) >= 1.0:
        raise ValueError(f"beta {beta} must lie nearer to 0 than 1/λ₁ = {1 / _root(network):.6f}")
    return _scaled(network, _power(matrix, beta), direction, "bonacich")


def _with_share(network: Network, share: float, direction: Direction, name: str) -> pd.Series[float]:
    root = _root(network)
    if root == 0.0:
        return actor_series(network, np.full(network.n, np.nan), name)
    return _scaled(network, _power(directed(network, direction), share / root), direction, name)


def bonacich_power(network: Network, direction: Direction = "citation") -> pd.Series[float]:
    """How many people this person names, counting each for more the more they name in turn.

    Formula:
        c = α (I − βA)⁻¹ A 1, β = .75 / λ₁ with λ₁ the largest eigenvalue of A, α > 0 such that Σ c² is the number of
        people who have a value (n with full response).
    Direction and strength:
        Outgoing ties of A as nominated (as R sna::bonpow and igraph). `direction="flow"` reads the network as things
        pass: where that runs against nominations, it asks by whom a person is named. Strength not used.

    Args:
        network: one relation in one wave, n people.
        direction: `citation` (as nominated) or `flow`.

    Returns:
        Series on actor_id; 0 or more, squares average 1; only comparable within one network. 0 for somebody who
        answered and names nobody.

    Undefined when:
        the person did not answer (read as flow against nominations: nobody else answered about them), or λ₁ = 0 (no
        way along nominations leads back to where it started; then for everybody).
    Small n:
        close to `outdegree`; one tie can change λ₁, and with it everybody's value.
    Reference:
        Bonacich (1987), American Journal of Sociology 92:1170–1182, doi:10.1086/228631.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("c", "a")])
    >>> bonacich_power(network).round(6).tolist()
    [1.0, 1.0, 1.0]
    """
    return _with_share(network, _SHARE, direction, "bonacich_power")


def bonacich_bargaining(network: Network, direction: Direction = "citation") -> pd.Series[float]:
    """How many people this person names, counting each for less the more they name in turn.

    Formula:
        as `bonacich_power`, with β = −.75 / λ₁.
    Direction and strength:
        As `bonacich_power`.

    Args:
        network: one relation in one wave, n people.
        direction: `citation` (as nominated) or `flow`.

    Returns:
        Series on actor_id; may be below 0, squares average 1; only comparable within one network. 0 for somebody who
        answered and names nobody.

    Undefined when:
        as for `bonacich_power`.
    Small n:
        as for `bonacich_power`; a person may change sign with one tie.
    Reference:
        As for `bonacich_power`.

    >>> pairs = [("a", "b"), ("b", "a"), ("b", "c"), ("c", "b")]
    >>> bonacich_bargaining(Network.from_ties(["a", "b", "c"], pairs)).round(6).tolist()
    [-0.111388, 1.724873, -0.111388]
    """
    return _with_share(network, -_SHARE, direction, "bonacich_bargaining")
