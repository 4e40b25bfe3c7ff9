"""Ways from one person to another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd

from sna.metrics import centrality, centralization, closeness, passing, path_lengths
from sna.metrics.catalogue.phrases import ALONG, AVAILABLE, NO_STRENGTH, OWN, SHARE, TURN
from sna.metrics.measure import Measure

CONNECTED = "left empty for everybody when somebody did not answer, whom no way then leaves"
REACHES = "left empty for people who did not answer; no way leads on through them"
FROM_KNOWN = "pairs that start at somebody who did not answer are left out; paths through them are missing"


def _reach(steps: int) -> Callable[..., pd.Series[float]]:
    """`reach` in so many steps, carrying its definition for whoever asks for help."""
    counter = partial(closeness.reach, steps=steps)
    counter.__doc__ = closeness.reach.__doc__
    return counter


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
        "betweenness_strength", "In between, strong ties as short ways", "actor", passing.betweenness_strength,
        "How often this person lies on the shortest way between others, a strong tie making the way shorter.",
        TURN, "a tie is as long as 1 divided by its strength", OWN, "path", "pairs of people, 0 or more",
        minimum=3, own_answer=True, otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "closeness_in", "Few steps from everybody", "actor", closeness.closeness_in,
        "How few steps everybody else needs to reach this person, where everybody reaches everybody.",
        ALONG, NO_STRENGTH, CONNECTED, "path", "0–1; 1 when everybody names them",
        otherwise="disconnected",
    ),
    Measure(
        "closeness_out", "Few steps to everybody", "actor", closeness.closeness_out,
        "How few steps this person needs to reach everybody else, where everybody reaches everybody.",
        ALONG, NO_STRENGTH, CONNECTED, "path", "0–1; 1 when they name everybody",
        own_answer=True, otherwise="disconnected",
    ),
    Measure(
        "reach_1", "Reaches in one step", "actor", _reach(1),
        "Of all others, the share this person turns to directly.",
        ALONG, NO_STRENGTH, REACHES, "path", SHARE,
        own_answer=True, otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "reach_2", "Reaches in two steps", "actor", _reach(2),
        "Of all others, the share this person turns to directly or through one person between them.",
        ALONG, NO_STRENGTH, REACHES, "path", SHARE,
        own_answer=True, otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "reach_3", "Reaches in three steps", "actor", _reach(3),
        "Of all others, the share this person turns to directly or through one or two people between them.",
        ALONG, NO_STRENGTH, REACHES, "path", SHARE,
        own_answer=True, otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "tie_betweenness", "Ways along this tie", "tie", passing.tie_betweenness,
        "How often the shortest way from one person to another runs along this tie.",
        TURN, NO_STRENGTH, "uses the ties that are known; paths through people who did not answer are missing",
        "path", "pairs of people, 1 or more",
        otherwise="nonresponse",
    ),
    Measure(
        "average_path", "Steps between two people", "network", path_lengths.average_path,
        "How many steps it takes from one person to another on average, where there is a way at all.",
        TURN, NO_STRENGTH, FROM_KNOWN, "path", "steps, 1 or more",
    ),
    Measure(
        "reachable_share", "Pairs with a way", "network", path_lengths.reachable_share,
        "Of all pairs of people, the share in which the one reaches the other, directly or through others.",
        TURN, NO_STRENGTH, FROM_KNOWN, "fragmentation", SHARE,
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "global_efficiency", "Nearness of everybody", "network", path_lengths.global_efficiency,
        "How near people are to one another: 1 when everybody names everybody, 0 when nobody names anybody.",
        TURN, NO_STRENGTH, FROM_KNOWN, "path", "0–1",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "diameter", "Longest shortest way", "network", path_lengths.diameter,
        "How many steps the two people farthest apart are from one another, among those with a way at all.",
        TURN, NO_STRENGTH, FROM_KNOWN, "path", "steps, 1 or more",
    ),
    Measure(
        "harmonic_centralization", "One person easily reached", "network", centralization.harmonic_centralization,
        "How far only one person can easily be reached (1), or all alike (0).",
        ALONG, NO_STRENGTH, AVAILABLE, "path", "0–1",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "betweenness_centralization", "One person in between", "network", centralization.betweenness_centralization,
        "How far the ways between people run through one person only (1) or through all alike (0).",
        TURN, NO_STRENGTH, "people who did not answer are left out; paths through them are missing", "path", "0–1",
        minimum=3, otherwise="nonresponse", needs_ties=False,
    ),
)  # fmt: skip
