"""The page about expertise as one audience may see it: bands instead of counts, nobody's name, no small community."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd

from sna.expert_communities import Community, communities, counted_nominees
from sna.expert_gap import expert_gap
from sna.expertise import ratings_of
from sna.findings import expert_gap as rated_said
from sna.findings import expertise as said
from sna.findings.words import percent
from sna.metrics.fixity import Nominations, nominations
from sna.privacy.release import Cell, Curve, ExpertisePage, ExpertPicture, TopicRow
from sna.results import Results


def expertise_page(results: Results, audience: str, hidden: Collection[tuple[str, str]]) -> ExpertisePage | None:
    """The page; None where study.toml asks for none, nothing was asked about topics, or the audience is the public.

    Args:
        results: everything computed.
        audience: `researcher` sees names, counts, Φ and curves; `manager` bands, and people without names.
        hidden: (wave id, actor id) of people who may not be seen in any way.
    """
    if results.study.expertise is None or audience == "public":
        return None
    numbers = audience == "researcher"
    found = []
    together: dict[str, tuple[str, tuple[str, ...]]] = {}
    for community in communities(results.study, results.networks):
        first = next(iter(counted_nominees(results.study, community.networks[0])))
        found.append(_picture(results, community, first, numbers, hidden))
        if numbers or _enough_unshown(results, community.wave, first):
            words = said.together(results, community.wave, first, numbers=numbers)
            together[community.wave] = results.study.wave(community.wave).label, words
    if not found:
        return None
    rated = (rated_said.CAUTION,) if any(picture.rated for picture in found) else ()
    explained = (*((rated_said.NUMBERS,) if rated else ()), said.PROPOSAL) if numbers else ()
    return ExpertisePage(
        tuple(found),
        said.SHADES,
        (*said.CAUTIONS, *rated, *explained),
        numbers,
        tuple(one for one in together.values() if one[1]),
    )


def _enough_unshown(results: Results, wave: str, nominees: str) -> bool:
    """Whether those too small to be shown are nobody, or so many that what all show together tells nothing of them."""
    fewest, table = results.study.suppress_below, results.expertise.fixity
    mine = table[(table["wave"] == wave) & (table["nominees"] == nominees)]
    sizes = mine[["respondents", "people"]].min(axis=1)
    unshown = int(sizes[sizes < fewest].sum())
    return not unshown or unshown >= fewest


def _picture(
    results: Results, community: Community, nominees: str, numbers: bool, hidden: Collection[tuple[str, str]]
) -> ExpertPicture:
    study = results.study
    where = (community.wave, community.community, nominees)
    row = {str(key): value for key, value in said.rows_of(results.expertise.fixity, *where).iloc[0].items()}
    respondents, size = int(row["respondents"]), int(row["people"])
    small = not numbers and min(respondents, size) < study.suppress_below
    names = dict(zip(results.tables.actors["actor_id"], results.tables.actors["name"], strict=True))
    label = row["label"]
    known = isinstance(label, str) and not small
    # From an exact share and the lines that are drawn, what somebody who is not drawn said could be worked out.
    shares = known and not any((community.wave, actor) in hidden for actor in community.networks[0].actors)
    pooled = said.rows_of(results.expertise.concentration, *where)
    pooled = pooled[(pooled["measure"] == "top3_share") & pooled["relation"].isna()]
    top = float(pooled["value"].iloc[0]) if len(pooled) else float("nan")
    chance = float(pooled["chance_95"].iloc[0]) if len(pooled) else float("nan")
    seen = _seen(results, community, nominees, hidden) if known else None
    order = [] if seen is None else np.argsort(-seen.counts.sum(axis=0), kind="stable").tolist()
    return ExpertPicture(
        wave_label=study.wave(community.wave).label,
        community=community.community or "",
        counted=said.whose(study.expertise, nominees) if study.expertise else "",
        answered=f"{respondents} of {len(community.networks[0].actors)}",
        people=str(size),
        short="too few people to show" if small else said.in_short(row),
        top=percent(top) if shares else "–",
        chance=percent(chance) if shares else "–",
        phi=_phi(row) if numbers and known else "",
        sentences=("Too few people to show without pointing at somebody.",)
        if small
        else said.sentences(results, row, numbers=numbers, shares=shares),
        columns=tuple(names[seen.nominees[at]] if numbers else "" for at in order) if seen is not None else (),
        rows=() if seen is None else tuple(_rows(results, seen, order, numbers)),
        curve=_curve(results, where) if numbers and known else None,
        rated=() if small else _rated(results, community, nominees, numbers, hidden),
    )


def _rated(
    results: Results, community: Community, nominees: str, numbers: bool, hidden: Collection[tuple[str, str]]
) -> tuple[str, ...]:
    """Ratings of expertise beside names, topic by topic; for managers of those who may be seen only."""
    where = (community.wave, community.community, nominees)
    agreement = _records(said.rows_of(results.expertise.expert_agreement, *where))
    study = results.study
    if not agreement or study.expertise is None:
        return ()
    topics = {network.relation: study.relation(network.relation) for network in community.networks}
    words = {name: relation.topic or relation.label for name, relation in topics.items()}
    told = []
    if numbers:
        names = dict(zip(results.tables.actors["actor_id"], results.tables.actors["name"], strict=True))
        gaps = said.rows_of(results.expertise.expert_gap, *where)
        for row in agreement:
            mine = _records(gaps[gaps["relation"] == row["relation"]])
            told.append((words[row["relation"]], rated_said.with_names(row, mine, names)))
        return rated_said.by_topic(told)
    shown = [actor for actor in community.networks[0].actors if (community.wave, actor) not in hidden]
    networks = [network.among(set(shown)) for network in community.networks]
    seen = nominations(networks, counted_nominees(study, networks[0])[nominees])
    found = expert_gap(seen, ratings_of(results.expertise.ratings, community.wave), study.expertise.expert_from)
    whole = len(shown) == community.networks[0].n
    for row in agreement:
        of_topic = [one for one in found if one["relation"] == row["relation"]]
        told.append((words[row["relation"]], rated_said.in_bands(row, of_topic, study.suppress_below, whole=whole)))
    return rated_said.by_topic(told)


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _phi(row: Mapping[str, Any]) -> str:
    return "–" if np.isnan(row["phi"]) else said.signed(row["phi"])


def _seen(
    results: Results, community: Community, nominees: str, hidden: Collection[tuple[str, str]]
) -> Nominations | None:
    """Who named whom, of those who may be seen."""
    shown = {actor for actor in community.networks[0].actors if (community.wave, actor) not in hidden}
    networks = [network.among(shown) for network in community.networks]
    whose = counted_nominees(results.study, networks[0])[nominees]
    found = nominations(networks, whose)
    return found if found.counts.any() else None


def _rows(results: Results, seen: Nominations, order: list[int], numbers: bool) -> list[TopicRow]:
    rows = []
    for topic, counts, known in zip(seen.topics, seen.counts, seen.open, strict=True):
        relation = results.study.relation(topic)
        could = known.sum(axis=0)
        cells = []
        for at in order:
            count = int(counts[at])
            shade = said.shade(count, int(could[at])) if could[at] else 0
            cells.append(Cell(shade, str(count) if numbers and count else ""))
        rows.append(TopicRow(relation.topic or relation.label, tuple(cells)))
    return rows


def _curve(results: Results, where: tuple[str, str | None, str]) -> Curve | None:
    """The Lorenz curve of all topics together, or of the only one."""
    mine = said.rows_of(results.expertise.lorenz, *where)
    pooled = mine[mine["relation"].isna()] if mine["relation"].isna().any() else mine
    if not len(pooled):
        return None
    most = int(pooled["people"].max())
    columns: list[pd.Series] = [pooled[name] for name in ("people", "share", "chance_05", "chance_95")]
    people, share, low, high = (column.astype(float).tolist() for column in columns)
    return Curve(tuple(x / most for x in people), tuple(share), tuple(low), tuple(high))
