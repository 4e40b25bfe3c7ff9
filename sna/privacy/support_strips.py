"""People × kinds of support, as squares: the darker, the more people somebody receives it from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from sna.findings import support as said
from sna.findings.words import people
from sna.privacy.sheet import Square, Strips
from sna.privacy.support_view import View

MOST_PEOPLE = 60


def strips(view: View) -> Strips:
    """People × kinds, by level: at most sixty people, those who lack most."""
    actors, unnamed = _shown(view)
    heads = {actor: _heading(view, actor, unnamed) for actor in actors}
    shades = _shades(view, actors)
    level = {actor: head[1] or "~" for actor, head in heads.items()}
    # For managers nothing but names and what the squares show may decide on the order.
    own: dict[str, Any] = (
        {actor: place for place, actor in enumerate(actors)}
        if view.numbers
        else {actor: (actor not in view.names, heads[actor][0]) for actor in actors}
    )
    worst = sorted(actors, key=lambda a: (-shades[a].count(0), shades[a].count(-1), own[a], shades[a]))
    kept = sorted(worst[:MOST_PEOPLE], key=lambda a: (level[a], own[a], shades[a]))
    rows = tuple(
        (", ".join(filter(None, heads[a])), tuple(Square(x, _text(view, at, a, x)) for at, x in enumerate(shades[a])))
        for a in kept
    )
    return Strips(
        title="From how many people each receives support",
        corner="Person",
        columns=view.short,
        column="kind",
        rows=rows,
        shades=said.SHADES if view.numbers else said.BANDS,
        note=_note(view, len(actors) - len(kept), len(actors)),
        unknown=said.UNKNOWN,
    )


def _shown(view: View) -> tuple[list[str], pd.Series[str]]:
    """Who has a row, and the level of those without a name.

    Among few people without a name each could be told by whose name is missing: then none of them has a row.
    """
    actors = [str(actor) for actor in view.status.index]
    unnamed = [actor for actor in actors if actor not in view.names]
    if len(unnamed) < view.least:
        actors, unnamed = [actor for actor in actors if actor in view.names], []
    found = pd.Series([None] * len(unnamed), index=unnamed, dtype="str") if view.level is None else view.level[unnamed]
    sizes = found.value_counts()
    return actors, found.where(found.map(sizes).fillna(0) >= view.least)


def _heading(view: View, actor: str, unnamed: pd.Series[str]) -> tuple[str, str]:
    """A person's name and level, as far as they may be told; empty where not."""
    level = unnamed[actor] if actor in unnamed.index else None if view.level is None else view.level[actor]
    return view.names.get(actor, "A member"), "" if level is None or pd.isna(level) else str(level)


def _shades(view: View, actors: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """The squares of each person, kind by kind."""
    columns = []
    for found in view.receipts:
        mine = found.loc[list(actors)]
        givers = mine["givers"].where(mine["status"] != "unknown")
        columns.append([said.shade(number, view.numbers) for number in givers.tolist()])
    return dict(zip(actors, zip(*columns, strict=True), strict=True))


def _text(view: View, kind: int, actor: str, shade: int) -> str:
    """How many people, for researchers."""
    if not view.numbers or shade < 0:
        return ""
    found = view.receipts[kind]
    return f"{'≥' if found['not_said'][actor] else ''}{found['givers'][actor]:.0f}"


def _note(view: View, rest: int, with_rows: int) -> str:
    """Who has no row, and what a square is the least of."""
    notes = [view.key] if view.key else []
    if rest:
        more = f"{people(rest)} more" if view.numbers else "More people"
        where = " and are in support_received.csv" if view.numbers else ""
        notes.append(f"{more}, who lack fewer kinds, are not shown{where}.")
    if with_rows < len(view.status):
        notes.append(f"People who are not named, {said.fewer(view.least)}, are left out.")
    if any(kind.holes.nnz for kind in view.kinds):
        notes.append("Where somebody left people out, the square is the least it can be.")
    return " ".join(notes)


__all__ = ["strips"]
