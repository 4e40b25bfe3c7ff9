"""Named by whom, naming whom?"""

from __future__ import annotations

from sna.metrics import centrality, power
from sna.metrics.catalogue.phrases import ALONG, AVAILABLE, IN, NO_STRENGTH
from sna.metrics.measure import Measure

LEFT = "left empty for people who did not answer, who count as naming nobody for everybody else"

MEASURES: tuple[Measure, ...] = (
    Measure(
        "eigenvector", "Named by the much named", "actor", centrality.eigenvector,
        "How much this person is named by people who are much named themselves.",
        IN, NO_STRENGTH, AVAILABLE, "path", "0–1; only comparable within one network",
        otherwise="disconnected",
        latex=r"\lambda x_j = \sum_{i} A_{ij} x_i, \quad \sum_{j} x_j^2 = 1, \quad \lambda \text{ the largest}",
        elsewhere=(
            "networkx agrees where everybody reaches everybody, igraph but for a maximum of 1; R sna follows "
            "names given"
        ),
    ),
    Measure(
        "pagerank", "Where following nominations leads", "actor", centrality.pagerank,
        "How often you would end up with this person if you kept asking whom to turn to.",
        IN, NO_STRENGTH, AVAILABLE, "path", "share; all people together make 1",
        otherwise="nonresponse", needs_ties=False,
        latex=(
            r"p_j = \frac{1-d}{n} + d \sum_{i} p_i \frac{A_{ij}}{k_i^{out}}, \quad d = 0.85, \quad "
            r"\frac{A_{ij}}{k_i^{out}} = \frac{1}{n} \text{ where } k_i^{out} = 0"
        ),
        elsewhere="igraph agrees; networkx to about five decimals, and to all once its tolerance is made smaller",
    ),
    Measure(
        "bonacich_power", "Names people who name many", "actor", power.bonacich_power,
        "How many people this person turns to, each counting for more the more they turn to others themselves.",
        ALONG, NO_STRENGTH, LEFT, "path", "0 or more, squares average 1; only comparable within one network",
        own_answer=True,
        latex=(
            r"c = \alpha (I - \beta A)^{-1} A \mathbf{1}, \quad \beta = \frac{0.75}{\lambda_1}, \quad \sum_{i} "
            r"c_i^2 = \lvert\lbrace i : c_i \text{ defined} \rbrace\rvert"
        ),
        elsewhere="R sna and R igraph agree on the kite at β = 0.1, but by default take β = 1; networkx has none",
    ),
    Measure(
        "bonacich_bargaining", "Names people who name few", "actor", power.bonacich_bargaining,
        "How many people this person turns to, each counting for less the more they turn to others themselves.",
        ALONG, NO_STRENGTH, LEFT, "path", "squares average 1; only comparable within one network",
        own_answer=True,
        latex=(
            r"c = \alpha (I - \beta A)^{-1} A \mathbf{1}, \quad \beta = -\frac{0.75}{\lambda_1}, \quad \sum_{i} "
            r"c_i^2 = \lvert\lbrace i : c_i \text{ defined} \rbrace\rvert"
        ),
        elsewhere=(
            "compared with our own slow reference only; R sna and R igraph by default take β = 1; networkx has "
            "none"
        ),
    ),
)  # fmt: skip
