"""Who stays: who came to any of the last meetings they could come to, and how long people stay on the roster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping

import numpy as np

from sna.engagement.ground import Ground
from sna.inference.survival import kaplan_meier
from sna.networks.network import Bools
from sna.rows import Row


def retention_rows(ground: Ground) -> list[Row]:
    """The table `retention`: one row per person who could have come to a recorded event."""
    found, declared = ground.presence, ground.study.engagement
    last = _last(found.eligible, declared.last if declared is not None else 1)
    events, attended, excused = ((last & what).sum(axis=1).tolist() for what in (last, found.present, found.excused))
    left, end = ground.stated["left"].tolist(), ground.last_day
    rows: list[Row] = []
    for i in np.flatnonzero(found.eligible.any(axis=1)).tolist():
        day = left[i] if isinstance(left[i], dt.date) else None
        gone = day is not None and end is not None and day < end
        rows.append(
            {
                "actor_id": found.actors[i],
                "last_events": events[i],
                "last_attended": attended[i],
                "last_excused": excused[i],
                "came_lately": attended[i] > 0,
                "left": day,
                "stayed": attended[i] > 0 and not gone,
            }
        )
    return rows


def _last(eligible: Bools, most: int) -> Bools:
    """The last events each person could come to, at most so many."""
    from_end = np.cumsum(eligible[:, ::-1], axis=1)[:, ::-1]
    return eligible & (from_end <= most)


def survival_rows(ground: Ground) -> list[Row]:
    """The table `survival`: community × day on which somebody left; one row with a reason where nothing can be said.

    Time runs from the first event a person could come to until they left, or until the last one of which anything is
    known: nobody can have stayed for meetings that are yet to come.
    """
    found, last = ground.presence, ground.last_day
    if last is None:
        return []
    dates, end = np.array([day.toordinal() for day in ground.held.events["date"].tolist()]), last.toordinal()
    invited = found.invited & (dates <= end)
    begin = dates[invited.argmax(axis=1)]
    told = [day if isinstance(day, dt.date) else None for day in ground.stated["left"].tolist()]
    leaving = np.array([end if day is None else day.toordinal() for day in told], dtype=np.int64)
    gone, days = leaving < end, np.maximum(np.minimum(leaving, end) - begin, 0)
    rows: list[Row] = []
    for community in ground.communities:
        there = community.people & invited[:, community.events].any(axis=1)
        if not there.any():
            continue
        if not any(told):
            rows.append({"community": community.name, "reason": "no_leaving_dates"})
            continue
        curve = kaplan_meier(days[there], gone[there])
        rows += [{"community": community.name, **_plain(row)} for row in curve.to_dict("records")]
    return rows


def _plain(row: Mapping[Hashable, object]) -> Row:
    return {str(name): value for name, value in row.items()}


__all__ = ["retention_rows", "survival_rows"]
