"""Which cells of a table of people and events can differ between tables with the same sums.

Of all tables of yes and no in which everybody came as often, and every event was as full, some agree on some cells: who
came to everything they could have come to did so in every one of them. Only the other cells say anything.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from sna.networks.network import Bools, Floats

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class FreeCells:
    """The cells that can change, in parts that have nothing to do with each other.

    Attributes:
        cells: n × m booleans.
        rows, columns: n and m numbers: the part to which each belongs, from 0; −1: nothing in it can change.
    """

    cells: Bools
    rows: Integers
    columns: Integers

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return int(max(self.rows.max(initial=-1), self.columns.max(initial=-1))) + 1


def free_cells(present: Bools, eligible: Bools) -> FreeCells:
    """The cells in which two tables with the same sums, and with nothing where nobody could be, can differ.

    Formula:
        an arrow from each person to the events they came to, and from each event to the people who could have come and
        did not: what can change lies on a circle of arrows, so inside a strongly connected part.

    Args:
        present: n × m, nobody where they were not eligible.
        eligible: n × m.

    >>> came = np.array([[1, 1, 1], [1, 0, 0], [0, 1, 0]], dtype=bool)
    >>> free_cells(came, np.ones((3, 3), dtype=bool)).cells.astype(int).tolist()
    [[0, 0, 0], [1, 1, 0], [1, 1, 0]]
    """
    n, m = present.shape
    came, stayed = np.nonzero(present), np.nonzero(eligible & ~present)
    start = np.concatenate([came[0], n + stayed[1]])
    end = np.concatenate([n + came[1], stayed[0]])
    arrows = sparse.csr_array((np.ones(len(start), dtype=np.int8), (start, end)), shape=(n + m, n + m))
    labels = np.asarray(connected_components(arrows, directed=True, connection="strong")[1], dtype=np.int64)
    cells: Bools = np.asarray(eligible & (labels[:n, None] == labels[None, n:]), dtype=bool)
    changing = np.unique(labels[:n][cells.any(axis=1)])
    number = np.full(n + m + 1, -1, dtype=np.int64)
    number[changing] = np.arange(len(changing))
    return FreeCells(cells, number[labels[:n]], number[labels[n:]])


def fixed_by_sums(rows: Integers, people: Integers, columns: Integers, events: Integers) -> Floats:
    """The same where everybody could have come to everything, from the sums alone.

    Formula:
        the k people who came most often can have come Σ min(size, k) times at most (Gale, Ryser). Where they came as
        often, they were at every event of size k or more, and nobody else at one of size k or less.

    Args:
        rows: R different numbers of events that people came to, rising.
        people: how many people came to so many.
        columns: C different sizes of events, rising.
        events: how many events are of that size.

    Returns:
        (R, C): 1 or 0 where it is so in every table; NaN where tables differ.

    >>> fixed_by_sums(np.array([1, 3]), np.array([2, 1]), np.array([1, 2]), np.array([1, 2])).tolist()
    [[0.0, nan], [1.0, 1.0]]
    """
    n = int(people.sum())
    taken = np.concatenate([[0], np.cumsum(np.repeat(rows[::-1], people[::-1]))])
    larger = np.cumsum(np.bincount(np.minimum(columns, n), events, n + 1)[::-1])[::-1]
    places = np.concatenate([[0], np.cumsum(larger[1:])]).astype(np.int64)
    tight = np.flatnonzero(places == taken)
    # Among the people, who came most often first, those of one row stand at the places from `first` to `last`.
    last = people[::-1].cumsum()[::-1]
    first = last - people + 1
    within = tight[np.searchsorted(tight, first)]
    beyond = tight[np.searchsorted(tight, last) - 1]
    always, never = within[:, None] <= columns, beyond[:, None] >= columns
    return np.where(always, 1.0, np.where(never, 0.0, np.nan))


__all__ = ["FreeCells", "fixed_by_sums", "free_cells"]
