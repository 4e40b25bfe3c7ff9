"""The columns of the tables about expertise."""

from __future__ import annotations

from collections.abc import Mapping

from sna.columns.words import GIVEN, REASONED, RELATION, WAVE, Column, count, share, text_id

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
POOLED = (
    "How likely these communities would say so clearly that {} if they did in none of them (Stouffer); small "
    "communities make it too high rather than too low."
)
POOLED_P = "share, 0–1"
FEW = "fewer than two communities"
TRUE = "true or false"
Q = Column(
    "q", "p corrected for there being several topics in a community (Benjamini–Hochberg).", "share, 0–1", REASONED
)
GATED = "the response gate withholds it"
RATED = "0 or more, as in the file"

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
            "gini, hhi, effective_number, theil, top1_share, top3_share, indegree_centralization, theil_between",
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
        share(
            "rbo",
            "Rank-biased overlap, p = .9, on average over pairs of topics and over all ways of breaking ties: 1, "
            "topics put people in the same order, the front counting most. Secondary to phi.",
            "undefined",
        ),
        share("rbo_by_chance", "The same for topics that have nothing to do with each other.", "fewer than two people"),
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
        share(
            "power_3",
            "Only where the label is diffuse: how likely concentration would have been found, had three people been "
            "three times as likely to be named on all topics as anybody else (simulated with these people and names).",
            "label is not diffuse, or three people or fewer",
        ),
        share("power_8", "The same for eight times as likely.", "label is not diffuse, or three people or fewer"),
        Column(
            "enough", "At least 5 topics, 12 people and 3 names each: else a description, no verdict.", "true or false"
        ),
        VERDICT,
        Column("reason", "Why phi, or everything, is undefined.", "a reason code", "phi is there"),
    ),
    "fixity_pooled": (
        WAVE,
        COMMUNITY[2],
        count("communities", "Communities whose p-values are put together: all of the wave that have them."),
        count(
            "respondents", "People in them who answered about at least one topic; the root of it weighs a community."
        ),
        Column("p_concentrated", POOLED.format("the names gather beyond chance"), POOLED_P, FEW),
        Column("p_differs", POOLED.format("topics differ in whom they name"), POOLED_P, FEW),
        Column("p_fixed", POOLED.format("topics are alike in whom they name"), POOLED_P, FEW),
        Column(
            "label",
            "What the three say together, of the communities as a whole; partly fixed also where some communities are "
            "of one kind and some of the other.",
            "diffuse, fixed few, by task, partly fixed, undetermined",
            FEW,
        ),
        Column("reason", "Why there is nothing.", "a reason code", "there are p-values"),
    ),
    "experts": (
        *COMMUNITY,
        RELATION,
        text_id("actor_id", "A person who was named."),
        count("named_by", "By how many people."),
        share("share", "Of all nominations on the topic."),
    ),
    "most_named": (
        *COMMUNITY,
        RELATION,
        text_id("actor_id", "The person named most on the topic.", "several are named as often, or nobody is"),
        count("named_by", "By how many people.", "undefined: the column `reason` says why"),
        count("namers", "How many people named anybody on the topic."),
        count(
            "only_name", "How many of them named this person and nobody else.", "several are named as often, or nobody"
        ),
        share("share", "Part of the names on the topic that falls on the person.", REASONED),
        share("chance_95", "What that part would exceed once in twenty times by chance.", REASONED),
        Column("p", "How likely so large a part is without any experts.", P, REASONED),
        Q,
        Column("hangs", "The topic hangs on this person: more than half of the names, beyond chance.", TRUE, REASONED),
        VERDICT,
        Column("reason", "Why there is no number.", "a reason code", GIVEN),
    ),
    "expert_gap": (
        *COMMUNITY,
        RELATION,
        text_id("actor_id", "A person who is rated on the topic."),
        Column("rating", "How expert they, or an observer, say they are. Not a test.", RATED),
        Column("expert", "The rating is at least `expert_from`.", TRUE),
        count("named_by", "How many people named them.", GATED),
        count("could", "How many people could have: they answered about the topic and did not leave this cell empty."),
        Column(
            "by_chance",
            "How many would on average, if everybody had drawn as many of these nominees as they named at random.",
            "people, 0 or more",
            GATED,
        ),
        Column("asked", "Named by somebody, and by at least as many as by chance.", TRUE, REASONED),
        Column(
            "status",
            "Both together.",
            "expert but unasked, asked but not expert, expert and asked, neither",
            REASONED,
        ),
        VERDICT,
        Column("reason", "Why it cannot be said whether the person is asked.", "a reason code", GIVEN),
    ),
    "expert_agreement": (
        *COMMUNITY,
        RELATION,
        count("rated", "People among the nominees who are rated on the topic."),
        count("experts", "How many of them are rated `expert_from` or more."),
        count("unasked_experts", "How many of these are not asked.", REASONED),
        count("asked_others", "How many of the others are asked.", REASONED),
        Column(
            "kendall_tau",
            "Of two people of whom one is rated higher, is that one named by more of those who could? 1 always, −1 "
            "never; about 0 by chance.",
            "−1 to 1",
            REASONED,
        ),
        Column(
            "p", "How likely a τ so far from 0 is when the same ratings are dealt at random; both tails.", P, REASONED
        ),
        Column("least_p", "The smallest p that these ratings and names could have given.", P, REASONED),
        Q,
        VERDICT,
        Column("reason", "Why there is no number.", "a reason code", GIVEN),
    ),
    "ratings": (
        WAVE,
        RELATION,
        text_id("actor_id", "The person who is rated on the topic."),
        Column("rating", "How expert they, or an observer, say they are; people without a rating have no row.", RATED),
    ),
}
