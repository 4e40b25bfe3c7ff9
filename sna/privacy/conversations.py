"""The list of people with whom a conversation may be worth while, for those whom study.toml lets have it."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from sna.conversations import compute_conversations
from sna.findings import conversations as said
from sna.networks.contact_log import contact_log
from sna.privacy.engagement_view import view_of
from sna.privacy.facilitation import hides_a_facilitator
from sna.privacy.sheet import Listing, Part, Sheet
from sna.privacy.support_view import views
from sna.results import Results

MOST_LISTED = 60


def conversations_sheet(results: Results, audience: str, hidden: Collection[tuple[str, str]]) -> Sheet | None:
    """The page; None where study.toml asks for none or does not let this audience have it.

    Args:
        results: everything computed.
        audience: `manager` only where study.toml says so; of people without full consent in every wave nothing is then
            said, and of support only that some kind is lacking.
        hidden: (wave id, actor id) of people who may not be seen in any way: signs are looked for without them, and
            without what they said and what was said of them.
    """
    declared = results.study.conversations
    table = results.analyses.get("conversations")
    if declared is None or table is None or audience not in ("researcher", declared.audience):
        return None
    kinds = audience == "researcher"
    if hidden and not kinds:
        table = _without(results, audience, hidden)
    actors = results.tables.actors
    consent: dict[str, set[str]] = {}
    for actor, state in zip(actors["actor_id"], actors["consent"], strict=True):
        consent.setdefault(actor, set()).add(state)
    rows = []
    for (wave, actor), part in _by_person(table):
        if not kinds and (consent[actor] != {"full"} or (wave, actor) in hidden):
            continue
        about = [None if pd.isna(relation) else str(relation) for relation in part["about"]]
        words = said.signs(results.study, list(zip(part["sign"], about, strict=True)), kinds=kinds)
        person = actors[(actors["wave"] == wave) & (actors["actor_id"] == actor)].iloc[0]
        where = person.get(declared.school) if declared.school else None
        rows.append((str(person["name"]), "not stated" if pd.isna(where) else str(where), words))
    left = len(rows) - MOST_LISTED
    note = f"{left} more are in tables/conversations.csv." if left > 0 and kinds else ""
    lines = tuple(row if declared.school else (row[0], row[2]) for row in rows[:MOST_LISTED])
    headings = ("Person", "School", "Reason to ask") if declared.school else ("Person", "Reason to ask")
    blocks = (Listing("In the order of the roster", headings, lines, note=note),) if lines else ()
    looked = said.looked_for(results.study)
    unseen = (said.UNSEEN,) if hidden and not kinds else ()
    sentences = (*unseen, looked) if lines else (said.NOBODY, *unseen, looked)
    return Sheet(
        name="conversations",
        title="Worth a conversation",
        question=said.QUESTION,
        short=(),
        parts=(Part("Whom to ask how things are", sentences, blocks),),
        cautions=said.CAUTIONS,
    )


def _without(results: Results, audience: str, hidden: Collection[tuple[str, str]]) -> pd.DataFrame:
    """The table `conversations` as if the people who may not be seen were on no list."""
    study, gone = results.study, {actor for _, actor in hidden}
    networks = {key: network.among(set(network.actors) - gone) for key, network in results.networks.items()}
    analyses: dict[str, pd.DataFrame] = {}
    if "support_received" in results.analyses:
        lacking = [
            (view.wave, actor, kind.relation, status)
            for view in views(results, audience, hidden)
            for at, kind in enumerate(view.kinds)
            for actor, status in view.status[at].items()
        ]
        analyses["support_received"] = pd.DataFrame(lacking, columns=["wave", "actor_id", "relation", "status"])
    if "contact_people" in results.analyses and study.facilitation is not None:
        log = contact_log(study, results.tables, gone)
        waiting = [
            caseload.members[at]
            for caseload in (log.caseloads if log is not None else ())
            if not hides_a_facilitator(results, gone, caseload.community)
            for at in np.flatnonzero(caseload.waiting(7 * study.facilitation.weeks) == 1).tolist()
        ]
        analyses["contact_people"] = pd.DataFrame({"actor_id": waiting, "no_contact": True})
    if "attendance_trends" in results.analyses:
        analyses["attendance_trends"] = view_of(results, audience, hidden).tables["attendance_trends"]
    return compute_conversations(study, networks, analyses)["conversations"]


def _by_person(table: pd.DataFrame) -> list[tuple[tuple[str, str], pd.DataFrame]]:
    """((wave id, actor id), the person's rows), in the order of the table."""
    return [((str(wave), str(actor)), part) for (wave, actor), part in table.groupby(["wave", "actor_id"], sort=False)]
