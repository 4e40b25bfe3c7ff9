"""Returned ties, closed triangles, contacts who know each other."""

from __future__ import annotations

from sna.metrics import closure, ties
from sna.metrics.catalogue.phrases import ALONG, AVAILABLE, BOTH, CELLS, EITHER, NO_STRENGTH, PAIRS, SHARE, TURN
from sna.metrics.measure import Measure

MEASURES: tuple[Measure, ...] = (
    Measure(
        "clustering", "Contacts know each other", "actor", closure.clustering,
        "Of the pairs among this person's contacts, the share who are in contact themselves.",
        EITHER, NO_STRENGTH, AVAILABLE, "path", SHARE,
        otherwise="too_few_nodes",
    ),
    Measure(
        "clustering_directed", "Contacts know each other, counting directions", "actor", closure.clustering_directed,
        "Of the triangles this person and two contacts could form, counting each direction, the share they do form.",
        BOTH, NO_STRENGTH, AVAILABLE, "path", SHARE,
        otherwise="too_few_nodes",
    ),
    Measure(
        "ego_density", "Ties among contacts", "actor", closure.ego_density,
        "Of the ties this person's contacts could have reported among themselves, the share they did report.",
        "a contact is anybody tied in either direction; among contacts each direction counts", NO_STRENGTH,
        CELLS, "path", SHARE,
        otherwise="too_few_nodes",
    ),
    Measure(
        "ego_reciprocity", "Ties that go both ways", "actor", closure.ego_reciprocity,
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
        "embeddedness", "Shared contacts", "tie", ties.embeddedness,
        "How many contacts the two people share.",
        EITHER, NO_STRENGTH, AVAILABLE, "path", "people, 0 or more",
        otherwise="nonresponse",
    ),
    Measure(
        "bridge", "Only connection", "tie", ties.bridge,
        "Whether the two people would be in separate pieces of the network if they were not in contact.",
        EITHER, NO_STRENGTH, AVAILABLE, "fragmentation", "1 yes, 0 no",
        otherwise="nonresponse",
    ),
    Measure(
        "local_bridge", "No shared contact", "tie", ties.local_bridge,
        "Whether the two people have no contact in common.",
        EITHER, NO_STRENGTH, AVAILABLE, "path", "1 yes, 0 no",
        otherwise="nonresponse",
    ),
    Measure(
        "reciprocity", "Ties that go both ways", "network", closure.reciprocity,
        "Of the ties between people who both answered, the share that both report.",
        TURN, NO_STRENGTH, PAIRS, "reciprocity", SHARE,
        otherwise="nonresponse",
    ),
    Measure(
        "reciprocity_adjusted", "Ties that go both ways, beyond chance", "network", closure.reciprocity_adjusted,
        "How much oftener ties go both ways than if they fell at random: 0 no oftener, 1 always.",
        TURN, NO_STRENGTH, PAIRS, "reciprocity", "1 at most; below 0 when less often than chance",
        otherwise="no_variation",
    ),
    Measure(
        "transitivity", "Closed triangles", "network", closure.transitivity,
        "When one person names a second who names a third, how often the first names the third too.",
        ALONG, NO_STRENGTH, "a triangle counts only when its third side is known", "path", SHARE,
        minimum=3, otherwise="no_ties",
    ),
    Measure(
        "transitivity_undirected", "Closed triangles, either direction", "network", closure.transitivity_undirected,
        "When two people have a contact in common, how often they are in contact themselves.",
        EITHER, NO_STRENGTH, AVAILABLE, "path", SHARE,
        minimum=3, otherwise="no_ties",
    ),
)  # fmt: skip
