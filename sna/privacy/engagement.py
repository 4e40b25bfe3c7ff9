"""The page about engagement as one audience may see it."""

from __future__ import annotations

from collections.abc import Collection

from sna.engagement import EVERYONE
from sna.findings import engagement as said
from sna.privacy.engagement_people import coming, core_beside, person_by_person, staying
from sna.privacy.engagement_sessions import homework, time_spent, what_to_do, who_leads
from sna.privacy.engagement_view import View, view_of
from sna.privacy.opportunity import opportunity_part
from sna.privacy.sheet import Sheet
from sna.results import Results

MOST_SHORT = 8


def engagement_sheet(results: Results, audience: str, hidden: Collection[tuple[str, str]]) -> Sheet | None:
    """The page; None where study.toml asks for none, or nobody's attendance is known and nothing was logged.

    Args:
        results: everything computed.
        audience: `researcher` sees names and numbers; `manager` words and bands, names of those who agreed to it, and
            nothing about fewer than `suppress_below` people.
        hidden: (wave id, actor id) of people who may not be seen in any way: everything is computed without them.
    """
    if results.study.engagement is None:
        return None
    view = view_of(results, audience, hidden)
    known = bool(view.ground.presence.eligible.any())
    parts = [coming(view), core_beside(view), person_by_person(view), staying(view)] if known else []
    parts += [time_spent(view), who_leads(view), homework(view)]
    parts.append(opportunity_part(results, audience, hidden))
    found = [part for part in parts if part is not None]
    if not found:
        return None
    return Sheet(
        name="engagement",
        title="Coming and staying",
        question=said.QUESTION,
        short=_short(view) if known else (("Attendance", "not recorded"),),
        parts=(*found, what_to_do(view)),
        cautions=said.CAUTIONS,
    )


def _short(view: View) -> tuple[tuple[str, str], ...]:
    """Each community's attendance in a few words."""
    rows = [(view.label(one), said.trend_in_short(row)) for one, row in view.each("community_trends", part=EVERYONE)]
    if len(rows) > MOST_SHORT:
        rows = [*rows[: MOST_SHORT - 1], (f"{len(rows) - MOST_SHORT + 1} more", "on the page")]
    return tuple(rows) or (("Attendance", "too few people to show"),)
