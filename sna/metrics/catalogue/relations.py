"""Several relations on the same people."""

from __future__ import annotations

from sna.metrics import ties
from sna.metrics.catalogue.phrases import NO_STRENGTH
from sna.metrics.measure import Measure

MEASURES: tuple[Measure, ...] = (
    Measure(
        "shared_relations", "Kinds of tie", "tie", ties.shared_relations,
        "In how many kinds of tie this person names the other.",
        "from the person who answered to the person named", NO_STRENGTH,
        "a kind of tie the person did not answer about is not counted", "density", "kinds of tie, 1 or more",
        otherwise="nonresponse",
        latex=r"\sum_{l} A_{ij}^{(l)}, \quad \max_{l} A_{ij}^{(l)} = 1",
        elsewhere="the same from networkx, one network for each kind of tie",
    ),
)  # fmt: skip
