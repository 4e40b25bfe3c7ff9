"""The names that a person has to decide on, with a proposal for each: what `sna names` writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sna.study import Study
from sna.tables.ledger import Entry, updated
from sna.tables.people import TypedName, name_key
from sna.tables.problems import Problems
from sna.tables.proposals import Candidate, Proposer
from sna.tables.read import read_content
from sna.tables.roster import Roster


@dataclass(frozen=True)
class Names:
    """The ledger after a look at the files.

    Attributes:
        entries: every row of names.csv, new ones last.
        undecided: how many rows wait for a decision.
        proposed: how many of those have a proposal.
    """

    entries: tuple[Entry, ...]
    undecided: int
    proposed: int


def look_for_names(study: Study, problems: Problems, today: str) -> Names | None:
    """Look through every file for names that the rules do not settle; None when there is no roster to go by.

    Args:
        study: the declaration.
        problems: where faults of the files are noted; they do not keep the names from being found.
        today: ISO date, entered beside decisions that have none.
    """
    content = read_content(study, problems)
    if content is None:
        return None
    entries = updated(content.roster.ledger, _rows(study, content.roster, problems.typed.values()), today)
    waiting = [entry for entry in entries if entry.target is None]
    return Names(tuple(entries), len(waiting), sum(bool(entry.cells.get("proposed_id")) for entry in waiting))


def _rows(study: Study, roster: Roster, typed: Iterable[TypedName]) -> list[dict[str, str]]:
    """Our columns of names.csv for every text, the most frequent first."""
    groups = _groups(study, roster)
    shown = {a: name for a, name in roster.people.names.items() if a not in roster.people.hidden}
    proposer = Proposer(Candidate(a, name, groups.get(a, frozenset())) for a, name in shown.items())
    texts: dict[str, list[TypedName]] = {}
    for name in typed:
        texts.setdefault(name_key(name.typed), []).append(name)
    rows = []
    for found in sorted(texts.values(), key=lambda names: (-len(names), name_key(names[0].typed))):
        proposal = proposer.propose(found[0].typed, [groups.get(name.by or "", frozenset()) for name in found])
        places = [f"{n.file} row {n.row}" for n in found[:3]] + (["…"] if len(found) > 3 else [])
        rows.append(
            {
                "typed": found[0].typed,
                "times": str(len(found)),
                "where": "; ".join(places),
                "proposed_id": proposal.actor_id or "",
                "proposed_name": roster.people.names[proposal.actor_id] if proposal.actor_id else "",
                "score": "" if proposal.score is None else f"{proposal.score:.2f}",
                "reason": proposal.reason,
            }
        )
    return rows


def _groups(study: Study, roster: Roster) -> dict[str, frozenset[str]]:
    """actor id → the values of the study's groups, in any wave."""
    columns = [group for group in study.groups if group in roster.actors.columns]
    found: dict[str, set[str]] = {}
    for record in roster.actors[["actor_id", *columns]].to_dict("records"):
        mine = found.setdefault(str(record["actor_id"]), set())
        mine.update(str(record[c]) for c in columns if isinstance(record[c], str))
    return {actor_id: frozenset(values) for actor_id, values in found.items()}
