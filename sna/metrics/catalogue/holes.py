"""Structural holes."""

from __future__ import annotations

from sna.metrics import holes
from sna.metrics.catalogue.phrases import AVAILABLE, BOTH, NO_STRENGTH
from sna.metrics.measure import Measure

MEASURES: tuple[Measure, ...] = (
    Measure(
        "constraint", "Closed in", "actor", holes.constraint,
        "How much this person's contacts lead back to one another instead of to other parts of the network.",
        BOTH, NO_STRENGTH, AVAILABLE, "path", "above 0; about 1 for a single contact",
        otherwise="isolate",
    ),
    Measure(
        "effective_size", "Contacts beyond the same circle", "actor", holes.effective_size,
        "How many contacts this person has once those who repeat one another are counted less.",
        BOTH, NO_STRENGTH, AVAILABLE, "path", "people, above 0",
        otherwise="isolate",
    ),
)  # fmt: skip
