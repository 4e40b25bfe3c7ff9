"""Who could have come to which event, who came, for how long, how late, and who was excused: people × events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from sna.networks.network import Bools, Floats

ONLINE = "online"
DAY = 1440.0


@dataclass(frozen=True, eq=False)
class Presence:
    """People × events. An event at which nobody's attendance was recorded counts for nobody.

    Attributes:
        actors: the n actor ids.
        events: the m event ids in order of time.
        invited: n × m; the person could have come.
        eligible: n × m; they could have come, and it is known whether they did.
        present: n × m; they came; False where they were not eligible: guests count for nobody's attendance.
        excused: n × m; they were excused.
        minutes: n × m; minutes there, 0 when absent, NaN when not known or not eligible.
        scheduled: m; the events' length in minutes, NaN when not stated.
        late, early: n × m; 1 or 0: came late, left early; NaN when not there or not known.
        minutes_late, minutes_early: n × m; minutes after the start and before the end, 0 or more; NaN as `late`.
        online: m; 1 online, 0 of another kind, NaN kind not stated.
    """

    actors: tuple[str, ...]
    events: tuple[str, ...]
    invited: Bools
    eligible: Bools
    present: Bools
    excused: Bools
    minutes: Floats
    scheduled: Floats
    late: Floats
    early: Floats
    minutes_late: Floats
    minutes_early: Floats
    online: Floats

    @property
    def share(self) -> Floats:
        """n × m: minutes there / minutes scheduled, 0–1; NaN when not known or not eligible."""
        with np.errstate(invalid="ignore"):
            return np.asarray(np.minimum(self.minutes / self.scheduled, 1.0), dtype=float)

    def among(self, people: npt.ArrayLike, events: npt.ArrayLike) -> Presence:
        """The same among some people (n booleans) and events (m booleans)."""
        rows, columns = (np.flatnonzero(np.asarray(chosen, dtype=bool)) for chosen in (people, events))
        held = {field.name: getattr(self, field.name) for field in fields(self)}
        cut = {name: value[np.ix_(rows, columns)] for name, value in held.items() if np.ndim(value) == 2}
        cut |= {name: getattr(self, name)[columns] for name in ("scheduled", "online")}
        actors = tuple(self.actors[i] for i in rows.tolist())
        return replace(self, actors=actors, events=tuple(self.events[k] for k in columns.tolist()), **cut)


def presence(events: pd.DataFrame, attendance: pd.DataFrame, actors: Sequence[str]) -> Presence:
    """The tables `events` and `attendance` (docs/data-model.md) as people × events.

    Args:
        events: the table of events.
        attendance: the table of attendance.
        actors: everybody, in roster order; rows about others are left out.

    >>> events = pd.DataFrame({"event_id": ["e"], "start": [dt.time(16)], "minutes": [60.0], "kind": ["online"]})
    >>> rows = pd.DataFrame({"event_id": ["e", "e"], "actor_id": ["a", "b"], "eligible": [True, True],
    ...                      "status": ["present", "excused"], "arrived": [dt.time(16, 20), None],
    ...                      "left": [dt.time(17), None], "minutes": [40.0, 0.0], "late": [True, None],
    ...                      "left_early": [False, None]})
    >>> found = presence(events, rows, ["a", "b"])
    >>> found.share.ravel().round(3).tolist(), found.minutes_late.ravel().tolist()
    ([0.667, 0.0], [20.0, nan])
    """
    ids = [str(event) for event in events["event_id"]]
    shape = (len(actors), len(ids))
    i = pd.Index(list(actors)).get_indexer(pd.Index(attendance["actor_id"]))
    k = pd.Index(ids).get_indexer(pd.Index(attendance["event_id"]))
    status = attendance["status"].astype(str).to_numpy()
    asked = (i >= 0) & (k >= 0) & attendance["eligible"].to_numpy(dtype=bool)
    invited = np.zeros(shape, dtype=bool)
    invited[i[asked], k[asked]] = True
    known = asked & (status != "unknown")
    i, k, status, rows = i[known], k[known], status[known], attendance[known]
    came = status == "present"
    scheduled = events["minutes"].to_numpy(dtype=float, na_value=np.nan)
    start = clock(events["start"])
    after = _beyond(clock(rows["arrived"]) - start[k])
    before = _beyond(start[k] + scheduled[k] - clock(rows["left"]))

    def spread(values: npt.NDArray[np.float64], where: Bools) -> Floats:
        table = np.full(shape, np.nan)
        table[i, k] = np.where(where, values, np.nan)
        return table

    def marked(where: Bools) -> Bools:
        table = np.zeros(shape, dtype=bool)
        table[i, k] = where
        return table

    kinds = [str(kind).strip().casefold() if isinstance(kind, str) else None for kind in events["kind"]]
    return Presence(
        actors=tuple(actors),
        events=tuple(ids),
        invited=invited,
        eligible=marked(np.ones(len(i), dtype=bool)),
        present=marked(came),
        excused=marked(status == "excused"),
        minutes=spread(np.where(came, _floats(rows["minutes"]), 0.0), np.ones(len(i), dtype=bool)),
        scheduled=scheduled,
        late=spread(_floats(rows["late"]), came),
        early=spread(_floats(rows["left_early"]), came),
        minutes_late=spread(after, came),
        minutes_early=spread(before, came),
        online=np.array([np.nan if kind is None else float(kind == ONLINE) for kind in kinds], dtype=float),
    )


def clock(times: Iterable[object]) -> Floats:
    """Minutes since midnight; NaN where there is no time.

    >>> clock([dt.time(16, 30), None]).tolist()
    [990.0, nan]
    """
    return np.array(
        [t.hour * 60.0 + t.minute + t.second / 60.0 if isinstance(t, dt.time) else np.nan for t in times], dtype=float
    )


def _beyond(minutes: Floats) -> Floats:
    """0 where a difference of two times of day is negative: at most half a day lies between them."""
    return np.asarray(np.maximum((minutes + DAY / 2) % DAY - DAY / 2, 0.0), dtype=float)


def _floats(values: pd.Series) -> Floats:
    return np.asarray(values.to_numpy(dtype=float, na_value=np.nan), dtype=float)


__all__ = ["Presence", "clock", "presence"]
