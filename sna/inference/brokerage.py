"""Would chance alone put people between others as often? Gould–Fernandez roles under two nulls, by simulation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Literal, cast, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from sna.inference.chance import DRAWS, MOST_LISTED, SAME, Chance
from sna.inference.several import benjamini_hochberg
from sna.inference.shuffles import shuffled
from sna.metrics.brokerage import ROLES, Role, brokerage
from sna.metrics.frames import Codes, Direction, group_codes, turned
from sna.networks.network import Bools, Floats, Network

Kind = Literal["coordinator", "gatekeeper", "representative", "consultant", "liaison", "total", "across"]
# Two people of different groups are joined in the roles A A B, A B B and A B C.
KINDS: tuple[Kind, ...] = get_args(Kind)
PARTS: dict[Kind, tuple[Role, ...]] = {
    **{cast(Kind, role): (role,) for role in ROLES[:-1]},
    "total": ROLES[:-1],
    "across": ("gatekeeper", "representative", "liaison"),
}
Counts = npt.NDArray[np.int32]
Words = npt.NDArray[np.uint64]
WORD = 64
ALPHA = 0.05
# Cells, or ties, of all draws that are looked at together: they should stay in the fast memory.
AT_ONCE = 1_000_000


@dataclass(frozen=True, eq=False)
class Drawn:
    """Role counts under one null.

    Attributes:
        counts: (draws, people, five roles in the order of `ROLES`).
        exact: these are all members of the reference set, all alike likely; else draws.
    """

    counts: Counts
    exact: bool

    def of(self, kind: Kind) -> Floats:
        """(draws, people): one kind of count."""
        places = [ROLES.index(role) for role in PARTS[kind]]
        return np.asarray(self.counts[:, :, places].sum(axis=2), dtype=float)

    def p_at_least(self, kind: Kind, observed: Floats) -> Floats:
        """For each person, how likely so many or more are."""
        return self._p(self.of(kind) >= observed - SAME)

    def p_at_most(self, kind: Kind, observed: Floats) -> Floats:
        """For each person, how likely so few or fewer are."""
        return self._p(self.of(kind) <= observed + SAME)

    def _p(self, extreme: Bools) -> Floats:
        found = extreme.sum(axis=0)
        return np.asarray(found / len(extreme) if self.exact else (found + 1) / (len(extreme) + 1), dtype=float)

    def network(self, kind: Kind) -> Chance:
        """The number in the whole network."""
        values = self.of(kind).sum(axis=1)
        return Chance(values, np.full(len(values), 1 / len(values)), self.exact)


@dataclass(frozen=True, eq=False)
class BrokerageTest:
    """Brokerage by one group variable beside two nulls.

    Attributes:
        people: ids of the people whose group is stated, in roster order; the others are left out.
        values: the group of each of them.
        answered: who of them answered: of the others nobody can say whom they stand between.
        could: (people, kinds) whether somebody in such a group can have the role at all, given how many people the
            groups hold; columns in the order of `KINDS`.
        observed: (people, kinds) counts, as `metrics.brokerage.brokerage`; `across` is gatekeeper, representative and
            liaison together: two people of different groups. 0 for those who did not answer.
        arcs: counts when as many ties as there are stand anywhere among the observed cells; None with a `reason`.
        labels: counts when the ties stay and people are shuffled among the groups; None with a `reason`.
        reason: why there is no test; None when there is one.
    """

    people: tuple[str, ...]
    values: tuple[str, ...]
    answered: Bools
    could: Bools
    observed: Floats
    arcs: Drawn | None
    labels: Drawn | None
    reason: str | None = None

    @property
    def q_arcs(self) -> Floats:
        """Of each person's total under arcs, p corrected for all people who answered (Benjamini–Hochberg); else NaN."""
        if self.arcs is None:
            return np.full(len(self.people), np.nan)
        p = self.arcs.p_at_least("total", self.observed[:, KINDS.index("total")])
        return benjamini_hochberg(np.where(self.answered, p, np.nan))

    @property
    def q_labels(self) -> Floats:
        """Of each person's links across under labels, p corrected for those whose q_arcs is at most .05; else NaN.

        Who stands between many people at all does not depend on who is in which group, so that the second question is
        asked of fewer people without favouring an answer. A person with both at most .05 is beyond chance under both
        nulls. With every p corrected for everybody hardly anybody could ever be, since many of a person's pairs are of
        different groups by chance alone.
        """
        if self.labels is None:
            return np.full(len(self.people), np.nan)
        at = KINDS.index("across")
        p = self.labels.p_at_least("across", self.observed[:, at])
        return benjamini_hochberg(np.where((self.q_arcs <= ALPHA) & self.could[:, at], p, np.nan))


def brokerage_test(
    network: Network,
    group: pd.Series[str],
    rng: np.random.Generator,
    draws: int = DRAWS,
    direction: Direction = "flow",
) -> BrokerageTest:
    """Whether people stand between others, in each role, oftener or less often than chance alone would give.

    Formula:
        counts of `metrics.brokerage.brokerage` beside their distribution under two nulls. Arcs: U | m, every set of m
        of the observed cells between people whose group is stated, m the ties there. Labels: the ties as they are,
        these people shuffled among the groups, those who answered with one another (`shuffled` says why). p of a count
        is the share of the reference set that is as high (as low); of draws (b + 1) / (draws + 1).
    Direction and strength:
        As things pass (`flow`) by default, see `brokerage`. Strength not used.

    Args:
        network: one relation in one wave, n people.
        group: text indexed by actor_id; null where not stated. Those people and their ties are left out.
        rng: draws.
        draws: how many times under each null, unless it has no more than 20,000 members, which are then all listed.
        direction: `flow` or `citation`.

    Returns:
        BrokerageTest. Cells that are unknown stay unknown under both nulls: no tie is put there, and no pair counts as
        apart there.

    Undefined when:
        fewer than three people have a group (too_few_nodes), all are in one (one_group), nobody of them answered
        (nonresponse), or there is no tie between them (no_ties).
    Small n:
        counts are small and far from normal: read p, never z. Shuffling does not change the total of a person.
    Reference:
        Gould & Fernandez (1989), Sociological Methodology 19:89–126, doi:10.2307/270949; Anderson, Butts & Carley
        (1999), Social Networks 21:239–267, doi:10.1016/S0378-8733(99)00011-8.

    >>> network = Network.from_ties(list("abcd"), [("a", "b"), ("b", "c"), ("b", "d")])
    >>> schools = pd.Series({"a": "x", "b": "x", "c": "y", "d": "y"})
    >>> found = brokerage_test(network, schools, np.random.default_rng(1), direction="citation")
    >>> found.observed[1].tolist(), found.arcs.exact, found.q_arcs.round(4).tolist()
    ([0.0, 0.0, 2.0, 0.0, 0.0, 2.0, 2.0], True, [1.0, 0.1091, 1.0, 1.0])
    """
    if draws < 1:
        raise ValueError(f"there must be one draw at least, not {draws}")
    codes = group_codes(network, group)
    members = np.flatnonzero(codes >= 0)
    people = tuple(network.actors[i] for i in members)
    values = tuple(str(value) for value in group.reindex(list(network.actors)).iloc[members])
    among = network.among(set(people))
    codes = codes[members]
    counted = brokerage(among, group, direction).counts.fillna(0.0)
    counted["across"] = counted[list(PARTS["across"])].sum(axis=1)
    observed = counted[list(KINDS)].to_numpy(dtype=float)
    could = _could(codes)
    reason = _reason(among, codes)
    if reason is not None:
        return BrokerageTest(people, values, among.answered, could, observed, None, None, reason)
    known, ties = among.observed, among.dense > 0
    if turned(network, direction):
        known, ties = known.T, ties.T
    arcs = _arcs(known, int(ties.sum()), codes, rng, draws)
    labels = _labels(known, ties, codes, among.answered, rng, draws)
    return BrokerageTest(people, values, among.answered, could, observed, arcs, labels)


def _reason(among: Network, codes: Codes) -> str | None:
    if among.n < 3:
        return "too_few_nodes"
    if codes.max() == 0:
        return "one_group"
    if not among.observed_count:
        return "nonresponse"
    return None if among.matrix.nnz else "no_ties"


def _could(codes: Codes) -> Bools:
    """People × kinds: whether there are two others between whom they would have the role."""
    sizes = np.bincount(codes, minlength=1)
    mine = sizes[codes]
    others = len(codes) - mine
    pairs = sizes * (sizes - 1)
    alike = pairs.sum() - mine * (mine - 1)
    found: dict[Kind, npt.NDArray[np.int64]] = {
        "coordinator": (mine - 1) * (mine - 2),
        "gatekeeper": others * (mine - 1),
        "representative": others * (mine - 1),
        "consultant": alike,
        "liaison": others * (others - 1) - alike,
    }
    for kind in KINDS:
        found[kind] = np.sum([found[cast(Kind, role)] for role in PARTS[kind]], axis=0)
    return np.column_stack([found[kind] > 0 for kind in KINDS])


def _packed(rows: Bools) -> list[Words]:
    """The last axis as bits: one array of 64-bit words for each 64 of its places."""
    places = rows.shape[-1]
    wide = np.zeros((*rows.shape[:-1], WORD * -(-places // WORD)), dtype=bool)
    wide[..., :places] = rows
    words = np.packbits(wide, axis=-1).view(np.uint64)
    return [np.ascontiguousarray(words[..., place]) for place in range(words.shape[-1])]


def _arcs(known: Bools, ties: int, codes: Codes, rng: np.random.Generator, draws: int) -> Drawn:
    """Counts when the ties stand anywhere among the known cells; `known` in the direction that is read."""
    n = len(codes)
    cells = np.flatnonzero(known)
    ego, alter = np.divmod(cells, n)
    exact = comb(len(cells), ties) <= MOST_LISTED
    most = max(1, AT_ONCE // n**2)
    home = _packed(codes[:, None] == codes[None, :])
    possible = _packed(known)
    found = []
    for taken in _all_placed(len(cells), ties, most) if exact else _placed(len(cells), ties, rng, draws, most):
        draw, which = np.divmod(np.flatnonzero(taken), len(cells))
        first, broker = ego[which], alter[which]
        out = np.zeros((len(taken), n, n), dtype=bool)
        out.reshape(-1)[draw * n * n + cells[which]] = True
        follow = _packed(out)
        beyond = [
            word[draw, broker] & (seen[first] & ~word[draw, first]) for word, seen in zip(follow, possible, strict=True)
        ]
        same = codes[first] == codes[broker]
        own, its = ([word[person] for word in home] for person in (broker, first))
        found.append(_by_person(beyond, own, its, same, draw * n + broker, len(taken), n))
    return Drawn(np.concatenate(found), exact)


def _labels(known: Bools, ties: Bools, codes: Codes, answered: Bools, rng: np.random.Generator, draws: int) -> Drawn:
    """Counts when people are shuffled among the groups; both tables in the direction that is read."""
    n = len(codes)
    ways, exact = shuffled(codes, rng, draws, answered)
    first, broker = ties.nonzero()
    beyond = [out[broker] & apart[first] for out, apart in zip(_packed(ties), _packed(known & ~ties), strict=True)]
    found = []
    most = max(1, AT_ONCE // max(n**2, len(first)))
    for start in range(0, len(ways), most):
        moved = ways[start : start + most]
        many = len(moved)
        home = _packed(moved[:, None, :] == np.arange(codes.max() + 1)[None, :, None])
        draw = np.arange(many)[:, None]
        ours, theirs = moved[:, broker], moved[:, first]
        own, its = ([word[draw, which].ravel() for word in home] for which in (ours, theirs))
        place = (draw * n + broker).ravel()
        wide = [np.tile(word, many) for word in beyond]
        found.append(_by_person(wide, own, its, (ours == theirs).ravel(), place, many, n))
    return Drawn(np.concatenate(found), exact)


def _by_person(
    beyond: list[Words], own: list[Words], its: list[Words], same: Bools, place: Codes, many: int, n: int
) -> Counts:
    """Role counts of everybody in many networks, from one entry for each tie a→v.

    Args:
        beyond: whom v passes on to and a is known not to be tied to, as bits.
        own: the group of v, as bits.
        its: the group of a, as bits.
        same: a and v are of one group.
        place: network · n + v.
        many: networks.
        n: people.
    """
    every = _bits(beyond)
    inside = _bits([word & mask for word, mask in zip(beyond, own, strict=True)])
    away = np.flatnonzero(~same)
    at = np.flatnonzero(same)
    back = _bits([word[away] & mask[away] for word, mask in zip(beyond, its, strict=True)])

    def added(which: npt.NDArray[np.intp], values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        return np.bincount(place[which], weights=values, minlength=many * n).astype(np.int64)

    parts: dict[Role, npt.NDArray[np.int64]] = {
        "coordinator": added(at, inside[at]),
        "gatekeeper": added(away, inside[away]),
        "representative": added(at, every[at] - inside[at]),
        "consultant": added(away, back),
        "liaison": added(away, every[away] - inside[away] - back),
    }
    return np.stack([parts[role] for role in ROLES[:-1]], axis=1).reshape(many, n, -1).astype(np.int32)


def _bits(words: list[Words]) -> npt.NDArray[np.int64]:
    """How many bits are set in all words of each entry."""
    total = np.bitwise_count(words[0]).astype(np.int64)
    for word in words[1:]:
        total += np.bitwise_count(word)
    return total


def _placed(cells: int, ties: int, rng: np.random.Generator, draws: int, most: int) -> Iterator[Bools]:
    """Which cells hold a tie, every set of so many alike likely, `most` draws at a time.

    Cells are drawn until there are enough different ones. No cell is treated unlike another, so no set is.
    """
    few = min(ties, cells - ties)
    for start in range(0, draws, most):
        many = min(most, draws - start)
        taken = np.zeros((many, cells), dtype=bool)
        lacking, short = np.arange(many), np.full(many, few)
        while len(lacking):
            rows = np.repeat(lacking, short)
            taken[rows, rng.integers(0, cells, len(rows))] = True
            short = few - np.count_nonzero(taken[lacking], axis=1)
            lacking, short = lacking[short > 0], short[short > 0]
        yield taken if few == ties else ~taken


def _all_placed(cells: int, ties: int, most: int) -> Iterator[Bools]:
    """Every set of so many cells, `most` at a time."""
    few = min(ties, cells - ties)
    every = list(combinations(range(cells), few))
    sets = np.array(every, dtype=np.int64).reshape(len(every), few)
    for start in range(0, len(sets), most):
        some = sets[start : start + most]
        taken = np.zeros((len(some), cells), dtype=bool)
        np.put_along_axis(taken, some, True, axis=1)
        yield taken if few == ties else ~taken


__all__ = ["KINDS", "BrokerageTest", "Drawn", "Kind", "brokerage_test"]
