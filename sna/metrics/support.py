"""Support as people receive it: from how many, which levels and schools, in how many kinds, and who is the only one.

Each kind of support is one relation; its ties run from the person who received (ego) to the person who gave (alter).
Silence is no lack: who did not answer, or left somebody out and named nobody, is `unknown`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
from scipy import sparse

from sna.metrics.cells import present, silent_cells
from sna.metrics.frames import Codes, answerers, group_codes
from sna.networks.network import Bools, Floats, Network

Status = Literal["has", "lacks", "unknown"]
RECEIPT = ("status", "givers", "levels", "schools", "own_school", "not_said", "sole_source")
LAYERS = ("ego_id", "alter_id", "kinds", "which", "kinds_unknown")
WITHOUT = ("left_without", "one_of_several", "not_known", "only_giver")


def receipt(
    network: Network, level: pd.Series[str] | None = None, school: pd.Series[str] | None = None
) -> pd.DataFrame:
    """From whom each person receives one kind of support: how many people, levels and schools.

    Formula:
        givers_i = Σ_j A_ij; levels_i = #{level of j: A_ij = 1}; schools_i = #{school of j ≠ school of i: A_ij = 1};
        own_school_i = Σ_j A_ij [school of j = school of i].
    Direction and strength:
        Ties run from who received to who gave. Strength not used.

    Args:
        network: one kind of support in one wave, n people.
        level: text indexed by actor_id, null where not stated; None: levels are not looked at.
        school: the same for schools.

    Returns:
        One row per person, index actor_id: status (`has`; `lacks`: answered about everybody and named nobody;
        `unknown`), givers, levels, schools, own_school (whole numbers), not_said (people about whom nothing is known
        from this person; n − 1 for somebody silent), sole_source (actor_id of the only giver, null unless there is
        exactly one and nobody was left out). With not_said above 0 the numbers are the least they can be; givers whose
        level or school is not stated are not counted among levels and schools.

    Undefined when:
        all numbers: the person did not answer, or there was nobody to name. levels, schools, own_school: not looked
        at. schools, own_school: the person's own school is not stated.
    Small n:
        a plain description of what each person said; nothing is estimated.
    Reference:
        A plain count; no source beyond the definition above.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("a", "c")], answered=["a", "b"])
    >>> found = receipt(network, school=pd.Series({"a": "x", "b": "x", "c": "y"}))
    >>> found[["status", "givers", "schools"]].to_numpy().tolist()
    [['has', 2.0, 1.0], ['lacks', 0.0, 0.0], ['unknown', nan, nan]]
    """
    known = answerers(network)
    ego, alter = present(network)
    givers = np.bincount(ego, minlength=network.n)
    not_said = network.n - 1 - network.observed_out
    status = np.full(network.n, "unknown", dtype=object)
    status[known & (givers == 0) & (not_said == 0)] = "lacks"
    status[givers > 0] = "has"
    table = pd.DataFrame(index=network.index)
    table["status"] = pd.Series(status, index=network.index, dtype="str")
    table["givers"] = np.where(known, givers, np.nan)
    table["levels"] = np.nan if level is None else np.where(known, _groups_of_givers(network, level), np.nan)
    table["schools"] = table["own_school"] = np.nan
    if school is not None:
        codes = group_codes(network, school)
        inside = np.bincount(ego[(codes[ego] >= 0) & (codes[ego] == codes[alter])], minlength=network.n)
        stated = known & (codes >= 0)
        table["schools"] = np.where(stated, _groups_of_givers(network, school) - (inside > 0), np.nan)
        table["own_school"] = np.where(stated, inside, np.nan)
    table["not_said"] = np.maximum(not_said, 0).astype(np.int64)
    only = sole_sources(network)
    names = np.array([*network.actors, None], dtype=object)
    table["sole_source"] = pd.Series(names[only], index=network.index, dtype="str")
    return table[list(RECEIPT)]


def _groups_of_givers(network: Network, group: pd.Series[str]) -> Floats:
    """In how many different groups each person's givers are; those without one are in none."""
    codes = group_codes(network, group)
    ego, alter = present(network)
    stated = codes[alter] >= 0
    groups = int(codes.max(initial=0)) + 1
    met = np.unique(ego[stated] * groups + codes[alter[stated]])
    return np.bincount(met // groups, minlength=network.n).astype(float)


def sole_sources(network: Network) -> Codes:
    """The position of each person's only giver; −1 where there are none or several, or somebody was left out.

    >>> sole_sources(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("b", "c")])).tolist()
    [1, -1, -1]
    """
    ego, alter = present(network)
    only = np.full(network.n, -1, dtype=np.int64)
    only[ego] = alter
    given = np.bincount(ego, minlength=network.n)
    complete = network.answered & (network.observed_out == network.n - 1)
    return np.where((given == 1) & complete, only, -1)


def left_without(network: Network) -> pd.DataFrame:
    """What would be left of one kind of support if a person went, of what people said they receive.

    Formula:
        of the people i with A_ix = 1, those who name x alone (left_without) and those who name others, too
        (one_of_several); who names x alone but left somebody out is in neither (not_known).
    Direction and strength:
        Ties run from who received to who gave. Strength not used.

    Args:
        network: one kind of support in one wave, n people.

    Returns:
        One row per person x who gives to anybody, index actor_id in roster order: left_without, one_of_several,
        not_known (people; together all who receive from x), only_giver (boolean: nobody else gives this kind to
        anybody).

    Undefined when:
        never; people who did not answer are in none of the numbers, which are the least they can be.
    Small n:
        a plain description of what people said. Others may well step in when somebody goes: dependence, not a loss.
    Reference:
        A plain count; no source beyond the definition above.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "c"), ("b", "c"), ("b", "a")])
    >>> left_without(network).reset_index().to_numpy().tolist()
    [['a', 0, 1, 0, False], ['c', 1, 1, 0, False]]
    """
    ego, alter = present(network)
    given = np.bincount(ego, minlength=network.n)[ego]
    alone = sole_sources(network)[ego] >= 0
    sorts = {"left_without": alone, "one_of_several": given > 1, "not_known": (given == 1) & ~alone}
    giving = np.unique(alter)
    counts = {name: np.bincount(alter[which], minlength=network.n)[giving] for name, which in sorts.items()}
    return pd.DataFrame({**counts, "only_giver": len(giving) == 1}, index=network.index[giving])[list(WITHOUT)]


def layers(networks: Sequence[Network]) -> pd.DataFrame:
    """How many kinds of support one person gives another: one row per pair in which there is any.

    Formula:
        m_ij = Σ_l A^l_ij.
    Direction and strength:
        Ties run from who received to who gave. Strength not used.

    Args:
        networks: the kinds of support of one wave, on the same actors in the same order.

    Returns:
        One row per ordered pair, in roster order: ego_id, alter_id, kinds (1 … number of kinds), which (their ids,
        with commas between), kinds_unknown (kinds of which it is not known; then `kinds` is the least it can be).

    Undefined when:
        never; a pair without a row has no known tie of any kind.
    Small n:
        depends on how many kinds were asked about.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, doi:10.1017/CBO9780511815478.

    Raises:
        ValueError: the networks are not on the same actors in the same order.

    >>> material = Network.from_ties(["a", "b"], [("a", "b")], relation="material")
    >>> peers = Network.from_ties(["a", "b"], [("a", "b")], relation="peers")
    >>> layers([material, peers]).to_numpy().tolist()
    [['a', 'b', 2, 'material, peers', 0]]
    """
    n = _people(networks)
    ties = [_cells(present(network), n) for network in networks]
    cells = np.unique(np.concatenate([*ties, np.zeros(0, dtype=np.int64)]))
    ego, alter = cells // max(n, 1), cells % max(n, 1)
    there = np.array([np.isin(cells, mine) for mine in ties], dtype=bool).reshape(len(ties), len(cells))
    unknown = np.array(
        [~network.answered[ego] | np.isin(cells, _cells(silent_cells(network), n)) for network in networks], dtype=bool
    ).reshape(there.shape)
    patterns, which = np.unique(there.T, axis=0, return_inverse=True)
    words = [", ".join(k.relation for k, yes in zip(networks, row, strict=True) if yes) for row in patterns.tolist()]
    ids = np.array(networks[0].actors if networks else [], dtype=object)
    held = {
        "ego_id": ids[ego],
        "alter_id": ids[alter],
        "kinds": there.sum(axis=0, dtype=np.int64),
        "which": np.array(words, dtype=object)[which.ravel()] if words else np.zeros(0, dtype=object),
        "kinds_unknown": unknown.sum(axis=0, dtype=np.int64),
    }
    return pd.DataFrame(held).astype({"ego_id": "str", "alter_id": "str", "which": "str"})


def kinds_per_tie(networks: Sequence[Network]) -> Codes:
    """How many ties carry exactly 1, 2, … kinds of support, over the pairs known in every kind.

    >>> material = Network.from_ties(["a", "b"], [("a", "b"), ("b", "a")])
    >>> kinds_per_tie([material, Network.from_ties(["a", "b"], [("a", "b")])]).tolist()
    [1, 1]
    """
    n = _people(networks)
    rows, holes = known_in_all(networks)
    ties = [_cells(present(network), n) for network in networks]
    cells, times = np.unique(np.concatenate([*ties, np.zeros(0, dtype=np.int64)]), return_counts=True)
    kept = rows[cells // max(n, 1)] & ~np.isin(cells, holes)
    return np.bincount(times[kept], minlength=len(networks) + 1)[1:].astype(np.int64)


def known_in_all(networks: Sequence[Network]) -> tuple[Bools, Codes]:
    """Who answered about every kind, and the cells (row · n + column) unknown in any kind, wherever they are."""
    n = _people(networks)
    rows = np.all([network.answered for network in networks], axis=0)
    holes = [_cells(silent_cells(network), n) for network in networks]
    return np.asarray(rows, dtype=bool), np.unique(np.concatenate([*holes, np.zeros(0, dtype=np.int64)]))


def by_chance_common(first: Network, second: Network) -> float:
    """How many ties two unrelated kinds would have in common: a · b / cells, over the cells known in both.

    NaN when no cell is.

    >>> ring = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "a")])
    >>> by_chance_common(ring, ring)
    1.5
    """
    n = first.n
    rows, holes = known_in_all([first, second])
    inside = holes[rows[holes // max(n, 1)]]
    cells = int(rows.sum()) * (n - 1) - len(inside)
    if cells <= 0:
        return float("nan")
    mine = [_cells(present(network), n) for network in (first, second)]
    a, b = (np.count_nonzero(rows[codes // n] & ~np.isin(codes, inside)) for codes in mine)
    return float(a * b / cells)


def share_across(network: Network, group: pd.Series[str]) -> float:
    """The share of ties that come from another group, such as a level, than the receiver's own.

    Formula:
        #{A_ij = 1, g_i ≠ g_j} / #{A_ij = 1}, over people whose group is stated.
    Direction and strength:
        The same on the turned network. Strength not used.

    Args:
        network: one kind of support in one wave, n people.
        group: text indexed by actor_id; null where not stated. Those people and their ties are left out.

    Returns:
        0–1.

    Undefined when:
        no tie joins two people whose groups are stated, or everybody stated is in one group.
    Small n:
        most of it is the sizes of groups; compare with shuffled groups (`sna.inference.crossing`).
    Reference:
        (E-I index + 1) / 2: Krackhardt & Stern (1988), Social Psychology Quarterly 51:123–140, doi:10.2307/2786835.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("a", "c"), ("c", "a")])
    >>> share_across(network, pd.Series({"a": "x", "b": "x", "c": "y"}))
    0.5
    """
    codes = group_codes(network, group)
    ego, alter = present(network)
    kept = (codes[ego] >= 0) & (codes[alter] >= 0)
    if not kept.any() or len(np.unique(codes[codes >= 0])) < 2:
        return float("nan")
    return float(np.mean(codes[ego[kept]] != codes[alter[kept]]))


def receivers_by_group(network: Network, group: pd.Series[str]) -> dict[tuple[str, str], int]:
    """(group of the receiver, group of the giver) → how many people receive from anybody there.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("a", "c")])
    >>> receivers_by_group(network, pd.Series({"a": "x", "b": "x", "c": "y"}))
    {('x', 'x'): 2, ('x', 'y'): 1}
    """
    codes, names = pd.factorize(group.reindex(list(network.actors)), sort=True)
    groups = max(len(names), 1)
    ego, alter = present(network)
    kept = (codes[ego] >= 0) & (codes[alter] >= 0)
    met = np.unique(ego[kept] * groups + codes[alter[kept]])
    pairs, times = np.unique(codes[met // groups] * groups + met % groups, return_counts=True)
    held = zip((pairs // groups).tolist(), (pairs % groups).tolist(), times.tolist(), strict=True)
    return {(str(names[one]), str(names[other])): number for one, other, number in held}


def nearby_givers(networks: Sequence[Network], kind: int) -> list[tuple[int, int, int]]:
    """For people who lack one kind: those who give them another kind, and give this kind to somebody else.

    Args:
        networks: the kinds of support of one wave, on the same actors in the same order.
        kind: place of the kind that is lacking.

    Returns:
        (position of the person, position of the giver, kinds the giver gives them already), by person, most kinds
        first, then roster order.

    >>> material = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("c", "b")])
    >>> nearby_givers([material, Network.from_ties(["a", "b", "c"], [("c", "b")])], 1)
    [(0, 1, 1)]
    """
    n = _people(networks)
    wanted = networks[kind]
    lacks = (receipt(wanted)["status"] == "lacks").to_numpy()
    gives = np.bincount(present(wanted)[1], minlength=n) > 0
    union = sparse.csr_array((n, n))
    for network in networks:
        union = union + network.matrix
    ego, alter = union.nonzero()
    near = lacks[ego] & gives[alter]
    ego, alter = ego[near].astype(np.int64), alter[near].astype(np.int64)
    times = np.asarray(union[ego, alter], dtype=np.int64).ravel() if len(ego) else np.zeros(0, dtype=np.int64)
    order = np.lexsort((alter, -times, ego))
    return list(zip(ego[order].tolist(), alter[order].tolist(), times[order].tolist(), strict=True))


def _cells(ends: tuple[Codes, Codes], n: int) -> Codes:
    return np.asarray(ends[0] * n + ends[1], dtype=np.int64)


def _people(networks: Sequence[Network]) -> int:
    """How many people there are in all of them."""
    if len({network.actors for network in networks}) > 1:
        raise ValueError("kinds of support are compared on the same actors only")
    return networks[0].n if networks else 0
