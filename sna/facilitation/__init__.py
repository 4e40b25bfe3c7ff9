"""Facilitators in a study: one-to-one contact, resources passed on, demands kept away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from sna.facilitation.contact import log_rows
from sna.facilitation.served import casts, tie_row
from sna.inference.several import benjamini_hochberg
from sna.networks import Network
from sna.networks.contact_log import contact_log
from sna.rows import Columns, Frames, frames, no_rows
from sna.study import Study
from sna.tables import Tables

Progress = Callable[[str], None]

COLUMNS: Columns = {
    "facilitators": (
        "wave",
        "community",
        "facilitator_id",
        "members",
        "comparison",
        "sources",
        "sources_reached",
        "bridging",
        "bridging_chance",
        "bridging_05",
        "bridging_95",
        "p_bridging",
        "q_bridging",
        "bridging_shared",
        "p_shared",
        "bridging_verdict",
        "bridging_reason",
        "sources_demanding",
        "buffering",
        "adjusted",
        "adjusted_chance",
        "adjusted_05",
        "adjusted_95",
        "p_adjusted",
        "q_adjusted",
        "buffering_verdict",
        "buffering_reason",
    ),
    "contact_months": (
        "community",
        "facilitator_id",
        "actor_id",
        "month",
        "days",
        "contacts",
        "minutes",
        "without_minutes",
    ),
    "contact_people": (
        "community",
        "actor_id",
        "facilitators",
        "logging",
        "weeks",
        "contacts",
        "minutes",
        "without_minutes",
        "first",
        "last",
        "weeks_since_last",
        "no_contact",
        "first_weeks",
        "second_weeks",
        "first_contacts",
        "second_contacts",
        "first_minutes",
        "second_minutes",
        "longest_gap",
        "need",
        "reason",
    ),
    "contact_spread": (
        "community",
        "facilitator_id",
        "measure",
        "value",
        "chance_mean",
        "chance_05",
        "chance_95",
        "p",
        "q",
        "low",
        "high",
        "people",
        "contacts",
        "reason",
    ),
    "contact_log": ("since", "second_term", "until", "what", "contacts"),
}


# Columns whose cells are whole numbers, or null.
WHOLE = (
    "members",
    "comparison",
    "sources",
    "sources_reached",
    "sources_demanding",
    "days",
    "contacts",
    "without_minutes",
    "facilitators",
    "logging",
    "first_contacts",
    "second_contacts",
    "people",
)
# Columns that may be null throughout and hold text all the same.
TEXT = (
    "community",
    "facilitator_id",
    "bridging_verdict",
    "bridging_reason",
    "buffering_verdict",
    "buffering_reason",
    "reason",
)


def compute_facilitation(
    study: Study, tables: Tables, networks: Mapping[tuple[str, str], Network], progress: Progress = lambda _: None
) -> Frames:
    """Every facilitator of every wave, and the contact log as a whole.

    Args:
        study: the declaration.
        tables: its tables.
        networks: (wave id, relation id) → network.
        progress: called with a few words before each part.

    Returns:
        The tables, empty where nothing was logged or nobody facilitates; none without `[facilitation]`. Where several
        facilitators share a community each is measured alone, with all its members, and their contact also together.
        Random draws begin anew for each facilitator and community, so that one does not depend on the others.
    """
    declared = study.facilitation
    if declared is None:
        return {}
    rows = no_rows(COLUMNS)
    kinds = {**dict.fromkeys(WHOLE, "Int64"), **dict.fromkeys(TEXT, "str")}
    for wave in study.waves:
        progress(f"facilitators, wave {wave.id}")
        for cast in casts(declared, tables.actors[tables.actors["wave"] == wave.id]):
            rows["facilitators"].append(tie_row(study, declared, wave.id, networks, cast))
    log = contact_log(study, tables)
    if log is not None:
        progress("the contact log")
        for name, found in log_rows(study, declared, log).items():
            rows[name] += found
    tables_made = frames(COLUMNS, rows)
    for p, q in (("p_bridging", "q_bridging"), ("p_adjusted", "q_adjusted")):
        table = tables_made["facilitators"]
        table[q] = corrected(table[p], [table["wave"]])
    spread = tables_made["contact_spread"]
    spread["q"] = corrected(spread["p"], [spread["measure"], spread["facilitator_id"].isna()])
    return {name: table.astype({c: kinds[c] for c in table if c in kinds}) for name, table in tables_made.items()}


def corrected(p: pd.Series, families: Sequence[pd.Series]) -> pd.Series:
    """p corrected for how many tests there are in the same family (Benjamini & Hochberg)."""
    numbers = p.astype(float)
    if numbers.empty:
        return numbers
    return numbers.groupby(list(families)).transform(lambda some: benjamini_hochberg(some.to_numpy()))


__all__ = ["COLUMNS", "compute_facilitation"]
