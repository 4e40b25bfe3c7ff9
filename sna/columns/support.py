"""The columns of the tables of sna.support."""

from __future__ import annotations

from collections.abc import Mapping

from sna.columns.expertise import VERDICT
from sna.columns.words import ACTOR_ID, ALTER, EGO, GIVEN, REASONED, RELATION, WAVE, Column, count, share, text_id

LOOKED = "the person did not answer, or study.toml names no such column of that wave's roster"
SCHOOLED = f"{LOOKED}; or the person's own school is not stated"
NO_DRAWS = "the column `reason` says why; or kinds is 1: every tie carries one kind or more"
PAIRED = "too few answered, or no pair of people is known in both"
REASON = Column("reason", "Why there is no value.", "a reason code", GIVEN)
KIND = text_id("relation", "The relation: the kind of support.")
KINDS = "text, ids with commas between"


def _chance(what: str, empty: str = REASONED) -> tuple[Column, ...]:
    """What chance gives for one number."""
    p = "share, 0–1; never 0 when drawn"
    return (
        Column("chance_mean", f"{what} on average by chance.", "as the number", empty),
        Column("chance_05", "What it would fall below once in twenty times by chance.", "as the number", empty),
        Column("chance_95", "What it would exceed once in twenty times by chance.", "as the number", empty),
        Column("p_low", "How likely so low a number is by chance.", p, empty),
        Column("p_high", "How likely so high a number is by chance.", p, empty),
    )


Q = Column("q", "Both tails of p, corrected for the tests of this wave (Benjamini–Hochberg).", "share, 0–1", REASONED)

TABLES: Mapping[str, tuple[Column, ...]] = {
    "support_kinds": (
        WAVE,
        KIND,
        count("asked", "People who were sent the question, and others who answered it."),
        count("respondents", "People who answered it."),
        count("has", "People who receive this kind from somebody."),
        count("lacks", "People who answered about everybody and named nobody."),
        count("unknown", "People asked of whom it is not known: they did not answer, or left somebody out."),
        count("one_giver", "People who receive it from exactly one person, and left nobody out."),
        count("givers", "People from whom somebody receives it."),
        share("share_lacking", "lacks / (has + lacks).", REASONED),
        VERDICT,
        REASON,
    ),
    "support_received": (
        WAVE,
        KIND,
        ACTOR_ID,
        Column(
            "status",
            "Whether the person receives this kind: lacks only if they answered about everybody and named nobody.",
            "has, lacks, unknown",
        ),
        count("givers", "From how many people; with not_said above 0 the least it can be.", REASONED),
        count("levels", "From how many different levels, of givers whose level is stated.", LOOKED),
        count("schools", "From how many different schools other than the person's own.", SCHOOLED),
        count("own_school", "From how many people of the person's own school.", SCHOOLED),
        count("not_said", "People about whom this person said nothing; everybody when they did not answer."),
        text_id("sole_source", "The only giver, where there is exactly one and nobody was left out.", "not just one"),
        REASON,
    ),
    "support_ties": (
        WAVE,
        EGO,
        ALTER,
        count("kinds", "How many kinds of support ego receives from alter; 1 or more."),
        Column("which", "Which kinds.", KINDS),
        count("kinds_unknown", "Kinds of which it is not known whether ego receives them from alter."),
    ),
    "support_lacking": (
        WAVE,
        ACTOR_ID,
        count("has", "Kinds the person receives from somebody.", "nothing is known"),
        count("lacks", "Kinds the person receives from nobody; the least it can be when some are not known.", "as has"),
        count("unknown", "Kinds of which it is not known."),
        Column("which", "Which kinds are lacking.", KINDS, "none"),
        Column("which_unknown", "Of which kinds it is not known.", KINDS, "none"),
    ),
    "support_layers": (
        WAVE,
        count("kinds", "A number of kinds of support."),
        count("ties", "Ties that carry exactly so many, over pairs known in every kind.", "the gate withholds it"),
        share("share", "Of all ties.", REASONED),
        share("at_least", "The share of ties that carry so many kinds or more.", REASONED),
        *_chance("at_least", NO_DRAWS),
        count("respondents", "People who answered about every kind."),
        VERDICT,
        REASON,
    ),
    "support_without": (
        WAVE,
        KIND,
        text_id("actor_id", "A person from whom somebody receives it."),
        count("left_without", "People who would have nobody left for it if this person went.", REASONED),
        count("one_of_several", "People who would lose one of several.", REASONED),
        count("not_known", "People who name this person alone but left somebody out.", REASONED),
        Column("only_giver", "Nobody else gives this kind to anybody.", "true or false", REASONED),
        VERDICT,
        REASON,
    ),
    "support_overlap": (
        WAVE,
        KIND,
        text_id("other_relation", "Another kind of support of the same wave."),
        count("cells", "Ordered pairs of people known in both.", PAIRED),
        count("common", "Ties that carry both.", PAIRED),
        Column("expected", "Ties that would carry both if the two were unrelated.", "0 or more", PAIRED),
        count("either", "Ties that carry at least one.", PAIRED),
        share("jaccard", "common / either.", f"{PAIRED}, or there is no tie"),
        Column("correlation", "Correlation of the two over these pairs.", "−1 … 1", f"{PAIRED}, or nothing varies"),
        *_chance("correlation, people of one of the two shuffled (QAP),"),
        Q,
        VERDICT,
        REASON,
    ),
    "support_levels": (
        WAVE,
        KIND,
        Column("level", "The level of who receives.", "text, as on the roster"),
        Column("from_level", "The level of who gives.", "text, as on the roster"),
        count("ties", "Ties between the two.", REASONED),
        count("receivers", "People of the one level who receive from anybody of the other.", REASONED),
        count("possible", "Ordered pairs of the two that are known."),
        share("share", "Of all ties of those who receive.", REASONED),
        VERDICT,
        REASON,
    ),
    "support_across": (
        WAVE,
        RELATION,
        count("ties", "Ties between people whose level is stated.", "the gate withholds it"),
        share("across", "The share that comes from another level than one's own.", REASONED),
        *_chance("across, people shuffled among the levels,"),
        Q,
        VERDICT,
        REASON,
    ),
    "support_departures": (
        WAVE,
        text_id("next_wave", "The next wave in which this kind was asked about."),
        KIND,
        text_id("actor_id", "A person who was somebody's only source and is not on the next roster."),
        count("left_without", "People who had nobody else for it."),
        count("answered_again", "Of these, people of whom it is known whether they receive it in the next wave."),
        count("found_another", "Of these, people who now receive it from somebody."),
        count("still_without", "Of these, people who now receive it from nobody."),
    ),
}
