"""How attendance stands and how it changes: of each person, and of each community event by event."""

from __future__ import annotations

from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd

from sna.engagement.ground import BROADER, CORE, EVERYONE, Ground
from sna.inference.several import benjamini_hochberg
from sna.inference.trend import mann_kendall, steadily
from sna.inference.two_groups import difference
from sna.metrics.engagement import attendance_rate, dosage
from sna.metrics.frames import ratio
from sna.metrics.logistic import logistic_line
from sna.metrics.trend import places_among, tau, theil_sen
from sna.networks.network import Bools, Floats
from sna.networks.presence import Presence
from sna.rows import Row

Counts = npt.NDArray[np.int64]
# So many meetings of one person, or of a community, are needed to speak of a trend.
FEWEST_EVENTS, FEWEST_MEETINGS = 8, 5
LEVEL = 0.05
HOUR = 60.0
# Who comes less and less is told only of people who were there for so much less of the time in the second half.
FADED = 0.1


def person_rows(ground: Ground) -> list[Row]:
    """The table `attendance_trends`: one row per person who could have come to a recorded event."""
    found = ground.presence
    own = {one.name: one.people for one in ground.communities if one.name is not None}
    there = found.present
    columns: dict[str, object] = {
        "actor_id": np.array(found.actors, dtype=object),
        "community": _named(own, len(found.actors)),
        "part": _named({name: who for name, who in ground.parts.items() if name != EVERYONE}, len(found.actors)),
        "events": found.eligible.sum(axis=1),
        "attended": there.sum(axis=1),
        "excused": found.excused.sum(axis=1),
        "unexcused": (found.eligible & ~there & ~found.excused).sum(axis=1),
        "dosage": _dosage(found),
        "arrivals_known": _known(found.late),
        "late_rate": _mean(found.late),
        "minutes_late": _mean(found.minutes_late),
        "leavings_known": _known(found.early),
        "early_rate": _mean(found.early),
        "minutes_early": _mean(found.minutes_early),
    }
    for name, kind in (("in_person", 0.0), ("online", 1.0)):
        mine = found.eligible & (found.online == kind)
        columns[f"{name}_events"] = mine.sum(axis=1)
        columns[f"{name}_rate"] = ratio((there & mine).sum(axis=1), mine.sum(axis=1))
    columns |= _trends(found)
    table = pd.DataFrame(columns).loc[np.flatnonzero(found.eligible.any(axis=1)).tolist()]
    table = table.assign(q=benjamini_hochberg(table["p"].to_numpy()))
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _trends(found: Presence) -> dict[str, object]:
    """Slope, τ, p, whether somebody comes less and less, and why nothing can be said."""
    share = np.where(found.eligible, found.share, np.nan)
    known = (~np.isnan(share)).sum(axis=1)
    enough = known >= FEWEST_EVENTS
    slope = np.where(enough, theil_sen(share, places_among(found.eligible)), np.nan)
    steady, p = np.where(enough, tau(share), np.nan), np.where(enough, mann_kendall(share), np.nan)
    reason = np.full(len(share), None, dtype=object)
    reason[np.isnan(p)] = "no_variation"
    reason[~enough] = "too_few_events"
    first, second = _halves(share)
    fading = np.full(len(share), None, dtype=object)
    fading[enough] = ((steady < 0) & (p <= LEVEL) & (first - second >= FADED))[enough]
    return {
        "first_half": first,
        "second_half": second,
        "shares_known": known,
        "slope": slope,
        "tau": steady,
        "p": p,
        "fading": fading,
        "reason": reason,
    }


def _halves(share: Floats) -> tuple[Floats, Floats]:
    """The mean share over the first and the second half of the events of which it is known, without the middle one."""
    known = ~np.isnan(share)
    place, total = np.cumsum(known, axis=1), known.sum(axis=1, keepdims=True)
    first, second = known & (place <= total // 2), known & (place > (total + 1) // 2)
    return _mean(np.where(first, share, np.nan)), _mean(np.where(second, share, np.nan))


def _dosage(found: Presence) -> Floats:
    eligible = pd.DataFrame(found.eligible)
    each = dosage(pd.DataFrame(found.minutes), eligible, pd.Series(found.scheduled))
    return np.asarray(each, dtype=float)


def _known(values: Floats) -> Counts:
    return np.asarray((~np.isnan(values)).sum(axis=1), dtype=np.int64)


def _mean(values: Floats) -> Floats:
    """The mean of what is known in each row; NaN where nothing is."""
    return ratio(np.nansum(values, axis=1), _known(values))


def _named(groups: dict[str, Bools], n: int) -> npt.NDArray[np.object_]:
    """The name of the group each of n people is in; None without one."""
    names = np.full(n, None, dtype=object)
    for name, people in groups.items():
        names[people] = name
    return names


def event_rows(ground: Ground) -> list[Row]:
    """The table `community_attendance`: community × part × event that somebody of it could come to."""
    events = ground.held.events
    dates = dict(zip(events["event_id"], events["date"], strict=True))
    groups = dict(zip(events["event_id"], events["group"], strict=True))
    rows: list[Row] = []
    for community, part, found in ground.cells():
        could, came = found.eligible.sum(axis=0), found.present.sum(axis=0)
        length = np.where(found.eligible & ~np.isnan(found.share), found.scheduled, 0.0).sum(axis=0)
        minutes = ratio(np.nansum(np.minimum(found.minutes, found.scheduled), axis=0), length)
        missed = np.where(found.present, found.scheduled - found.minutes, np.nan)
        for k in np.flatnonzero(could).tolist():
            event = found.events[k]
            rows.append(
                {
                    "community": community,
                    "part": part,
                    "event_id": event,
                    "date": dates[event],
                    "joint": ";" in str(groups[event] or ""),
                    "could": int(could[k]),
                    "came": int(came[k]),
                    "share": came[k] / could[k],
                    "minutes_share": minutes[k],
                    "arrivals_known": int((~np.isnan(found.late[:, k])).sum()),
                    "late": int(np.nansum(found.late[:, k])),
                    "leavings_known": int((~np.isnan(found.early[:, k])).sum()),
                    "left_early": int(np.nansum(found.early[:, k])),
                    "left_hour_early": int((found.minutes_early[:, k] >= HOUR).sum()),
                    "minutes_known": int((~np.isnan(missed[:, k])).sum()),
                    "hour_missed": int((missed[:, k] >= HOUR).sum()),
                    "excused": int(found.excused[:, k].sum()),
                }
            )
    return rows


def trend_rows(ground: Ground) -> list[Row]:
    """The table `community_trends`: community × part."""
    rows: list[Row] = []
    for community, part, found in ground.cells():
        held = found.eligible.any(axis=0)
        if held.any():
            mine = found.among(found.eligible.any(axis=1), held)
            rows.append({"community": community, "part": part, **_trend(ground, mine, community, part)})
    for part, one in product(ground.parts, (True, False)):
        # Everybody, and the communities among each other: each is a question of its own.
        family = [row for row in rows if row["part"] == part and (row["community"] is None) is one]
        both = [np.nan if "reason" in row else max_p(row["p"], row["p_meetings"]) for row in family]
        for row, q in zip(family, benjamini_hochberg(both).tolist(), strict=True):
            row["q"] = q
            if "reason" not in row:
                row["trend"] = str(row["trend"]) if q <= LEVEL else "as by chance"
    return rows


def max_p(*values: object) -> float:
    """The larger p; where one is undefined nothing is shown, so 1."""
    numbers = [float(str(value)) for value in values]
    return 1.0 if any(np.isnan(numbers)) else max(numbers)


def _trend(ground: Ground, found: Presence, community: str | None, part: str) -> Row:
    """One community: the line through its attendance, and whether people, and meetings, bear it out."""
    could, came = found.eligible.sum(axis=0), found.present.sum(axis=0)
    people, meetings = len(found.actors), len(found.events)
    row: Row = {"people": people, "events": meetings, "share": came.sum() / could.sum()}
    if meetings < FEWEST_MEETINGS:
        return {**row, "reason": "too_few_events"}
    places = np.arange(meetings)
    line = logistic_line(came, could, places)
    row |= {"start": line.share(0), "end": line.share(meetings - 1)}
    present = np.where(found.eligible, found.present.astype(float), np.nan)
    rng = ground.rng("trend", community, part)
    test = steadily(present, places_among(found.eligible), rng, ground.draws)
    shares = (came / could)[None, :]
    p_meetings = float(mann_kendall(shares)[0])
    row |= {"p": test.p, "tau": float(tau(shares)[0]), "p_meetings": p_meetings}
    if test.chance is None:
        return {**row, "reason": test.reason}
    floor = 2 * test.chance.p_at_least(float(np.abs(test.chance.values).max()))
    row["smallest_p"] = min(1.0, floor)
    if floor > LEVEL:
        return {**row, "reason": "too_few_nodes"}
    falls, rises = line.slope < 0 and test.observed < 0, line.slope > 0 and test.observed > 0
    return {**row, "trend": "falling" if falls else "rising" if rises else "as by chance"}


def core_rows(ground: Ground) -> list[Row]:
    """The table `core_and_broader`: one row per community with people of both."""
    if CORE not in ground.parts:
        return []
    rows: list[Row] = []
    for community in ground.communities:
        found = ground.presence.among(community.people, community.events)
        core, broader = (ground.parts[name][community.people] for name in (CORE, BROADER))
        there = found.eligible.any(axis=1)
        if not there.any():
            continue
        rates = attendance_rate(pd.DataFrame(found.present.astype(float)), pd.DataFrame(found.eligible))
        rate = np.asarray(rates, dtype=float)
        rng = ground.rng("core", community.name)
        test = difference(np.where(core | broader, rate, np.nan), core, rng, ground.draws)
        row: Row = {"community": community.name}
        for name, who in (("core", core & there), ("broader", broader & there)):
            row |= {f"{name}_people": int(who.sum()), f"{name}_share": rate[who].mean() if who.any() else np.nan}
        rows.append({**row, "difference": test.observed, "p": test.p, "reason": test.reason})
    return rows


__all__ = ["FEWEST_EVENTS", "core_rows", "event_rows", "person_rows", "trend_rows"]
