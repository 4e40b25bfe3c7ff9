"""Returned ties, closed triangles, contacts who know each other."""

from __future__ import annotations

from sna.metrics import cohesion, ties
from sna.metrics.catalogue.phrases import ALONG, AVAILABLE, EITHER, NO_STRENGTH, PAIRS, SHARE, TURN
from sna.metrics.measure import Measure

MEASURES: tuple[Measure, ...] = (
    Measure(
        "clustering", "Contacts know each other", "actor", cohesion.clustering,
        "Of the pairs among this person's contacts, the share who are in contact themselves.",
        EITHER, NO_STRENGTH, AVAILABLE, "path", SHARE,
        otherwise="too_few_nodes",
    ),
    Measure(
        "ego_reciprocity", "Ties that go both ways", "actor", cohesion.ego_reciprocity,
        "Of this person's ties with people who also answered, the share that both report.",
        TURN, NO_STRENGTH, PAIRS, "reciprocity", SHARE,
        own_answer=True, otherwise="nonresponse",
    ),
    Measure(
        "reciprocated", "Both ways", "tie", ties.reciprocated,
        "Whether the person named also names the person who named them.",
        "from the person who answered to the person named", NO_STRENGTH,
        "left empty when the person named did not answer", "reciprocity", "1 yes, 0 no",
        otherwise="unanswered",
    ),
    Measure(
        "reciprocity", "Ties that go both ways", "network", cohesion.reciprocity,
        "Of the ties between people who both answered, the share that both report.",
        TURN, NO_STRENGTH, PAIRS, "reciprocity", SHARE,
        otherwise="nonresponse",
    ),
    Measure(
        "transitivity", "Closed triangles", "network", cohesion.transitivity,
        "When one person names a second who names a third, how often the first names the third too.",
        ALONG, NO_STRENGTH, "a triangle counts only when its third side is known", "path", SHARE,
        minimum=3, otherwise="no_ties",
    ),
)  # fmt: skip
