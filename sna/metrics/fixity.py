"""Are the same people named as experts whatever the topic, or does expertise vary by task? The exact decomposition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sna.metrics.frames import ratio
from sna.networks.network import Bools, Floats, Network

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Nominations:
    """Who named whom on which topic, and who could have.

    Attributes:
        topics: T labels.
        respondents: ids of the R people who answered about at least one topic.
        nominees: ids of the N people who may be named.
        named: (T, R, N) booleans: the respondent named the nominee on the topic.
        open: (T, R, N) booleans: whether that cell is known: the respondent answered about the topic, is not the
            nominee, and did not leave this one cell empty.
    """

    topics: tuple[str, ...]
    respondents: tuple[str, ...]
    nominees: tuple[str, ...]
    named: Bools
    open: Bools

    @property
    def counts(self) -> Counts:
        """(T, N): how many people named each nominee on each topic."""
        return np.asarray(self.named.sum(axis=1), dtype=np.int64)

    @property
    def by_chance(self) -> Floats:
        """(T, N): how many would name each nominee, on average, if all drew as many names as they gave at random."""
        share = np.nan_to_num(ratio(self.named.sum(axis=2), self.open.sum(axis=2)))
        return np.asarray((share[:, :, None] * self.open).sum(axis=1), dtype=float)

    def without(self, respondent: int) -> Nominations:
        """The same without what one respondent (by place) said."""
        left = tuple(one for at, one in enumerate(self.respondents) if at != respondent)
        named, known = (np.delete(cells, respondent, axis=1) for cells in (self.named, self.open))
        return Nominations(self.topics, left, self.nominees, named, known)


def nominations(networks: Sequence[Network], nominees: Bools | None = None) -> Nominations:
    """What several networks of one wave, one per topic, say of who is named on what.

    Args:
        networks: on the same actors, n people.
        nominees: n booleans: whose nominations are counted, such as principals only; everybody's when not given.

    Returns:
        Nominations; the labels of the topics are the networks' relations.

    Raises:
        ValueError: there is no network, or they are on different actors.

    >>> feedback = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")], relation="feedback")
    >>> nominations([feedback]).counts.tolist()
    [[0, 1, 1]]
    """
    if not networks or any(network.actors != networks[0].actors for network in networks):
        raise ValueError("there must be one network at least, and all on the same actors")
    actors = networks[0].actors
    whose = np.ones(len(actors), dtype=bool) if nominees is None else np.asarray(nominees, dtype=bool)
    who = np.any([network.answered for network in networks], axis=0)
    named = np.array([network.dense[who][:, whose] > 0 for network in networks])
    known = np.array([network.observed[who][:, whose] for network in networks], dtype=bool)
    ids = np.array(actors, dtype=object)
    topics = tuple(network.relation for network in networks)
    return Nominations(topics, tuple(ids[who]), tuple(ids[whose]), named & known, known)


@dataclass(frozen=True)
class Decomposition:
    """Concentration within topics = concentration on the same people in all topics + differentiation by task.

    Attributes:
        within: T̄, the mean of the topics' Theil measures, weighted by their nominations.
        pooled: T_pool, Theil's measure of all nominations together.
        between: MI = T̄ − T_pool, how far topics differ in whom they name.
        fixed: F = T_pool / T̄; 1 the same in every topic, towards 0 everybody an expert in something. It is biased by
            sparseness, about 1/T without any experts: compare with chance (`sna.inference.experts`).
    """

    within: float
    pooled: float
    between: float
    fixed: float


def x_log_x(counts: npt.ArrayLike) -> Floats:
    """x ln x of whole numbers, 0 for 0; looked up, because thousands of draws hold the same few numbers."""
    x = np.asarray(counts, dtype=np.int64)
    known = np.arange(int(x.max(initial=0)) + 1, dtype=float)
    return np.asarray((known * np.log(np.maximum(known, 1.0)))[x], dtype=float)


def within_topics(counts: npt.ArrayLike) -> Floats:
    """T̄ of counts (..., T, N): shape (...). NaN where nobody was named at all; a topic without nominations has no
    weight.

    >>> within_topics([[4, 1, 0, 0, 0], [2, 2, 1, 0, 0]]).round(6).tolist()
    0.831777
    """
    k = np.asarray(counts, dtype=np.int64)
    each = k.sum(axis=-1)
    total = each.sum(axis=-1)
    apart = x_log_x(k).sum(axis=(-1, -2)) - x_log_x(each).sum(axis=-1)
    return np.asarray(np.log(k.shape[-1]) + ratio(apart, total), dtype=float)


def pooled_topics(counts: npt.ArrayLike) -> Floats:
    """T_pool of counts (..., T, N): shape (...). NaN where nobody was named at all.

    >>> pooled_topics([[4, 1, 0, 0, 0], [2, 2, 1, 0, 0]]).round(6).tolist()
    0.711492
    """
    return pooled_counts(np.asarray(counts, dtype=np.int64).sum(axis=-2))


def pooled_counts(counts: npt.ArrayLike) -> Floats:
    """Theil's measure of whole numbers (..., N): shape (...); as `concentration.theil`, for thousands of draws."""
    k = np.asarray(counts, dtype=np.int64)
    total = k.sum(axis=-1)
    apart = x_log_x(k).sum(axis=-1) - x_log_x(total)
    return np.asarray(np.log(k.shape[-1]) + ratio(apart, total), dtype=float)


def decomposition(counts: npt.ArrayLike) -> Decomposition:
    """Split the concentration of nominations into what sits on the same people in all topics and what differs by task.

    Formula:
        T̄ = T_pool + MI; T̄ = Σ_t w_t (ln N − H(p_t)), T_pool = ln N − H(p), MI = Σ_t w_t KL(p_t ‖ p), with p_t the
        shares of nominees in topic t, p their shares in all topics together, w_t the topic's part of all nominations.

    Args:
        counts: (T, N) whole numbers, nominations of N people on T topics.

    Returns:
        Decomposition; all NaN where nobody was named, `fixed` also where all are named alike in every topic.

    Reference:
        Theil & Finizza (1971), Journal of Mathematical Sociology 1:187–194, doi:10.1080/0022250X.1971.9989795; Mora &
        Ruiz-Castillo (2011), Sociological Methodology 41:159–194, doi:10.1111/j.1467-9531.2011.01237.x.

    >>> found = decomposition([[4, 2, 0, 0], [0, 0, 2, 4]])
    >>> round(found.pooled, 4), round(found.between, 6), round(found.fixed, 4)
    (0.0566, 0.693147, 0.0755)
    """
    within, pooled = float(within_topics(counts)), float(pooled_topics(counts))
    # What rounding leaves of nothing is nothing: a quotient of two such remainders would mean nothing.
    fixed = float("nan") if abs(within) < 1e-12 else pooled / within
    return Decomposition(within, pooled, within - pooled, fixed)


def most_concentrated(named: Bools, known: Bools) -> float:
    """T̄ if in each topic all nominations fell on as few people as the numbers of names that each gave allow.

    Args:
        named: (T, R, N).
        known: (T, R, N); nobody can be named in a cell that is not known.

    Returns:
        T_max: people take the most namable nominees in the order in which most people may name them.

    >>> everybody = np.array([[[False, True, True], [True, False, True], [True, True, False]]])
    >>> round(most_concentrated(everybody & np.array([[[0, 1, 0], [1, 0, 0], [1, 0, 0]]], dtype=bool), everybody), 6)
    0.462098
    """
    counts = np.zeros((named.shape[0], named.shape[2]), dtype=np.int64)
    for topic, (given, could) in enumerate(zip(named, known, strict=True)):
        order = np.argsort(-could.sum(axis=0), kind="stable")
        for names, may in zip(given.sum(axis=1).tolist(), could[:, order], strict=True):
            counts[topic, order[np.flatnonzero(may)[:names]]] += 1
    return float(within_topics(counts))
