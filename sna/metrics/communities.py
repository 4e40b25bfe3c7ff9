"""Communities: groups found in the ties themselves; and how well a given division into groups fits the ties."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from graspologic_native import leiden_csr
from scipy import sparse

from sna.metrics.frames import Codes, group_codes, ratio
from sna.metrics.pieces import heard_of
from sna.networks.network import Floats, Network

Labels = npt.NDArray[np.int64]
Places = npt.NDArray[np.signedinteger]
FEWEST = 20
SAME = 1e-9
# After one round the best of 50 starts lies below Louvain's as often as above it; a third adds next to nothing.
ROUNDS = 2


@dataclass(frozen=True)
class Communities:
    """Communities found in the ties, from many random starts.

    Attributes:
        partition: text on actor_id: each person's community in the best start, "1" the largest; null for people
            without ties and for those who neither answered nor were named.
        modularity: of the best start; NaN when undefined.
        lowest: modularity of the worst start; NaN when undefined.
        distinct: how many different divisions the starts found. Many: the data do not say who belongs with whom.
        seeds: number of starts.
        runs: people × starts; the number of each person's community in that start, −1 for people without one.
        reason: why there are none; None when there are.
    """

    partition: pd.Series[str]
    modularity: float
    lowest: float
    distinct: int
    seeds: int
    runs: pd.DataFrame
    reason: str | None

    def together(self) -> pd.DataFrame:
        """People × people: the share of starts in which two people are in one community; NaN for those without one.

        It takes n × n numbers: ask for it where people can be told apart, not for a network of thousands.
        """
        labels = self.runs.to_numpy()
        n, starts = labels.shape
        share = np.full((n, n), np.nan)
        if starts:
            placed = np.flatnonzero(labels[:, 0] >= 0)
            # A column for each community of each start: two people's rows agree in as many as they are together.
            most = int(labels.max()) + 1
            columns = labels[placed] + most * np.arange(starts)
            ends = np.arange(len(placed) + 1) * starts
            shape = (len(placed), most * starts)
            member = sparse.csr_array((np.ones(columns.size), columns.ravel(), ends), shape=shape)
            share[np.ix_(placed, placed)] = (member @ member.T).toarray() / starts
        return pd.DataFrame(share, index=self.runs.index, columns=self.runs.index)


def _modularity(rows: Places, columns: Places, codes: Codes) -> float:
    """Modularity of a division; people with a code below 0 and their ties are left out. NaN without ties.

    Args:
        rows, columns: who is tied to whom; each pair stands there both ways.
        codes: everybody's group.
    """
    stated = (codes[rows] >= 0) & (codes[columns] >= 0)
    ego, alter = codes[rows[stated]], codes[columns[stated]]
    total = len(ego)
    shares = ratio(np.bincount(ego), total)
    return float(ratio((ego == alter).sum(), total) - (shares**2).sum()) if total else float("nan")


def modularity(network: Network, group: pd.Series[str]) -> float:
    """How many more ties stay inside the groups than if everybody's ties fell on anybody.

    Formula:
        Q = Σ_g [L_g / m − (D_g / 2m)²]: m pairs tied, L_g of them inside group g, D_g the contacts of its people added.
    Direction and strength:
        None: a tie counts when either person reports it (union). Strength not used.

    Args:
        network: one relation in one wave, n people.
        group: text indexed by actor_id; null where not stated. Those people and their ties are left out.

    Returns:
        −0.5 to below 1; 0: as many ties inside as chance would put there.

    Undefined when:
        no tie joins two people whose groups are stated, or everybody stated is in one group.
    Small n:
        its largest possible value depends on the number and sizes of groups: compare with shuffled groups, and not
        across networks. Ties between two people who did not answer are missing.
    Reference:
        Newman & Girvan (2004), Physical Review E 69:026113, doi:10.1103/PhysRevE.69.026113.

    >>> network = Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("c", "d")])
    >>> modularity(network, pd.Series({"a": "x", "b": "x", "c": "y", "d": "y"}))
    0.5
    """
    codes = group_codes(network, group)
    if len(np.unique(codes[codes >= 0])) < 2:
        return float("nan")
    return _modularity(*network.union.nonzero(), codes)


def _by_size(found: Labels) -> Labels:
    """The communities numbered from 0, the largest first; of equal ones that of the first person."""
    _, first, community, people = np.unique(found, return_index=True, return_inverse=True, return_counts=True)
    number = np.empty(len(first), dtype=np.int64)
    number[np.lexsort((first, -people))] = np.arange(len(first))
    return number[community]


def _from_starts(union: sparse.csr_array, rng: np.random.Generator, seeds: int) -> tuple[Labels, Floats]:
    """The division that each start ends in (starts × people), and its modularity."""
    n = union.shape[0]
    ends, contacts, ties = union.indptr.astype(np.int64), union.indices.astype(np.int32), union.data.astype(np.float64)
    labels = np.empty((seeds, n), dtype=np.int64)
    for start in range(seeds):
        seed = int(rng.integers(2**32))
        _, found = leiden_csr(ends, contacts, ties, n, iterations=ROUNDS, seed=seed)
        # The engine hands people back in any order.
        people = np.fromiter(found.keys(), dtype=np.int64, count=n)
        labels[start, people] = np.fromiter(found.values(), dtype=np.int64, count=n)
        labels[start] = _by_size(labels[start])
    rows, columns = union.nonzero()
    return labels, np.array([_modularity(rows, columns, one) for one in labels])


def _too_little(network: Network, people: int) -> str | None:
    if network.n < FEWEST:
        return "too_few_nodes"
    if people < FEWEST:
        return "nonresponse"
    return None if network.matrix.nnz else "no_ties"


def communities(network: Network, rng: np.random.Generator, seeds: int = 50) -> Communities:
    """Find groups whose people are tied to one another more than to others, and say how sure the ties make them.

    Formula:
        Leiden: from each of `seeds` random orders of people, everybody moves to the community that raises modularity
        most; each community is divided anew into parts that hang together; the parts are then moved like people,
        until nothing rises. A second round starts from what the first found. The best start is kept; the others show
        how far the answer depends on the start.
    Direction and strength:
        None: a tie counts when either person reports it (union). Strength not used.

    Args:
        network: one relation in one wave, n people.
        rng: where the random orders come from.
        seeds: number of starts, 1 or more.

    Returns:
        Communities, each of them connected in the union.

    Undefined when:
        fewer than 20 people answered or were named (too_few_nodes, or nonresponse when the roster has 20), or there
        is no tie (no_ties). A person without ties belongs to no community.
    Small n:
        it finds communities in ties placed at random too: no finding until modularity exceeds that of networks with
        the same numbers of ties. Communities much smaller than √(2m) ties are merged with their neighbours.
    Reference:
        Traag, Waltman & van Eck (2019), Scientific Reports 9:5233, doi:10.1038/s41598-019-41695-z; Good, de Montjoye
        & Clauset (2010), Physical Review E 81:046106, doi:10.1103/PhysRevE.81.046106. Leiden by graspologic-native.

    >>> four = Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("c", "d")])
    >>> communities(four, np.random.default_rng(1)).reason
    'too_few_nodes'
    """
    if seeds < 1:
        raise ValueError("there must be at least one start")
    reason = _too_little(network, int(heard_of(network).sum()))
    people = network.index
    if reason is not None:
        nobody = pd.Series([None] * network.n, index=people, dtype="str", name="community")
        nothing = pd.DataFrame(index=people, columns=pd.RangeIndex(0, name="start"), dtype=np.int64)
        return Communities(nobody, float("nan"), float("nan"), 0, 0, nothing, reason)
    union = network.union
    tied = np.flatnonzero(union.sum(axis=1)).tolist()
    # In order of id, so that the order of the roster decides nothing.
    order = np.array(sorted(tied, key=lambda i: network.actors[i]), dtype=np.int64)
    union = union[order][:, order].tocsr()
    union.sort_indices()
    labels, values = _from_starts(union, rng, seeds)
    runs = np.full((network.n, seeds), -1, dtype=np.int64)
    runs[order] = labels.T
    # Starts that differ by rounding only are equally good: the first of them, whatever the machine.
    best = runs[:, int(np.flatnonzero(values >= values.max() - SAME)[0])]
    names = [str(number + 1) if number >= 0 else None for number in best.tolist()]
    partition = pd.Series(names, index=people, dtype="str", name="community")
    # Numbered by size and first person, equal divisions have equal numbers.
    distinct = len({one.tobytes() for one in labels})
    table = pd.DataFrame(runs, index=people, columns=pd.RangeIndex(seeds, name="start"))
    return Communities(partition, float(values.max()), float(values.min()), distinct, seeds, table, None)
