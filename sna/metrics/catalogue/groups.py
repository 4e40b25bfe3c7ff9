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
    ),
    Measure(
        "participation", "Contacts spread over groups", "actor", mixing.participation,
        "How evenly this person's contacts are spread over groups: 0 when all are in one group.",
        EITHER, NO_STRENGTH, AVAILABLE, "mixing", "0 to 1 − 1 / number of groups",
        otherwise="no_group", by_group=True,
    ),
    Measure(
        "iqv", "Contacts spread over groups, as a share", "actor", mixing.iqv,
        "How evenly this person's contacts are spread over groups, as a share of the most even spread there could be.",
        EITHER, NO_STRENGTH, AVAILABLE, "mixing", SHARE,
        otherwise="no_group", by_group=True,
    ),
    Measure(
        "groups_reached_1", "Other groups met", "actor", mixing.groups_reached_1,
        "In how many groups other than their own this person has a contact.",
        EITHER, NO_STRENGTH, _LEAST, "mixing", "groups, 0 or more",
        otherwise="unanswered", by_group=True, needs_ties=False,
    ),
    Measure(
        "groups_reached_2", "Other groups within two steps", "actor", mixing.groups_reached_2,
        "In how many groups other than their own this person has a contact, or a contact of a contact.",
        EITHER, NO_STRENGTH, _LEAST, "mixing", "groups, 0 or more",
        otherwise="unanswered", by_group=True, needs_ties=False,
    ),
    Measure(
        "same_group", "Same group", "tie", ties.same_group,
        "Whether the two people are in the same group.",
        "direction does not matter", NO_STRENGTH, "uses the ties that are known", "mixing", "1 yes, 0 no",
        otherwise="no_group", by_group=True,
    ),
    Measure(
        "ei_index", "Ties between groups", "network", mixing.ei_index,
        "Whether ties run between groups (+1) or stay inside them (−1).",
        "each direction counts", NO_STRENGTH, AVAILABLE, "mixing", "−1 to 1",
        otherwise="no_group", by_group=True,
    ),
    Measure(
        "ei_expected", "Ties between groups, by group sizes alone", "network", mixing.ei_expected,
        "What 'Ties between groups' would be if people took no notice of groups.",
        TURN, "not used", "counts only ties that people who answered could have reported", "mixing", "−1 to 1",
        otherwise="nonresponse", by_group=True, needs_ties=False,
    ),
    Measure(
        "yules_q", "Ties likelier inside groups", "network", homophily.yules_q,
        "Whether a tie is likelier inside groups (+1) or between them (−1), whatever the sizes of the groups.",
        TURN, NO_STRENGTH, _NEVER_KNOWN, "mixing", "−1 to 1",
        otherwise="no_variation", by_group=True,
    ),
    Measure(
        "assortativity", "Ties to one's own group", "network", homophily.assortativity,
        "How far ties stay inside groups, compared with what the same ties would do if groups did not matter (0).",
        TURN, NO_STRENGTH, AVAILABLE, "mixing", "−1 to 1",
        otherwise="no_variation", by_group=True,
    ),
    Measure(
        "degree_assortativity", "Much connected with much connected", "network", homophily.degree_assortativity,
        "Whether people with many contacts are in contact with others who have many (+1) or with those who have few "
        "(−1).",
        EITHER, NO_STRENGTH, AVAILABLE, "path", "−1 to 1",
        otherwise="no_variation",
    ),
)  # fmt: skip
