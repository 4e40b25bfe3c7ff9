"""Shared opportunity: who was at events together more often than attendance explains. Never a tie.

Only events that say something about who meets whom are looked at: those of a kind that study.toml lists as `chosen`.
Where all have to come, nobody meets anybody by choice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import pandas as pd

from sna.inference.backbone import MODELS, Backbone, Meetings, backbones
from sna.networks import TwoMode
from sna.networks.network import Bools
from sna.rows import Columns, Frames, frames, no_rows
from sna.study import Study
from sna.tables import Tables

Progress = Callable[[str], None]
# Tables with the same sums are drawn for no more people who came, unless exact numbers are asked for.
MOST_DRAWN = 200
# Pairs of more people who could have come are too many.
MOST_PEOPLE = 3_000
KEPT = ("corrected", "uncorrected", "no")

COLUMNS: Columns = {
    "shared_opportunity": (
        "actor_id",
        "other_id",
        "events",
        "together",
        "expected",
        *(f"{name}_{model}" for model in MODELS for name in ("p", "q", "kept")),
    ),
    "shared_opportunity_models": (
        "model",
        "people",
        "events",
        "events_other_kind",
        "events_unknown_kind",
        "pairs",
        "met",
        "kept",
        "kept_corrected",
        "smallest_p",
        "tables",
        "exact",
        "reason",
    ),
}


@dataclass(frozen=True)
class ChosenEvents:
    """Which of the recorded events are looked at.

    Attributes:
        chosen: for each event of the two-mode network, whether it is of a kind that people chose.
        other: how many are of another kind.
        unknown: how many are of no stated kind; they are left out, too.
    """

    chosen: Bools
    other: int
    unknown: int


def compute_opportunity(
    study: Study, tables: Tables, two_mode: TwoMode | None, progress: Progress = lambda _: None
) -> Frames:
    """What three models of chance say of pairs of people at events that they chose.

    Args:
        study: the declaration.
        tables: its tables.
        two_mode: people and recorded events; None without attendance.
        progress: called with a few words.

    Returns:
        The tables; nothing without `[engagement]`. Pairs that never met have no row, but count as tests. Where somebody
        could not have come, or nobody can say whether they did, the event counts neither for nor against them.
    """
    if study.engagement is None:
        return {}
    found = frames(COLUMNS, no_rows(COLUMNS))
    if two_mode is None:
        rows = [{"model": model, "people": 0, "events": 0, "reason": "not_recorded"} for model in MODELS]
        return {**found, **_frame("shared_opportunity_models", pd.DataFrame(rows))}
    events = chosen_events(study, tables, two_mode)
    could = two_mode.eligible[:, events.chosen]
    came = two_mode.present[:, events.chosen] & could
    people = np.flatnonzero(could.any(axis=1))
    sizes = {
        "people": len(people),
        "events": int(events.chosen.sum()),
        "events_other_kind": events.other,
        "events_unknown_kind": events.unknown,
    }
    if not came.any() or len(people) > MOST_PEOPLE:
        reason = "too_large" if came.any() else "not_chosen"
        rows = [{"model": model, **sizes, "reason": reason} for model in MODELS]
        return {**found, **_frame("shared_opportunity_models", pd.DataFrame(rows))}
    progress("shared opportunity")
    meetings = Meetings.of(came[people], could[people])
    large = int(came.any(axis=1).sum()) > MOST_DRAWN and not study.exact
    rng = np.random.default_rng([study.seed, crc32(b"shared_opportunity")])
    said = backbones(meetings, rng, study.engagement.draws, without={"fdsm": "too_large"} if large else {})
    actors = np.array(two_mode.actors, dtype=object)[people]
    told = pd.DataFrame([_model(one, meetings, sizes) for one in said.values()])
    return {
        **_frame("shared_opportunity", _pairs(actors, meetings, said)),
        **_frame("shared_opportunity_models", told),
    }


def chosen_events(study: Study, tables: Tables, two_mode: TwoMode) -> ChosenEvents:
    """Which of the events of the network are of a kind that `[engagement]` lists; capitals do not matter."""
    listed = study.engagement.chosen if study.engagement is not None else ()
    wanted = {kind.strip().casefold() for kind in listed}
    stated = dict(zip(tables.events["event_id"].astype(str), tables.events["kind"], strict=True))
    kinds = [stated.get(event) for event in two_mode.events]
    chosen = [isinstance(kind, str) and kind.strip().casefold() in wanted for kind in kinds]
    unknown = sum(not isinstance(kind, str) or not kind.strip() for kind in kinds)
    return ChosenEvents(np.array(chosen, dtype=bool), len(kinds) - sum(chosen) - unknown, unknown)


def _frame(name: str, table: pd.DataFrame) -> Frames:
    return {name: table.reindex(columns=list(COLUMNS[name]))}


def _pairs(actors: np.ndarray, meetings: Meetings, said: dict[str, Backbone]) -> pd.DataFrame:
    """One row per pair that was at an event together."""
    met = np.flatnonzero(meetings.together)
    held: dict[str, object] = {
        "actor_id": actors[meetings.one[met]],
        "other_id": actors[meetings.other[met]],
        "events": meetings.events[met],
        "together": meetings.together[met],
        "expected": said["fdsm"].expected[met],
    }
    for model, found in said.items():
        held[f"p_{model}"], held[f"q_{model}"] = found.p[met], found.q[met]
        kept = np.where(found.kept(True), KEPT[0], np.where(found.kept(False), KEPT[1], KEPT[2])).astype(object)
        held[f"kept_{model}"] = None if found.reason is not None else kept[met]
    return pd.DataFrame(held)


def _model(found: Backbone, meetings: Meetings, sizes: dict[str, int]) -> dict[str, object]:
    row: dict[str, object] = {
        "model": found.model,
        **sizes,
        "pairs": len(meetings.one),
        "met": int((meetings.together > 0).sum()),
        "smallest_p": found.smallest,
        "reason": found.reason,
    }
    if found.reason is None:
        row |= {"kept": int(found.kept(False).sum()), "kept_corrected": int(found.kept(True).sum())}
    if found.tables is not None:
        row |= {"tables": found.tables.words.shape[1], "exact": found.tables.exact}
    return row
