"""Pairs of people, counted by how they are tied."""

from __future__ import annotations

from sna.metrics import census
from sna.metrics.catalogue.phrases import NO_STRENGTH, PAIRS, SHARE, TURN
from sna.metrics.measure import Measure

MEASURES: tuple[Measure, ...] = (
    Measure(
        "dyads_mutual", "Pairs who name each other", "network", census.dyads_mutual,
        "How many pairs of people both name each other.",
        TURN, NO_STRENGTH, PAIRS, "reciprocity", "pairs, 0 or more",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "dyads_asymmetric", "Pairs tied one way", "network", census.dyads_asymmetric,
        "In how many pairs of people one names the other without being named back.",
        TURN, NO_STRENGTH, PAIRS, "reciprocity", "pairs, 0 or more",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "dyads_null", "Pairs without a tie", "network", census.dyads_null,
        "In how many pairs of people neither names the other.",
        TURN, NO_STRENGTH, PAIRS, "reciprocity", "pairs, 0 or more",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "dyad_reciprocity", "Tied pairs who name each other", "network", census.dyad_reciprocity,
        "Of the pairs of people who are tied at all, the share in which both name each other.",
        TURN, NO_STRENGTH, PAIRS, "reciprocity", SHARE,
        otherwise="nonresponse",
    ),
)  # fmt: skip
