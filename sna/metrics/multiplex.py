"""Several relations on the same people: how far they overlap, what they make together, and other thresholds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
import pandas as pd
from scipy import sparse

from sna.metrics.centralization import indegree_centralization
from sna.metrics.closure import reciprocity, transitivity
from sna.metrics.cohesion import density, ties
from sna.metrics.frames import Codes
from sna.networks import Multiplex
from sna.networks.network import Bools, Floats, Network


@dataclass(frozen=True)
class Overlap:
    """How far two relations join the same people, over the cells observed in both.

    Attributes:
        cells: ordered pairs observed in both networks.
        common: ties present in both; NaN when no cell is observed in both.
        either: ties present in at least one; NaN when no cell is observed in both.
        jaccard: common / either, 0–1; NaN when there is no tie.
        correlation: Pearson correlation of the two over the cells, −1 … 1; NaN when either has no tie there, or no gap.
    """

    cells: int
    common: float
    either: float
    jaccard: float
    correlation: float


def _cells(matrix: sparse.csr_array) -> Codes:
    """The cells of a matrix that are not 0, each as one number: row · n + column, in order."""
    ego, alter = matrix.nonzero()
    return np.unique(ego.astype(np.int64) * matrix.shape[0] + alter)


def _square(cells: Codes, n: int, values: Floats | None = None) -> sparse.csr_array:
    """The n × n matrix with these cells; 1 where no values are given."""
    filled = np.ones(len(cells)) if values is None else values
    return sparse.csr_array((filled, (cells // max(n, 1), cells % max(n, 1))), shape=(n, n))


def _inside(cells: Codes, rows: Bools) -> Codes:
    """The cells that lie in one of the rows."""
    return cells[rows[cells // max(len(rows), 1)]]


def _holes(networks: Sequence[Network], rows: Bools) -> Codes:
    """Single unknown cells of any of the networks, in those rows."""
    return _inside(np.unique(np.concatenate([_cells(network.unknown_cells) for network in networks])), rows)


def overlap(first: Network, second: Network) -> Overlap:
    """How far two relations join the same people.

    Formula:
        c ties common to both, a and b ties of each, N cells: jaccard = c / (a + b − c),
        correlation = (N c − a b) / √(a (N − a) b (N − b)).
    Direction and strength:
        Directed ties: a mutual tie counts twice, and i→j in one is another tie than j→i in the other. Strength not
        used.

    Args:
        first: one relation in one wave, n people.
        second: another, on the same actors in the same order.

    Returns:
        `Overlap`. A cell that is unknown in either network is left out of both.

    Undefined when:
        common, either: no cell is observed in both. jaccard: neither has a tie there. correlation: one of them has
        no tie there, or nothing but ties.
    Small n:
        high by chance where both are dense, or where the same people are named in both; test it by shuffling people.
    Reference:
        Jaccard (1912), New Phytologist 11:37–50, doi:10.1111/j.1469-8137.1912.tb05611.x; Krackhardt (1988), Social
        Networks 10:359–381, doi:10.1016/0378-8733(88)90004-4.

    Raises:
        ValueError: the two are not on the same actors in the same order.

    >>> advice = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])
    >>> overlap(advice, Network.from_ties(["a", "b", "c"], [("a", "b"), ("c", "a")]))
    Overlap(cells=6, common=1.0, either=3.0, jaccard=0.3333333333333333, correlation=0.25)
    """
    if first.actors != second.actors:
        raise ValueError("two relations overlap on the same actors only")
    rows = first.answered & second.answered
    holes = _holes([first, second], rows)
    cells = int(rows.sum()) * (first.n - 1) - len(holes)
    if cells <= 0:
        return Overlap(0, np.nan, np.nan, np.nan, np.nan)
    one, other = (np.setdiff1d(_inside(_cells(network.matrix), rows), holes) for network in (first, second))
    a, b, common = len(one), len(other), len(np.intersect1d(one, other))
    either = a + b - common
    spread = a * (cells - a) * b * (cells - b)
    return Overlap(
        cells,
        float(common),
        float(either),
        common / either if either else np.nan,
        (cells * common - a * b) / sqrt(spread) if spread else np.nan,
    )


def _chosen(multiplex: Multiplex, relations: Sequence[str] | None) -> list[Network]:
    chosen = [multiplex[relation] for relation in (multiplex.networks if relations is None else relations)]
    if not chosen:
        raise ValueError("at least one relation is needed")
    return chosen


def _counted(cells: Sequence[Codes]) -> tuple[Codes, Codes]:
    """Every cell that is in one of the lists, in order, and in how many of them."""
    each, times = np.unique(np.concatenate(cells), return_counts=True)
    return each, times.astype(np.int64)


def _flat(
    networks: Sequence[Network], word: str, strengths: sparse.csr_array, answered: Bools, holes: Codes
) -> Network:
    """One network in the place of several; every stored strength is a tie."""
    first = networks[0]
    flows = {network.flow for network in networks}
    return replace(
        first,
        relation=f"_{word}_".join(network.relation for network in networks),
        strengths=strengths,
        matrix=_square(_cells(strengths), first.n),
        asked=np.any([network.asked for network in networks], axis=0),
        answered=answered,
        unknown_cells=_square(holes, first.n).astype(bool),
        flow=first.flow if len(flows) == 1 else "none",
        cap=None,
    )


def _whole_rows(rows: Bools) -> Codes:
    """Every cell of those rows but the diagonal."""
    n = len(rows)
    cells: Codes = (np.flatnonzero(rows).astype(np.int64)[:, None] * n + np.arange(n)).ravel()
    return np.asarray(cells[cells // max(n, 1) != cells % max(n, 1)], dtype=np.int64)


def union_of(multiplex: Multiplex, relations: Sequence[str] | None = None) -> Network:
    """The network in which two people are tied when they are in at least one of several relations.

    Formula:
        present where present in any; absent where absent in all; otherwise unknown.
    Direction and strength:
        Directed. Strength 1: the scales of different relations cannot be compared.

    Args:
        multiplex: several relations on the same people in one wave.
        relations: the relations to take; None: all.

    Returns:
        `Network`, relation "<first>_or_<second>"; asked: who was asked about any of them; answered: who answered
        them all or is known to have a tie; flow "none" where the relations differ; no cap.

    Undefined when:
        a cell is unknown when no relation has the tie and at least one is not known there. A row of somebody who
        answered some of the relations only keeps its ties and is unknown elsewhere (n cells are stored for it).
    Small n:
        ties seen in more relations are likelier to be in: compare only unions of the same relations.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, doi:10.1017/CBO9780511815478.

    Raises:
        ValueError: no relation is taken. KeyError: a relation is not in the set.

    >>> advice = Network.from_ties(["a", "b", "c"], [("a", "b")], relation="advice")
    >>> trust = Network.from_ties(["a", "b", "c"], [("c", "a")], relation="trust", answered=["a", "c"])
    >>> both = union_of(Multiplex("1", {"advice": advice, "trust": trust}))
    >>> both.relation, both.state("a", "b"), both.state("a", "c"), both.state("b", "a")
    ('advice_or_trust', 'present', 'absent', 'unknown')
    """
    networks = _chosen(multiplex, relations)
    n = networks[0].n
    present, _ = _counted([_cells(network.matrix) for network in networks])
    everything = np.all([network.answered for network in networks], axis=0)
    partly = np.zeros(n, dtype=bool)
    partly[present // max(n, 1)] = True
    partly &= ~everything
    holes = np.union1d(_whole_rows(partly), _holes(networks, everything))
    return _flat(networks, "or", _square(present, n), everything | partly, np.setdiff1d(holes, present))


def intersection_of(multiplex: Multiplex, relations: Sequence[str] | None = None) -> Network:
    """The network in which two people are tied when they are in every one of several relations.

    Formula:
        absent where absent in any; present where present in all; otherwise unknown.
    Direction and strength:
        Directed. Strength 1: the scales of different relations cannot be compared.

    Args:
        multiplex: several relations on the same people in one wave.
        relations: the relations to take; None: all.

    Returns:
        `Network`, relation "<first>_and_<second>"; asked: who was asked about any of them; answered: who answered
        any; flow "none" where the relations differ; no cap.

    Undefined when:
        a cell is unknown when no relation is known to lack the tie and at least one is not known there: somebody
        who answered some of the relations only is known not to have every tie that is absent there.
    Small n:
        a tie must be in every relation: the more are taken, the fewer are left.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, doi:10.1017/CBO9780511815478.

    Raises:
        ValueError: no relation is taken. KeyError: a relation is not in the set.

    >>> advice = Network.from_ties(["a", "b", "c"], [("b", "a"), ("a", "c")], relation="advice")
    >>> trust = Network.from_ties(["a", "b", "c"], [("a", "c")], relation="trust", answered=["a", "c"])
    >>> both = intersection_of(Multiplex("1", {"advice": advice, "trust": trust}))
    >>> both.state("a", "c"), both.state("a", "b"), both.state("b", "c"), both.state("b", "a")
    ('present', 'absent', 'absent', 'unknown')
    """
    networks = _chosen(multiplex, relations)
    n = networks[0].n
    answers = np.sum([network.answered for network in networks], axis=0)
    told = [(_cells(network.matrix), _cells(network.unknown_cells), network.answered) for network in networks]
    present, times = _counted([ties for ties, _, _ in told])
    present = present[times == len(networks)]
    # What is present or unknown in every relation the person answered is not known to be absent in any.
    cells, times = _counted([_inside(np.union1d(ties, holes), answered) for ties, holes, answered in told])
    not_absent = cells[times == answers[cells // max(n, 1)]]
    return _flat(networks, "and", _square(present, n), answers > 0, np.setdiff1d(not_absent, present))


def sum_of(multiplex: Multiplex, relations: Sequence[str] | None = None, present_from: float | None = None) -> Network:
    """The network in which a tie is as strong as the number of relations in which it is present.

    Formula:
        strength_ij = Σ_l A^l_ij where every relation is known; unknown where any is not, since the number is not
        known there even when some relation has the tie.
    Direction and strength:
        Directed. Strength: relations, 1 … number of relations.

    Args:
        multiplex: several relations on the same people in one wave.
        relations: the relations to take; None: all.
        present_from: the number of relations from which a tie counts; None: one.

    Returns:
        `Network`, relation "<first>_plus_<second>"; asked: who was asked about any of them; answered: who answered
        them all; flow "none" where the relations differ; no cap.

    Undefined when:
        a cell is unknown when it is unknown in any of the relations.
    Small n:
        depends on how many relations were asked about.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, doi:10.1017/CBO9780511815478.

    Raises:
        ValueError: no relation is taken. KeyError: a relation is not in the set.

    >>> advice = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")], relation="advice")
    >>> trust = Network.from_ties(["a", "b", "c"], [("a", "b")], relation="trust", answered=["a", "c"])
    >>> both = sum_of(Multiplex("1", {"advice": advice, "trust": trust}))
    >>> both.ties(), both.state("b", "c")
    ([(0, 1, 2.0)], 'unknown')
    """
    networks = _chosen(multiplex, relations)
    n = networks[0].n
    answered = np.all([network.answered for network in networks], axis=0)
    holes = _holes(networks, answered)
    cells, times = _counted([_cells(network.matrix) for network in networks])
    known = np.isin(cells, _inside(cells, answered)) & ~np.isin(cells, holes)
    flat = _flat(networks, "plus", _square(cells[known], n, times[known].astype(float)), answered, holes)
    return flat if present_from is None else at_threshold(flat, present_from)


def at_threshold(network: Network, present_from: float | None) -> Network:
    """The same answers, with a tie counted from another strength.

    Formula:
        A_ij = 1 where strength_ij ≥ present_from; what is unknown stays unknown.
    Direction and strength:
        Directed; reported strength decides which ties there are, and is kept.

    Args:
        network: one relation in one wave, n people.
        present_from: the strength from which a tie counts; None: any strength above 0.

    Returns:
        `Network`; the same one but for its ties.

    Undefined when:
        never; a cell that was unknown or absent (strength 0) stays so at every threshold.
    Small n:
        a threshold chosen after looking at the result makes any result look good: declare it before.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, doi:10.1017/CBO9780511815478.

    >>> network = Network.from_ties(["a", "b"], [("a", "b", 3), ("b", "a", 1)], present_from=2)
    >>> at_threshold(network, 1).ties()
    [(0, 1, 3.0), (1, 0, 1.0)]
    """
    lowest = 0.0 if present_from is None else present_from
    ego, alter = network.strengths.nonzero()
    strong = np.asarray(network.strengths[ego, alter]).ravel() >= lowest if len(ego) else np.zeros(0, dtype=bool)
    cells = np.setdiff1d(ego[strong].astype(np.int64) * network.n + alter[strong], _cells(network.unknown_cells))
    return replace(network, matrix=_square(cells, network.n))


_AT_EACH: tuple[Callable[[Network], float], ...] = (ties, density, reciprocity, transitivity, indegree_centralization)


def thresholds(network: Network, scale: Sequence[float]) -> pd.DataFrame:
    """How the main numbers of a network change with the strength from which a tie counts.

    Formula:
        `ties`, `density`, `reciprocity`, `transitivity` and `indegree_centralization` of `at_threshold(network, t)`
        for every t.
    Direction and strength:
        As each measure; reported strength decides which ties there are.

    Args:
        network: one relation in one wave, n people.
        scale: the values people could report; those at or below 0 ("never") are no threshold.

    Returns:
        One row per threshold, from the lowest: present_from, ties, density, reciprocity, transitivity,
        indegree_centralization.

    Undefined when:
        as each measure: a high threshold may leave no tie to read.
    Small n:
        says how far results hang on the threshold, not which one is right.
    Reference:
        As each measure.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b", 3), ("b", "a", 1)], present_from=2)
    >>> thresholds(network, [0, 1, 3])[["present_from", "ties", "reciprocity"]].to_numpy().tolist()
    [[1.0, 2.0, 1.0], [3.0, 1.0, 0.0]]
    """
    rows = []
    for lowest in sorted({float(value) for value in scale if value > 0}):
        other = at_threshold(network, lowest)
        rows.append({"present_from": lowest, **{f.__name__: f(other) for f in _AT_EACH}})
    return pd.DataFrame(rows, columns=["present_from", *(f.__name__ for f in _AT_EACH)], dtype=float)
