"""Ties between groups in place of people: what anybody may see, with small numbers and their complements withheld."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sna.networks import Network
from sna.privacy.public import public_headline
from sna.privacy.release import Blocks
from sna.results import Results

NONE_POSSIBLE = "·"


def block_matrices(results: Results) -> tuple[Blocks, ...]:
    """One matrix per network and group variable.

    Groups in which fewer than `suppress_below` people answered are joined into one, "smaller groups"; if in that too
    few answered, the smallest remaining group joins it. No row, and no sum of rows, then stands on fewer answers.
    Counts are ranges `suppress_below` wide, so that no single answer can be worked out from the totals.
    """
    study = results.study
    found = []
    for network in results.networks.values():
        for group in study.groups:
            block = _blocks(network, group, study.suppress_below, results)
            if block is not None:
                found.append(block)
    return tuple(found)


def merged_groups(values: pd.Series, answered: pd.Series, smallest: int) -> pd.Series:
    """Group of each person, groups in which fewer than `smallest` people answered joined; None where all are too small.

    >>> values, answered = pd.Series(list("aaabbcc")), pd.Series([True] * 7)
    >>> merged_groups(values, answered, 3).tolist()
    ['a', 'a', 'a', 'smaller groups', 'smaller groups', 'smaller groups', 'smaller groups']
    """
    stated = values.fillna("not stated").astype(str)
    sizes = answered.groupby(stated).sum()
    order = sorted(sizes.index, key=lambda g: (int(sizes[g]), g))
    joined = [g for g in order if sizes[g] < smallest]
    while joined and sum(int(sizes[g]) for g in joined) < smallest and len(joined) < len(order):
        joined.append(order[len(joined)])
    if int(answered.sum()) < smallest:
        return pd.Series([None] * len(values), index=values.index, dtype=object)
    return stated.where(~stated.isin(joined), "smaller groups")


def _blocks(network: Network, group: str, smallest: int, results: Results) -> Blocks | None:
    study = results.study
    answered = pd.Series(network.answered, index=network.attributes.index)
    groups = merged_groups(network.attributes[group], answered, smallest)
    if groups.isna().any() or not len(groups):
        return None
    if groups.nunique() < 2:
        return None
    labels = sorted(set(groups), key=lambda g: (g == "smaller groups", g))
    member = np.array([[value == label for label in labels] for value in groups], dtype=float)
    counts = (member.T @ (network.matrix @ member)).astype(int)
    # Everybody who answered saw all others, but for single cells left empty.
    spoke = member * network.answered[:, None]
    seen_by = np.outer(spoke.sum(axis=0), member.sum(axis=0)) - np.diag(spoke.sum(axis=0))
    observed = (seen_by - spoke.T @ (network.holes @ member)).astype(int)
    cells = tuple(
        tuple(_cell(int(c), int(o), study.suppress_below) for c, o in zip(row, seen, strict=True))
        for row, seen in zip(counts, observed, strict=True)
    )
    relation, wave = study.relation(network.relation), study.wave(network.wave)
    return Blocks(
        relation=relation.id,
        wave=wave.id,
        relation_label=relation.label,
        wave_label=wave.label,
        group=group,
        labels=tuple(labels),
        sizes=tuple(str(int(size)) for size in member.sum(axis=0)),
        cells=cells,
        headline=public_headline(results, network),
    )


def _cell(ties: int, observed: int, width: int) -> str:
    """A count as a range; `·` where nobody who answered could have reported a tie.

    >>> _cell(0, 9, 5), _cell(7, 20, 5), _cell(0, 0, 5)
    ('0–4', '5–9', '·')
    """
    if observed == 0:
        return NONE_POSSIBLE
    low = ties // width * width
    return f"{low}–{low + width - 1}"
