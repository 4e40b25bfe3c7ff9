"""Ties within and between groups."""

from __future__ import annotations

from sna.metrics import mixing, ties
from sna.metrics.catalogue.phrases import AVAILABLE, EITHER, NO_STRENGTH
from sna.metrics.measure import Measure

MEASURES: tuple[Measure, ...] = (
    Measure(
        "ego_ei", "Contacts in other groups", "actor", mixing.ego_ei,
        "Whether this person's contacts are in other groups (+1) or in their own group (−1).",
        EITHER, NO_STRENGTH, AVAILABLE, "mixing", "−1 to 1",
        otherwise="no_group", by_group=True,
    ),
    Measure(
        "same_group", "Same group", "tie", ties.same_group,
        "Whether the two people are in the same group.",
        "direction does not matter", NO_STRENGTH, "uses the ties that are known", "mixing", "1 yes, 0 no",
        otherwise="no_group", by_group=True,
    ),
    Measure(
        "ei_index", "Ties between groups", "network", mixing.ei_index,
        "Whether ties run between groups (+1) or stay inside them (−1).",
        "each direction counts", NO_STRENGTH, AVAILABLE, "mixing", "−1 to 1",
        otherwise="no_group", by_group=True,
    ),
)  # fmt: skip
