"""People and the events they came to, and what shared attendance makes of pairs of people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from sna.networks.network import Bools, Floats

Times = npt.NDArray[np.float64]
DAY = 1440.0
# Less time away than this, in minutes, is a rounding of numbers.
SHORTEST = 1e-6


@dataclass(frozen=True, eq=False)
class TwoMode:
    """People × events. Only recorded events are part of it; where attendance was not recorded nobody can say.

    Attributes:
        actors: the n actor ids in roster order.
        events: the m event ids in order of time.
        present: n × m booleans.
        eligible: n × m booleans; the person could have come.
        minutes: n × m; minutes present, NaN when not known.
        scheduled: m; the events' length in minutes, NaN when not stated.
        arrived, left: n × m; minutes since midnight, NaN when not known.
    """

    actors: tuple[str, ...]
    events: tuple[str, ...]
    present: Bools
    eligible: Bools
    minutes: Floats
    scheduled: Floats
    arrived: Times
    left: Times

    @property
    def both_eligible(self) -> Floats:
        """n × m numbers: attendance counted only where the person was eligible."""
        return (self.present & self.eligible).astype(float)

    def who_came(self) -> TwoMode:
        """The same without people who came to nothing."""
        came: Bools = np.asarray(self.present.any(axis=1), dtype=bool)
        names = ("present", "eligible", "minutes", "arrived", "left")
        actors = tuple(actor for actor, there in zip(self.actors, came, strict=True) if there)
        return replace(self, actors=actors, **{name: getattr(self, name)[came] for name in names})

    def raw(self) -> pd.DataFrame:
        """n × n counts of events that both attended and were both eligible for; the diagonal is 0."""
        together = self.both_eligible
        return self._square(together @ together.T)

    def newman(self) -> pd.DataFrame:
        """n × n: each shared event counts 1/(people there − 1); events with one person are passed over.

        A row's sum is the number of events the person attended with at least one other. Newman (2001), Phys. Rev. E
        64:016132, doi:10.1103/PhysRevE.64.016132.
        """
        together = self.both_eligible
        size = together.sum(axis=0)
        weight = np.divide(1.0, size - 1, out=np.zeros_like(size), where=size > 1)
        return self._square((together * weight) @ together.T)

    def jaccard(self) -> pd.DataFrame:
        """n × n: shared events / events that at least one attended, over events for which both were eligible.

        NaN where neither attended any event for which both were eligible.
        """
        together = self.both_eligible
        eligible = self.eligible.astype(float)
        both = together @ together.T
        mine = together @ eligible.T
        either = mine + mine.T - both
        return self._square(np.divide(both, either, out=np.full_like(both, np.nan), where=either > 0))

    def minutes_together(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """(least, most) n × n minutes that each pair can have spent together; equal where all times are known.

        With arrival and departure the overlap is exact; where somebody was away in between, it is that much less at
        least. With minutes alone it lies between max(0, a + b − length) and min(a, b). An event where either's minutes
        are unknown adds 0 to the least and the event's length (or what is known of the other) to the most; NaN in the
        most where nothing bounds it.
        """
        n = len(self.actors)
        least, most = np.zeros((n, n)), np.zeros((n, n))
        for k in range(len(self.events)):
            there = np.flatnonzero(self.present[:, k] & self.eligible[:, k])
            length = self.scheduled[k]
            stay = np.where(np.isnan(self.minutes[there, k]), length, self.minutes[there, k])
            sure = np.nan_to_num(self.minutes[there, k], nan=0.0)
            high = np.fmin(stay[:, None], stay[None, :])
            low = np.maximum(0.0, np.nan_to_num(sure[:, None] + sure[None, :] - length, nan=0.0))
            begin, end = self.arrived[there, k], self.left[there, k]
            exact = np.minimum(end[:, None], end[None, :]) - np.maximum(begin[:, None], begin[None, :])
            timed = ~np.isnan(exact)
            away = np.nan_to_num(end - begin - self.minutes[there, k], nan=0.0)
            away[away < SHORTEST] = 0.0
            overlap = np.maximum(exact, 0.0)
            exact = np.minimum(overlap, high)
            sure_of = np.minimum(np.maximum(overlap - away[:, None] - away[None, :], low), exact)
            block = np.ix_(there, there)
            least[block] += np.where(timed, sure_of, low)
            most[block] += np.where(timed, exact, high)
        return self._square(least), self._square(most)

    def _square(self, values: Floats) -> pd.DataFrame:
        values = values.copy()
        np.fill_diagonal(values, 0.0)
        index = pd.Index(list(self.actors), name="actor_id")
        return pd.DataFrame(values, index=index, columns=list(self.actors))


def attendance_network(events: pd.DataFrame, attendance: pd.DataFrame, actors: tuple[str, ...]) -> TwoMode:
    """The two-mode network of the tables `events` and `attendance` (docs/data-model.md).

    Args:
        events: the table of events.
        attendance: the table of attendance.
        actors: everybody, in roster order.

    Returns:
        The network on all `actors` and the recorded events; arrivals and departures are cut to the event's hours.
    """
    held = events[events["recorded"].astype(bool)] if len(events) else events
    ids = tuple(str(e) for e in held["event_id"])
    at_event = {event_id: k for k, event_id in enumerate(ids)}
    at_actor = {actor_id: i for i, actor_id in enumerate(actors)}
    shape = (len(actors), len(ids))
    present, eligible = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    minutes, arrived, left = (np.full(shape, np.nan) for _ in range(3))
    scheduled = np.array([np.nan if pd.isna(m) else float(m) for m in held["minutes"]], dtype=float)
    start = np.array([_clock(s) for s in held["start"]], dtype=float)
    for record in attendance.to_dict("records"):
        k = at_event.get(str(record["event_id"]))
        if k is None:
            continue
        i = at_actor[str(record["actor_id"])]
        # Where nobody can say whether a person came, the event counts neither for nor against them.
        eligible[i, k] = bool(record["eligible"]) and record["status"] != "unknown"
        present[i, k] = record["status"] == "present"
        minutes[i, k] = np.nan if pd.isna(record["minutes"]) else float(record["minutes"])
        arrived[i, k] = np.fmax(_clock(record["arrived"], start[k], scheduled[k]), start[k])
        left[i, k] = np.fmin(_clock(record["left"], start[k], scheduled[k]), start[k] + scheduled[k])
        if pd.isna(record["arrived"]) or pd.isna(record["left"]):
            arrived[i, k] = left[i, k] = np.nan
    return TwoMode(actors, ids, present, eligible, minutes, scheduled, arrived, left)


def _clock(time: object, start: float = float("nan"), length: float = float("nan")) -> float:
    """Minutes since the midnight before an event: a time long before the start of one that goes on past midnight is of
    the next day."""
    if not isinstance(time, dt.time):
        return float("nan")
    minutes = time.hour * 60.0 + time.minute + time.second / 60.0
    return minutes + DAY if start + length > DAY and minutes < start - DAY / 2 else minutes
