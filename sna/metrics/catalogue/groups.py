"""Ties within and between groups, and between people who are alike."""

from __future__ import annotations

from sna.metrics import homophily, mixing, ties
from sna.metrics.catalogue.phrases import AVAILABLE, EITHER, NO_STRENGTH, SHARE, TURN
from sna.metrics.measure import Measure

_LEAST = "uses the ties that are known; for people who did not answer it is the least it can be"
_NEVER_KNOWN = "ties that nobody can say anything about count neither as present nor as absent"

MEASURES: tuple[Measure, ...] = (
    Measure(
        "ego_ei", "Contacts in other groups", "actor", mixing.ego_ei,
        "Whether this person's contacts are in other groups (+1) or in their own group (−1).",
        EITHER, NO_STRENGTH, AVAILABLE, "mixing", "−1 to 1",
        otherwise="no_group", by_group=True,
        latex=(
            r"\frac{E_i - I_i}{E_i + I_i}, \quad E_i = \sum_{g_j \neq g_i} U_{ij}, \quad I_i = \sum_{g_j = g_i} "
            r"U_{ij}"
        ),
        elsewhere="the same by hand in R; networkx has none",
    ),
    Measure(
        "participation", "Contacts spread over groups", "actor", mixing.participation,
        "How evenly this person's contacts are spread over groups: 0 when all are in one group.",
        EITHER, NO_STRENGTH, AVAILABLE, "mixing", "0 to 1 − 1 / number of groups",
        otherwise="no_group", by_group=True,
        latex=r"1 - \sum_{g} \left(\frac{k_{ig}}{k_i}\right)^2, \quad k_{ig} = \sum_{g_j = g} U_{ij}",
        elsewhere="the same by hand in R, as Blau's index of contacts",
    ),
    Measure(
        "iqv", "Contacts spread over groups, as a share", "actor", mixing.iqv,
        "How evenly this person's contacts are spread over groups, as a share of the most even spread there could be.",
        EITHER, NO_STRENGTH, AVAILABLE, "mixing", SHARE,
        otherwise="no_group", by_group=True,
        latex=r"\frac{1 - \sum_{g} (k_{ig} / k_i)^2}{1 - 1/G}, \quad k_{ig} = \sum_{g_j = g} U_{ij}",
        elsewhere="compared with our own slow reference only",
    ),
    Measure(
        "groups_reached_1", "Other groups met", "actor", mixing.groups_reached_1,
        "In how many groups other than their own this person has a contact.",
        EITHER, NO_STRENGTH, _LEAST, "mixing", "groups, 0 or more",
        otherwise="unanswered", by_group=True, needs_ties=False,
        latex=r"\lvert\lbrace g \neq g_i : d_U(i,j) = 1 \text{ and } g_j = g \text{ for some } j \rbrace\rvert",
        elsewhere="compared with our own slow reference only",
    ),
    Measure(
        "groups_reached_2", "Other groups within two steps", "actor", mixing.groups_reached_2,
        "In how many groups other than their own this person has a contact, or a contact of a contact.",
        EITHER, NO_STRENGTH, _LEAST, "path", "groups, 0 or more",
        otherwise="unanswered", by_group=True, needs_ties=False,
        latex=r"\lvert\lbrace g \neq g_i : d_U(i,j) \leq 2 \text{ and } g_j = g \text{ for some } j \rbrace\rvert",
        elsewhere="compared with our own slow reference only",
    ),
    Measure(
        "same_group", "Same group", "tie", ties.same_group,
        "Whether the two people are in the same group.",
        "direction does not matter", NO_STRENGTH, "uses the ties that are known", "mixing", "1 yes, 0 no",
        otherwise="no_group", by_group=True,
        latex=r"\mathbf{1}\left(g_i = g_j\right), \quad A_{ij} = 1",
        elsewhere="compared with our own slow reference only",
    ),
    Measure(
        "ei_index", "Ties between groups", "network", mixing.ei_index,
        "Whether ties run between groups (+1) or stay inside them (−1).",
        "each direction counts", NO_STRENGTH, AVAILABLE, "mixing", "−1 to 1",
        otherwise="no_group", by_group=True,
        latex=r"\frac{E - I}{E + I}, \quad E = \sum_{g_i \neq g_j} A_{ij}, \quad I = \sum_{g_i = g_j} A_{ij}",
        elsewhere="UCINET agrees; R netseg does when each pair in contact counts once; networkx has none",
    ),
    Measure(
        "ei_expected", "Ties between groups, by group sizes alone", "network", mixing.ei_expected,
        "What 'Ties between groups' would be if people took no notice of groups.",
        TURN, "not used", "counts only ties that people who answered could have reported", "mixing", "−1 to 1",
        otherwise="nonresponse", by_group=True, needs_ties=False,
        latex=r"\frac{E - I}{E + I}, \quad E = \sum_{g_i \neq g_j} O_{ij}, \quad I = \sum_{g_i = g_j} O_{ij}",
        elsewhere="the same by hand in R; networkx has none",
    ),
    Measure(
        "yules_q", "Ties likelier inside groups", "network", homophily.yules_q,
        "Whether a tie is likelier inside groups (+1) or between them (−1), whatever the sizes of the groups.",
        TURN, NO_STRENGTH, _NEVER_KNOWN, "mixing", "−1 to 1",
        otherwise="no_variation", why=homophily.why_no_tendency, by_group=True,
        latex=r"\frac{W - 1}{W + 1}, \quad W = \frac{I \cdot N_E}{E \cdot N_I}",
        elsewhere="the same from R netseg's odds ratio, unless one of the four counts is 0",
    ),
    Measure(
        "assortativity", "Ties to one's own group", "network", homophily.assortativity,
        "How far ties stay inside groups, compared with what the same ties would do if groups did not matter (0).",
        TURN, NO_STRENGTH, AVAILABLE, "mixing", "−1 to 1",
        otherwise="no_variation", why=homophily.why_no_tendency, by_group=True,
        latex=(
            r"\frac{\sum_{g} e_{gg} - \sum_{g} a_g b_g}{1 - \sum_{g} a_g b_g}, \quad a_g = \sum_{h} e_{gh}, \quad "
            r"b_g = \sum_{h} e_{hg}"
        ),
        elsewhere="networkx and igraph agree; R netseg makes directed ties symmetrical first",
    ),
    Measure(
        "degree_assortativity", "Much connected with much connected", "network", homophily.degree_assortativity,
        "Whether people with many contacts are in contact with others who have many (+1) or with those who have few "
        "(−1).",
        EITHER, NO_STRENGTH, AVAILABLE, "path", "−1 to 1",
        otherwise="no_variation",
        latex=r"\mathrm{corr}(k_i, k_j), \quad U_{ij} = 1, \quad k_i = \sum_{j} U_{ij}",
        elsewhere="networkx and igraph agree on the union; on directed ties they compare ties given with ties received",
    ),
)  # fmt: skip
