"""How a network falls into pieces, and how far it is a ladder: fragmentation and Krackhardt's four measures."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import combinations

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from sna.metrics.frames import Codes, Direction, ratio
from sna.networks.network import Bools, Network

Labels = npt.NDArray[np.int32]


def heard_of(network: Network) -> Bools:
    """True for people who answered or were named: of the others nothing is known. Nobody when n < 2 or all are silent.

    >>> heard_of(Network.from_ties(["a", "b", "c"], [("a", "b")], answered=["a"])).tolist()
    [True, True, False]
    """
    if network.n < 2 or not network.respondents:
        return np.zeros(network.n, dtype=bool)
    return np.asarray(network.answered | (network.matrix.sum(axis=0) > 0), dtype=bool)


def _piece_of(network: Network) -> Labels:
    """Each person's piece as a number; a tie counts when either person reports it."""
    return np.asarray(csgraph.connected_components(network.union, directed=False)[1])


def _sizes(network: Network) -> Codes:
    """People in each piece, among those who answered or were named."""
    sizes = np.bincount(_piece_of(network)[heard_of(network)])
    return np.asarray(sizes[sizes > 0], dtype=np.int64)


def fragmentation(network: Network) -> float:
    """The share of pairs of people who are in different pieces of the network.

    Formula:
        F = 1 − Σ_c s_c (s_c − 1) / (n (n − 1)), s_c the sizes of the weak components, n the people who answered or
        were named.
    Direction and strength:
        None: a tie counts when either person reports it (union). Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        share, 0–1; 0 in one piece, 1 without ties.

    Undefined when:
        nobody answered, or fewer than two people answered or were named.
    Small n:
        one tie can join two halves: it jumps. People who neither answered nor were named are left out; ties that
        silent people would have reported are missing, so that with many silent it comes out too high.
    Reference:
        Borgatti (2006), Computational & Mathematical Organization Theory 12:21–34, doi:10.1007/s10588-006-7084-x.

    >>> fragmentation(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("c", "b")]))
    0.5
    """
    sizes = _sizes(network)
    people = sizes.sum()
    return float(ratio(people * (people - 1) - (sizes * (sizes - 1)).sum(), people * (people - 1)))


def connectedness(network: Network) -> float:
    """The share of pairs of people who are in the same piece of the network.

    Formula:
        1 − V / (n (n − 1) / 2), V the pairs that are not joined by any chain of ties; 1 − `fragmentation`.
    Direction and strength:
        None: a tie counts when either person reports it (union). Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        share, 0–1.

    Undefined when:
        as for `fragmentation`.
    Small n:
        as for `fragmentation`; with many silent it comes out too low.
    Reference:
        Krackhardt (1994), Graph theoretical dimensions of informal organizations, in Carley & Prietula (eds.),
        Computational Organization Theory, Lawrence Erlbaum, 89–111.

    >>> connectedness(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("c", "b")]))
    0.5
    """
    return 1.0 - fragmentation(network)


def krackhardt_efficiency(network: Network) -> float:
    """How few ties a network has beyond those it needs to hold its pieces together.

    Formula:
        1 − Σ_c (m_c − (s_c − 1)) / Σ_c (o_c − (s_c − 1)) over the weak components: m_c ties in it, s_c people, o_c
        cells of which the state is observed; with full response o_c = s_c (s_c − 1), the original definition.
    Direction and strength:
        Directed ties: a mutual pair counts twice, so that only one-way trees reach 1. The same on the turned
        network. Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        share, 0–1; 0 when every observed tie inside the pieces is there, 1 when none could be spared.

    Undefined when:
        there is no tie, or every tie that could have been reported is needed.
    Small n:
        high in sparse networks by arithmetic. Few spare ties also means that losing one tie splits the network: it
        is no praise.
    Reference:
        Krackhardt (1994), as `connectedness`. R sna::efficiency.

    >>> krackhardt_efficiency(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("b", "c")]))
    0.75
    """
    piece = _piece_of(network)
    sizes = np.bincount(piece)
    needed = (sizes - 1).sum()
    rows, columns = network.holes.nonzero()
    observed = (sizes[piece[network.answered]] - 1).sum() - (piece[rows] == piece[columns]).sum()
    return 1.0 - float(ratio(network.matrix.nnz - needed, observed - needed))


@dataclass(frozen=True)
class _Ladder:
    """Sets of people who all stand above one another, from the top down.

    A set of people is an integer with one bit for each of them; those of one step are neighbours in it.

    Attributes:
        own: the people of each step.
        above: the people above each step, without its own.
        piece: the weak component each step belongs to.
    """

    own: list[int]
    above: list[int]
    piece: list[int]


def ladder_of(network: Network, over: sparse.csr_array) -> _Ladder:
    """The steps of a network in which `over[i, j]` says that i stands directly above j."""
    count, step = csgraph.connected_components(over, directed=True, connection="strong")
    rows, columns = over.nonzero()
    links = np.unique(np.column_stack([step[rows], step[columns]]), axis=0)
    parents: dict[int, list[int]] = {i: [] for i in range(count)}
    for upper, lower in links[links[:, 0] != links[:, 1]].tolist():
        parents[lower].append(upper)
    order = list(TopologicalSorter(parents).static_order())
    size = np.bincount(step, minlength=count).tolist()
    own, above, start = [0] * count, [0] * count, 0
    seen: dict[int, int] = {}
    for i in order:
        own[i] = ((1 << size[i]) - 1) << start
        start += size[i]
        people = 0
        for parent in parents[i]:
            people |= above[parent] | own[parent]
        # Many steps have the same people above them: the set is kept once.
        above[i] = seen.setdefault(people, people)
    piece = np.zeros(count, dtype=np.int64)
    piece[step] = _piece_of(network)
    return _Ladder(own, above, piece.tolist())


def krackhardt_hierarchy(network: Network) -> float:
    """Of the pairs in which one person can reach the other, the share that is one-way.

    Formula:
        1 − V / MaxV over unordered pairs: V can reach each other both ways along ties, MaxV in at least one.
    Direction and strength:
        Along directed ties, by any number of steps; the same on the turned network. Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        share, 0–1; 0 when everybody who is reached can reach back, 1 when nobody can.

    Undefined when:
        there is no tie.
    Small n:
        one tie back from bottom to top can take it from 1 to 0. Ties that silent people would have reported are
        missing, and ways back run through them: with silence it comes out too high.
    Reference:
        Krackhardt (1994), as `connectedness`. R sna::hierarchy, measure "krackhardt".

    >>> round(krackhardt_hierarchy(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("b", "c")])), 4)
    0.6667
    """
    ladder = ladder_of(network, network.matrix)
    sizes = [own.bit_count() for own in ladder.own]
    mutual = sum(size * (size - 1) // 2 for size in sizes)
    one_way = sum(size * above.bit_count() for size, above in zip(sizes, ladder.above, strict=True))
    return float(ratio(one_way, one_way + mutual))


def _pairs_apart(ladder: _Ladder, steps: list[int], bounds: set[int]) -> int:
    """Pairs of people of one piece for whom nobody is the nearest above both.

    Where one stands above the other that one is; for the rest it depends only on who stands above each. So steps are
    taken together by the people above them. Somebody is the nearest when everybody above both stands above them.
    """
    alike: dict[int, list[int]] = defaultdict(list)
    for step in steps:
        alike[ladder.above[step]].append(ladder.own[step])
    groups = [(above, sum(own)) for above, own in alike.items()]
    apart = 0
    for above, own in groups:
        if above not in bounds:
            size = own.bit_count()
            apart += (size**2 - sum(step.bit_count() ** 2 for step in alike[above])) // 2
    for (above, own), (other_above, other_own) in combinations(groups, 2):
        if above & other_above not in bounds:
            size, other_size = own.bit_count(), other_own.bit_count()
            ordered = (own & other_above).bit_count() * other_size + (other_own & above).bit_count() * size
            apart += size * other_size - ordered
    return apart


def krackhardt_lub(network: Network, direction: Direction = "flow") -> float:
    """How often two people have one nearest person above both, to whom both can turn.

    Formula:
        LUBness = 1 − V / Σ_c (s_c − 1)(s_c − 2) / 2: V the pairs of people of the same weak component without a least
        upper bound. An upper bound of i and j is a person who stands above both, in any number of steps, everybody
        standing above themselves; it is the least when every other upper bound stands above it.
    Direction and strength:
        "flow": the person from whom things come stands above the one to whom they go; where nothing passes, the
        person named stands above the one who names them. "citation": the person named always does. It changes when
        the network is turned. Strength not used. (R sna::lubness reads ties downwards, and asks of the least upper
        bound that it reach the others, where it should be reached by them: its numbers differ.)

    Args:
        network: one relation in one wave, n people.
        direction: which way ties are read, as above.

    Returns:
        share, 0–1.

    Undefined when:
        no piece of the network has three people.
    Small n:
        1 whenever everybody can reach everybody; one missing tie, such as a silent person's, can remove the bounds
        of many pairs. Time grows with the square of the number of different positions in the ladder.
    Reference:
        Krackhardt (1994), as `connectedness`. R sna::lubness.

    >>> krackhardt_lub(Network.from_ties(["a", "b", "c"], [("a", "b"), ("a", "c")]))
    0.0
    >>> krackhardt_lub(Network.from_ties(["a", "b", "c"], [("b", "a"), ("c", "a")]))
    1.0
    """
    downwards = direction == "flow" and network.flow == "along"
    ladder = ladder_of(network, network.matrix if downwards else network.matrix.T.tocsr())
    bounds = {above | own for above, own in zip(ladder.above, ladder.own, strict=True)}
    pieces: dict[int, list[int]] = defaultdict(list)
    for step, piece in enumerate(ladder.piece):
        pieces[piece].append(step)
    apart = sum(_pairs_apart(ladder, steps, bounds) for steps in pieces.values() if len(steps) > 1)
    sizes = np.bincount(_piece_of(network))
    return 1.0 - float(ratio(apart, ((sizes - 1) * (sizes - 2) // 2).sum()))
