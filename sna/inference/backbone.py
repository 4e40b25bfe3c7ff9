"""Were two people at more events together than how often each came, and how full each event was, explain?

Three models of chance, each with a p for every pair of people who could have met: the same sums exactly (FDSM), the
same sums on average (SDSM), and people who choose blindly among events that are all alike (hypergeometric). What goes
beyond chance is shared opportunity, not a tie.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from sna.inference.chance import DRAWS
from sna.inference.same_sums import SameSums, same_sums
from sna.inference.several import benjamini_hochberg
from sna.metrics.backbone import bicm, hypergeometric_tail, sdsm_tail
from sna.metrics.free_cells import free_cells
from sna.networks.network import Bools, Floats

Integers = npt.NDArray[np.int32]
ALPHA = 0.05
MODELS = ("fdsm", "sdsm", "hypergeometric")
# Beyond so many steps it is not worked out what p a pair could have got at best under SDSM.
MOST_STEPS = 500_000_000
# So many words of tables, about, are compared at a time.
AT_ONCE = 2_000_000


@dataclass(frozen=True, eq=False)
class Meetings:
    """The pairs of people who could have met: for at least one event both were eligible.

    Attributes:
        present: n × m; nobody where they were not eligible.
        eligible: n × m.
        one, other: places of the two people of each pair, the lower first.
        together: events at which both were.
        events: events for which both were eligible.
        own, others: at how many of those each of the two was.
    """

    present: Bools
    eligible: Bools
    one: Integers
    other: Integers
    together: Integers
    events: Integers
    own: Integers
    others: Integers

    @classmethod
    def of(cls, present: Bools, eligible: Bools) -> Meetings:
        """The pairs of n × m booleans; who was somewhere without being eligible does not count there.

        >>> here = np.array([[True, True], [True, False]])
        >>> Meetings.of(here, np.ones((2, 2), dtype=bool)).together.tolist()
        [1]
        """
        present = np.asarray(present & eligible, dtype=bool)
        here, could = present.astype(np.float32), eligible.astype(np.float32)
        events = (could @ could.T).astype(np.int32)
        one, other = (place.astype(np.int32) for place in np.nonzero(np.triu(events, 1)))
        together, own = (here @ here.T).astype(np.int32), (here @ could.T).astype(np.int32)
        cells = (together[one, other], events[one, other], own[one, other], own[other, one])
        return cls(present, eligible, one, other, *cells)


@dataclass(frozen=True, eq=False)
class Backbone:
    """What one model says of the pairs who could have met, in the order of `Meetings`.

    Attributes:
        model: `fdsm`, `sdsm` or `hypergeometric`.
        expected: at how many events a pair would be together on average.
        p: how likely a pair is to be at as many events together.
        q: p corrected for the number of pairs (Benjamini, Hochberg).
        smallest: the smallest p that any pair could have got, of draws about; NaN where it would take too long to tell.
        tables: FDSM: the tables that were drawn, or all.
        reason: why there are no numbers; None when there are.
    """

    model: str
    expected: Floats
    p: Floats
    q: Floats
    smallest: float
    tables: SameSums | None = None
    reason: str | None = None

    def kept(self, corrected: bool) -> Bools:
        """The pairs with p below .05, or q."""
        return np.asarray((self.q if corrected else self.p) < ALPHA, dtype=bool)


def backbones(
    found: Meetings, rng: np.random.Generator, draws: int = DRAWS, *, without: Mapping[str, str] | None = None
) -> dict[str, Backbone]:
    """What every model says.

    Args:
        found: the pairs.
        rng: draws tables with the same sums.
        draws: how many, unless there are no more than 20,000, which are then all gone through.
        without: models to leave out → the reason.

    Returns:
        Model → what it says; nothing but a reason where there is no pair (too_few_nodes), nobody came
        (not_recorded), or all tables with these sums are alike (no_variation).

    Small n:
        SDSM lets the sums vary, which makes large overlaps likely: with fewer than about 60 people and 40 events it
        hardly ever keeps a pair. Hypergeometric takes full events for events like all others, and keeps too many.
    Reference:
        Zweig & Kaufmann (2011), Social Network Analysis and Mining 1:187–218, doi:10.1007/s13278-011-0021-0; Neal,
        Domagalski & Sagan (2021), Scientific Reports 11:23929, doi:10.1038/s41598-021-03238-3.

    >>> came = np.array([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1], [0, 0, 1, 1]], dtype=bool)
    >>> said = backbones(Meetings.of(came, np.ones((4, 4), dtype=bool)), np.random.default_rng(1))
    >>> said["fdsm"].tables.exact, said["fdsm"].p.round(4).tolist()
    (True, [0.0667, 1.0, 1.0, 1.0, 1.0, 0.0667])
    """
    reason = _no_test(found)
    reasons = {model: reason or (without or {}).get(model) for model in MODELS}
    rows = {model: _nothing(found, model, why) for model, why in reasons.items() if why is not None}
    if "fdsm" not in rows:
        rows["fdsm"] = fdsm(found, rng, draws)
    if "sdsm" not in rows:
        rows["sdsm"] = sdsm(found)
    if "hypergeometric" not in rows:
        rows["hypergeometric"] = blind(found)
    return {model: rows[model] for model in MODELS}


def _no_test(found: Meetings) -> str | None:
    if not len(found.one):
        return "too_few_nodes"
    if not found.present.any():
        return "not_recorded"
    return None if free_cells(found.present, found.eligible).cells.any() else "no_variation"


def _nothing(found: Meetings, model: str, reason: str) -> Backbone:
    unknown = np.full(len(found.one), np.nan)
    return Backbone(model, unknown, unknown, unknown, float("nan"), None, reason)


def fdsm(found: Meetings, rng: np.random.Generator, draws: int = DRAWS) -> Backbone:
    """Fixed degree sequence model: everybody came as often, every event was as full, and who could not come did not."""
    tables = same_sums(found.present, found.eligible, rng, draws)
    times, rarest, expected = (np.zeros(len(found.one)) for _ in range(3))
    step = max(AT_ONCE // tables.words[0].size, 1)
    # The pairs of one person stand together.
    begins = np.searchsorted(found.one, np.arange(len(found.present) + 1)).tolist()
    for person, (begin, end) in enumerate(pairwise(begins)):
        for at in range(begin, end, step):
            these = slice(at, min(at + step, end))
            drawn = tables.together(person, found.other[these])
            times[these] = (drawn >= found.together[these, None]).sum(axis=1)
            most = np.maximum(drawn.max(axis=1), found.together[these])
            rarest[these] = (drawn == most[:, None]).sum(axis=1)
            expected[these] = drawn.mean(axis=1)
    # Of draws, what was observed counts as one more.
    more = 0 if tables.exact else 1
    p, least = ((counted + more) / (tables.words.shape[1] + more) for counted in (times, rarest))
    return Backbone("fdsm", expected, p, benjamini_hochberg(p), float(least.min()), tables)


def sdsm(found: Meetings) -> Backbone:
    """Stochastic degree sequence model: sums hold on average, and who could not come did not (SDSM-EC)."""
    model = bicm(found.present, found.eligible)
    cells = model.cells
    p = sdsm_tail(model, found.one, found.other, found.together)
    expected = (cells @ cells.T)[found.one, found.other]
    most = np.minimum(found.own, found.others)
    first, second = model.person[found.one], model.person[found.other]
    base = int(most.max(initial=0)) + 1
    pairs = np.minimum(first, second) * len(model.chance) + np.maximum(first, second)
    steps = float((np.unique(pairs * base + most) % base + 1).sum()) * found.present.shape[1]
    smallest = float(sdsm_tail(model, found.one, found.other, most).min()) if steps <= MOST_STEPS else float("nan")
    return Backbone("sdsm", expected, p, benjamini_hochberg(p), smallest)


def blind(found: Meetings) -> Backbone:
    """Hypergeometric: the two choose their events blindly among those for which both were eligible."""
    p = hypergeometric_tail(found.together, found.events, found.own, found.others)
    most = np.minimum(found.own, found.others)
    smallest = float(hypergeometric_tail(most, found.events, found.own, found.others).min())
    expected = found.own * found.others.astype(float) / found.events
    return Backbone("hypergeometric", expected, p, benjamini_hochberg(p), smallest)
