"""How many people name a person, and how many a person names."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sna.metrics.frames import actor_series, answerers, namable, ratio
from sna.networks.network import Floats, Network


def _present_strengths(network: Network) -> Floats:
    return np.asarray(network.strengths.multiply(network.matrix).toarray(), dtype=float)


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
    return actor_series(network, network.dense.sum(axis=0), "indegree", namable(network))


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
    return actor_series(network, ratio(network.dense.sum(axis=0), network.observed.sum(axis=0)), "indegree_share")


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
    return actor_series(network, network.dense.sum(axis=1), "outdegree", answerers(network))


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
    return actor_series(network, ratio(network.dense.sum(axis=1), network.observed.sum(axis=1)), "outdegree_share")


def instrength(network: Network) -> pd.Series[float]:
    """The reported strengths of the nominations a person receives, added up.

    Formula:
        s_in(j) = Σ_i A_ij w_ij: strength of present ties only; reports below the study's threshold do not count.
    Direction and strength:
        Incoming nominations; strength added as reported.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; in the units of the scale, ≥ 0; not normalised.

    Undefined when:
        as for `indegree`.
    Small n:
        adds an ordinal scale as if its steps were equal; mixes many weak ties with few strong ones: read
        `indegree` beside it.
    Reference:
        Barrat, Barthélemy, Pastor-Satorras & Vespignani (2004), PNAS 101:3747–3752, doi:10.1073/pnas.0400087101.

    >>> ties = [("a", "c", 4), ("b", "c", 1), ("c", "a", 3)]
    >>> instrength(Network.from_ties(["a", "b", "c"], ties, present_from=2)).tolist()
    [3.0, 0.0, 4.0]
    """
    return actor_series(network, _present_strengths(network).sum(axis=0), "instrength", namable(network))


def outstrength(network: Network) -> pd.Series[float]:
    """The strengths of the ties a person reports, added up.

    Formula:
        s_out(i) = Σ_j A_ij w_ij: strength of present ties only; reports below the study's threshold do not count.
    Direction and strength:
        Outgoing nominations; strength added as reported.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; in the units of the scale, ≥ 0; not normalised.

    Undefined when:
        as for `outdegree`.
    Small n:
        people use scales differently; compare a person with themselves before comparing them with others.
    Reference:
        Barrat, Barthélemy, Pastor-Satorras & Vespignani (2004), PNAS 101:3747–3752, doi:10.1073/pnas.0400087101.

    >>> outstrength(Network.from_ties(["a", "b"], [("a", "b", 3)], answered=["a"])).tolist()
    [3.0, nan]
    """
    return actor_series(network, _present_strengths(network).sum(axis=1), "outstrength", answerers(network))


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
    counts, possible = network.dense.sum(axis=0), network.observed.sum(axis=0)
    named = counts[counts > 0]
    low, high = (np.quantile(named, q, method="lower") if len(named) else 0.0 for q in (1 / 3, 2 / 3))
    codes = np.where(counts > high, 0, np.where(counts > low, 1, np.where(counts > 0, 2, np.where(possible > 0, 3, 4))))
    words = [BANDS[code] for code in codes.tolist()]
    return pd.Series(words, index=pd.Index(list(network.actors), name="actor_id"), name="indegree_band", dtype="str")
