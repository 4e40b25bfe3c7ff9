"""Measures of ways in very large networks, estimated from the ways that begin at people drawn at random."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt

import numpy as np
import pandas as pd
from scipy import sparse

from sna.metrics.distance import Counts, reached_by_step
from sna.metrics.frames import actor_series, answerers, namable
from sna.networks.network import Floats, Network

# A step is taken person by person while fewer than one in so many take it.
FEW = 10
DOUBT = 0.05


@dataclass(frozen=True)
class Sampled:
    """An estimate for every person.

    Attributes:
        values: Series on actor_id, on the scale of the exact measure.
        draws: from how many people ways were searched.
        error: with probability .95 the estimates of all people at once lie no farther than this from the exact values;
            0 when everybody was drawn.
    """

    values: pd.Series[float]
    draws: int
    error: float


def _drawn(network: Network, rng: np.random.Generator, draws: int) -> Counts:
    """Places of people drawn without replacement."""
    return np.sort(rng.choice(network.n, size=min(draws, network.n), replace=False))


def _bound(people: int, draws: int, most: float) -> float:
    """Hoeffding's bound for the means of `draws` numbers between 0 and `most`, of all people at once."""
    return 0.0 if draws >= people else most * sqrt(log(2 * people / DOUBT) / (2 * draws))


def betweenness_sampled(network: Network, rng: np.random.Generator, draws: int = 200) -> Sampled:
    """How many of the shortest ways run through each person, from the ways that begin at some people.

    Formula:
        b(v) ≈ (n / k) Σ_{s drawn} δ_s(v), δ_s(v) = Σ_t σ_st(v) / σ_st, over k people drawn without replacement.
    Direction and strength:
        As `betweenness`, raw: ordered pairs.

    Args:
        network: one relation in one wave, n people.
        rng: draws the people.
        draws: how many; everybody when there are fewer.

    Returns:
        Sampled; `error` is n(n − 2) √(ln(2n/.05) / 2k), Hoeffding's bound over all people. It is wide: the order of the
        highest few is far more certain than it says.

    Undefined when:
        as for `betweenness`.
    Small n:
        not for small networks: the exact measure takes less than a second up to some thousand people.
    Reference:
        Brandes & Pich (2007), International Journal of Bifurcation and Chaos 17:2303–2318,
        doi:10.1142/S0218127407018403; Hoeffding (1963), Journal of the American Statistical Association 58:13–30.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])
    >>> found = betweenness_sampled(network, np.random.default_rng(1), draws=3)
    >>> found.values.tolist(), found.error
    ([0.0, 1.0, 0.0], 0.0)
    """
    n = network.n
    values = np.full(n, np.nan)
    sources = _drawn(network, rng, draws)
    if n >= 3:
        values = dependencies(network.matrix, sources) * (n / len(sources))
    error = _bound(n, len(sources), float(n * max(n - 2, 0)))
    return Sampled(actor_series(network, values, "betweenness", answerers(network)), len(sources), error)


def dependencies(matrix: sparse.csr_array, sources: Counts) -> Floats:
    """Σ over the sources of the share of shortest ways to everybody else that run through each person (Brandes 2001).

    Args:
        matrix: n × n sparse of 0/1.
        sources: places of the people where ways begin.

    Returns:
        n numbers.

    >>> dependencies(sparse.csr_array([[0, 1, 0], [0, 0, 1], [0, 0, 0]]), np.array([0, 1])).tolist()
    [0.0, 1.0, 0.0]
    """
    n = matrix.shape[0]
    onward, back = matrix.tocsr(), matrix.T.tocsr()
    total = np.zeros(n)
    for begin in sources.tolist():
        steps = np.full(n, -1, dtype=np.int32)
        paths, passed = np.zeros(n), np.zeros(n)
        steps[begin], paths[begin] = 0, 1.0
        reached = [np.array([begin])]
        while len(reached[-1]):
            at, number = _one_step(reached[-1], paths[reached[-1]], onward, back)
            new = steps[at] < 0
            at = at[new]
            steps[at], paths[at] = len(reached), number[new]
            reached.append(at)
        for step in range(len(reached) - 1, 1, -1):
            ahead = reached[step]
            at, share = _one_step(ahead, (1.0 + passed[ahead]) / paths[ahead], back, onward)
            before = steps[at] == step - 1
            at = at[before]
            passed[at] = paths[at] * share[before]
        total += passed
    return total


def _one_step(at: Counts, values: Floats, along: sparse.csr_array, onto: sparse.csr_array) -> tuple[Counts, Floats]:
    """Places one step on, each once, and the sums of the values that arrive there.

    Args:
        at: places from which a step is taken.
        values: what each of them passes on.
        along: n × n sparse of 0/1, where steps lead.
        onto: its transpose, for when so many take a step that looking at every row is quicker than at theirs.
    """
    n = along.shape[0]
    if len(at) * FEW < n:
        row = sparse.csr_array((values, at, [0, len(at)]), shape=(1, n)) @ along
        return row.indices.astype(np.int64), row.data
    passing = np.zeros(n)
    passing[at] = values
    arriving = onto @ passing
    there = np.flatnonzero(arriving)
    return there, arriving[there]


def _harmonic(network: Network, rng: np.random.Generator, draws: int, matrix: sparse.csr_array) -> tuple[Floats, int]:
    sources = _drawn(network, rng, draws)
    if network.n < 2:
        return np.full(network.n, np.nan), len(sources)
    reached = reached_by_step(matrix, sources)[1:]
    near = (reached / np.arange(1, len(reached) + 1)[:, None]).sum(axis=0)
    return near * network.n / (len(sources) * (network.n - 1)), len(sources)


def harmonic_in_sampled(network: Network, rng: np.random.Generator, draws: int = 1_000) -> Sampled:
    """How few steps along nominations others need to reach each person, from the ways that begin at some people.

    Formula:
        h_in(v) ≈ n / (k (n − 1)) Σ_{u drawn, u≠v} 1 / d(u, v), over k people drawn without replacement.
    Direction and strength:
        As `harmonic_in`.

    Args:
        network: one relation in one wave, n people.
        rng: draws the people.
        draws: how many; everybody when there are fewer.

    Returns:
        Sampled; `error` is n / (n − 1) √(ln(2n/.05) / 2k), Hoeffding's bound over all people.

    Undefined when:
        as for `harmonic_in`.
    Small n:
        not for small networks: the exact measure takes less than a second up to some thousand people.
    Reference:
        Eppstein & Wang (2004), Journal of Graph Algorithms and Applications 8:39–45.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])
    >>> harmonic_in_sampled(network, np.random.default_rng(1), draws=3).values.tolist()
    [0.0, 0.5, 0.75]
    """
    values, drawn = _harmonic(network, rng, draws, network.matrix)
    error = _bound(network.n, drawn, network.n / max(network.n - 1, 1))
    return Sampled(actor_series(network, values, "harmonic_in", namable(network)), drawn, error)


def harmonic_out_sampled(network: Network, rng: np.random.Generator, draws: int = 1_000) -> Sampled:
    """How few steps along nominations each person needs to reach others, from the ways that end at some people.

    Formula, direction, undefined, small n, reference:
        See `harmonic_in_sampled`, on the turned network.

    Args:
        network: one relation in one wave, n people.
        rng: draws the people.
        draws: how many; everybody when there are fewer.

    Returns:
        Sampled, as `harmonic_in_sampled`.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])
    >>> harmonic_out_sampled(network, np.random.default_rng(1), draws=3).values.tolist()
    [0.75, 0.5, 0.0]
    """
    values, drawn = _harmonic(network, rng, draws, network.matrix.T.tocsr())
    error = _bound(network.n, drawn, network.n / max(network.n - 1, 1))
    return Sampled(actor_series(network, values, "harmonic_out", answerers(network)), drawn, error)
