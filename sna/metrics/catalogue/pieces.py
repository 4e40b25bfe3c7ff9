"""The pieces, circles and layers into which a network falls."""

from __future__ import annotations

from sna.metrics import centrality, cohesion
from sna.metrics.catalogue.phrases import AVAILABLE, EITHER, NO_STRENGTH, SHARE
from sna.metrics.measure import Measure

MEASURES: tuple[Measure, ...] = (
    Measure(
        "core", "Inner circle", "actor", centrality.core,
        "The closest-knit circle this person belongs to: everybody in it has at least this many ties inside it.",
        EITHER, NO_STRENGTH, AVAILABLE, "path", "ties, 0 or more",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "components", "Separate pieces", "network", cohesion.components,
        "Into how many pieces without any tie between them the network falls.",
        EITHER, NO_STRENGTH, "people who neither answered nor were named are left out", "fragmentation",
        "pieces, 1 or more", otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "largest_component", "Largest piece", "network", cohesion.largest_component,
        "The share of people who are in the largest connected piece.",
        EITHER, NO_STRENGTH, "people who neither answered nor were named are left out", "fragmentation", SHARE,
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "isolates", "People without ties", "network", cohesion.isolates,
        "How many of the people who answered name nobody and are named by nobody.",
        EITHER, NO_STRENGTH, "somebody who did not answer is never counted", "fragmentation", "people, 0 or more",
        otherwise="nonresponse", needs_ties=False,
    ),
)  # fmt: skip
