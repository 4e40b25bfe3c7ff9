"""Named by whom?"""

from __future__ import annotations

from sna.metrics import centrality
from sna.metrics.catalogue.phrases import AVAILABLE, IN, NO_STRENGTH
from sna.metrics.measure import Measure

MEASURES: tuple[Measure, ...] = (
    Measure(
        "eigenvector", "Named by the much named", "actor", centrality.eigenvector,
        "How much this person is named by people who are much named themselves.",
        IN, NO_STRENGTH, AVAILABLE, "path", "0–1; only comparable within one network",
        otherwise="disconnected",
    ),
    Measure(
        "pagerank", "Where following nominations leads", "actor", centrality.pagerank,
        "How often you would end up with this person if you kept asking whom to turn to.",
        IN, NO_STRENGTH, AVAILABLE, "path", "share; all people together make 1",
        otherwise="nonresponse", needs_ties=False,
    ),
)  # fmt: skip
