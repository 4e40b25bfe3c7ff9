"""The columns of the tables of sna.grouping."""

from __future__ import annotations

from collections.abc import Mapping

from sna.columns.words import ACTOR_ID, REASONED, Column, count, text_id

ALL = "all occasions of the community together but the first"
NO_NUMBER = "the file does not number them"
FIRST = "the first occasion: the column `reason` says so"
P = "share, 0–1; never 0 when drawn"

READ: Mapping[str, tuple[Column, ...]] = {
    "apart": (
        text_id("actor_id", "A person."),
        text_id("other_id", "Another, with whom the person is never put together."),
    ),
}

TABLES: Mapping[str, tuple[Column, ...]] = {
    "past_groups": (
        Column("date", "When the groups were made.", "ISO date"),
        Column("round", "Which of several times on that date.", "whole number", NO_NUMBER),
        Column("group", "The group, as in the file; those of one date and round with one name are one.", "text"),
        ACTOR_ID,
    ),
    "group_repeats": (
        Column("community", "The people among whom groups are looked at.", "text", "everybody"),
        Column("date", "When the groups were made.", "ISO date", ALL),
        Column("round", "Which of several times on that date.", "whole number", f"{NO_NUMBER}, or {ALL}"),
        count("groups", "Groups that were made."),
        count("people", "People in them."),
        count("pairs", "Pairs of people who sat together."),
        count("met_before", "Those of them who had sat together before, on any earlier occasion."),
        count(
            "possible",
            "How few such pairs there could have been in groups of the same sizes of the same people, after the same "
            "earlier groups, as far as a search finds.",
            f"{FIRST}; or too many people to look",
        ),
        count("least", "A number below which they could not have been, by counting.", FIRST),
        Column(
            "chance_mean",
            "How many there would be on average if the same people were divided at random.",
            "pairs",
            REASONED,
        ),
        count("chance_05", "What one random division in twenty stays at or below.", REASONED),
        count("chance_95", "What one random division in twenty reaches or exceeds.", REASONED),
        Column("p_more", "How likely so many or more are in random groups.", P, REASONED),
        Column("p_fewer", "How likely so few or fewer are in random groups.", P, REASONED),
        Column(
            "label",
            "Kept: p_more is .05 at most. Re-made: p_fewer is.",
            "kept, re-made, as by chance",
            REASONED,
        ),
        Column("reason", "Why there is no comparison.", "a reason code", "there is one"),
    ),
}
