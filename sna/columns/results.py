"""Columns of the tables of results that are not measures."""

from __future__ import annotations

from collections.abc import Mapping

from sna.columns.words import (
    ACTOR_ID,
    ALTER,
    EGO,
    ELSEWHERE,
    GIVEN,
    GROUP,
    NETWORK,
    OTHER_ID,
    PEOPLE,
    REASONED,
    VALUE,
    Column,
    count,
    share,
    text_id,
)

TABLES: Mapping[str, tuple[Column, ...]] = {
    "actor_metrics": (
        *NETWORK,
        ACTOR_ID,
        Column(
            "indegree_band",
            "How often the person is named, in thirds.",
            "named often, named sometimes, named seldom, not named, nobody could name them",
            ELSEWHERE,
        ),
    ),
    "tie_metrics": (*NETWORK, EGO, ALTER),
    "network_metrics": (
        *NETWORK,
        Column("measure", "The measure; `sna metrics NAME` says exactly what it is.", "text, name of a measure"),
        Column(GROUP.name, GROUP.meaning, GROUP.unit, "the measure needs no group"),
        Column("value", "The measure's value for the whole network.", "as the measure", REASONED),
        Column(
            "expected",
            "For brokerage roles, what chance alone would give.",
            "pairs of people",
            "no brokerage role, or somebody did not answer",
        ),
        Column(
            "sd",
            "For brokerage roles, how far the value would vary by chance alone (standard deviation).",
            "pairs of people",
            "no brokerage role, or somebody did not answer",
        ),
        Column(
            "z",
            "For brokerage roles, (value − expected) / sd.",
            "number",
            "no brokerage role, somebody did not answer, or sd is 0",
        ),
        Column("reason", "Why there is no value.", "a reason code", GIVEN),
        Column("verdict", "What the response gate says of this kind of measure.", "allowed, flagged, withheld"),
    ),
    "brokerage": (*NETWORK, GROUP, ACTOR_ID),
    "engagement": (
        ACTOR_ID,
        count("events_eligible", "Recorded events the person could have come to."),
        count("events_attended", "Of those, events the person came to."),
        count("late", "Times the person arrived late."),
        count("left_early", "Times the person left early."),
        share(
            "dosage",
            "Of the minutes the person could have attended, the share they did attend.",
            "no event the person could have come to has known minutes and length",
        ),
        share(
            "attendance_rate",
            "Of the recorded events the person could have attended, the share at which they were present.",
            "no recorded event was open to the person",
        ),
    ),
    "co_attendance": (
        ACTOR_ID,
        OTHER_ID,
        count("raw", "Events that both came to and that were for both."),
        Column("minutes_least", "Fewest minutes they can have spent together.", "minutes, 0 or more"),
        Column(
            "minutes_most",
            "Most minutes they can have spent together.",
            "minutes, 0 or more",
            "nothing stated bounds it",
        ),
        Column(
            "newman",
            "Newman's weight: each shared event counts 1 / (people there − 1).",
            "0 or more",
        ),
        share("jaccard", "Shared events / events at which at least one of the two was, of those that were for both."),
    ),
    "undefined": (
        *NETWORK,
        text_id("actor_id", "The person; of a tie, the person who answered."),
        text_id("alter_id", "Of a tie, the person who was named.", "the number is a person's and not a tie's"),
        Column("measure", "The column of actor_metrics or tie_metrics that is empty.", "text, a column"),
        Column("reason", "Why it is empty.", "a reason code"),
    ),
    "sampled": (
        *NETWORK,
        Column("measure", "The measure that is estimated in this network.", "text, name of a measure"),
        count("draws", "From how many people, drawn at random, ways were searched."),
        count("people", "People on the wave's roster."),
        Column(
            "error",
            "With probability .95 no estimate of this measure in this network lies farther from the exact value.",
            "the unit of the measure",
        ),
    ),
    "triads": (
        *NETWORK,
        Column("triad", "Kind of three people, by the ties among them.", "003 … 300"),
        count("count", "How many such threes there are, of those whose six cells are all observed.", REASONED),
        Column("reason", "Why there is no count.", "a reason code", GIVEN),
    ),
    "mixing": (
        *NETWORK,
        GROUP,
        Column("from_value", "The group of the people who answered.", "text, as on the roster"),
        Column("to_value", "The group of the people named.", "text, as on the roster"),
        count("ties", "Ties from the one group to the other."),
        count("possible", "Observed cells from the one group to the other."),
        share("density", "Ties / possible.", "no cell is observed"),
    ),
    "homophily": (
        *NETWORK,
        GROUP,
        VALUE,
        count("same", "Ties of the group's people within the group."),
        count("total", "All ties of the group's people to people whose group is stated."),
        Column("expected", "Ties within the group if its people took no notice of groups.", "ties, 0 or more"),
        Column(
            "homophily",
            "Coleman's index: how far the group's people name their own more (towards 1) or less (towards −1) than "
            "chance would.",
            "−1 to 1",
            "there is nothing to compare: one group, no ties, or nobody of the own group, or only they, could be named",
        ),
    ),
    "overlap": (
        *NETWORK,
        text_id("other_relation", "The relation it is compared with, in the same wave."),
        count("cells", "Ordered pairs observed in both relations."),
        count("common", "Ties present in both, over those cells.", "no cell is observed in both"),
        count("either", "Ties present in at least one of them, over those cells.", "no cell is observed in both"),
        share("jaccard", "Common / either.", "neither has a tie there"),
        Column(
            "correlation",
            "Pearson correlation of the two over those cells.",
            "−1 to 1",
            "one of them has no tie there, or nothing but ties",
        ),
    ),
    "thresholds": (
        *NETWORK,
        Column("present_from", "The strength from which a tie would count.", "a value of the relation's scale"),
    ),
    "divisions": (
        *NETWORK,
        Column("division", "Which way of dividing the people.", "communities, core, coreness"),
        Column(
            "fit",
            "How well the best division fits: modularity of communities, correlation of the core, unexplained sum of "
            "squares of coreness (less is better).",
            "number",
            REASONED,
        ),
        Column(
            "lowest_fit",
            "Modularity of the worst of the random starts.",
            "number",
            "the division is not into communities, or is undefined",
        ),
        count(
            "different",
            "How many different divisions there are: communities over the starts, cores that fit equally well. Many: "
            "the ties do not say who belongs where.",
            "coreness, or the division is undefined",
        ),
        Column("reason", "Why there is no division.", "a reason code", GIVEN),
    ),
    "memberships": (
        *NETWORK,
        ACTOR_ID,
        Column(
            "community",
            "The person's community in the best start; 1 is the largest.",
            "text, a number",
            "the person has no ties, or neither answered nor was named",
        ),
        share(
            "core",
            "Of the cores that fit equally well, the share with the person in it.",
            "there is no core, or the person neither answered nor was named",
        ),
        Column(
            "coreness",
            "How near the person is to the core.",
            "number",
            "there is no coreness, or the person neither answered nor was named",
        ),
    ),
    "together": (
        *NETWORK,
        ACTOR_ID,
        OTHER_ID,
        share("share", "Of the random starts, the share that put the two in one community."),
    ),
    "key_people": (
        *NETWORK,
        Column("aim", "What the set of people was chosen for.", "fragmentation, distance_fragmentation, reach"),
        Column("size", "People in a set.", "whole number, 1 or more"),
        Column("set", "Number of the set; sets that do equally well have several.", "whole number from 1", "no set"),
        text_id(
            "actor_id", "A person of the set. It tells of dependence on a few people, not of their worth.", "no set"
        ),
        share("value", "What the set reaches of its aim.", REASONED),
        share("intact", "The same with nobody removed.", "undefined, or the aim is reach"),
        Column("reason", "Why there is no set.", "a reason code", "there is a set"),
    ),
    "response": (
        *NETWORK,
        Column("date", "The day of the wave, as study.toml has it.", "ISO date", "not stated"),
        Column("topic", "What the relation is about, as study.toml has it.", "text", "not stated"),
        *PEOPLE,
        share("rate", "Respondents / asked.", "nobody was asked"),
        share("cells_observed", "Of all ordered pairs of people, the share that is known.", "fewer than two people"),
        share("dyads_seen", "Of all pairs, the share seen from one side or more.", "fewer than two people"),
        share("dyads_seen_twice", "Of all pairs, the share seen from both sides.", "fewer than two people"),
        count("ties", "Ties that are present."),
        Column("cap", "How many people a person could name.", "whole number, 1 or more", "as many as they liked"),
        share(
            "at_cap",
            "Of the respondents, the share who named as many as they could.",
            "there is no cap, or nobody answered",
        ),
        Column(
            "present_from",
            "The reported value from which a tie counts.",
            "a value of the relation's scale",
            "any reported tie counts",
        ),
    ),
    "response_by_group": (
        *NETWORK,
        GROUP,
        Column("value", "The group: one value of that roster column; `not stated` without one.", VALUE.unit),
        *PEOPLE,
        share("rate", "Respondents / asked.", "nobody was asked"),
    ),
    "gate": (
        *NETWORK,
        Column(
            "gate",
            "Which kind of measure the verdict is about.",
            "indegree, outdegree, density, reciprocity, concentration, mixing, path, fragmentation",
        ),
        share("coverage", "People who answered / people on the roster.", "the roster is empty"),
        Column("sought_silent", "One of the three most named people did not answer.", "true or false"),
        Column(
            "verdict",
            "Whether the response supports measures of this kind: given, given with a warning, or not given.",
            "allowed, flagged, withheld",
        ),
    ),
}
