"""Ways from one person to another."""

from __future__ import annotations

from sna.metrics import centrality, centralization
from sna.metrics.catalogue.phrases import ALONG, AVAILABLE, NO_STRENGTH, OWN, SHARE, TURN
from sna.metrics.measure import Measure

MEASURES: tuple[Measure, ...] = (
    Measure(
        "betweenness", "In between", "actor", centrality.betweenness,
        "How often this person lies on the shortest way from one person to another.",
        TURN, NO_STRENGTH, OWN, "path", "pairs of people, 0 or more",
        minimum=3, own_answer=True, otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "betweenness_normalised", "In between, as a share", "actor", centrality.betweenness_normalised,
        "Of all pairs of other people, the share whose shortest way runs through this person.",
        TURN, NO_STRENGTH, OWN, "path", SHARE,
        minimum=3, own_answer=True, otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "harmonic_in", "Easily reached", "actor", centrality.harmonic_in,
        "How few steps others need to reach this person, going from one to the next.",
        ALONG, NO_STRENGTH, AVAILABLE, "path", "0–1; 1 when everybody names them",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "harmonic_out", "Reaches others easily", "actor", centrality.harmonic_out,
        "How few steps this person needs to reach others, going from one to the next.",
        ALONG, NO_STRENGTH, OWN, "path", "0–1; 1 when they name everybody",
        own_answer=True, otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "betweenness_centralization", "One person in between", "network", centralization.betweenness_centralization,
        "How far the ways between people run through one person only (1) or through all alike (0).",
        TURN, NO_STRENGTH, "people who did not answer are left out; paths through them are missing", "path", "0–1",
        minimum=3, otherwise="nonresponse", needs_ties=False,
    ),
)  # fmt: skip
