"""The columns of the tables that compare communities."""

from __future__ import annotations

from collections.abc import Mapping

from sna.columns.words import REASONED, WAVE, Column, count, text_id

P = "share, 0–1; never 0 when drawn"
RELATION = text_id("relation", "The relation.", "the measure is of expertise or of attendance")
NO_CHANCE = "undefined, or not compared with chance"
MEASURES = (
    "mean_outdegree, density, reciprocity_adjusted, transitivity, indegree_centralization, gini_indegree, homophily, "
    "expertise_concentration, phi, dosage"
)

TABLES: Mapping[str, tuple[Column, ...]] = {
    "communities": (
        WAVE,
        RELATION,
        Column("community", "The community: a value of the roster column that study.toml names.", "text"),
        count("people", "People in the community."),
        count("respondents", "People who answered; of dosage, people whose attendance is known."),
        Column("measure", "Which measure, of ties among the community's own people; homophily: of all ties.", MEASURES),
        Column("value", "The measure's value in this community.", "as the measure", REASONED),
        Column("low", "Lower end of a 95 % interval (phi: jackknife).", "as the measure", "no interval is known"),
        Column("high", "Upper end of it.", "as the measure", "no interval is known"),
        Column(
            "chance_mean",
            "What it would be on average if as many ties stood anywhere (homophily: if people were shuffled).",
            "as the measure",
            NO_CHANCE,
        ),
        Column("chance_05", "What it would fall below once in twenty times by chance.", "as the measure", NO_CHANCE),
        Column("chance_95", "What it would exceed once in twenty times by chance.", "as the measure", NO_CHANCE),
        Column("p_low", "How likely a value as low as this is by chance.", P, NO_CHANCE),
        Column("p_high", "How likely a value as high as this is by chance.", P, NO_CHANCE),
        Column("q", "Both tails, corrected for all tests of the relation (Benjamini–Hochberg).", P, NO_CHANCE),
        Column("verdict", "What the response gate says.", "allowed, flagged, withheld", "attendance"),
        Column("reason", "Why there is no value.", "a reason code", "there is a value"),
    ),
    "community_differences": (
        WAVE,
        RELATION,
        Column("measure", "Which measure.", MEASURES),
        Column("community", "One community.", "text"),
        Column("other", "The other.", "text"),
        Column("difference", "The measure in the one less the measure in the other.", "as the measure", REASONED),
        Column(
            "expected",
            "The difference that sizes and numbers of ties alone give on average (homophily, dosage: shuffled people).",
            "as the measure",
            REASONED,
        ),
        Column("p", "How likely a difference so far from that is by chance, either way.", P, REASONED),
        Column("q", "p corrected for all tests of the relation (Benjamini–Hochberg).", P, REASONED),
        Column("survives", "Whether q is .05 or less.", "true or false", REASONED),
        Column("reason", "Why there is no test.", "a reason code", "there is one"),
    ),
}
