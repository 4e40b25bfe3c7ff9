"""How unequally nominations are spread, topic by topic and all together, beside what chance alone would give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from sna.inference.chance import DRAWS, Chance
from sna.inference.naming import draw_no_experts
from sna.metrics import concentration as kernels
from sna.metrics.fixity import Counts, Nominations
from sna.networks.network import Floats

COLUMNS = [
    "topic",
    "measure",
    "value",
    "chance_mean",
    "chance_95",
    "p",
    "low",
    "high",
    "nominations",
    "reason",
]
# Measure → counts (..., N) and how many could have named each (N) → numbers (...); all rise with concentration but one.
Kernel = Callable[[Floats, Floats], Floats]
FEWEST = 2


def indegree_centralization(counts: Floats, could: Floats) -> Floats:
    """How far nominations gather on one person, of counts (..., N) and the cells (N) in which each could be named.

    >>> indegree_centralization(np.array([3, 1, 1, 4, 1, 1, 2, 0]), np.full(8, 7)).round(6).tolist()
    0.387755
    """
    asked = could > 0
    return kernels.gathered(counts[..., asked] / could[asked])


MEASURES: dict[str, Kernel] = {
    "gini": lambda counts, _: kernels.gini(counts),
    "hhi": lambda counts, _: kernels.hhi(counts),
    "effective_number": lambda counts, _: kernels.effective_number(counts),
    "theil": lambda counts, _: kernels.theil(counts),
    "top1_share": lambda counts, _: kernels.top_share(counts, 1),
    "top3_share": lambda counts, _: kernels.top_share(counts, 3),
    "indegree_centralization": indegree_centralization,
}
# Falls where concentration rises.
FALLING = frozenset({"effective_number"})


@dataclass(frozen=True, eq=False)
class Concentration:
    """Concentration of nominations by topic and pooled.

    Attributes:
        table: one row per topic (null: all topics together) and measure: value; chance_mean and chance_95 (the mean and
            the 95th percentile, of `effective_number` the 5th, when everybody draws their names at random); p, the
            chance of so much concentration without any experts; low and high, an approximate 95 % interval by leaving
            out each respondent in turn; nominations; reason where the value is undefined.
        lorenz: one row per topic and number of people (0 … N, those with fewest nominations first): share, and the
            lowest and highest share of nine in ten draws.
    """

    table: pd.DataFrame
    lorenz: pd.DataFrame


def concentration(
    found: Nominations, rng: np.random.Generator, draws: int = DRAWS, groups: pd.Series[str] | None = None
) -> Concentration:
    """How unequally nominations are spread, beside chance given who answered and how many names each gave.

    Args:
        found: who named whom on which topic.
        rng: draws the names under chance.
        draws: how many times.
        groups: group on actor_id of the nominees; adds `theil_between`, the part of Theil's measure that lies between
            these groups, when all nominees have one.

    Returns:
        Concentration.

    Undefined when:
        fewer than two people could be named (too_few_nodes), nobody answered about the topic (nonresponse), or nobody
        was named (no_ties).
    Small n:
        most of a raw value is chance: 12 people naming three each at random have a Gini of .28 on average. Compare with
        chance_95, and topics or communities by value − chance_mean.
    Reference:
        The measures: sna.metrics.concentration. Chance: docs/methods.md. The jackknife interval is approximate: its
        coverage has not been checked.
    """
    if draws < 1:
        raise ValueError(f"there must be one draw at least, not {draws}")
    measures = dict(MEASURES)
    between = _between(found, groups)
    if between is not None:
        measures["theil_between"] = between
    drawn = draw_no_experts(found, rng, draws) if found.named.any() else None
    rows: list[list[object]] = []
    curves: list[pd.DataFrame] = []
    for topic, label in [*enumerate(found.topics), *([(None, None)] if len(found.topics) > 1 else [])]:
        at = slice(None) if topic is None else slice(topic, topic + 1)
        counts, could = found.counts[at].sum(axis=0), found.open[at].sum(axis=(0, 1)).astype(float)
        reason = _reason(found, at, counts)
        for name, kernel in measures.items():
            if reason is not None or drawn is None:
                rows.append([label, name, *[np.nan] * 6, int(counts.sum()), reason])
                continue
            value = float(kernel(counts.astype(float), could))
            chance = Chance.drawn(kernel(drawn[:, at].sum(axis=1).astype(float), could))
            falling = name in FALLING
            p = chance.p_at_most(value) if falling else chance.p_at_least(value)
            ends = jackknife_interval(value, _left_out(found, at, kernel))
            beyond = chance.quantile(0.05 if falling else 0.95)
            rows.append([label, name, value, chance.mean, beyond, p, *ends, int(counts.sum()), None])
        if reason is None and drawn is not None:
            curves.append(_curve(label, counts, drawn[:, at].sum(axis=1)))
    table = pd.DataFrame(rows, columns=COLUMNS)
    lorenz = pd.concat(curves, ignore_index=True) if curves else pd.DataFrame(columns=CURVE)
    return Concentration(table.astype({"topic": "str", "measure": "str", "reason": "str"}), lorenz)


CURVE = ["topic", "people", "share", "chance_05", "chance_95"]


def _curve(topic: str | None, counts: Counts, drawn: Counts) -> pd.DataFrame:
    """The Lorenz curve and between which shares nine in ten draws lie."""
    curves = kernels.lorenz(drawn)
    low, high = np.quantile(curves, [0.05, 0.95], axis=0)
    share = kernels.lorenz(counts)
    values = [[topic] * len(share), np.arange(len(share)), share, low, high]
    return pd.DataFrame(dict(zip(CURVE, values, strict=True)))


def _reason(found: Nominations, at: slice, counts: Counts) -> str | None:
    if len(found.nominees) < FEWEST:
        return "too_few_nodes"
    if not found.open[at].any():
        return "nonresponse"
    return None if counts.any() else "no_ties"


def _between(found: Nominations, groups: pd.Series[str] | None) -> Kernel | None:
    if groups is None:
        return None
    stated = groups.reindex(list(found.nominees))
    if stated.isna().any() or stated.nunique() < 2:
        return None
    codes = pd.factorize(stated)[0]
    return lambda counts, _: kernels.theil_between(counts, codes)


def _left_out(found: Nominations, at: slice, kernel: Kernel) -> Floats:
    """The measure without each respondent in turn, of those who answered about the topic."""
    counts = found.counts[at].sum(axis=0)
    own, known = found.named[at].sum(axis=0), found.open[at].sum(axis=0)
    could = known.sum(axis=0)
    spoke = np.flatnonzero(known.any(axis=1)).tolist()
    return np.array([float(kernel((counts - own[i]).astype(float), (could - known[i]).astype(float))) for i in spoke])


def jackknife_interval(estimate: float, left_out: Floats) -> tuple[float, float]:
    """A 95 % interval from the estimates without each respondent, by Student's t with one less than the respondents.

    NaN with fewer than two respondents, or when the estimate without somebody is undefined.

    >>> [round(end, 3) for end in jackknife_interval(2.0, np.array([1.5, 2.0, 2.5]))]
    [-0.484, 4.484]
    """
    n = len(left_out)
    if n < 2 or bool(np.isnan([estimate, *left_out]).any()):
        return float("nan"), float("nan")
    error = sqrt((n - 1) / n * float(((left_out - left_out.mean()) ** 2).sum()))
    reach = float(stdtrit(n - 1, 0.975)) * error
    return estimate - reach, estimate + reach
