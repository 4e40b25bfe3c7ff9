"""How often past groups were re-made, against what was possible and against chance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from zlib import crc32

import numpy as np
import pandas as pd

from sna.grouping.bounds import forced, least_repeats
from sna.grouping.room import MOST_SEATS, Ints, Room, Standing, together
from sna.grouping.search import STEPS, untangled
from sna.inference.chance import SAME, Chance
from sna.inference.regrouping import history_by_chance, repeats_by_chance
from sna.rows import Columns, Frames, Row, frames, no_rows
from sna.study import Study
from sna.tables import Tables

Progress = Callable[[str], None]

COLUMNS: Columns = {
    "past_groups": ("date", "round", "group", "actor_id"),
    "group_repeats": (
        "community",
        "date",
        "round",
        "groups",
        "people",
        "pairs",
        "met_before",
        "possible",
        "least",
        "chance_mean",
        "chance_05",
        "chance_95",
        "p_more",
        "p_fewer",
        "label",
        "reason",
    ),
}
# Where more people were there, nobody looks for the best groups: what is possible is not said. Where more people were
# ever there, pairs are counted and not compared.
MOST_PEOPLE, MOST_COMPARED = 200, 2_000
# What chance gives less often than this is beyond chance.
RARE = 0.05


@dataclass(frozen=True, eq=False)
class Occasion:
    """Groups that were made once.

    Attributes:
        date: when.
        round: its number on that date; None where it has none.
        there: who was there, numbered among everybody of the community.
        labels: the number of everybody's group, in the same order.
        sizes: of the groups.
    """

    date: dt.date
    round: int | None
    there: tuple[int, ...]
    labels: tuple[int, ...]
    sizes: tuple[int, ...]


def compute_past_groups(study: Study, tables: Tables) -> Frames:
    """Every occasion on which groups were made, and all of them together, for each community.

    Returns:
        The tables `past_groups` and `group_repeats`; nothing without `[grouping]` in study.toml. Random draws begin
        anew for each community.
    """
    if study.grouping is None:
        return {}
    return {"past_groups": tables.past_groups, "group_repeats": group_repeats(study, tables.actors, tables.past_groups)}


def group_repeats(study: Study, actors: pd.DataFrame, past: pd.DataFrame) -> pd.DataFrame:
    """The table `group_repeats`, of some past groups.

    Args:
        study: the declaration.
        actors: the roster, as in `Tables`.
        past: past groups, as in `Tables`, all of them or those of some people.
    """
    rows: list[Row] = []
    for community, people, occasions in histories(study, actors, past):
        rng = np.random.default_rng([study.seed, crc32(str(community).encode())])
        rows += _history(community, people, occasions, rng)
    table = frames(COLUMNS, {**no_rows(COLUMNS), "group_repeats": rows})["group_repeats"]
    return table.astype(dict.fromkeys(("round", "possible", "least", "chance_05", "chance_95"), "Int64"))


def histories(
    study: Study, actors: pd.DataFrame, past: pd.DataFrame
) -> Iterator[tuple[str | None, int, list[Occasion]]]:
    """Each community with past groups, how many people ever were in one, and the occasions in order of time.

    People of whom no community is stated are in none, where study.toml names the column.
    """
    within = study.grouping.within if study.grouping else None
    stated = actors.drop_duplicates("actor_id", keep="last").set_index("actor_id")
    where = past["actor_id"].map(stated[within]) if within else pd.Series(None, index=past.index, dtype=object)
    for community in where.dropna().unique().tolist() if within else [None]:
        mine = past[where == community] if within else past
        if not len(mine):
            continue
        people = {actor: at for at, actor in enumerate(dict.fromkeys(mine["actor_id"]))}
        occasions = []
        for _, held in mine.groupby(["date", "round"], dropna=False, sort=False):
            labels, names = pd.factorize(held["group"])
            number = held["round"].iloc[0]
            sizes = tuple(np.bincount(labels, minlength=len(names)).tolist())
            there = tuple(people[actor] for actor in held["actor_id"])
            round_ = None if pd.isna(number) else int(number)
            occasions.append(Occasion(held["date"].iloc[0], round_, there, tuple(labels.tolist()), sizes))
        yield community, len(people), occasions


def _history(community: str | None, people: int, occasions: Sequence[Occasion], rng: np.random.Generator) -> list[Row]:
    rows: list[Row] = []
    if people > MOST_COMPARED:
        return _counted(community, people, occasions)
    times = np.zeros((people, people), dtype=np.int64)
    for at, occasion in enumerate(occasions):
        there = np.array(occasion.there, dtype=np.int64)
        met = times[np.ix_(there, there)]
        row = _occasion(occasion, met, occasions[at - 1] if at else None, rng)
        rows.append({"community": community, **row})
        times[np.ix_(there, there)] += together(np.array(occasion.labels, dtype=np.int64))
    if len(rows) < 2:
        return rows
    later = rows[1:]
    observed = sum(int(str(row["met_before"])) for row in later)
    chance = history_by_chance(people, [(occasion.there, occasion.sizes) for occasion in occasions], rng)
    whole: Row = {"community": community, "groups": sum(len(occasion.sizes) for occasion in occasions[1:])}
    whole |= {"people": people, "pairs": sum(int(str(row["pairs"])) for row in later), "met_before": observed}
    for name in ("possible", "least"):
        numbers = [row[name] for row in later]
        whole[name] = None if None in numbers else sum(int(str(number)) for number in numbers)
    return [*rows, {**whole, **_beside(observed, chance)}]


def _counted(community: str | None, people: int, occasions: Sequence[Occasion]) -> list[Row]:
    """Every occasion of very many people: pairs, and those of them who had met."""
    rows: list[Row] = []
    known: set[int] = set()
    for occasion in occasions:
        groups: dict[int, list[int]] = {}
        for person, label in zip(occasion.there, occasion.labels, strict=True):
            groups.setdefault(label, []).append(person)
        pairs = {one * people + other for those in groups.values() for one, other in combinations(sorted(those), 2)}
        row: Row = {"community": community, "date": occasion.date, "round": occasion.round, "groups": len(groups)}
        row |= {"people": len(occasion.there), "pairs": len(pairs), "met_before": len(pairs & known)}
        rows.append({**row, "reason": "too_many_sets" if rows else "no_earlier"})
        known |= pairs
    return rows


def _occasion(occasion: Occasion, met: Ints, before: Occasion | None, rng: np.random.Generator) -> Row:
    """One occasion: pairs that sat together, those who had before, and how few these could have been."""
    labels = np.array(occasion.labels, dtype=np.int64)
    same = np.triu(together(labels))
    observed = int((same & (met > 0)).sum())
    row: Row = {"date": occasion.date, "round": occasion.round, "groups": len(occasion.sizes)}
    row |= {"people": len(labels), "pairs": int(same.sum()), "met_before": observed}
    if before is None:
        return {**row, "reason": "no_earlier"}
    least = _least(occasion, met, before)
    row |= {"possible": _possible(labels, met, occasion.sizes, observed, least, rng), "least": least}
    if same.sum() == 0 or len(occasion.sizes) < 2:
        return {**row, "reason": "no_variation"}
    beside = _beside(observed, repeats_by_chance(met > 0, list(occasion.sizes), rng))
    # Every pair of people is as likely as any other to sit together: the mean needs no draws.
    mean = int(same.sum()) * int((met > 0).sum()) / (len(labels) * (len(labels) - 1))
    return {**row, **beside, "chance_mean": mean}


def _beside(observed: int, chance: Chance) -> Row:
    """An observed number beside what chance gives."""
    if chance.sd < SAME:
        return {"chance_mean": chance.mean, "reason": "no_variation"}
    more, fewer = chance.p_at_least(observed), chance.p_at_most(observed)
    return {
        "chance_mean": chance.mean,
        "chance_05": chance.quantile(0.05),
        "chance_95": chance.quantile(0.95),
        "p_more": more,
        "p_fewer": fewer,
        "label": "kept" if more <= RARE else "re-made" if fewer <= RARE else "as by chance",
    }


def _least(occasion: Occasion, met: Ints, before: Occasion) -> int:
    """A number of pairs who had met below which no such groups could be."""
    nobody = np.zeros_like(met) > 0
    counted = least_repeats(occasion.sizes, 1, met, nobody)
    group_then = dict(zip(before.there, before.labels, strict=True))
    # Who was not there then was with nobody: a group of their own.
    then = len({group_then.get(person, -1 - person) for person in occasion.there})
    return max(counted, sum(forced(size, then) for size in occasion.sizes))


def _possible(
    labels: Ints, met: Ints, sizes: tuple[int, ...], observed: int, least: int, rng: np.random.Generator
) -> int | None:
    """How few pairs who had met would have sat together in groups of these sizes, as far as a search finds."""
    if observed == least:
        return observed
    if len(labels) > MOST_PEOPLE or max(sizes) > MOST_SEATS:
        return None
    n = len(labels)
    nothing = Standing(np.zeros(n, dtype=np.int64), np.zeros(n, dtype=bool))
    nobody = np.zeros((n, n), dtype=bool)
    room = Room(sizes, (nothing,), met, nobody, nobody)
    found = untangled(room, labels[None, :], rng, STEPS // 4, least)[0]
    return min(observed, int((np.triu(together(found)) & (met > 0)).sum()))
