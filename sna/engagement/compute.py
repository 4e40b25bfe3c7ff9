"""The tables about engagement, made one after the other."""

from __future__ import annotations

from collections.abc import Callable

from sna.engagement import attendance, sessions, staying
from sna.engagement.ground import Ground, Held, ground_of
from sna.networks import TwoMode
from sna.rows import Columns, Frames, Row, frames, no_rows
from sna.study import Study
from sna.tables import Tables

Progress = Callable[[str], None]

COLUMNS: Columns = {
    "attendance_trends": (
        "actor_id",
        "community",
        "part",
        "events",
        "attended",
        "excused",
        "unexcused",
        "dosage",
        "arrivals_known",
        "late_rate",
        "minutes_late",
        "leavings_known",
        "early_rate",
        "minutes_early",
        "in_person_events",
        "in_person_rate",
        "online_events",
        "online_rate",
        "shares_known",
        "first_half",
        "second_half",
        "slope",
        "tau",
        "p",
        "q",
        "fading",
        "reason",
    ),
    "community_attendance": (
        "community",
        "part",
        "event_id",
        "date",
        "joint",
        "could",
        "came",
        "share",
        "minutes_share",
        "arrivals_known",
        "late",
        "leavings_known",
        "left_early",
        "left_hour_early",
        "minutes_known",
        "hour_missed",
        "excused",
    ),
    "community_trends": (
        "community",
        "part",
        "people",
        "events",
        "share",
        "start",
        "end",
        "p",
        "smallest_p",
        "tau",
        "p_meetings",
        "q",
        "trend",
        "reason",
    ),
    "core_and_broader": (
        "community",
        "core_people",
        "core_share",
        "broader_people",
        "broader_share",
        "difference",
        "p",
        "reason",
    ),
    "retention": ("actor_id", "last_events", "last_attended", "last_excused", "came_lately", "left", "stayed"),
    "survival": ("community", "days", "at_risk", "left", "share", "low", "high", "reason"),
    "session_time": ("community", "sort", "label", "minutes", "share", "stretches", "events"),
    "session_coding": ("community", "events", "coded_events", "scheduled_minutes", "coded_minutes", "share"),
    "led": (
        "community",
        "actor_id",
        "part",
        "could",
        "sessions",
        "share",
        "assigned",
        "volunteered",
        "stretches",
        "minutes",
    ),
    "leading": (
        "community",
        "part",
        "how",
        "measure",
        "value",
        "chance_mean",
        "chance_05",
        "chance_95",
        "p",
        "p_even",
        "q",
        "q_even",
        "sessions",
        "turns",
        "people",
        "leaders",
        "label",
        "reason",
    ),
    "homework_brought": ("community", "event_id", "asked", "known", "brought", "share"),
}
MAKERS: dict[str, Callable[[Ground], list[Row]]] = {
    "attendance_trends": attendance.person_rows,
    "community_attendance": attendance.event_rows,
    "community_trends": attendance.trend_rows,
    "core_and_broader": attendance.core_rows,
    "retention": staying.retention_rows,
    "survival": staying.survival_rows,
    "session_time": sessions.time_rows,
    "session_coding": sessions.coded_rows,
    "led": sessions.led_rows,
    "leading": sessions.leading_rows,
    "homework_brought": sessions.homework_rows,
}


def compute_engagement(
    study: Study, tables: Tables, two_mode: TwoMode | None, progress: Progress = lambda _: None
) -> Frames:
    """The tables of docs/data-model.md under "Engagement"; none where study.toml has no `[engagement]`.

    Args:
        study: the declaration.
        tables: its tables.
        two_mode: not used: attendance is needed with times, excuses and kinds of event.
        progress: called with a few words before it begins.
    """
    if study.engagement is None:
        return {}
    progress("engagement")
    return engagement_tables(study, Held.of(tables))


def engagement_tables(study: Study, held: Held) -> Frames:
    """As `compute_engagement`, from the tables alone. Random draws begin anew for each community and purpose."""
    ground = ground_of(study, held)
    rows = no_rows(COLUMNS)
    for name, make in MAKERS.items():
        rows[name] = make(ground)
    return frames(COLUMNS, rows)
