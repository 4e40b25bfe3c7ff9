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
        latex=r"\sum_{i \lt j} A_{ij} A_{ji}, \quad O_{ij} = O_{ji} = 1",
        elsewhere="igraph and R sna agree",
    ),
    Measure(
        "dyads_asymmetric", "Pairs tied one way", "network", census.dyads_asymmetric,
        "In how many pairs of people one names the other without being named back.",
        TURN, NO_STRENGTH, PAIRS, "reciprocity", "pairs, 0 or more",
        otherwise="nonresponse", needs_ties=False,
        latex=r"\sum_{i \lt j} \lvert A_{ij} - A_{ji} \rvert, \quad O_{ij} = O_{ji} = 1",
        elsewhere="igraph and R sna agree",
    ),
    Measure(
        "dyads_null", "Pairs without a tie", "network", census.dyads_null,
        "In how many pairs of people neither names the other.",
        TURN, NO_STRENGTH, PAIRS, "reciprocity", "pairs, 0 or more",
        otherwise="nonresponse", needs_ties=False,
        latex=r"\sum_{i \lt j} (1 - A_{ij})(1 - A_{ji}), \quad O_{ij} = O_{ji} = 1",
        elsewhere="igraph and R sna agree",
    ),
    Measure(
        "dyad_reciprocity", "Tied pairs who name each other", "network", census.dyad_reciprocity,
        "Of the pairs of people who are tied at all, the share in which both name each other.",
        TURN, NO_STRENGTH, PAIRS, "reciprocity", SHARE,
        otherwise="nonresponse",
        latex=r"\frac{\sum_{i \lt j} A_{ij} A_{ji}}{\sum_{i \lt j} U_{ij}}, \quad O_{ij} = O_{ji} = 1",
        elsewhere='igraph (mode "ratio") and R sna (dyadic.nonnull) agree; networkx gives only the share of ties',
    ),
)  # fmt: skip
