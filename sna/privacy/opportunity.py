"""Who could have met: the part of the page about engagement that is about shared opportunity."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd

from sna.findings import opportunity as said
from sna.findings.words import count
from sna.inference.backbone import Meetings
from sna.opportunity import KEPT, chosen_events
from sna.privacy.sheet import Listing, Part
from sna.results import Results

MOST_LISTED = 20
TABLE = "shared_opportunity"
Rows = dict[str, dict[str, Any]]


def opportunity_part(results: Results, audience: str, hidden: Collection[tuple[str, str]]) -> Part | None:
    """The part; None where study.toml asks for nothing, no attendance was recorded, or the audience is the public.

    Args:
        results: everything computed.
        audience: `researcher` sees pairs, names and numbers; `manager` words that stand for shares, and nobody.
        hidden: (wave id, actor id) of people who may not be seen in any way.
    """
    models = results.analyses.get(f"{TABLE}_models")
    if models is None or audience == "public" or results.two_mode is None:
        return None
    rows: Rows = {str(row["model"]): {str(k): v for k, v in row.items()} for row in models.to_dict("records")}
    for row in rows.values():
        row["reason"] = None if pd.isna(row["reason"]) else str(row["reason"])
    first = said.first(rows)
    if first["reason"] is not None:
        return Part(said.HEADING, (said.nothing_said(first["reason"]), *said.left_out(first)))
    if audience == "researcher":
        return Part(said.HEADING, said.sentences(rows), (*_pairs(results, first), _models(rows)))
    return Part(said.HEADING, _banded(results, str(first["model"]), {actor for _, actor in hidden}))


def _banded(results: Results, model: str, unseen: set[str]) -> tuple[str, ...]:
    """What managers read: reckoned over the people they may see, and told only where these are enough."""
    two_mode, least = results.two_mode, results.study.suppress_below
    if two_mode is None:
        return ()
    chosen = chosen_events(results.study, results.tables, two_mode).chosen
    seen = np.array([actor not in unseen for actor in two_mode.actors], dtype=bool)
    cells = np.ix_(np.flatnonzero(seen), np.flatnonzero(chosen))
    met = Meetings.of(two_mode.present[cells], two_mode.eligible[cells])
    if int(met.present.any(axis=1).sum()) < least:
        return (said.TOO_FEW,)
    pairs = results.analyses[TABLE]
    kept = pairs[pairs[f"kept_{model}"] == KEPT[0]]
    kept = kept[~kept["actor_id"].isin(unseen) & ~kept["other_id"].isin(unseen)]
    involved = pd.concat([kept["actor_id"], kept["other_id"]]).nunique()
    return said.banded(involved, len(kept), int((met.together > 0).sum()), len(met.one), least)


def _pairs(results: Results, first: Mapping[str, Any]) -> tuple[Listing, ...]:
    """The pairs who stand out: those that are left once all pairs are allowed for, or else one by one."""
    model, pairs = first["model"], results.analyses[TABLE]
    sure = pairs[f"kept_{model}"] == KEPT[0]
    shown = pairs[sure if sure.any() else pairs[f"kept_{model}"] == KEPT[1]]
    if not len(shown):
        return ()
    title = "Pairs who were together more often than attendance explains"
    if not sure.any():
        title = "Pairs who stand out when each is looked at by itself: as many may do so by chance"
    shown = shown.sort_values(f"p_{model}", kind="stable")
    more = f"{count(len(shown) - MOST_LISTED, 'more pair')} in {TABLE}.csv." if len(shown) > MOST_LISTED else ""
    names = dict(zip(results.tables.actors["actor_id"], results.tables.actors["name"], strict=True))
    rows = [
        (
            str(names[row["actor_id"]]),
            str(names[row["other_id"]]),
            f"{row['together']} of {row['events']}",
            "–" if pd.isna(row["expected"]) else f"{row['expected']:.1f}",
            _p(row[f"p_{model}"]),
            _p(row[f"q_{model}"]),
        )
        for row in shown.head(MOST_LISTED).to_dict("records")
    ]
    headings = ("One", "Other", "Together at", "By chance, on average", "p", "p, all pairs allowed for")
    return (Listing(title, headings, tuple(rows), (2, 3, 4, 5), more),)


def _models(rows: Rows) -> Listing:
    """How many pairs each model of chance keeps."""
    lines = []
    for model, words in said.WAYS.items():
        row = rows[model]
        if row["reason"] is not None:
            lines.append((words, "left out", "left out", "–"))
            continue
        smallest: str = "–" if pd.isna(row["smallest_p"]) else _p(row["smallest_p"])
        lines.append((words, f"{int(row['kept']):,}", f"{int(row['kept_corrected']):,}", smallest))
    headings = ("What chance leaves as it is", "Pairs kept, p < .05", "Kept, all pairs allowed for", "Smallest p")
    return Listing("What three models of chance keep", headings, tuple(lines), (1, 2, 3), said.MODELS_NOTE)


def _p(value: float) -> str:
    return "< .001" if value < 0.001 else f"{value:.3f}".replace("0.", ".", 1) if value < 1 else "1"
