"""How strong the ties are that people give and receive, by themselves and together with how many they are."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from sna.metrics.degree import given, indegree, outdegree, received
from sna.metrics.frames import actor_series, answerers, namable, ratio
from sna.networks.network import Network


def _present_strengths(network: Network) -> sparse.csr_array:
    return sparse.csr_array(network.strengths.multiply(network.matrix))


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
    return actor_series(network, received(_present_strengths(network)), "instrength", namable(network))


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
    return actor_series(network, given(_present_strengths(network)), "outstrength", answerers(network))


def _opsahl(ties: pd.Series[float], strength: pd.Series[float], alpha: float, network: Network) -> pd.Series[float]:
    """k^(1 − α) s^α, 0 without ties."""
    if not alpha >= 0:
        raise ValueError(f"alpha must be 0 or more, not {alpha}")
    many = np.where(ties > 0, ties, 1.0)
    values = np.where(ties > 0, many ** (1 - alpha) * strength**alpha, ties)
    return actor_series(network, values, f"{ties.name}_opsahl")


def indegree_opsahl(network: Network, alpha: float = 0.5) -> pd.Series[float]:
    """How many people name this person and how strongly, both counted alike.

    Formula:
        k^(1 − α) s^α, by default √(k_in s_in), from `indegree` and `instrength`.
    Direction and strength:
        Incoming nominations; strength of present ties added, then counted half. Without a scale it is `indegree`.

    Args:
        network: one relation in one wave, n people.
        alpha: how much strength counts: 0 only the number of ties, 1 only their strength, above 1 few strong ones most.

    Returns:
        Series on actor_id; 0 or more, for an alpha up to 1 between `indegree` and `instrength`; not normalised.

    Undefined when:
        as for `indegree`.
    Small n:
        as for `indegree` and `instrength`; α = .5 is a convention.
    Reference:
        Opsahl, Agneessens & Skvoretz (2010), Social Networks 32:245–251, doi:10.1016/j.socnet.2010.03.006.

    >>> indegree_opsahl(Network.from_ties(["a", "b", "c"], [("a", "c", 6), ("b", "c", 2)])).round(9).tolist()
    [0.0, 0.0, 4.0]
    """
    return _opsahl(indegree(network), instrength(network), alpha, network)


def outdegree_opsahl(network: Network, alpha: float = 0.5) -> pd.Series[float]:
    """How many people this person names and how strongly, both counted alike.

    Formula:
        k^(1 − α) s^α, by default √(k_out s_out), from `outdegree` and `outstrength`.
    Direction and strength:
        Outgoing nominations; strength of present ties added, then counted half. Without a scale it is `outdegree`.

    Args:
        network: one relation in one wave, n people.
        alpha: how much strength counts: 0 only the number of ties, 1 only their strength, above 1 few strong ones most.

    Returns:
        Series on actor_id; 0 or more, for an alpha up to 1 between `outdegree` and `outstrength`; not normalised.

    Undefined when:
        as for `outdegree`.
    Small n:
        as for `outdegree` and `outstrength`; α = .5 is a convention.
    Reference:
        As for `indegree_opsahl`.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b", 6), ("a", "c", 2)], answered=["a"])
    >>> outdegree_opsahl(network).round(9).tolist()
    [4.0, nan, nan]
    """
    return _opsahl(outdegree(network), outstrength(network), alpha, network)


def mean_strength(network: Network) -> float:
    """How strong a tie people report on average, everybody they could have named counted: density with strengths.

    Formula:
        Σ A_ij w_ij / number of observed cells; n(n − 1) cells when everybody answered everything.
    Direction and strength:
        Directed; strength of present ties added, absent ties and reports below the study's threshold count 0.

    Args:
        network: one relation in one wave, n people.

    Returns:
        units of the scale, 0 or more; `density` where there is no scale.

    Undefined when:
        no cell is observed, or n < 2.
    Small n:
        falls as networks grow, as density does; adds an ordinal scale as if its steps were equal.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, ch. 4, doi:10.1017/CBO9780511815478.

    >>> mean_strength(Network.from_ties(["a", "b", "c"], [("a", "b", 4), ("b", "a", 2)], answered=["a", "b"]))
    1.5
    """
    return float(ratio(_present_strengths(network).sum(), network.observed_count))


def mean_strength_of_ties(network: Network) -> float:
    """How strong a tie is, on average.

    Formula:
        Σ A_ij w_ij / Σ A_ij.
    Direction and strength:
        Directed; strength of present ties added; reports below the study's threshold are left out.

    Args:
        network: one relation in one wave, n people.

    Returns:
        units of the scale, above 0; 1 where there is no scale.

    Undefined when:
        nobody names anybody, nobody answered, or n < 2.
    Small n:
        rests on the ties alone: a few strong ties and many strong ties look the same; read `density` beside it.
    Reference:
        As for `mean_strength`.

    >>> mean_strength_of_ties(Network.from_ties(["a", "b", "c"], [("a", "b", 4), ("b", "a", 2)]))
    3.0
    """
    return float(ratio(_present_strengths(network).sum(), network.matrix.nnz))
