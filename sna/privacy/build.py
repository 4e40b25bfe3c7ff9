"""Results → what an audience may see. Every writer gets its data from here; what is withheld is not in what it gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

import pandas as pd

from sna.columns import describe
from sna.expertise import COLUMNS as EXPERTISE_COLUMNS
from sna.findings import overview as said
from sna.findings import pictures
from sna.findings.explained import explanation
from sna.findings.words import in_words, percent
from sna.metrics.degree import BANDS, indegree_band
from sna.networks import Network
from sna.privacy.blocks import block_matrices
from sna.privacy.expertise import expertise_page
from sna.privacy.public import public_overview
from sna.privacy.release import EventLine, Explanation, Figure, Member, Overview, Person, Picture, Release, ResponseLine
from sna.privacy.sheets import sheets
from sna.privacy.stems import stems
from sna.results import Results

# In a picture of more people nobody could be found, and laying it out would take hours.
MOST_DRAWN = 2_000
# There where study.toml asks for it.
EXPERTISE = tuple(EXPERTISE_COLUMNS)
TABLES = (
    "actors",
    "ties",
    "answered",
    "events",
    "attendance",
    "contacts",
    "outside",
    "actor_metrics",
    "tie_metrics",
    "network_metrics",
    "brokerage",
    "engagement",
    "co_attendance",
    "undefined",
    "sampled",
    "triads",
    "mixing",
    "homophily",
    "overlap",
    "thresholds",
    "divisions",
    "memberships",
    "together",
    "key_people",
    *EXPERTISE,
    "response",
    "response_by_group",
    "gate",
    "problems",
    "accounting",
)
AGGREGATE = ("network_metrics", "response", "gate", "accounting")


def release(results: Results, audience: str, provenance: Mapping[str, Any]) -> Release:
    """What one audience may see.

    Args:
        results: everything computed.
        audience: `researcher` gets everything; `manager` gets pictures with bands, names only with full consent, people
            who agreed to research only left out of pictures, and no table about single people; `public` gets no person,
            no tie and no table, only ranges between groups in which at least `suppress_below` people answered.
        provenance: what made the results.

    Returns:
        The release.
    """
    shown = [] if audience == "public" else _networks(results)
    small = [network for network in shown if network.n <= MOST_DRAWN]
    people = _people(results, audience, small)
    drawn = tuple(_picture(results, network, audience, people) for network in small)
    return Release(
        overview=public_overview(results) if audience == "public" else _overview(results, audience),
        people=tuple(sorted(people.values(), key=lambda p: p.key)) if audience != "public" else (),
        groups=results.study.groups,
        cluster=results.study.cluster,
        pictures=drawn,
        blocks=block_matrices(results) if audience == "public" else (),
        tables=_tables(results, audience),
        graphs=_graphs(results) if audience == "researcher" else (),
        provenance=provenance,
        expertise=expertise_page(results, audience, _hidden(results, audience)),
        sheets=sheets(results, audience, _hidden(results, audience)),
        explanations=_explanations(audience) if shown else {},
        undrawn=frozenset((network.relation, network.wave) for network in shown if network.n > MOST_DRAWN),
    )


def _hidden(results: Results, audience: str) -> set[tuple[str, str]]:
    """(wave id, actor id) of those whom the audience may not see in any way."""
    states = _consent(results)
    only = {actor for (_, actor), state in states.items() if state == "research_only"}
    return set() if audience == "researcher" else {(wave, actor) for wave, actor in states if actor in only}


def _explanations(audience: str) -> dict[str, Explanation]:
    """What readers are told who ask what a number is; where the exact definition is helps researchers only."""
    researcher = audience == "researcher"
    return {name: Explanation(name, *explanation(name, definition=researcher)) for name in pictures.EXPLAINED}


def _networks(results: Results) -> list[Network]:
    return list(results.networks.values())


def _consent(results: Results) -> dict[tuple[str, str], str]:
    """(wave, actor id) → consent state."""
    actors = results.tables.actors
    return dict(zip(zip(actors["wave"], actors["actor_id"], strict=True), actors["consent"], strict=True))


def _people(results: Results, audience: str, drawn: Sequence[Network]) -> dict[str, Person]:
    """Everybody who is drawn, by actor id. A person is named only if they agreed to it in every wave they are in."""
    actors = results.tables.actors
    there = {actor for network in drawn for actor in network.actors}
    cluster = results.study.cluster
    states: dict[str, set[str]] = {}
    for actor_id, state in zip(actors["actor_id"], actors["consent"], strict=True):
        states.setdefault(actor_id, set()).add(state)
    latest = actors.drop_duplicates("actor_id", keep="last").set_index("actor_id")
    ids = [actor for actor in states if actor in there]
    if audience != "researcher":
        # Roster order may follow the alphabet or seniority; an order by cluster tells nothing that is not drawn anyway.
        ids.sort(
            key=lambda a: (str(latest.loc[a].get(cluster)), latest.loc[a, "name"] if states[a] == {"full"} else "")
        )
        ids = [a for a in ids if states[a] != {"research_only"}]
    found: dict[str, Person] = {}
    for actor_id in ids:
        named = audience == "researcher" or states[actor_id] == {"full"}
        where = latest.loc[actor_id].get(cluster) if cluster else None
        label = str(latest.loc[actor_id, "name"]) if named else "A member" if pd.isna(where) else f"A member of {where}"
        found[actor_id] = Person(len(found), label, named)
    return found


def _picture(results: Results, network: Network, audience: str, people: dict[str, Person]) -> Picture:
    study = results.study
    relation, wave = study.relation(network.relation), study.wave(network.wave)
    consent = _consent(results)
    hidden = {
        actor
        for actor in network.actors
        if audience != "researcher" and (consent[(wave.id, actor)] == "research_only" or actor not in people)
    }
    # What people who are not drawn reported must not show through, in sizes and cards as little as in lines.
    seen = network.among(set(network.actors) - hidden) if hidden else network
    verdict = results.verdict(wave.id, relation.id, "indegree") if study.response_gate else "allowed"
    withheld, numbers = verdict == "withheld", audience == "researcher" and verdict == "allowed"
    columns = dict.fromkeys([*study.groups, *([study.cluster] if study.cluster else [])])
    ties = tuple((people[seen.actors[i]].key, people[seen.actors[j]].key, strength) for i, j, strength in seen.ties())
    told = pictures.told(results, network)
    headline = tuple(sentence for sentence, _ in told)
    if hidden:
        who = f"{in_words(len(hidden))} took part for research only: they and their ties are not drawn."
        headline = (*headline, who)
    return Picture(
        relation=relation.id,
        wave=wave.id,
        relation_label=relation.label,
        wave_label=wave.label,
        question=pictures.question(relation),
        headline=headline,
        arrow=pictures.arrow(relation),
        numbers=numbers,
        size_means="" if withheld else "named by more people" if numbers else "named more often, in thirds",
        members=tuple(sorted(_members(seen, list(columns), people, numbers, withheld), key=lambda m: m.person)),
        ties=tuple(sorted(ties)),
        strength_words=relation.scale,
        figures=tuple(Figure(*row) for row in pictures.figures(results, network)),
        tells={sentence: measure for sentence, measure in told if measure is not None},
    )


def _members(
    network: Network, shown_groups: list[str], people: dict[str, Person], numbers: bool, withheld: bool
) -> list[Member]:
    """Everybody in one picture. Without `numbers` sizes come in bands too, or they would give the counts away."""
    received, words = network.dense.sum(axis=0), indegree_band(network)
    band_size = dict(zip(BANDS, (1.0, 0.55, 0.25, 0.0, 0.0), strict=True))
    most = float(received.max()) if len(received) else 0.0
    members = []
    for i, actor in enumerate(network.actors):
        count = int(received[i])
        if withheld:
            size, standing = 0.3, "not compared: too few answered"
        elif numbers:
            size, standing = sqrt(count / most) if most else 0.0, pictures.standing(count)
        else:
            size, standing = band_size[words[actor]], words[actor]
        stated = network.attributes.loc[actor]
        members.append(
            Member(
                person=people[actor].key,
                groups={g: None if pd.isna(stated[g]) else str(stated[g]) for g in shown_groups},
                status="answered" if network.answered[i] else "silent" if network.asked[i] else "not_asked",
                size=round(size, 4),
                standing=standing,
                card=pictures.card(network, actor, people[actor].label, None if numbers else standing),
            )
        )
    return members


def _overview(results: Results, audience: str) -> Overview:
    study, problems = results.study, results.tables.problems
    values = audience == "researcher"
    return Overview(
        title=study.name,
        note=study.note,
        audience=said.AUDIENCE_WORDS[audience],
        summary=said.summary(results),
        response=tuple(_line(results, network) for network in _networks(results)),
        read=said.files_read(results),
        left_out=said.grouped(problems, ("left out",), show_values=values),
        questionable=said.grouped(problems, ("used", "note"), show_values=values),
        cautions=said.CAUTIONS,
        attendance=said.attendance_sentences(results),
        waves=tuple((wave.id, wave.label) for wave in study.waves),
        relations=tuple((relation.id, relation.label) for relation in study.relations),
        events=_events(results),
    )


def _events(results: Results) -> tuple[EventLine, ...]:
    """One line per event."""
    return tuple(
        EventLine(event, date, kind, "not recorded" if came is None else str(came), str(could))
        for event, date, kind, came, could in said.event_counts(results)
    )


def _line(results: Results, network: Network) -> ResponseLine:
    study = results.study
    asked = int((network.asked | network.answered).sum())
    return ResponseLine(
        relation=network.relation,
        wave=network.wave,
        relation_label=study.relation(network.relation).label,
        wave_label=study.wave(network.wave).label,
        people=f"{network.n:,}",
        asked=f"{asked:,}",
        answered=f"{network.respondents:,}",
        rate=percent(network.response_rate),
        ties=f"{network.matrix.nnz:,}",
        caution=pictures.response_caution(results, network),
    )


def _tables(results: Results, audience: str) -> dict[str, pd.DataFrame]:
    tables = results.tables
    every = {
        "actors": tables.actors,
        "ties": tables.ties,
        "answered": tables.answered,
        "events": tables.events,
        "attendance": tables.attendance,
        "contacts": tables.contacts,
        "outside": tables.outside,
        "actor_metrics": results.actor_metrics,
        "tie_metrics": results.tie_metrics,
        "network_metrics": results.network_metrics,
        "brokerage": results.brokerage,
        "engagement": results.engagement,
        "co_attendance": results.co_attendance,
        "undefined": results.undefined,
        "sampled": results.sampled,
        **results.structure.tables(),
        **results.expertise.tables(),
        "response": results.response,
        "response_by_group": results.response_by_group,
        "gate": results.gate,
        "problems": tables.problems_table,
        "accounting": tables.accounting,
    }
    if audience == "public":
        return {}
    if audience == "manager":
        every["network_metrics"] = _of_nobody_alone(results)
    asked = TABLES if results.study.expertise is not None else [name for name in TABLES if name not in EXPERTISE]
    seen = {name: every[name] for name in (asked if audience == "researcher" else AGGREGATE)}
    if audience == "researcher":
        seen |= {**_files_beside(results), **results.analyses}
    # Only columns the audience gets are described: a heading of the roster may itself tell something.
    return {"columns": describe(seen, results.study.groups), **seen}


def _files_beside(results: Results) -> dict[str, pd.DataFrame]:
    """The tables of files that few studies have, where study.toml names them."""
    study, tables = results.study, results.tables
    every = (
        ("activities", bool(study.activities), tables.activities),
        ("homework", bool(study.homework), tables.homework),
        ("apart", study.grouping is not None and bool(study.grouping.apart), tables.apart),
    )
    return {name: table for name, declared, table in every if declared}


def _of_nobody_alone(results: Results) -> pd.DataFrame:
    """Network measures from which no single person's answers can be worked out.

    Left out are networks with people who took part for research only, because what they reported could be found from
    many such numbers and the ties that are drawn; and measures by a group with a value that few people have.
    """
    table, states = results.network_metrics, _consent(results)
    kept = pd.Series(True, index=table.index)
    for (wave, relation), network in results.networks.items():
        mine = (table["wave"] == wave) & (table["relation"] == relation)
        if any(states[wave, actor] == "research_only" for actor in network.actors):
            kept &= ~mine
        for group in results.study.groups:
            sizes = network.attributes[group].value_counts() if group in network.attributes else pd.Series([0])
            if len(sizes) and sizes.min() < results.study.suppress_below:
                kept &= ~(mine & (table["group"] == group))
    return table[kept].reset_index(drop=True)


def _graphs(results: Results) -> tuple[tuple[str, Any], ...]:
    names = stems((n.relation, n.wave) for n in _networks(results))
    return tuple((names[n.relation, n.wave], n.graph) for n in _networks(results))
