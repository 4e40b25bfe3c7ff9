"""The page about past groups as one audience may see it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from sna.findings import grouping as said
from sna.findings.grouping import Row
from sna.findings.groups_made import day
from sna.grouping.past import group_repeats
from sna.privacy.sheet import Block, Listing, Part, Sheet, Square, Strips
from sna.results import Results

MOST_SHORT = 8


def grouping_sheet(results: Results, audience: str, hidden: Collection[tuple[str, str]]) -> Sheet | None:
    """The page; None without past groups.

    Args:
        results: everything computed.
        audience: `researcher` sees numbers and dates; `manager` words and bands, of no community that is too small.
        hidden: (wave id, actor id) of people who may not be seen in any way: groups are looked at without them.
    """
    table = results.analyses.get("group_repeats", pd.DataFrame())
    gone = {actor for _, actor in hidden}
    past = results.tables.past_groups
    if past["actor_id"].isin(gone).any():
        table = group_repeats(results.study, results.tables.actors, past[~past["actor_id"].isin(gone)])
    if not len(table):
        return None
    numbers = audience == "researcher"
    found = _communities(table)
    least = 0 if numbers else results.study.suppress_below
    enough = {name: min(int(row["people"]) for row in rows) >= least for name, (_, rows) in found.items()}
    short: list[tuple[str, str]] = []
    parts: list[Part] = []
    for name, (whole, rows) in found.items():
        heading = name or "Everybody"
        if enough[name]:
            short.append((heading, said.in_short(whole, rows)))
            blocks: tuple[Block, ...] = (_listing(heading, rows),) if numbers else ()
            parts.append(Part(heading, said.sentences(whole, rows, numbers=numbers), blocks))
        else:
            short.append((heading, said.FEW))
            parts.append(Part(heading, ("Too few people to show without pointing at somebody.",)))
    strips = _strips({name: rows for name, (_, rows) in found.items() if enough[name]}, numbers)
    if strips is not None:
        first = "How many of the pairs who sat together had done so before, from one occasion to the next."
        parts.insert(0, Part("From one occasion to the next", (first,), (strips,)))
    if len(short) > MOST_SHORT:
        more = len(short) - MOST_SHORT + 1
        short = [*short[: MOST_SHORT - 1], (f"{more} more", "on the page")]
    return Sheet("groups", "Groups re-made or kept", said.QUESTION, tuple(short), tuple(parts), said.CAUTIONS)


def _communities(table: pd.DataFrame) -> dict[str, tuple[Row | None, list[Row]]]:
    """Community (empty: everybody) → the row of all occasions together, and those of each."""
    found: dict[str, tuple[Row | None, list[Row]]] = {}
    for name, held in table.groupby(table["community"].fillna(""), sort=False):
        rows: list[Row] = [{str(key): value for key, value in row.items()} for row in held.to_dict("records")]
        whole = next((row for row in rows if pd.isna(row["date"])), None)
        found[str(name)] = (whole, [row for row in rows if not pd.isna(row["date"])])
    return found


def _strips(found: Mapping[str, list[Row]], numbers: bool) -> Strips | None:
    """One row of squares for each community; None where nothing was ever re-made."""
    most = max((len(rows) for rows in found.values()), default=0)
    if most < 2:
        return None
    lines = []
    for name, rows in found.items():
        squares = [Square(-1)]
        for row in rows[1:]:
            met, pairs = int(row["met_before"]), int(row["pairs"])
            squares.append(Square(said.shade(met, pairs), str(met) if numbers else "") if pairs else Square(-1))
        lines.append((name or "Everybody", (*squares, *[Square(-1)] * (most - len(squares)))))
    return Strips(
        title="Pairs who had sat together before",
        corner="Community" if any(found) else "",
        columns=tuple(map(str, range(1, most + 1))),
        column="occasion",
        rows=tuple(lines),
        shades=said.SHADES,
        note="The darker, the more of the pairs had sat together on an earlier occasion.",
        unknown=said.NOT_KNOWN,
    )


def _listing(heading: str, rows: list[Row]) -> Block:
    """Every occasion in numbers."""
    lines: list[tuple[str, ...]] = []
    for row in rows:
        known = not pd.isna(row["chance_05"])
        date = day(row["date"]) + ("" if pd.isna(row["round"]) else f", round {int(row['round'])}")
        chance = f"{row['chance_mean']:.1f} ({row['chance_05']}–{row['chance_95']})" if known else "–"
        possible: str = "–" if pd.isna(row["possible"]) else str(row["possible"])
        met = "–" if row["reason"] == "no_earlier" else str(int(row["met_before"]))
        counts = (str(int(row["groups"])), str(int(row["people"])), str(int(row["pairs"])))
        lines.append((date, *counts, met, possible, chance))
    headings = ("Date", "Groups", "People", "Pairs", "Had met before", "Possible", "By chance (90 %)")
    note = (
        "Possible: the fewest that a search found after the same earlier groups. All numbers: tables/group_repeats.csv."
    )
    return Listing(f"{heading}, occasion by occasion", headings, tuple(lines), (1, 2, 3, 4, 5, 6), note)
