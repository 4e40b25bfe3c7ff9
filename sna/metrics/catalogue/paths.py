"""Ways from one person to another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd

from sna.metrics import centrality, centralization, closeness, passing, path_lengths, sampled
from sna.metrics.catalogue.phrases import ALONG, NO_STRENGTH, OWN, REACHED, SHARE, TURN
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
        sampled=sampled.betweenness_sampled, draws=sampled.DRAWN_FOR_PASSING,
        latex=r"b(v) = \sum_{s \neq v \neq t} \frac{\sigma_{st}(v)}{\sigma_{st}}",
        elsewhere="igraph and R sna agree; networkx divides by the number of pairs unless normalized=False",
    ),
    Measure(
        "betweenness_normalised", "In between, as a share", "actor", centrality.betweenness_normalised,
        "Of all pairs of other people, the share whose shortest way runs through this person.",
        TURN, NO_STRENGTH, OWN, "path", SHARE,
        minimum=3, own_answer=True, otherwise="nonresponse", needs_ties=False,
        sampled=sampled.betweenness_normalised_sampled, draws=sampled.DRAWN_FOR_PASSING,
        latex=r"\frac{b(v)}{(n-1)(n-2)}",
        elsewhere="networkx and R igraph (normalized = TRUE) agree; UCINET gives per cent",
    ),
    Measure(
        "harmonic_in", "Easily reached", "actor", centrality.harmonic_in,
        "How few steps others need to reach this person, going from one to the next.",
        ALONG, NO_STRENGTH, REACHED, "path", "0–1; 1 when everybody names them",
        otherwise="nonresponse", needs_ties=False,
        sampled=sampled.harmonic_in_sampled, draws=sampled.DRAWN_FOR_STEPS,
        latex=r"h_{in}(v) = \frac{1}{n-1} \sum_{u \neq v} \frac{1}{d(u,v)}",
        elsewhere='igraph (mode "in") agrees; networkx gives the sum, not divided by n − 1',
    ),
    Measure(
        "harmonic_out", "Reaches others easily", "actor", centrality.harmonic_out,
        "How few steps this person needs to reach others, going from one to the next.",
        ALONG, NO_STRENGTH, OWN, "path", "0–1; 1 when they name everybody",
        own_answer=True, otherwise="nonresponse", needs_ties=False,
        sampled=sampled.harmonic_out_sampled, draws=sampled.DRAWN_FOR_STEPS,
        latex=r"h_{out}(v) = \frac{1}{n-1} \sum_{u \neq v} \frac{1}{d(v,u)}",
        elsewhere=(
            'igraph (mode "out") and R sna (suminvdir) agree; networkx counts steps towards a person, and gives '
            'the sum'
        ),
    ),
    Measure(
        "betweenness_strength", "In between, strong ties as short ways", "actor", passing.betweenness_strength,
        "How often this person lies on the shortest way between others, a strong tie making the way shorter.",
        TURN, "a tie is as long as 1 divided by its strength", OWN, "path", "pairs of people, 0 or more",
        minimum=3, own_answer=True, otherwise="nonresponse", needs_ties=False,
        too_large=True,
        latex=(
            r"b(v) = \sum_{s \neq v \neq t} \frac{\sigma_{st}(v)}{\sigma_{st}}, \quad \text{length of } i \to j = "
            r"\frac{1}{w_{ij}}"
        ),
        elsewhere=(
            "networkx and igraph agree when given 1 / strength as length, and R tnet at α = 1; R sna ignores "
            "strength unless asked"
        ),
    ),
    Measure(
        "closeness_in", "Few steps from everybody", "actor", closeness.closeness_in,
        "How few steps everybody else needs to reach this person, where everybody reaches everybody.",
        ALONG, NO_STRENGTH, CONNECTED, "path", "0–1; 1 when everybody names them",
        otherwise="disconnected",
        sampled=sampled.closeness_in_sampled, draws=sampled.DRAWN_FOR_STEPS,
        latex=r"C_{in}(v) = \frac{n-1}{\sum_{u \neq v} d(u,v)}",
        elsewhere=(
            'networkx and igraph (mode "in") agree where everybody reaches everybody, and answer where ours is '
            'empty'
        ),
    ),
    Measure(
        "closeness_out", "Few steps to everybody", "actor", closeness.closeness_out,
        "How few steps this person needs to reach everybody else, where everybody reaches everybody.",
        ALONG, NO_STRENGTH, CONNECTED, "path", "0–1; 1 when they name everybody",
        own_answer=True, otherwise="disconnected",
        sampled=sampled.closeness_out_sampled, draws=sampled.DRAWN_FOR_STEPS,
        latex=r"C_{out}(v) = \frac{n-1}{\sum_{u \neq v} d(v,u)}",
        elsewhere=(
            'R sna and igraph (mode "out") agree where everybody reaches everybody; networkx counts steps '
            'towards a person'
        ),
    ),
    Measure(
        "reach_1", "Reaches in one step", "actor", _reach(1),
        "Of all others, the share this person turns to directly.",
        ALONG, NO_STRENGTH, REACHES, "path", SHARE,
        own_answer=True, otherwise="nonresponse", needs_ties=False,
        latex=r"\frac{\lvert\lbrace u \neq v : d(v,u) \leq 1 \rbrace\rvert}{n-1}",
        elsewhere="networkx's and igraph's counts of people within so many steps, divided by n − 1, are the same",
    ),
    Measure(
        "reach_2", "Reaches in two steps", "actor", _reach(2),
        "Of all others, the share this person turns to directly or through one person between them.",
        ALONG, NO_STRENGTH, REACHES, "path", SHARE,
        own_answer=True, otherwise="nonresponse", needs_ties=False,
        latex=r"\frac{\lvert\lbrace u \neq v : d(v,u) \leq 2 \rbrace\rvert}{n-1}",
        elsewhere="networkx's and igraph's counts of people within so many steps, divided by n − 1, are the same",
    ),
    Measure(
        "reach_3", "Reaches in three steps", "actor", _reach(3),
        "Of all others, the share this person turns to directly or through one or two people between them.",
        ALONG, NO_STRENGTH, REACHES, "path", SHARE,
        own_answer=True, otherwise="nonresponse", needs_ties=False,
        latex=r"\frac{\lvert\lbrace u \neq v : d(v,u) \leq 3 \rbrace\rvert}{n-1}",
        elsewhere="networkx's and igraph's counts of people within so many steps, divided by n − 1, are the same",
    ),
    Measure(
        "tie_betweenness", "Ways along this tie", "tie", passing.tie_betweenness,
        "How often the shortest way from one person to another runs along this tie.",
        TURN, NO_STRENGTH, "uses the ties that are known; paths through people who did not answer are missing",
        "path", "pairs of people, 1 or more",
        otherwise="nonresponse",
        too_large=True,
        latex=r"b(e) = \sum_{s \neq t} \frac{\sigma_{st}(e)}{\sigma_{st}}",
        elsewhere="igraph agrees; networkx divides by n(n − 1) unless normalized=False",
    ),
    Measure(
        "average_path", "Steps between two people", "network", path_lengths.average_path,
        "How many steps it takes from one person to another on average, where there is a way at all.",
        TURN, NO_STRENGTH, FROM_KNOWN, "path", "steps, 1 or more",
        sampled=sampled.average_path_sampled, draws=sampled.DRAWN_FOR_STEPS,
        latex=(
            r"\frac{1}{\lvert P \rvert} \sum_{(u,v) \in P} d(u,v), \quad P = \lbrace (u,v) : u \neq v, d(u,v) \lt "
            r"\infty \rbrace"
        ),
        elsewhere="igraph agrees; networkx refuses unless everybody reaches everybody",
    ),
    Measure(
        "reachable_share", "Pairs with a way", "network", path_lengths.reachable_share,
        "Of all pairs of people, the share in which the one reaches the other, directly or through others.",
        TURN, NO_STRENGTH, FROM_KNOWN, "fragmentation", SHARE,
        otherwise="nonresponse", needs_ties=False,
        latex=r"\frac{\lvert\lbrace (u,v) : u \neq v, d(u,v) \lt \infty \rbrace\rvert}{r(n-1)}",
        elsewhere="the density of networkx's transitive_closure (reflexive=None) is the same",
    ),
    Measure(
        "global_efficiency", "Nearness of everybody", "network", path_lengths.global_efficiency,
        "How near people are to one another: 1 when everybody names everybody, 0 when nobody names anybody.",
        TURN, NO_STRENGTH, FROM_KNOWN, "path", "0–1",
        otherwise="nonresponse", needs_ties=False,
        sampled=sampled.global_efficiency_sampled, draws=sampled.DRAWN_FOR_STEPS,
        latex=r"\frac{1}{r(n-1)} \sum_{u \neq v} \frac{1}{d(u,v)}",
        elsewhere="the mean of igraph's harmonic closeness is the same; networkx refuses directed networks",
    ),
    Measure(
        "diameter", "Longest shortest way", "network", path_lengths.diameter,
        "How many steps the two people farthest apart are from one another, among those with a way at all.",
        TURN, NO_STRENGTH, FROM_KNOWN, "path", "steps, 1 or more",
        too_large=True,
        latex=r"\max \lbrace d(u,v) : u \neq v, d(u,v) \lt \infty \rbrace",
        elsewhere="igraph agrees, but says 0 without ties; networkx refuses unless everybody reaches everybody",
    ),
    Measure(
        "harmonic_centralization", "One person easily reached", "network", centralization.harmonic_centralization,
        "How far only one person can easily be reached (1), or all alike (0).",
        ALONG, NO_STRENGTH, REACHED, "path", "0–1",
        otherwise="nonresponse", needs_ties=False,
        too_large=True,
        latex=r"\frac{1}{N-1} \sum_{j} \left(\max_{k} h_k - h_j\right), \quad h_j = h_{in}(j)",
        elsewhere="our own slow reference agrees; R sna (suminvdir) divides by a sum that is not on a 0–1 scale",
    ),
    Measure(
        "betweenness_centralization", "One person in between", "network", centralization.betweenness_centralization,
        "How far the ways between people run through one person only (1) or through all alike (0).",
        TURN, NO_STRENGTH, "people who did not answer are left out; paths through them are missing", "path", "0–1",
        minimum=3, otherwise="nonresponse", needs_ties=False,
        too_large=True,
        latex=r"\frac{1}{r-1} \sum_{i} \left(\max_{k} b_k - b_i\right), \quad b_i = \frac{b(i)}{(n-1)(n-2)}",
        elsewhere="R sna and UCINET agree",
    ),
)  # fmt: skip
