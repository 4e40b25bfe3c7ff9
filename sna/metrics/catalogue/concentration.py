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
        latex=(
            r"\frac{N}{N-1} \cdot \frac{\sum_{i} (2i - N - 1) x_{(i)}}{N \sum_{i} x_{(i)}}, \quad x_{(1)} \leq "
            r"x_{(2)} \leq \dots, \quad x_j = k_j^{in}"
        ),
        elsewhere="R ineq agrees when told to correct for few people, and otherwise leaves out the factor N / (N − 1)",
    ),
    Measure(
        "top3_share", "Share of the three most named", "network", expertise.top3_share,
        "The share of all nominations that goes to the three people named most.",
        IN, NO_STRENGTH, "only what people who answered said counts", "concentration", SHARE,
        minimum=4, otherwise="nonresponse",
        latex=(
            r"\frac{x_{(1)} + x_{(2)} + x_{(3)}}{\sum_{i} x_{(i)}}, \quad x_{(1)} \geq x_{(2)} \geq \dots, \quad "
            r"x_j = k_j^{in}"
        ),
        elsewhere="the same by hand in R",
    ),
    Measure(
        "effective_nominees", "As many as named equally often", "network", expertise.effective_nominees,
        "How many people, named equally often, would make names as concentrated as they are.",
        IN, NO_STRENGTH, "only what people who answered said counts", "concentration", "people, 1 or more",
        otherwise="nonresponse",
        latex=r"\frac{1}{\sum_{j} p_j^2}, \quad p_j = \frac{k_j^{in}}{\sum_{q} k_q^{in}}",
        elsewhere="the same by hand in R",
    ),
)  # fmt: skip
