"""What meetings were used for, who led them, and who brought what they had been asked for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import pandas as pd

from sna.engagement.ground import EVERYONE, Community, Ground, leaders
from sna.inference.leading import MEASURES, Leading, leading, untold
from sna.inference.several import benjamini_hochberg
from sna.metrics.frames import ratio
from sna.networks.network import Bools
from sna.rows import Row

# Thousands of draws for more people take minutes.
MOST_PEOPLE = 2_000
SORTS = ("activity", "practice")
ALL, HOW = "all", ("all", "assigned", "volunteered")


def time_rows(ground: Ground) -> list[Row]:
    """The table `session_time`: community × activity, and community × practice."""
    log = ground.held.activities
    rows: list[Row] = []
    for community, events in _events_of(ground):
        mine = log[log["event_id"].isin(events) & log["minutes"].notna()]
        total = mine["minutes"].sum()
        for sort in SORTS if total else ():
            found: list[Row] = []
            for label, those in mine.groupby(mine[sort].fillna(""), sort=False):
                minutes = float(those["minutes"].sum())
                found.append(
                    {
                        "community": community.name,
                        "sort": sort,
                        "label": label or None,
                        "minutes": minutes,
                        "share": minutes / total,
                        "stretches": len(those),
                        "events": those["event_id"].nunique(),
                    }
                )
            rows += sorted(found, key=lambda row: -float(str(row["minutes"])))
    return rows


def coded_rows(ground: Ground) -> list[Row]:
    """The table `session_coding`: how much of each community's time was coded."""
    log, lengths = ground.held.activities, ground.held.events.set_index("event_id")["minutes"]
    if not len(log):
        return []
    coded = log.groupby("event_id")["minutes"].sum()
    rows: list[Row] = []
    for community, events in _events_of(ground):
        scheduled = lengths.reindex(events).to_numpy(dtype=float, na_value=np.nan)
        spent = coded.reindex(events).fillna(0.0).to_numpy(dtype=float)
        stated = ~np.isnan(scheduled)
        within = np.minimum(spent, scheduled)[stated].sum()
        rows.append(
            {
                "community": community.name,
                "events": len(events),
                "coded_events": int(log.loc[log["event_id"].isin(events), "event_id"].nunique()),
                "scheduled_minutes": scheduled[stated].sum(),
                "coded_minutes": spent.sum(),
                "share": float(ratio(within, scheduled[stated].sum())),
            }
        )
    return rows


def _events_of(ground: Ground) -> list[tuple[Community, list[str]]]:
    """The events of each community so far: those that somebody of it could come to."""
    found, last = ground.presence, ground.last_day
    held = []
    past = np.array([last is not None and day <= last for day in ground.held.events["date"].tolist()], dtype=bool)
    for community in ground.communities:
        theirs = community.events & past & found.invited[community.people].any(axis=0)
        events = [found.events[k] for k in np.flatnonzero(theirs).tolist()]
        if events:
            held.append((community, events))
    return held


class Turns:
    """Who led what at which event.

    Attributes:
        led: how → events × people; `all` holds those of whom it is not said, too.
        there: events × people who could have led: those present, or, where nobody's presence is known, all invited.
        stretches: one row per stretch of time and leader of the roster.
    """

    def __init__(self, ground: Ground) -> None:
        found, log = ground.presence, ground.held.activities
        at_actor = {actor: i for i, actor in enumerate(found.actors)}
        at_event = {event: k for k, event in enumerate(found.events)}
        shape = (len(found.events), len(found.actors))
        self.led: dict[str, Bools] = {how: np.zeros(shape, dtype=bool) for how in HOW}
        there = found.invited.T.copy()
        known = np.flatnonzero(found.eligible.any(axis=0))
        there[known] = found.present.T[known]
        rows = []
        columns = (log["event_id"], log["minutes"], log["led_by"], log["how"])
        for event, minutes, led_by, how in zip(*(column.tolist() for column in columns), strict=True):
            for actor in leaders(led_by):
                i = at_actor.get(actor)
                if i is not None:
                    k = at_event[event]
                    rows.append((i, k, minutes))
                    for name in (ALL, *([how] if how in HOW else [])):
                        self.led[name][k, i] = True
        self.there: Bools = there | self.led[ALL]
        self.stretches = pd.DataFrame(rows, columns=["person", "event", "minutes"])


def led_rows(ground: Ground) -> list[Row]:
    """The table `led`: community × person who was at a session that a member is noted as having led."""
    if not len(ground.held.activities):
        return []
    turns = Turns(ground)
    rows: list[Row] = []
    parts = {name: people for name, people in ground.parts.items() if name != EVERYONE}
    for community in ground.communities:
        mine = np.array(turns.there, dtype=np.bool_)
        mine[~community.events] = False
        mine[:, ~community.people] = False
        counted = mine.copy()
        counted[~(turns.led[ALL] & mine).any(axis=1)] = False
        stretches = turns.stretches
        stretches = stretches[community.people[stretches["person"]] & community.events[stretches["event"]]]
        each = stretches.groupby("person")["minutes"].agg(["size", "sum"])
        for i in np.flatnonzero(counted.any(axis=0)).tolist():
            own = {how: int((led[:, i] & mine[:, i]).sum()) for how, led in turns.led.items()}
            could = int(counted[:, i].sum())
            rows.append(
                {
                    "community": community.name,
                    "actor_id": ground.presence.actors[i],
                    "part": next((name for name, people in parts.items() if people[i]), None),
                    "could": could,
                    "sessions": own[ALL],
                    "share": own[ALL] / could,
                    "assigned": own["assigned"],
                    "volunteered": own["volunteered"],
                    "stretches": int(each["size"].get(i, 0)),
                    "minutes": float(each["sum"].get(i, 0.0)),
                }
            )
    return rows


def leading_rows(ground: Ground) -> list[Row]:
    """The table `leading`: community × part × how it came about × measure of concentration."""
    if not len(ground.held.activities):
        return []
    turns = Turns(ground)
    rows: list[Row] = []
    families = (ground.communities[:1], ground.communities[1:])
    for communities, (part, people), how in product(families, ground.parts.items(), HOW):
        found: list[tuple[Row, Leading]] = []
        for community in communities:
            who = community.people & people
            there = turns.there[np.ix_(community.events, who)]
            led = turns.led[how][np.ix_(community.events, who)]
            if not there.any() or (how != ALL and not led.any()):
                continue
            if led.shape[1] > MOST_PEOPLE and not ground.study.exact:
                result = untold(led.sum(axis=0).astype(float), "too_large")
            else:
                result = leading(led, there, ground.rng("leading", community.name, part, how), ground.draws)
            keys: Row = {"community": community.name, "part": part, "how": how}
            found.append(({**keys, **_sizes(result, led, there)}, result))
        rows += _beside_chance(found)
    return rows


def _sizes(result: Leading, led: Bools, there: Bools) -> Row:
    return {
        "sessions": int(led.any(axis=1).sum()),
        "turns": int(led.sum()),
        "people": int(there[led.any(axis=1)].any(axis=0).sum()),
        "leaders": int(led.any(axis=0).sum()),
        "reason": result.reason,
    }


def _beside_chance(found: Sequence[tuple[Row, Leading]]) -> list[Row]:
    """Each measure of each community beside chance, corrected for how many communities there are."""
    corrected = {
        (name, even): benjamini_hochberg([result.p(name, even=even) for _, result in found])
        for name in MEASURES
        for even in (False, True)
    }
    rows: list[Row] = []
    for at, (sizes, result) in enumerate(found):
        label = result.label(*(float(corrected["gini", even][at]) for even in (False, True)))
        for name, test in result.tests.items():
            row: Row = {**sizes, "measure": name, "label": label}
            if test.chance is not None:
                row |= {
                    "value": test.observed,
                    "chance_mean": test.chance.mean,
                    "chance_05": test.chance.quantile(0.05),
                    "chance_95": test.chance.quantile(0.95),
                    "p": result.p(name),
                    "p_even": result.p(name, even=True),
                    "q": corrected[name, False][at],
                    "q_even": corrected[name, True][at],
                }
            rows.append(row)
    return rows


def homework_rows(ground: Ground) -> list[Row]:
    """The table `homework_brought`: community × event at which people were asked to bring something."""
    homework, found = ground.held.homework, ground.presence
    rows: list[Row] = []
    for community in ground.communities:
        people = {found.actors[i] for i in np.flatnonzero(community.people).tolist()}
        events = {found.events[k] for k in np.flatnonzero(community.events).tolist()}
        mine = homework[homework["actor_id"].isin(people) & homework["event_id"].isin(events)]
        for event, those in mine.groupby("event_id", sort=False):
            known, brought = int(those["brought"].notna().sum()), int(those["brought"].sum())
            share = brought / known if known else np.nan
            rows.append(
                {
                    "community": community.name,
                    "event_id": event,
                    "asked": len(those),
                    "known": known,
                    "brought": brought,
                    "share": share,
                }
            )
    return rows


__all__ = ["coded_rows", "homework_rows", "leading_rows", "led_rows", "time_rows"]
