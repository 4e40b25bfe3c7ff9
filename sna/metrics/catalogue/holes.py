"""Structural holes."""

from __future__ import annotations

from sna.metrics import holes
from sna.metrics.catalogue.phrases import AVAILABLE, BOTH, NO_STRENGTH, OWN, TURN
from sna.metrics.measure import Measure

MEASURES: tuple[Measure, ...] = (
    Measure(
        "constraint", "Closed in", "actor", holes.constraint,
        "How much this person's contacts lead back to one another instead of to other parts of the network.",
        BOTH, NO_STRENGTH, AVAILABLE, "path", "above 0; about 1 for a single contact",
        otherwise="isolate",
        latex=(
            r"C_i = \sum_{j \in N(i)} \left(p_{ij} + \sum_{q \neq i,j} p_{iq} p_{qj}\right)^2, \quad p_{ij} = "
            r"\frac{Z_{ij}}{\sum_{k} Z_{ik}}, \quad Z = A + A^{\top}"
        ),
        elsewhere=(
            "networkx and igraph agree; networkx with nodes= says NaN for who names nobody; UCINET by default "
            "reads the ego network"
        ),
    ),
    Measure(
        "effective_size", "Contacts beyond the same circle", "actor", holes.effective_size,
        "How many contacts this person has once those who repeat one another are counted less.",
        BOTH, NO_STRENGTH, AVAILABLE, "path", "people, above 0",
        otherwise="isolate",
        latex=(
            r"\sum_{j \in N(i)} \left(1 - \sum_{q \neq i,j} p_{iq} m_{jq}\right), \quad p_{iq} = "
            r"\frac{Z_{iq}}{\sum_{k} Z_{ik}}, \quad m_{jq} = \frac{Z_{jq}}{\max_{k} Z_{jk}}, \quad Z = A + "
            r"A^{\top}"
        ),
        elsewhere=(
            "networkx 3.6.1 differs on directed ties and agrees when given both directions added; igraph and R "
            "sna have none"
        ),
    ),
    Measure(
        "efficiency", "Share of contacts beyond the same circle", "actor", holes.efficiency,
        "Of this person's contacts, the share that remains once those who repeat one another are counted less.",
        BOTH, NO_STRENGTH, AVAILABLE, "path", "share, above 0 to 1",
        otherwise="isolate",
        latex=(
            r"\frac{S_i}{k_i}, \quad S_i = \sum_{j \in N(i)} \left(1 - \sum_{q \neq i,j} p_{iq} m_{jq}\right), "
            r"\quad k_i = \sum_{j} U_{ij}"
        ),
        elsewhere=(
            "networkx's effective size of both directions added, divided by contacts, is the same; UCINET by "
            "default reads the ego network"
        ),
    ),
    Measure(
        "hierarchy", "Closed in by one contact", "actor", holes.hierarchy,
        "Whether what closes this person in comes from one contact (1) or from all contacts alike (0).",
        BOTH, NO_STRENGTH, AVAILABLE, "path", "0–1; 1 for a single contact",
        otherwise="isolate",
        latex=(
            r"\frac{\sum_{j} r_{ij} \ln r_{ij}}{k_i \ln k_i}, \quad r_{ij} = \frac{c_{ij}}{C_i / k_i}, \quad C_i "
            r"= \sum_{j} c_{ij}"
        ),
        elsewhere=(
            "the same from networkx's local_constraint of both directions added; UCINET by default reads the ego "
            "network"
        ),
    ),
    Measure(
        "everett_valente", "In between, for each contact", "actor", holes.everett_valente,
        "How much lies between other people through this person, for each contact they keep up.",
        TURN, NO_STRENGTH, OWN, "path", "people, 0 or more",
        minimum=3, own_answer=True, otherwise="nonresponse", needs_ties=False,
        too_large=True,
        latex=(
            r"\frac{1}{2} \left(\frac{b_i + R_i^{in}}{k_i^{in}} + \frac{b_i + R_i^{out}}{k_i^{out}}\right), \quad "
            r"0 \text{ where } b_i = 0"
        ),
        elsewhere="compared with our own slow reference and a transcription of the published R algorithm only",
    ),
)  # fmt: skip
