"""One relation in one wave, on everybody who was on the roster: what is tied, what is not, and what nobody can say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from sna.networks.pairs import Pairs, tidy

Flow = Literal["against", "along", "none"]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


def _frozen(array: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    array = np.array(array, dtype=bool)
    array.setflags(write=False)
    return array


@dataclass(frozen=True, eq=False)
class Network:
    """A directed network of one relation in one wave. Immutable: every change is a new network.

    Row i is the person who answered (ego), column j the person named (alter).

    Attributes:
        relation: relation id.
        wave: wave id.
        actors: the n actor ids in roster order; isolates included.
        strengths: n × n sparse float; the reported strength where it is above 0, whether or not it counts as a tie.
        matrix: n × n sparse float of 0/1; 1 where the tie is present.
        asked: n booleans; who was sent the question.
        answered: n booleans; who answered it ("nobody" is an answer).
        unknown_cells: n × n sparse booleans; single unknown cells inside answered rows.
        attributes: n rows indexed by actor id; roster attributes in that wave, text, null where not stated.
        flow: `against` when what passes runs from alter to ego (advice), `along` when it runs from ego to alter,
            `none` when nothing passes (trust).
        cap: the most names a respondent could give; None without a cap.
    """

    relation: str
    wave: str
    actors: tuple[str, ...]
    strengths: sparse.csr_array
    matrix: sparse.csr_array
    asked: Bools
    answered: Bools
    unknown_cells: sparse.csr_array
    attributes: pd.DataFrame
    flow: Flow = "against"
    cap: int | None = None
    _positions: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        n = len(self.actors)
        if len(set(self.actors)) != n:
            raise ValueError("actor ids must be unique")
        for name in ("strengths", "matrix", "unknown_cells"):
            if getattr(self, name).shape != (n, n):
                raise ValueError(f"{name} must be {n} × {n}")
        object.__setattr__(self, "asked", _frozen(self.asked))
        object.__setattr__(self, "answered", _frozen(self.answered))
        object.__setattr__(self, "_positions", {actor: i for i, actor in enumerate(self.actors)})
        if self.matrix.diagonal().any() or self.strengths.diagonal().any():
            raise ValueError("nobody can name themselves: the diagonal is structurally impossible")
        silent = ~self.answered
        if self.matrix[silent].nnz or self.strengths[silent].nnz:
            raise ValueError("a person who did not answer cannot have reported ties")
        if self.matrix.multiply(self.unknown_cells).sum():
            raise ValueError("a cell cannot be both a tie and unknown")

    @classmethod
    def from_ties(
        cls,
        actors: Sequence[str],
        ties: Sequence[tuple[str, str]] | Sequence[tuple[str, str, float]],
        *,
        relation: str = "relation",
        wave: str = "wave",
        present_from: float | None = None,
        answered: Sequence[str] | None = None,
        asked: Sequence[str] | None = None,
        unknown: Sequence[tuple[str, str]] = (),
        attributes: pd.DataFrame | None = None,
        flow: Flow = "against",
        cap: int | None = None,
    ) -> Network:
        """Build a network from a list of ties.

        Args:
            actors: everybody on the roster, tied or not.
            ties: (ego, alter) or (ego, alter, strength); strength is 1 when not given.
            relation: relation id.
            wave: wave id.
            present_from: the strength from which a tie counts; None: any strength above 0.
            answered: ids of those who answered; None: everybody.
            asked: ids of those who were asked; None: everybody.
            unknown: single unknown (ego, alter) cells of people who answered.
            attributes: one row per actor, indexed by actor id; None: no attributes.
            flow: see the class.
            cap: see the class.

        Raises:
            KeyError: a tie names somebody who is not in `actors`.

        >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("a", "c")], answered=["a", "b"])
        >>> network.n, network.matrix.nnz, network.observed_count
        (3, 3, 4)
        """
        index = {actor: i for i, actor in enumerate(actors)}
        n = len(index)
        value = np.array([float(tie[2]) if len(tie) == 3 else 1.0 for tie in ties], dtype=float)
        rows = np.array([index[tie[0]] for tie in ties], dtype=np.int64)
        columns = np.array([index[tie[1]] for tie in ties], dtype=np.int64)
        keep = value > 0
        present = keep if present_from is None else keep & (value >= present_from)

        def square(i: npt.NDArray[np.int64], j: npt.NDArray[np.int64], v: npt.NDArray[np.float64]) -> sparse.csr_array:
            return sparse.csr_array((v, (i, j)), shape=(n, n))

        def member(ids: Sequence[str] | None) -> Bools:
            if ids is None:
                return np.ones(n, dtype=bool)
            mask = np.zeros(n, dtype=bool)
            mask[[index[actor] for actor in ids]] = True
            return mask

        holes = (
            np.array([index[i] for i, _ in unknown], dtype=np.int64),
            np.array([index[j] for _, j in unknown], dtype=np.int64),
        )
        return cls(
            relation=relation,
            wave=wave,
            actors=tuple(actors),
            strengths=square(rows[keep], columns[keep], value[keep]),
            matrix=square(rows[present], columns[present], np.ones(int(present.sum()))),
            asked=member(asked),
            answered=member(answered),
            unknown_cells=square(*holes, np.ones(len(unknown))).astype(bool),
            attributes=pd.DataFrame(index=pd.Index(list(actors), name="actor_id"))
            if attributes is None
            else attributes.reindex(list(actors)),
            flow=flow,
            cap=cap,
        )

    @property
    def n(self) -> int:
        """Number of people on the roster."""
        return len(self.actors)

    @property
    def respondents(self) -> int:
        """Number of people who answered."""
        return int(self.answered.sum())

    @property
    def response_rate(self) -> float:
        """Answered / asked; NaN when nobody was asked."""
        asked = int((self.asked | self.answered).sum())
        return self.respondents / asked if asked else float("nan")

    def position(self, actor_id: str) -> int:
        """Row (and column) of a person; KeyError when they are not on this wave's roster."""
        return self._positions[actor_id]

    @cached_property
    def dense(self) -> Floats:
        """`matrix` as a dense n × n array of 0/1; read-only."""
        full = self.matrix.toarray().astype(float)
        full.setflags(write=False)
        return full

    @property
    def observed(self) -> Bools:
        """n × n booleans: True where the tie is known to be present or absent."""
        mask = np.repeat(self.answered[:, None], self.n, axis=1)
        np.fill_diagonal(mask, False)
        mask[self.unknown_cells.nonzero()] = False
        return mask

    @cached_property
    def tie_index(self) -> pd.MultiIndex:
        """(ego_id, alter_id) of the present ties, in the order of the roster."""
        matrix, ids = tidy(self.matrix), np.array(self.actors, dtype=object)
        ego = ids.repeat(np.diff(matrix.indptr))
        return pd.MultiIndex.from_arrays([ego.tolist(), ids[matrix.indices].tolist()], names=["ego_id", "alter_id"])

    @cached_property
    def holes(self) -> sparse.csr_array:
        """n × n sparse float of 0/1; 1 in the unknown cells of people who did answer."""
        if not self.unknown_cells.nnz:
            return sparse.csr_array((self.n, self.n), dtype=float)
        ego, alter = self.unknown_cells.nonzero()
        mine = self.answered[ego] & (ego != alter)
        return sparse.csr_array((np.ones(int(mine.sum())), (ego[mine], alter[mine])), shape=(self.n, self.n))

    @cached_property
    def observed_out(self) -> Floats:
        """For each person, how many of their cells about others are known."""
        known: Floats = np.where(self.answered, self.n - 1.0, 0.0)
        return known - np.diff(self.holes.indptr) if self.unknown_cells.nnz else known

    @cached_property
    def observed_in(self) -> Floats:
        """For each person, how many of the others' cells about them are known."""
        known: Floats = np.where(self.answered, self.respondents - 1.0, float(self.respondents))
        return known - np.bincount(self.holes.indices, minlength=self.n) if self.unknown_cells.nnz else known

    @property
    def observed_count(self) -> int:
        """Number of cells whose state is present or absent."""
        return int(self.observed_out.sum())

    def state(self, ego_id: str, alter_id: str) -> str:
        """`present`, `absent`, `unknown` or `impossible` for one ordered pair."""
        i, j = self.position(ego_id), self.position(alter_id)
        if i == j:
            return "impossible"
        if not self.answered[i] or self.unknown_cells[i, j]:
            return "unknown"
        return "present" if self.matrix[i, j] else "absent"

    @cached_property
    def index(self) -> pd.Index[str]:
        """The people in roster order, as an index named `actor_id`."""
        stated = self.attributes.index
        # Comparing takes a fraction of the time of making another.
        if stated.dtype == "str" and tuple(stated.tolist()) == self.actors:
            return stated.rename("actor_id")
        return pd.Index(list(self.actors), dtype="str", name="actor_id")

    @cached_property
    def flow_matrix(self) -> sparse.csr_array:
        """`matrix` in the direction in which things pass: the transpose when `flow` is `against`."""
        return self.matrix.T.tocsr() if self.flow == "against" else self.matrix

    @cached_property
    def union(self) -> sparse.csr_array:
        """n × n sparse 0/1, symmetric: 1 where either reports the tie."""
        return self.matrix.maximum(self.matrix.T).tocsr()

    @cached_property
    def pairs(self) -> Pairs:
        """The pairs of people of whom at least one names the other, each once."""
        return Pairs.of(self.matrix)

    @cached_property
    def graph(self) -> nx.DiGraph[str]:
        """The present ties as a `networkx.DiGraph`: every person a node with their attributes, `strength` on each tie.

        Built once and frozen; use `.graph.copy()` for one to change.
        """
        graph: nx.DiGraph[str] = nx.DiGraph(relation=self.relation, wave=self.wave)
        records = self.attributes.to_dict("index")
        for i, actor in enumerate(self.actors):
            stated = {str(k): v for k, v in records[actor].items() if not pd.isna(v)}
            graph.add_node(actor)
            graph.nodes[actor].update({**stated, "asked": bool(self.asked[i]), "answered": bool(self.answered[i])})
        for i, j, strength in self.ties():
            graph.add_edge(self.actors[i], self.actors[j], strength=strength)
        nx.freeze(graph)
        return graph

    def ties(self) -> list[tuple[int, int, float]]:
        """(position of ego, position of alter, strength) of every present tie, in roster order.

        >>> Network.from_ties(["a", "b"], [("b", "a", 3)]).ties()
        [(1, 0, 3.0)]
        """
        rows, columns = self.matrix.nonzero()
        if not len(rows):
            return []
        strengths = np.asarray(self.strengths[rows, columns]).ravel()
        return sorted(zip(rows.tolist(), columns.tolist(), strengths.tolist(), strict=True))

    def among(self, actors: Collection[str]) -> Network:
        """The network of some of its people: their answers about one another, in roster order.

        >>> Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")]).among({"a", "b"}).ties()
        [(0, 1, 1.0)]
        """
        kept = [i for i, actor in enumerate(self.actors) if actor in actors]
        return replace(
            self,
            actors=tuple(self.actors[i] for i in kept),
            strengths=self.strengths[kept][:, kept],
            matrix=self.matrix[kept][:, kept],
            asked=self.asked[kept],
            answered=self.answered[kept],
            unknown_cells=self.unknown_cells[kept][:, kept],
            attributes=self.attributes.iloc[kept],
        )

    def reversed(self) -> Network:
        """The network with every tie turned round, defined when every cell is observed.

        Raises:
            ValueError: somebody did not answer, so that the turned network would have unknown columns.
        """
        if not self.answered.all() or self.unknown_cells.nnz:
            raise ValueError("a network with unknown cells cannot be reversed")
        return replace(self, strengths=self.strengths.T.tocsr(), matrix=self.matrix.T.tocsr())

    def __repr__(self) -> str:
        return (
            f"Network({self.relation!r}, wave {self.wave!r}: {self.n} people, {self.matrix.nnz} ties, "
            f"{self.respondents} answered)"
        )
