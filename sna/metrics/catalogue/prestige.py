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
    ),
    Measure(
        "pagerank", "Where following nominations leads", "actor", centrality.pagerank,
        "How often you would end up with this person if you kept asking whom to turn to.",
        IN, NO_STRENGTH, AVAILABLE, "path", "share; all people together make 1",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "bonacich_power", "Names people who name many", "actor", power.bonacich_power,
        "How many people this person turns to, each counting for more the more they turn to others themselves.",
        ALONG, NO_STRENGTH, LEFT, "path", "0 or more, squares average 1; only comparable within one network",
        own_answer=True,
    ),
    Measure(
        "bonacich_bargaining", "Names people who name few", "actor", power.bonacich_bargaining,
        "How many people this person turns to, each counting for less the more they turn to others themselves.",
        ALONG, NO_STRENGTH, LEFT, "path", "squares average 1; only comparable within one network",
        own_answer=True,
    ),
)  # fmt: skip
