"""The pieces, circles and layers into which a network falls."""

from __future__ import annotations

from sna.metrics import centrality, cohesion, communities, pieces
from sna.metrics.catalogue.phrases import AVAILABLE, CELLS, EITHER, NO_STRENGTH, SHARE, TURN
from sna.metrics.measure import Measure

_LEFT_OUT = "people who neither answered nor were named are left out"
_WAYS = "uses the ties that are known; ways through people who did not answer are missing"

MEASURES: tuple[Measure, ...] = (
    Measure(
        "core", "Inner circle", "actor", centrality.core,
        "The closest-knit circle this person belongs to: everybody in it has at least this many ties inside it.",
        EITHER, NO_STRENGTH, AVAILABLE, "path", "ties, 0 or more",
        otherwise="unanswered", needs_ties=False,
        latex=r"\max \lbrace k : i \in S, \sum_{q \in S} U_{jq} \geq k \text{ for all } j \in S \rbrace",
        elsewhere=(
            "networkx and igraph agree on the union; on directed ties they add both directions, as R sna does on "
            "any"
        ),
    ),
    Measure(
        "components", "Separate pieces", "network", cohesion.components,
        "Into how many pieces without any tie between them the network falls.",
        EITHER, NO_STRENGTH, _LEFT_OUT, "fragmentation",
        "pieces, 1 or more", otherwise="nonresponse", needs_ties=False,
        latex=r"\text{number of components of } U",
        elsewhere="networkx, igraph and R sna agree on weak components",
    ),
    Measure(
        "largest_component", "Largest piece", "network", cohesion.largest_component,
        "The share of people who are in the largest connected piece.",
        EITHER, NO_STRENGTH, _LEFT_OUT, "fragmentation", SHARE,
        otherwise="nonresponse", needs_ties=False,
        latex=r"\frac{\max_{c} s_c}{n}, \quad s_c \text{ people in component } c \text{ of } U",
        elsewhere="networkx and igraph agree on weak components",
    ),
    Measure(
        "isolates", "People without ties", "network", cohesion.isolates,
        "How many of the people who answered name nobody and are named by nobody.",
        EITHER, NO_STRENGTH, "somebody who did not answer is never counted", "fragmentation", "people, 0 or more",
        otherwise="nonresponse", needs_ties=False,
        latex=r"\lvert\lbrace i : k_i^{in} + k_i^{out} = 0 \rbrace\rvert",
        elsewhere="networkx and igraph agree",
    ),
    Measure(
        "fragmentation", "Pairs in separate pieces", "network", pieces.fragmentation,
        "Of all pairs of people, the share who are in separate pieces, with no chain of ties between them.",
        EITHER, NO_STRENGTH, _LEFT_OUT, "fragmentation", SHARE,
        otherwise="nonresponse", needs_ties=False,
        latex=r"1 - \frac{\sum_{c} s_c (s_c - 1)}{n (n-1)}, \quad s_c \text{ people in component } c \text{ of } U",
        elsewhere="1 minus R sna's connectedness; UCINET's connectedness goes by directed ways",
    ),
    Measure(
        "connectedness", "Pairs in the same piece", "network", pieces.connectedness,
        "Of all pairs of people, the share who are joined by some chain of ties.",
        EITHER, NO_STRENGTH, _LEFT_OUT, "fragmentation", SHARE,
        otherwise="nonresponse", needs_ties=False,
        latex=r"1 - \frac{V}{n(n-1)/2}, \quad V = \lvert\lbrace i \lt j : d_U(i,j) = \infty \rbrace\rvert",
        elsewhere="R sna agrees; UCINET goes by directed ways",
    ),
    Measure(
        "krackhardt_hierarchy", "One-way reach", "network", pieces.krackhardt_hierarchy,
        "Of the pairs in which one person can reach the other along ties, the share in which there is no way back.",
        TURN, NO_STRENGTH, _WAYS, "path",
        SHARE, otherwise="no_ties",
        latex=(
            r"1 - \frac{\lvert\lbrace i \lt j : d(i,j) \lt \infty, d(j,i) \lt \infty \rbrace\rvert}{\lvert\lbrace "
            r"i \lt j : \min(d(i,j), d(j,i)) \lt \infty \rbrace\rvert}"
        ),
        elsewhere="R sna agrees; networkx's flow_hierarchy is another measure",
    ),
    Measure(
        "krackhardt_efficiency", "No spare ties", "network", pieces.krackhardt_efficiency,
        "How few ties there are beyond those needed to hold each piece together: 1 none to spare, 0 all there can be.",
        "each direction counts", NO_STRENGTH,
        CELLS, "path", SHARE,
        otherwise="nonresponse",
        latex=r"1 - \frac{\sum_{c} (m_c - (s_c - 1))}{\sum_{c} (o_c - (s_c - 1))}",
        elsewhere="R sna agrees",
    ),
    Measure(
        "krackhardt_lub", "A common person above", "network", pieces.krackhardt_lub,
        "Of the pairs of people, how often there is one nearest person above both, to whom both can turn.",
        "the person from whom things come stands above; where nothing passes, the person named", NO_STRENGTH,
        _WAYS, "path", SHARE,
        minimum=3, otherwise="too_few_nodes",
        too_large=True,
        latex=(
            r"1 - \frac{V}{\sum_{c} (s_c - 1)(s_c - 2)/2}, \quad V \text{ pairs of one component without a least "
            r"upper bound}"
        ),
        elsewhere="our own slow reference agrees; R sna gave other numbers on 36 of 54 directed networks",
    ),
    Measure(
        "modularity", "Ties inside groups beyond chance", "network", communities.modularity,
        "How many more ties stay inside the groups than if ties fell on people without regard to groups.",
        EITHER, NO_STRENGTH, AVAILABLE, "mixing", "−0.5 to below 1",
        otherwise="no_group", by_group=True,
        latex=r"Q = \sum_{g} \left[\frac{L_g}{m} - \left(\frac{D_g}{2m}\right)^2\right]",
        elsewhere=(
            "networkx and igraph agree on the union, networkx with weight=None; on directed ties they give "
            "another number"
        ),
    ),
)  # fmt: skip
