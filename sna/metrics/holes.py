"""Structural holes: whether a person's contacts are already tied to one another, and what lies between them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from sna.metrics.cells import row_sums, triangles
from sna.metrics.centrality import betweenness
from sna.metrics.distance import reached_by_step
from sna.metrics.frames import actor_series, ratio
from sna.networks.network import Floats, Network
from sna.networks.pairs import Pairs


def _through(pairs: Pairs, worth: Floats | None = None) -> Floats:
    """For each pair i, j: Σ_q Z_iq Z_jq, each q for what it is worth; the same seen from either."""
    found, ties = np.zeros(len(pairs.keys)), pairs.ties
    for ab, ac, bc in triangles(pairs):
        # Seen from each pair, the third person is c, b or a.
        thirds = (ab, ac, bc, pairs.higher, ac), (ac, ab, bc, pairs.higher, ab), (bc, ab, ac, pairs.lower, ab)
        for pair, one, other, person, where in thirds:
            ways = ties.take(one) * ties.take(other)
            if worth is not None:
                ways *= worth.take(person.take(where))
            np.add.at(found, pair, ways)
    return found


def _closed_in(pairs: Pairs) -> tuple[Floats, Floats]:
    """c_ij = (p_ij + Σ_q p_iq p_qj)² for the two people of each pair: the one of lower rank, the one of higher."""
    total = pairs.people(pairs.ties)
    # p_iq p_qj = Z_iq Z_qj / (total_i total_q): only the last division depends on from whom the pair is seen.
    ways = pairs.ties + _through(pairs, ratio(1.0, total))
    return (ways / total.take(pairs.lower)) ** 2, (ways / total.take(pairs.higher)) ** 2


def constraint(network: Network) -> pd.Series[float]:
    """How much a person's contacts lead back to one another, leaving little room between them.

    Formula:
        C_i = Σ_{j∈N(i)} (p_ij + Σ_{q≠i,j} p_iq p_qj)², p_ij = Z_ij / Σ_k Z_ik, Z = A + Aᵀ; whole network, direct
        contacts only.
    Direction and strength:
        None: both directions added, a mutual tie counts twice. Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; > 0; 1 for a person with a single contact; may exceed 1 (1.125 with two contacts tied to
        each other only).

    Undefined when:
        the person has no known tie. People who did not answer have a value from what others said.
    Small n:
        falls with the number of contacts: always read degree beside it.
    Reference:
        Burt (1992), Structural Holes, Harvard University Press; Burt (2004), American Journal of Sociology
        110:349–399, doi:10.1086/421787.

    >>> constraint(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("a", "c")])).tolist()
    [0.5, 1.0, 1.0, nan]
    """
    pairs = network.pairs
    return actor_series(network, pairs.people(*_closed_in(pairs)), "constraint", pairs.people() > 0)


def effective_size(network: Network) -> pd.Series[float]:
    """How many contacts a person has beyond those who repeat one another.

    Formula:
        ES_i = Σ_{j∈N(i)} [1 − Σ_{q≠i,j} p_iq m_jq], p_iq = Z_iq / Σ_k Z_ik, m_jq = Z_jq / max_k Z_jk, Z = A + Aᵀ.
        On mutual ties this is k − 2t/k with t ties among the k contacts.
    Direction and strength:
        None: both directions added, a mutual tie counts twice. Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; people, > 0 … number of contacts.

    Undefined when:
        the person has no known tie. People who did not answer have a value from what others said.
    Small n:
        grows with the number of contacts: always read degree beside it.
    Reference:
        Burt (1992), Structural Holes, Harvard University Press, p. 52; Borgatti (1997), Connections 20:35–38.
        networkx 3.6.1 `effective_size` departs from this formula on directed networks.

    >>> effective_size(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("a", "c"), ("b", "c")])).tolist()
    [1.0, 1.0, 1.0, nan]
    """
    pairs = network.pairs
    contacts, total = pairs.people(), pairs.people(pairs.ties)
    most = 1.0 + (total > contacts)
    ways = _through(pairs)
    repeated = ratio(pairs.people(ways / most.take(pairs.higher), ways / most.take(pairs.lower)), total)
    return actor_series(network, contacts - repeated, "effective_size", contacts > 0)


def efficiency(network: Network) -> pd.Series[float]:
    """Of a person's contacts, the share that remains once those who repeat one another are counted less.

    Formula:
        ES_i / k_i, with ES_i from `effective_size` and k_i contacts.
    Direction and strength:
        As `effective_size`.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; share, above 0 to 1; 1 when no two contacts are in contact.

    Undefined when:
        the person has no known tie. People who did not answer have a value from what others said.
    Small n:
        always 1 for a single contact: read degree beside it.
    Reference:
        Burt (1992), Structural Holes, Harvard University Press.

    >>> efficiency(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("a", "c"), ("b", "c")])).tolist()
    [0.5, 0.5, 0.5, nan]
    """
    return actor_series(network, ratio(effective_size(network), network.pairs.people()), "efficiency")


def hierarchy(network: Network) -> pd.Series[float]:
    """How far what closes a person in comes from one contact rather than from all alike.

    Formula:
        H_i = Σ_j r_ij ln r_ij / (k_i ln k_i), r_ij = c_ij / (C_i / k_i), c_ij contact j's part of the constraint C_i
        (`constraint`); 1 where k_i = 1. The Coleman–Theil index of disorder.
    Direction and strength:
        None: both directions added, a mutual tie counts twice. Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; 0–1; 0 all contacts close the person in alike, 1 it is all one contact.

    Undefined when:
        the person has no known tie. People who did not answer have a value from what others said.
    Small n:
        always 1 for a single contact; with two or three contacts one tie moves it far.
    Reference:
        Burt (1992), Structural Holes, Harvard University Press.

    >>> hierarchy(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("a", "c")])).tolist()
    [0.0, 1.0, 1.0, nan]
    """
    pairs = network.pairs
    parts, contacts = _closed_in(pairs), pairs.people()
    mean = ratio(pairs.people(*parts), contacts)
    relative = parts[0] / mean.take(pairs.lower), parts[1] / mean.take(pairs.higher)
    disorder = ratio(
        pairs.people(*(part * np.log(part) for part in relative)), contacts * np.log(np.maximum(contacts, 1.0))
    )
    # Rounding can leave −1e-16 where all contacts are alike.
    values = np.where(contacts == 1, 1.0, np.maximum(disorder, 0.0))
    return actor_series(network, values, "hierarchy", contacts > 0)


def everett_valente(network: Network) -> pd.Series[float]:
    """How much lies between other people through this person, for each of the contacts it takes.

    Formula:
        mean of (b_i + R_in,i) / k_in,i and (b_i + R_out,i) / k_out,i, both 0 where b_i = 0; b_i from `betweenness`,
        R_in,i people from whom nominations lead to i, R_out,i people to whom they lead from i.
    Direction and strength:
        Follows nominations; the same on the turned network. Every present tie is one step; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; people, 0 or more; 0 for somebody between nobody, an isolate who answered included. On
        mutual ties `everett_valente_undirected`, except that this gives (n_c − 1) / k where nothing lies between.

    Undefined when:
        the person did not answer (no way through them can be known), or n < 3.
    Small n:
        as for `betweenness`: very sensitive to who did not answer.
    Reference:
        Everett & Valente (2016), Social Networks 44:202–208.

    >>> everett_valente(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("b", "d")])).tolist()
    [0.0, 2.5, 0.0, 0.0]
    """
    between = betweenness(network).to_numpy()
    turned = network.matrix.T.tocsr()
    by_in = ratio(between + reached_by_step(network.matrix).sum(axis=0), row_sums(turned))
    by_out = ratio(between + reached_by_step(turned).sum(axis=0), row_sums(network.matrix))
    # Rounding can leave a little where nothing lies between.
    values = np.where(between < 1e-9, 0.0, (by_in + by_out) / 2)
    return actor_series(network, values, "everett_valente", ~np.isnan(between))


def everett_valente_undirected(network: Network) -> pd.Series[float]:
    """How much lies between other people through this person, for each contact, whichever way ties were named.

    Formula:
        (2 b_i + (n_c − 1) [k_i > 1]) / k_i; b_i unordered pairs' shares of shortest ways through i, n_c people in the
        component of i, k_i contacts; all on the union.
    Direction and strength:
        None: a tie counts when either person reports it (union). Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; people, 0 or more; 0 for a person with a single contact.

    Undefined when:
        the person has no known tie, or n < 3. People who did not answer have a value from what others said.
    Small n:
        as for `betweenness`: very sensitive to who did not answer.
    Reference:
        Everett & Valente (2016), Social Networks 44:202–208.

    >>> everett_valente_undirected(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("b", "c")])).tolist()
    [0.0, 2.0, 0.0, nan]
    """
    union, n = network.union, network.n
    everybody, nothing = np.ones(n, dtype=bool), sparse.csr_array((n, n), dtype=bool)
    agreed = replace(network, matrix=union, strengths=union, asked=everybody, answered=everybody, unknown_cells=nothing)
    contacts, piece = row_sums(union), csgraph.connected_components(union, directed=False)[1]
    size = np.bincount(piece, minlength=1)[piece]
    # Over ordered pairs, betweenness of mutual ties is already twice the undirected number.
    lies = betweenness(agreed).to_numpy() + np.where(contacts > 1, size - 1, 0)
    return actor_series(network, ratio(lies, contacts), "everett_valente_undirected")
