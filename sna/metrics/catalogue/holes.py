"""Structural holes."""

from __future__ import annotations

from sna.metrics import holes
from sna.metrics.catalogue.phrases import AVAILABLE, BOTH, NO_STRENGTH, OWN, TURN
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
    Measure(
        "efficiency", "Share of contacts beyond the same circle", "actor", holes.efficiency,
        "Of this person's contacts, the share that remains once those who repeat one another are counted less.",
        BOTH, NO_STRENGTH, AVAILABLE, "path", "share, above 0 to 1",
        otherwise="isolate",
    ),
    Measure(
        "hierarchy", "Closed in by one contact", "actor", holes.hierarchy,
        "Whether what closes this person in comes from one contact (1) or from all contacts alike (0).",
        BOTH, NO_STRENGTH, AVAILABLE, "path", "0–1; 1 for a single contact",
        otherwise="isolate",
    ),
    Measure(
        "everett_valente", "In between, for each contact", "actor", holes.everett_valente,
        "How much lies between other people through this person, for each contact they keep up.",
        TURN, NO_STRENGTH, OWN, "path", "people, 0 or more",
        minimum=3, own_answer=True, otherwise="nonresponse", needs_ties=False,
    ),
)  # fmt: skip
