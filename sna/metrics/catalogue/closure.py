"""Returned ties, closed triangles, contacts who know each other."""

from __future__ import annotations

from sna.metrics import closure, ties
from sna.metrics.catalogue.phrases import (
    ALONG,
    AVAILABLE,
    BOTH,
    CELLS,
    EITHER,
    NO_STRENGTH,
    PAIRS,
    SHARE,
    TOGETHER,
    TURN,
)
from sna.metrics.measure import Measure

MEASURES: tuple[Measure, ...] = (
    Measure(
        "clustering", "Contacts know each other", "actor", closure.clustering,
        "Of the pairs among this person's contacts, the share who are in contact themselves.",
        EITHER, NO_STRENGTH, TOGETHER, "path", SHARE,
        otherwise="no_triples",
        latex=(
            r"\frac{2 t_i}{k_i (k_i - 1)}, \quad k_i = \sum_{j} U_{ij}, \quad t_i = \sum_{j \lt q} U_{ij} U_{jq} "
            r"U_{qi}"
        ),
        elsewhere="igraph agrees; networkx agrees on the union, but says 0 with fewer than two contacts",
    ),
    Measure(
        "clustering_directed", "Contacts know each other, counting directions", "actor", closure.clustering_directed,
        "Of the triangles this person and two contacts could form, counting each direction, the share they do form.",
        BOTH, NO_STRENGTH, TOGETHER, "path", SHARE,
        otherwise="no_triples",
        latex=(
            r"\frac{\sum_{q,s} Z_{iq} Z_{qs} Z_{si}}{2 (d_i (d_i - 1) - 2 b_i)}, \quad d_i = \sum_{j} Z_{ij}, "
            r"\quad b_i = \sum_{j} A_{ij} A_{ji}, \quad Z = A + A^{\top}"
        ),
        elsewhere="networkx agrees, but says 0 with fewer than two contacts; igraph ignores direction",
    ),
    Measure(
        "ego_density", "Ties among contacts", "actor", closure.ego_density,
        "Of the ties this person's contacts could have reported among themselves, the share they did report.",
        "a contact is anybody tied in either direction; among contacts each direction counts", NO_STRENGTH,
        CELLS, "path", SHARE,
        otherwise="no_triples", why=closure.why_no_ego_density,
        latex=r"\frac{\sum_{q \neq s} U_{iq} U_{is} A_{qs}}{\sum_{q \neq s} U_{iq} U_{is} O_{qs}}",
        elsewhere="networkx's density of the subgraph of contacts is the same, with two contacts or more",
    ),
    Measure(
        "ego_reciprocity", "Ties that go both ways", "actor", closure.ego_reciprocity,
        "Of this person's ties with people who also answered, the share that both report.",
        TURN, NO_STRENGTH, PAIRS, "reciprocity", SHARE,
        own_answer=True, otherwise="nonresponse",
        latex=r"\frac{\sum_{j} A_{ij} A_{ji}}{\sum_{j} U_{ij}}, \quad O_{ij} = O_{ji} = 1",
        elsewhere="our own slow reference agrees; networkx's reciprocity of a person counts ties and not pairs",
    ),
    Measure(
        "reciprocated", "Both ways", "tie", ties.reciprocated,
        "Whether the person named also names the person who named them.",
        "from the person who answered to the person named", NO_STRENGTH,
        "left empty when the person named did not answer", "reciprocity", "1 yes, 0 no",
        otherwise="unanswered",
        latex=r"A_{ji}, \quad A_{ij} = 1",
        elsewhere="igraph's is_mutual agrees",
    ),
    Measure(
        "embeddedness", "Shared contacts", "tie", ties.embeddedness,
        "How many contacts the two people share.",
        EITHER, NO_STRENGTH, AVAILABLE, "path", "people, 0 or more",
        otherwise="nonresponse",
        latex=r"\sum_{q} U_{iq} U_{qj}, \quad A_{ij} = 1",
        elsewhere="networkx's common_neighbors of the union agree",
    ),
    Measure(
        "bridge", "Only connection", "tie", ties.bridge,
        "Whether the two people would be in separate pieces of the network if they were not in contact.",
        EITHER, NO_STRENGTH, AVAILABLE, "fragmentation", "1 yes, 0 no",
        otherwise="nonresponse",
        latex=r"\mathbf{1}\left(d_{U - ij}(i,j) = \infty\right), \quad A_{ij} = 1",
        elsewhere="networkx and igraph agree on the union",
    ),
    Measure(
        "local_bridge", "No shared contact", "tie", ties.local_bridge,
        "Whether the two people have no contact in common.",
        EITHER, NO_STRENGTH, TOGETHER, "path", "1 yes, 0 no",
        otherwise="nonresponse",
        latex=r"\mathbf{1}\left(\sum_{q} U_{iq} U_{qj} = 0\right), \quad A_{ij} = 1",
        elsewhere="networkx agrees on the union",
    ),
    Measure(
        "reciprocity", "Ties that go both ways", "network", closure.reciprocity,
        "Of the ties between people who both answered, the share that both report.",
        TURN, NO_STRENGTH, PAIRS, "reciprocity", SHARE,
        otherwise="nonresponse",
        latex=r"\frac{\sum_{i \neq j} A_{ij} A_{ji}}{\sum_{i \neq j} A_{ij}}, \quad O_{ij} = O_{ji} = 1",
        elsewhere="networkx, igraph and R sna (edgewise) agree; R sna by default counts pairs without any tie as alike",
    ),
    Measure(
        "reciprocity_adjusted", "Ties that go both ways, beyond chance", "network", closure.reciprocity_adjusted,
        "How much oftener ties go both ways than if they fell at random: 0 no oftener, 1 always.",
        TURN, NO_STRENGTH, PAIRS, "reciprocity", "1 at most; below 0 when less often than chance",
        otherwise="no_variation", why=closure.why_not_beyond_chance,
        latex=(
            r"\rho = \frac{R - D}{1 - D}, \quad R = \frac{\sum_{i \neq j} A_{ij} A_{ji}}{\sum_{i \neq j} A_{ij}}, "
            r"\quad D = \frac{\sum_{i \neq j} A_{ij}}{\sum_{i \neq j} O_{ij}}, \quad O_{ij} = O_{ji} = 1"
        ),
        elsewhere='R sna agrees (grecip with measure = "correlation")',
    ),
    Measure(
        "transitivity", "Closed triangles", "network", closure.transitivity,
        "When one person names a second who names a third, how often the first names the third too.",
        ALONG, NO_STRENGTH, "a triangle counts only when its third side is known", "path", SHARE,
        minimum=3, otherwise="no_triples",
        latex=r"\frac{\sum_{i \neq k} A_{ij} A_{jk} A_{ik}}{\sum_{i \neq k} A_{ij} A_{jk} O_{ik}}",
        elsewhere=(
            "R sna (weak) agrees; networkx looks only at people named and changes when ties are turned; igraph "
            "drops directions"
        ),
    ),
    Measure(
        "transitivity_undirected", "Closed triangles, either direction", "network", closure.transitivity_undirected,
        "When two people have a contact in common, how often they are in contact themselves.",
        EITHER, NO_STRENGTH, TOGETHER, "path", SHARE,
        minimum=3, otherwise="no_triples",
        latex=(
            r"\frac{3 \cdot \text{triangles}}{\text{triples}} = \frac{\sum_{i,j,q} U_{ij} U_{jq} U_{qi}}{\sum_{i} "
            r"k_i (k_i - 1)}, \quad k_i = \sum_{j} U_{ij}"
        ),
        elsewhere="igraph agrees; networkx agrees on the union, but says 0 where there is no triple",
    ),
)  # fmt: skip
