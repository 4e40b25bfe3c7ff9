"""The page that sets communities side by side, as one audience may see it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from sna.findings import compared as said
from sna.findings.expertise import in_short, rows_of, signed
from sna.findings.words import percent
from sna.privacy.sheet import Block, Listing, Part, Sheet, Span, Spans
from sna.results import Results

# Relations in one wave that are shown; the others are in the tables.
MOST_PARTS = 4
TOO_FEW = "too few people to show"
Rows = list[dict[str, Any]]


def compared_sheet(results: Results, audience: str, hidden: Collection[tuple[str, str]]) -> Sheet | None:
    """The page; None where study.toml asks for none or there are no communities.

    Args:
        results: everything computed.
        audience: `researcher` sees numbers; `manager` words.
        hidden: (wave id, actor id) of people who may not be seen in any way: of their communities no number is told.
    """
    table = results.analyses.get("communities")
    if table is None or not len(table):
        return None
    numbers = audience == "researcher"
    told = _told(results, table, numbers)
    differences = results.analyses["community_differences"]
    differences = differences[differences["community"].isin(told) & differences["other"].isin(told)]
    networks = list(dict.fromkeys(zip(table["wave"], table["relation"], strict=True)))
    related = [(wave, relation) for wave, relation in networks if isinstance(relation, str)]
    shown = _latest(results, related)
    parts = [_in_relation(results, table, differences, where, told, numbers) for where in shown]
    counted = [_counted(differences, where) for where in shown]
    rest = _rest(results, table, differences, told, numbers, hidden)
    if rest is not None:
        parts.append(rest)
        counted.append(_counted(differences, None))
    short = [(part.heading, words) for part, words in zip(parts, counted, strict=True)]
    return Sheet(
        name="communities",
        title="Communities side by side",
        question=said.HOW,
        short=tuple(short),
        parts=tuple(parts),
        cautions=said.CAUTIONS,
    )


def _told(results: Results, table: pd.DataFrame, numbers: bool) -> list[str]:
    """The communities of which something may be said, in study order."""
    least = 0 if numbers else results.study.suppress_below
    sizes = table[["people", "respondents"]].min(axis=1).groupby(table["community"], sort=False).min()
    return [str(name) for name, size in sizes.items() if size >= least]


def _latest(results: Results, related: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The relations of the last wave first, in study order within a wave."""
    waves = [wave.id for wave in results.study.waves]
    order = [relation.id for relation in results.study.relations]
    return sorted(related, key=lambda one: (-waves.index(one[0]), order.index(one[1])))[:MOST_PARTS]


def _counted(differences: pd.DataFrame, where: tuple[str, str] | None) -> str:
    if where is None:
        return said.counted(differences[differences["relation"].isna()])
    mine = (differences["wave"] == where[0]) & (differences["relation"] == where[1])
    return said.counted(differences[mine])


def _in_relation(
    results: Results,
    table: pd.DataFrame,
    differences: pd.DataFrame,
    where: tuple[str, str],
    told: list[str],
    numbers: bool,
) -> Part:
    """One relation in one wave: what differs, everybody beside chance, and for researchers each measure drawn."""
    wave, relation = where
    study = results.study
    mine = table[(table["wave"] == wave) & (table["relation"] == relation)]
    found = said.differences(differences[(differences["wave"] == wave) & (differences["relation"] == relation)])
    by_community = {str(name): _records(part) for name, part in mine.groupby("community", sort=False)}
    blocks: list[Block] = [_side_by_side(by_community, told)]
    if numbers:
        blocks += [_spans(by_community, measure) for measure in said.LABELS]
    waves = f", {study.wave(wave).label}" if len(study.waves) > 1 else ""
    return Part(f"{_upper(study.relation(relation).label)}{waves}", found or said.NO_DIFFERENCE, tuple(blocks))


def _records(table: pd.DataFrame) -> Rows:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _known(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _side_by_side(by_community: Mapping[str, Rows], told: list[str]) -> Listing:
    rows = []
    for name, held in by_community.items():
        first = held[0]
        answered = f"{first['respondents']} of {first['people']}" if name in told else TOO_FEW
        found = {str(row["measure"]): said.beyond(row) for row in held}
        rows.append((name, answered, *(found[measure] if name in told else "–" for measure in said.LABELS)))
    headings = ("Community", "Answered", *said.LABELS.values())
    note = "Ties among the people of each community; “Ties stay inside” is about all their ties."
    return Listing("Beside what chance would give", headings, tuple(rows), note=note)


def _spans(by_community: Mapping[str, Rows], measure: str) -> Spans:
    """One measure in each community, with what chance gives."""
    spans = []
    for name, held in by_community.items():
        row = next(row for row in held if row["measure"] == measure)
        value, low, high = (_known(row[key]) for key in ("value", "chance_05", "chance_95"))
        words = said.beyond(row) if value is None else f"{signed(value)}: {said.beyond(row)}"
        spans.append(Span(name, value, None, None, low, high, words))
    known = [end for span in spans for end in (span.value, span.chance_low, span.chance_high) if end is not None]
    least = min([0.0, *known])
    ticks = ((0.0, "0"), (0.5, ".5"), (1.0, "1")) if least >= 0 else ((-1.0, "−1"), (0.0, "0"), (1.0, "1"))
    return Spans(said.LABELS[measure], tuple(spans), ticks, "Community", "What is found")


def _rest(
    results: Results,
    table: pd.DataFrame,
    differences: pd.DataFrame,
    told: list[str],
    numbers: bool,
    hidden: Collection[tuple[str, str]],
) -> Part | None:
    """Expertise and attendance, in the last wave for which they are known."""
    mine = table[table["relation"].isna()]
    if not len(mine):
        return None
    wave = str(mine["wave"].iloc[-1])
    mine = mine[mine["wave"] == wave]
    column = results.study.communities.column if results.study.communities else ""
    actors = results.tables.actors
    people = actors[actors["wave"] == wave]
    closed = {
        str(group) for actor, group in zip(people["actor_id"], people[column], strict=True) if (wave, actor) in hidden
    }
    verdicts = _verdicts(results, numbers)
    headed, beside = list(verdicts), list(verdicts.values())
    rows = []
    for name, part in mine.groupby("community", sort=False):
        found = {str(row["measure"]): row for row in _records(part)}
        dosage = found.get("dosage")
        attended = "–"
        if dosage is not None and str(name) in told and str(name) not in closed:
            attended = percent(dosage["value"]) if numbers else _nearly(dosage["value"])
        asked = _expertise(results, wave, str(name), "phi" in found and str(name) in told)
        known = str(name) in told and str(name) not in closed
        rows.append((str(name), asked, attended, *(words.get(str(name), "–") if known else "–" for words in beside)))
    headings = ("Community", "Who is asked about what", "Of the time on offer, attended", *headed)
    own = differences[(differences["wave"] == wave) & differences["relation"].isna()]
    sentences = said.differences(own)
    if not sentences and own["p"].notna().any():
        sentences = said.NO_DIFFERENCE
    listing = Listing("Side by side", headings, tuple(rows), note="More on each on the page about it.")
    return Part("Expertise and attendance", sentences or ("Nothing here could be compared.",), (listing,))


def _verdicts(results: Results, numbers: bool) -> dict[str, dict[str, str]]:
    """Heading → community → what other sections of study.toml found there, in a few words; without empty columns."""
    study, tables = results.study, results.analyses
    column = study.communities.column if study.communities else None
    found: dict[str, dict[str, str]] = {}
    if study.engagement is not None and study.engagement.within == column:
        trends, leading = tables["community_trends"], tables["leading"]
        found["Attendance over the year"] = _words(trends[trends["part"] == "everyone"], "trend")
        every = (leading["part"] == "everyone") & (leading["how"] == "all") & (leading["measure"] == "gini")
        found["Who leads"] = _words(leading[every], "label")
        if numbers:
            sums = tables["homework_brought"].groupby("community", sort=False)[["brought", "known"]].sum()
            shares = (sums["brought"] / sums["known"])[sums["known"] > 0]
            found["Homework brought"] = {str(name): percent(share) for name, share in shares.items()}
    if study.grouping is not None and study.grouping.within == column:
        repeats = tables["group_repeats"]
        found["Groups"] = _words(repeats[repeats["date"].isna()], "label")
    return {heading: words for heading, words in found.items() if words}


def _words(table: pd.DataFrame, column: str) -> dict[str, str]:
    held = table[table["community"].notna() & table[column].notna()]
    return {str(name): str(words) for name, words in zip(held["community"], held[column], strict=True)}


def _nearly(share: float) -> str:
    """A share in steps of a twentieth."""
    return "not known" if pd.isna(share) else f"about {round(share * 20) * 5} in 100"


def _expertise(results: Results, wave: str, community: str, told: bool) -> str:
    if not told:
        return "–"
    table = results.expertise.fixity
    nominees = str(table.loc[table["wave"] == wave, "nominees"].iloc[0])
    return in_short({str(k): v for k, v in rows_of(table, wave, community, nominees).iloc[0].items()})
