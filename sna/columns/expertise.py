"""The columns of the tables about expertise."""

from __future__ import annotations

from collections.abc import Mapping

from sna.columns.words import REASONED, RELATION, WAVE, Column, count, share, text_id

VERDICT = Column(
    "verdict",
    "Whether the response supports this: given, given with a warning, or not given.",
    "allowed, flagged, withheld",
)
PHI = (
    "Φ, a proposal of this project: 1, who is named does not depend on the topic; 0, topics have unrelated experts; "
    "below 0, expertise rotates."
)
P = "share, 0–1; never 0 when drawn"

COMMUNITY = (
    WAVE,
    Column("community", "The people among whom nominations count: a group of the roster.", "text", "all of the wave"),
    Column("nominees", "Whose nominations are counted: those put first by study.toml, or everyone.", "text"),
)
TOPIC = text_id("relation", "The relation: the topic that was asked about.", "all topics together")

TABLES: Mapping[str, tuple[Column, ...]] = {
    "concentration": (
        *COMMUNITY,
        TOPIC,
        Column(
            "measure",
            "Which measure of concentration.",
            "gini, hhi, effective_number, theil, top1_share, top3_share, indegree_centralization",
        ),
        Column("value", "How far nominations gather on few people.", "as the measure", REASONED),
        Column("chance_mean", "What it would be on average if names were drawn at random.", "as the measure", REASONED),
        Column(
            "chance_95",
            "What it would exceed once in twenty times by chance (effective_number: fall below).",
            "as the measure",
            REASONED,
        ),
        Column("p", "How likely so much concentration is without any experts.", P, REASONED),
        Column(
            "low",
            "Lower end of an approximate 95 % interval (jackknife).",
            "as the measure",
            "undefined, or one respondent",
        ),
        Column("high", "Upper end of it.", "as the measure", "undefined, or one respondent"),
        count("nominations", "Names that were given to these nominees."),
        VERDICT,
        Column("reason", "Why there is no value.", "a reason code", "there is a value"),
    ),
    "lorenz": (
        *COMMUNITY,
        TOPIC,
        count("people", "How many people, those with fewest nominations first."),
        share("share", "The share of all nominations that falls on them."),
        share("chance_05", "The share that one draw in twenty stays below when names are drawn at random."),
        share("chance_95", "The share that one draw in twenty exceeds."),
    ),
    "fixity": (
        *COMMUNITY,
        count("topics", "Topics that were asked about."),
        count("people", "People whose nominations are counted."),
        count("respondents", "People who answered about at least one topic."),
        Column("within", "Concentration within topics (Theil), weighted by nominations.", "0 – ln people", REASONED),
        Column(
            "pooled",
            "Concentration of all nominations together: on the same people in all topics.",
            "0 – ln people",
            REASONED,
        ),
        Column("between", "within − pooled: how far topics differ in whom they name.", "0 or more", REASONED),
        share("fixed", "pooled / within; about 1 / topics without any experts.", "undefined"),
        share("kendall_w", "How far topics put people in the same order; about 1 / topics by chance.", "undefined"),
        share(
            "top3_overlap", "Of the three most named on a topic, how many are so on another, on average.", "undefined"
        ),
        share(
            "top3_by_chance", "The same for topics that have nothing to do with each other.", "three people or fewer"
        ),
        Column(
            "concentration", "0 as by chance, 1 on as few people as the numbers of names allow.", "1 or less", REASONED
        ),
        Column("p_concentrated", "How likely so much concentration is without any experts.", P, REASONED),
        Column(
            "p_differs", "How likely topics so different are when people name without regard to topic.", P, REASONED
        ),
        Column(
            "p_fixed",
            "How likely topics so alike are when their experts have nothing to do with each other.",
            P,
            REASONED,
        ),
        Column("phi", PHI, "1 or less, about", REASONED),
        Column(
            "low", "Lower end of the 95 % interval of phi (jackknife).", "as phi", "phi is undefined, or one respondent"
        ),
        Column("high", "Upper end of it.", "as phi", "phi is undefined, or one respondent"),
        Column(
            "efi", "Concentration times phi, negative ones as 0: for sorting only.", "0–1, about", "phi is undefined"
        ),
        Column(
            "label",
            "What the three tests say together.",
            "diffuse, fixed few, by task, partly fixed, undetermined",
            "nothing can be said: the column `reason` says why",
        ),
        Column(
            "enough", "At least 5 topics, 12 people and 3 names each: else a description, no verdict.", "true or false"
        ),
        VERDICT,
        Column("reason", "Why phi, or everything, is undefined.", "a reason code", "phi is there"),
    ),
    "experts": (
        *COMMUNITY,
        RELATION,
        text_id("actor_id", "A person who was named."),
        count("named_by", "By how many people."),
        share("share", "Of all nominations on the topic."),
    ),
}
