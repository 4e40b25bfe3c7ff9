"""The contact log as it is looked at: whose facilitator saw whom on which day, and who could have been seen then."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from sna.analyses import Facilitation
from sna.networks.network import Bools, Floats
from sna.study import Study
from sna.tables import Tables
from sna.tables.values import number_of

Ints = npt.NDArray[np.int64]
# What became of each contact of the log, in the order in which it is asked.
COUNTED = "counted"
FATES: Mapping[str, str] = {
    COUNTED: "a facilitator with somebody they serve",
    "logged_twice": "logged by both on the same day, with the same minutes or none: counted once",
    "outside_period": "before the first or after the last day of the log",
    "between_facilitators": "two facilitators",
    "other_people": "a facilitator with somebody they do not serve",
    "between_others": "no facilitator took part",
    "not_there": "on a day on which either was not on the roster",
}


@dataclass(frozen=True, eq=False)
class Caseload:
    """Facilitators of one community, the people they serve, and their contacts over D days.

    Attributes:
        community: the group; None: everybody.
        facilitators: F ids in roster order.
        members: N ids in roster order, those who were there on any day.
        logging: F booleans: whether anything at all was logged of them; of others nothing is known.
        on_duty: (F, D) who was there on which day.
        there: (N, D) who was on the roster on which day.
        by, of, day: K numbers each, one for each contact: which facilitator, which member, which day.
        minutes: K lengths; NaN where not stated.
        need: N numbers; NaN where not stated.
    """

    community: str | None
    facilitators: tuple[str, ...]
    members: tuple[str, ...]
    logging: Bools
    on_duty: Bools
    there: Bools
    by: Ints
    of: Ints
    day: Ints
    minutes: Floats
    need: Floats

    def alone(self, facilitator: str) -> Caseload:
        """The same with one of the facilitators only."""
        at = self.facilitators.index(facilitator)
        mine = self.by == at
        return replace(
            self,
            facilitators=(facilitator,),
            logging=self.logging[[at]],
            on_duty=self.on_duty[[at]],
            by=np.zeros(int(mine.sum()), dtype=np.int64),
            of=self.of[mine],
            day=self.day[mine],
            minutes=self.minutes[mine],
        )

    @property
    def known(self) -> Bools:
        """(N, D): on which days contact would be known: the member there, and a facilitator who logs."""
        return np.asarray(self.there & self.on_duty[self.logging].any(axis=0), dtype=bool)

    def last_day(self) -> Ints:
        """N numbers: the day of each member's last contact; −1 without any."""
        last = np.full(len(self.members), -1, dtype=np.int64)
        np.maximum.at(last, self.of, self.day)
        return last

    def waiting(self, days: int) -> Floats:
        """N numbers: 1 for members without contact for so many days at the end of the log, 0 for others.

        From the last contact, or without any from the first day on which one would be known. NaN for those who are no
        longer there at the end, and where nothing is known.
        """
        known, last = self.known, self.last_day()
        since = np.where(last >= 0, last, known.argmax(axis=1) if known.shape[1] else 0)
        there = known.any(axis=1) & self.there[:, -1:].any(axis=1)
        return np.where(there, (known.shape[1] - 1 - since >= days).astype(float), np.nan)

    def per_month(self, months: Ints, values: Floats | None = None) -> Floats:
        """(N, T): contacts of each member in each month, or the sum of `values` (one for each contact)."""
        table = np.zeros((len(self.members), int(months.max(initial=-1)) + 1))
        np.add.at(table, (self.of, months[self.day]), 1.0 if values is None else values)
        return table


@dataclass(frozen=True, eq=False)
class ContactLog:
    """The whole log.

    Attributes:
        first, last: its first and last day.
        second: the first day of the second term.
        caseloads: one for each community that has a facilitator.
        fates: what became of its rows (`FATES`) → how many.
    """

    first: dt.date
    last: dt.date
    second: dt.date
    caseloads: tuple[Caseload, ...]
    fates: Mapping[str, int]

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.last - self.first).days + 1

    @property
    def months(self) -> tuple[list[str], Ints]:
        """The months it covers, such as `2023-09`, and for each day which of them it is in."""
        names = [(self.first + dt.timedelta(days=day)).isoformat()[:7] for day in range(self.days)]
        codes, found = pd.factorize(np.array(names, dtype=object))
        return [str(name) for name in found], np.asarray(codes, dtype=np.int64)

    @property
    def term(self) -> Bools:
        """For each day whether it is in the second term."""
        return np.arange(self.days) >= (self.second - self.first).days


def contact_log(study: Study, tables: Tables, without: Collection[str] = ()) -> ContactLog | None:
    """The log of a study; None without `[facilitation]`, or when nothing was logged.

    Args:
        study: the declaration.
        tables: its tables.
        without: ids of people who are left out as if neither they nor contact with them were there.

    A contact joins two people, whichever of them logged it. Whom somebody serves, and how much support people need, is
    what the roster says in the latest of the waves looked at; who is there on which day, what `joined` and `left` say
    in any of them. People who refused consent in any wave are left out: contacts with them are in no table.
    """
    declared, log = study.facilitation, tables.contacts
    if without:
        log = log[~(log["who_id"].isin(without) | log["whom_id"].isin(without))]
    if declared is None or log.empty:
        return None
    first, last = declared.since or log["date"].min(), declared.until or log["date"].max()
    if last < first:
        return None
    second = declared.second_term or first + dt.timedelta(days=((last - first).days + 1) // 2)
    actors = tables.actors[tables.actors["wave"].isin(declared.waves or [wave.id for wave in study.waves])]
    actors = actors[~actors["actor_id"].isin({*tables.refused_once, *without})]
    days = (last - first).days + 1
    there = _there(actors, first, days)
    latest = actors.drop_duplicates("actor_id", keep="last").set_index("actor_id")
    serves = _communities(declared, latest)
    roles = _roles(declared, latest)
    lengths = log["minutes"].astype(float).tolist()
    dated = list(zip(log["date"].tolist(), log["who_id"].tolist(), log["whom_id"].tolist(), lengths, strict=True))
    fates: Counter[str] = Counter(dict.fromkeys(FATES, 0))
    met: list[tuple[str, str, int, float]] = []
    logged: set[str] = set()
    doubled = _logged_twice(dated)
    for at, (date, who, whom, minutes) in enumerate(dated):
        day = (date - first).days
        inside = 0 <= day < days
        logged |= {person for person in (who, whom) if inside and roles.get(person) == "facilitator"}
        kinds = [roles.get(who), roles.get(whom)]
        facilitator, other = (who, whom) if kinds[0] == "facilitator" else (whom, who)
        mine = roles.get(other) == "member" and serves.get(facilitator, "") == serves.get(other)
        if at in doubled:
            fate = "logged_twice"
        elif not inside:
            fate = "outside_period"
        elif "facilitator" not in kinds:
            fate = "between_others"
        elif kinds[0] == kinds[1]:
            fate = "between_facilitators"
        elif not mine:
            fate = "other_people"
        elif not (there[facilitator][day] and there[other][day]):
            fate = "not_there"
        else:
            fate = COUNTED
            met.append((facilitator, other, day, minutes))
        fates[fate] += 1
    caseloads = _caseloads(declared, latest, roles, serves, there, met, logged)
    return ContactLog(first, last, second, caseloads, dict(fates))


def _roles(declared: Facilitation, latest: pd.DataFrame) -> dict[str, str]:
    """Actor id → facilitator, source or member; others are not in it."""
    found = {}
    for actor, value in zip(latest.index.tolist(), latest[declared.column].tolist(), strict=True):
        role = role_of(declared, value)
        if role is not None:
            found[str(actor)] = role
    return found


def role_of(declared: Facilitation, value: object) -> str | None:
    """`facilitator`, `source`, `member`, or None of somebody with this value in the roster's column.

    Without a list of members everybody else is one, those included of whom nothing is stated.
    """
    if value in declared.facilitators:
        return "facilitator"
    if value in declared.sources:
        return "source"
    return "member" if not declared.members or value in declared.members else None


def _communities(declared: Facilitation, latest: pd.DataFrame) -> dict[str, str | None]:
    """Actor id → community, None when there is only one; without those whose community is not stated."""
    if declared.within is None:
        return dict.fromkeys(map(str, latest.index), None)
    stated = latest[declared.within].dropna()
    return {str(actor): str(value) for actor, value in stated.items()}


def _there(actors: pd.DataFrame, first: dt.date, days: int) -> dict[str, Bools]:
    """Actor id → on which days they were on the roster of any of these waves."""
    found: dict[str, Bools] = {}
    rows = zip(actors["actor_id"].tolist(), actors["joined"].tolist(), actors["left"].tolist(), strict=True)
    calendar = np.arange(days)
    for actor, joined, left in rows:
        start = 0 if pd.isna(joined) else (joined - first).days
        end = days if pd.isna(left) else (left - first).days
        mine = (calendar >= start) & (calendar <= end)
        found[actor] = found[actor] | mine if actor in found else mine
    return found


def _logged_twice(rows: list[tuple[dt.date, str, str, float]]) -> set[int]:
    """Rows that the other person logged, too: the same day, the same minutes or none stated in one of them.

    Two rows by the same person on one day are two contacts.
    """
    open_rows: dict[tuple[dt.date, str, str], list[int]] = {}
    doubled = set()
    for at, (date, who, whom, minutes) in enumerate(rows):
        others = open_rows.get((date, whom, who), [])
        same = [i for i in others if np.isnan(minutes) or np.isnan(rows[i][3]) or minutes == rows[i][3]]
        if same:
            # The row that states the minutes is kept.
            kept_states = not np.isnan(rows[same[0]][3])
            doubled.add(at if kept_states or np.isnan(minutes) else same[0])
            others.remove(same[0])
        else:
            open_rows.setdefault((date, who, whom), []).append(at)
    return doubled


def _caseloads(
    declared: Facilitation,
    latest: pd.DataFrame,
    roles: Mapping[str, str],
    serves: Mapping[str, str | None],
    there: Mapping[str, Bools],
    met: list[tuple[str, str, int, float]],
    logged: set[str],
) -> tuple[Caseload, ...]:
    people = [actor for actor in map(str, latest.index) if actor in serves]
    found = []
    for community in dict.fromkeys(serves[actor] for actor in people if roles.get(actor) == "facilitator"):
        own = [actor for actor in people if serves[actor] == community]
        leading = [actor for actor in own if roles.get(actor) == "facilitator"]
        members = [actor for actor in own if roles.get(actor) == "member" and there[actor].any()]
        by, of = ({actor: place for place, actor in enumerate(those)} for those in (leading, members))
        mine = [(by[f], of[m], day, minutes) for f, m, day, minutes in met if f in by and m in of]
        columns = np.array(mine, dtype=float).reshape(-1, 4)
        days = len(next(iter(there.values())))
        found.append(
            Caseload(
                community=community,
                facilitators=tuple(leading),
                members=tuple(members),
                logging=np.array([actor in logged for actor in leading], dtype=bool),
                on_duty=np.array([there[actor] for actor in leading], dtype=bool).reshape(-1, days),
                there=np.array([there[actor] for actor in members], dtype=bool).reshape(-1, days),
                by=columns[:, 0].astype(np.int64),
                of=columns[:, 1].astype(np.int64),
                day=columns[:, 2].astype(np.int64),
                minutes=columns[:, 3],
                need=_need(declared, latest.loc[members]),
            )
        )
    return tuple(found)


def _need(declared: Facilitation, people: pd.DataFrame) -> Floats:
    """How much support each needs; NaN where it is not stated as a number."""
    if declared.need is None:
        return np.full(len(people), np.nan)
    stated = [None if pd.isna(value) else number_of(str(value)) for value in people[declared.need].tolist()]
    return np.array([np.nan if value is None else value for value in stated], dtype=float)


__all__ = ["COUNTED", "FATES", "Caseload", "ContactLog", "contact_log", "role_of"]
