"""The columns of the tables about shared opportunity."""

from __future__ import annotations

from collections.abc import Mapping

from sna.columns.words import ACTOR_ID, OTHER_ID, Column, count

P = "share, 0–1; never 0"
LEFT_OUT = "the model was left out: the table shared_opportunity_models says why"
SAYS: Mapping[str, str] = {
    "fdsm": "among all tables in which everybody came as often and every event was as full (FDSM)",
    "sdsm": "if everybody came as often, and every event was as full, on average (SDSM, exact)",
    "hypergeometric": "if both had chosen blindly among the events, whatever others do (hypergeometric)",
}


def _of(model: str) -> tuple[Column, ...]:
    """The columns of one model."""
    return (
        Column(f"p_{model}", f"How likely the two are to be together so often {SAYS[model]}.", P, LEFT_OUT),
        Column(f"q_{model}", f"p_{model} corrected for the number of pairs (Benjamini, Hochberg).", P, LEFT_OUT),
        Column(
            f"kept_{model}",
            "Whether it is more than chance: corrected (q below .05), uncorrected (p below .05 only), or no.",
            "corrected, uncorrected, no",
            LEFT_OUT,
        ),
    )


TABLES: Mapping[str, tuple[Column, ...]] = {
    "shared_opportunity": (
        ACTOR_ID,
        OTHER_ID,
        count("events", "Events of a kind that people chose for which both were eligible."),
        count("together", "At how many of those both were. A shared opportunity, never a tie."),
        Column(
            "expected",
            "At how many they would be together on average, as p_fdsm reckons.",
            "events, 0 or more",
            LEFT_OUT,
        ),
        *(column for model in SAYS for column in _of(model)),
    ),
    "shared_opportunity_models": (
        Column("model", "Which model of chance.", "fdsm, sdsm, hypergeometric"),
        count("people", "People who could have come to at least one of the events."),
        count("events", "Recorded events of a kind that people chose: those looked at."),
        count("events_other_kind", "Recorded events of another kind, left out.", "no attendance was recorded"),
        count("events_unknown_kind", "Recorded events of no stated kind, left out.", "no attendance was recorded"),
        count(
            "pairs", "Pairs who could have met: both eligible for one event. So many are tested.", "nothing was tested"
        ),
        count("met", "Pairs who were at an event together.", "nothing was tested"),
        count("kept", "Pairs with p below .05; one in twenty may be so by chance.", LEFT_OUT),
        count("kept_corrected", "Pairs with q below .05.", LEFT_OUT),
        Column(
            "smallest_p",
            "The smallest p that any pair could have got: where it is not far below .05, the model can keep no pair.",
            P,
            "the model was left out, or it would take too long to work out",
        ),
        count("tables", "FDSM: how many tables with the same sums were looked at.", "another model, or left out"),
        Column(
            "exact",
            "FDSM: those were all there are; else they were drawn.",
            "true or false",
            "another model, or left out",
        ),
        Column("reason", "Why the model says nothing.", "a reason code", "it says something"),
    ),
}
