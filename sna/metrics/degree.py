"""How many people name a person, and how many a person names."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from sna.metrics.frames import actor_series, answerers, namable, ratio
from sna.networks.network import Floats, Network


def given(matrix: sparse.csr_array) -> Floats:
    """Sums of the rows: what each person gives."""
    return np.asarray(matrix.sum(axis=1), dtype=float).ravel()


def received(matrix: sparse.csr_array) -> Floats:
    """Sums of the columns: what each person receives."""
    return np.asarray(matrix.sum(axis=0), dtype=float).ravel()


def indegree(network: Network) -> pd.Series[float]:
    """How many people name this person.

    Formula:
        k_in(j) = Σ_i A_ij, over the people who answered.
    Direction and strength:
        Incoming nominations. Strength is not used beyond deciding that the tie is present.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; people, 0 … n − 1; not normalised.

    Undefined when:
        nobody else answered about this person, or n < 2. People who did not answer themselves have a value.
    Small n:
        under non-response it can only be too low, and more so for people whose contacts were silent: read
        `indegree_share` beside it. Differences of one or two nominations are no finding.
    Reference:
        Freeman (1979), Social Networks 1:215–239, doi:10.1016/0378-8733(78)90021-7.

    >>> indegree(Network.from_ties(["a", "b", "c"], [("a", "c"), ("b", "c"), ("c", "a")])).tolist()
    [1.0, 0.0, 2.0]
    """
    return actor_series(network, received(network.matrix), "indegree", namable(network))


def indegree_share(network: Network) -> pd.Series[float]:
    """Of the people who could have named this person and answered, the share who did.

    Formula:
        k_in(j) / r_j, with r_j the number of observed cells in column j.
    Direction and strength:
        Incoming nominations; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; share, 0–1; normalised by those who answered, not by n − 1.

    Undefined when:
        r_j = 0, or n < 2.
    Small n:
        with five respondents one nomination moves it by .25.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, ch. 5, doi:10.1017/CBO9780511815478.

    >>> indegree_share(Network.from_ties(["a", "b", "c"], [("a", "c"), ("b", "c")], answered=["a", "b"])).tolist()
    [0.0, 0.0, 1.0]
    """
    return actor_series(network, ratio(received(network.matrix), network.observed_in), "indegree_share")


def outdegree(network: Network) -> pd.Series[float]:
    """How many people this person names.

    Formula:
        k_out(i) = Σ_j A_ij.
    Direction and strength:
        Outgoing nominations; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; people, 0 … n − 1; not normalised.

    Undefined when:
        the person did not answer (0 is "named nobody", never silence), or n < 2.
    Small n:
        a question with a cap ("name up to 3") cuts it off; under a cap it is no outcome.
    Reference:
        Freeman (1979), Social Networks 1:215–239, doi:10.1016/0378-8733(78)90021-7.

    >>> outdegree(Network.from_ties(["a", "b", "c"], [("a", "b"), ("a", "c")], answered=["a", "b"])).tolist()
    [2.0, 0.0, nan]
    """
    return actor_series(network, given(network.matrix), "outdegree", answerers(network))


def outdegree_share(network: Network) -> pd.Series[float]:
    """Of the people about whom this person answered, the share they name.

    Formula:
        k_out(i) / number of observed cells in row i.
    Direction and strength:
        Outgoing nominations; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; share, 0–1.

    Undefined when:
        the person did not answer, or left every cell empty, or n < 2.
    Small n:
        as for `outdegree`.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, ch. 5, doi:10.1017/CBO9780511815478.

    >>> outdegree_share(Network.from_ties(["a", "b", "c"], [("a", "b")], unknown=[("a", "c")])).tolist()
    [1.0, 0.0, 0.0]
    """
    return actor_series(network, ratio(given(network.matrix), network.observed_out), "outdegree_share")


def _variance(degrees: pd.Series[float]) -> float:
    """Population variance over the people who have a value; NaN for fewer than two."""
    known = degrees.dropna().to_numpy()
    return float(known.var()) if len(known) >= 2 else float("nan")


def indegree_variance(network: Network) -> float:
    """How much people differ in how many name them.

    Formula:
        Σ_j (k_in(j) − mean)² / N over the N people about whom somebody answered: population variance.
    Direction and strength:
        Incoming nominations; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        people², 0 when all are named alike. Not normalised: it grows with the number of ties.

    Undefined when:
        fewer than two people could be named by somebody who answered.
    Small n:
        one much named person makes most of it; compare with the same number of ties placed at random.
    Reference:
        Snijders (1981), Social Networks 3:163–174, doi:10.1016/0378-8733(81)90014-9.

    >>> indegree_variance(Network.from_ties(["a", "b", "c", "d"], [("a", "d"), ("b", "d")]))
    0.75
    """
    return _variance(indegree(network))


def outdegree_variance(network: Network) -> float:
    """How much people differ in how many they name.

    Formula:
        Σ_i (k_out(i) − mean)² / r over the r people who answered: population variance.
    Direction and strength:
        Outgoing nominations; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        people², 0 when all name equally many. Not normalised: it grows with the number of ties.

    Undefined when:
        fewer than two people answered.
    Small n:
        a question with a cap cuts it off; says as much about how people fill in questionnaires as about ties.
    Reference:
        As for `indegree_variance`.

    >>> outdegree_variance(Network.from_ties(["a", "b", "c", "d"], [("d", "a"), ("d", "b")]))
    0.75
    """
    return _variance(outdegree(network))


BANDS = ("named often", "named sometimes", "named seldom", "not named", "nobody could name them")


def indegree_band(network: Network) -> pd.Series[str]:
    """How often a person is named, in thirds: what can be said where numbers would say too much or be too unsure.

    Formula:
        thirds of the in-degrees above 0, cut at their lower 1/3 and 2/3 quantiles; equal in-degrees share a band.
    Direction and strength:
        Incoming nominations; strength not used.

    Args:
        network: one relation in one wave.

    Returns:
        Series on actor_id; `named often`, `named sometimes`, `named seldom`, `not named`, or `nobody could name them`.

    Undefined when:
        never: somebody about whom nobody answered has a word of their own.
    Small n:
        with few people a band may be empty, or hold everybody.
    Reference:
        This project's convention (docs/methods.md).

    >>> indegree_band(Network.from_ties(["a", "b", "c"], [("a", "c"), ("b", "c"), ("a", "b")])).tolist()
    ['not named', 'named seldom', 'named often']
    """
    counts, possible = received(network.matrix), network.observed_in
    named = counts[counts > 0]
    low, high = (np.quantile(named, q, method="lower") if len(named) else 0.0 for q in (1 / 3, 2 / 3))
    codes = np.where(counts > high, 0, np.where(counts > low, 1, np.where(counts > 0, 2, np.where(possible > 0, 3, 4))))
    words = [BANDS[code] for code in codes.tolist()]
    return pd.Series(words, index=pd.Index(list(network.actors), name="actor_id"), name="indegree_band", dtype="str")
