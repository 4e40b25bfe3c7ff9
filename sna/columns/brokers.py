"""The columns of the tables about brokerage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sna.columns.words import GROUP, REASONED, RELATION, WAVE, Column, count, text_id
from sna.inference.brokerage import KINDS, Kind

P = "share, 0–1; never 0 when drawn"
GATE = Column(
    "verdict",
    "Whether the response supports this: given, given with a warning, or not given.",
    "allowed, flagged, withheld",
)
KEYS = (
    WAVE,
    RELATION,
    Column(
        GROUP.name,
        "What people are grouped by: a column of the roster, or membership (member, outside). One at a time, never two "
        "crossed.",
        "text",
    ),
)
# Links of two people who are not tied themselves, with the person between them: what joins whom.
LINKS: Mapping[Kind, str] = {
    "coordinator": "two people of the person's own group",
    "gatekeeper": "somebody of another group, from whom something comes, and somebody of the person's own",
    "representative": "somebody of the person's own group, from whom something comes, and somebody of another",
    "consultant": "two people of one group that is not the person's",
    "liaison": "two people of two groups, neither of them the person's",
    "total": "two people",
    "across": "two people of different groups (gatekeeper, representative and liaison together)",
}
UNTIED = "How often the person stands between {} who are not tied themselves."
SMALL = (
    "undefined, or the groups are too few or too small for anybody to have this role: the column `reason` says which"
)
NO_SHUFFLE = "undefined; always for `total`, which does not depend on groups"


def _of_people() -> Iterator[Column]:
    """The count of each role, and how likely it is."""
    for kind in KINDS:
        yield count(kind, UNTIED.format(LINKS[kind]), SMALL)
        yield Column(f"{kind}_p_arcs", "How likely so many or more are when as many ties stand anywhere.", P, SMALL)
        if kind != "total":
            yield Column(
                f"{kind}_p_labels", "How likely so many or more are when people are shuffled among groups.", P, SMALL
            )


TABLES: Mapping[str, tuple[Column, ...]] = {
    "broker_tests": (
        *KEYS,
        Column("role", "Which kind of link; `across`: two people of different groups.", ", ".join(KINDS)),
        count("count", "How often anybody stands between two people in this way.", SMALL),
        Column(
            "expected",
            "What chance alone would give in a network of the same size and density (each tie by itself).",
            "pairs of people",
            "undefined, or somebody did not answer; always for `across`",
        ),
        Column(
            "sd",
            "How far the count would vary by chance alone (standard deviation, exact).",
            "pairs of people",
            "as expected",
        ),
        Column("arcs_mean", "The mean when as many ties stand anywhere they could be known.", "pairs of people", SMALL),
        Column("p_arcs_high", "How likely so many or more are then.", P, SMALL),
        Column("p_arcs_low", "How likely so few or fewer are then.", P, SMALL),
        Column(
            "labels_mean",
            "The mean when the ties stay and people are shuffled among groups, those who answered with one another.",
            "pairs of people",
            NO_SHUFFLE,
        ),
        Column("p_labels_high", "How likely so many or more are then.", P, NO_SHUFFLE),
        Column("p_labels_low", "How likely so few or fewer are then.", P, NO_SHUFFLE),
        Column("smallest_p_arcs", "The smallest that p can get: above .05, nothing can be beyond chance.", P, SMALL),
        Column("smallest_p_labels", "The same when people are shuffled.", P, NO_SHUFFLE),
        count("people", "People whose group is stated: only they and their ties count."),
        count("left_out", "People whose group is not stated."),
        GATE,
        Column("reason", "Why there is no test.", "a reason code", "there is one"),
    ),
    "brokers": (
        *KEYS,
        text_id("actor_id", "The person, by the roster's id.", "nobody is looked at: `reason` says why"),
        Column("value", "The person's group.", "text", "not stated"),
        *_of_people(),
        Column(
            "q_arcs",
            "total_p_arcs corrected for how many people are looked at in this network by this group "
            "(Benjamini–Hochberg): at most .05, the person stands between more people than if as many ties stood "
            "anywhere.",
            "share, 0–1",
            SMALL,
        ),
        Column(
            "q_labels",
            "across_p_labels corrected for how many people have q_arcs of at most .05: at most .05, these are of "
            "different groups oftener than by shuffling, and the person is beyond chance under both nulls.",
            "share, 0–1",
            "q_arcs is above .05, or undefined",
        ),
        count("groups_reached_1", "Other groups in which the person has a contact.", REASONED),
        count(
            "groups_reached_2", "Other groups in which the person has a contact, or a contact of a contact.", REASONED
        ),
        Column(
            "everett_valente",
            "How much lies between other people through the person, for each contact they keep up.",
            "people, 0 or more",
            "undefined, or the person did not answer",
        ),
        Column(
            "participation",
            "How evenly the person's contacts are spread over groups.",
            "0 to 1 − 1 / number of groups",
            "undefined, or no contacts whose group is stated",
        ),
        GATE,
        Column("reason", "Why something in this row is empty.", "a reason code", "nothing is"),
    ),
    "group_ties": (
        *KEYS,
        Column(
            "measure",
            "Which measure: E-I index, Yule's Q, assortativity, or Coleman's homophily of one group.",
            "ei_index, yules_q, assortativity, homophily",
        ),
        Column("of_value", "The group whose homophily it is.", "text", "the measure is of the whole network"),
        Column(
            "value",
            "ei_index: −1 all ties within groups, 1 all across. The others: 1 within, −1 across.",
            "−1 to 1",
            REASONED,
        ),
        Column(
            "expected",
            "What the E-I index would be if ties took no notice of groups, from the cells that could be known.",
            "−1 to 1",
            "another measure, or undefined",
        ),
        Column(
            "chance_mean",
            "The mean when the ties stay and people are shuffled among groups, those who answered with one another.",
            "as value",
            REASONED,
        ),
        Column("chance_05", "One way of shuffling in twenty stays below.", "as value", REASONED),
        Column("chance_95", "One way of shuffling in twenty goes above.", "as value", REASONED),
        Column("p_low", "How likely a value as low is by shuffling.", P, REASONED),
        Column("p_high", "How likely a value as high is by shuffling.", P, REASONED),
        Column("p", "Both ways: twice the smaller one, 1 at most.", P, REASONED),
        Column(
            "q",
            "p corrected for how many groupings (homophily: groups) are looked at in this network "
            "(Benjamini–Hochberg).",
            "share, 0–1",
            REASONED,
        ),
        GATE,
        Column("reason", "Why there is no value.", "a reason code", "there is a value"),
    ),
    "succession": (
        *KEYS,
        text_id(
            "actor_id",
            "A person without whom two groups would lose all contact: no chain of ties would join who is left in them.",
            "nobody: `reason` says why",
        ),
        Column("from_value", "One of the two groups.", "text", "nobody: `reason` says why"),
        Column("to_value", "The other.", "text", "nobody: `reason` says why"),
        count("pairs", "Pairs of groups that are in contact as things are.", "undefined: `reason` says why"),
        GATE,
        Column("reason", "Why nobody is listed.", "a reason code", "somebody is listed"),
    ),
}
