"""How unequally nominations are spread."""

from __future__ import annotations

from sna.metrics import expertise
from sna.metrics.catalogue.phrases import IN, NO_STRENGTH, SHARE
from sna.metrics.measure import Measure

MEASURES: tuple[Measure, ...] = (
    Measure(
        "gini_indegree", "Unequally named", "network", expertise.gini_indegree,
        "How unequally nominations are spread over people: 0 all alike, 1 all to one person.",
        IN, NO_STRENGTH, "only what people who answered said counts", "concentration", "0–1",
        otherwise="nonresponse",
    ),
    Measure(
        "top3_share", "Share of the three most named", "network", expertise.top3_share,
        "The share of all nominations that goes to the three people named most.",
        IN, NO_STRENGTH, "only what people who answered said counts", "concentration", SHARE,
        minimum=4, otherwise="nonresponse",
    ),
)  # fmt: skip
