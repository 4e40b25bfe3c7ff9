"""The parts of the page about support: who receives what, what hangs on whom, what goes together, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor
from typing import Any

import numpy as np
import pandas as pd

from sna.findings import support as said
from sna.findings.words import count, in_words, people, percent
from sna.metrics.cells import present
from sna.metrics.frames import ratio
from sna.metrics.support import known_in_all, left_without, nearby_givers
from sna.privacy.sheet import Listing, Part, Span, Spans
from sna.privacy.support_strips import strips
from sna.privacy.support_view import View, gone_between

# Rows of one picture or table; the others are in the tables that researchers get.
MOST_ROWS, MOST_PAIRS, MOST_SENTENCES = 15, 15, 4
LEAST_TICK = 0.2
MANY = "Of several dots one may lie outside the grey by chance: what is said allows for how many there are."
Rows = list[dict[str, Any]]


def rows_of(view: View, table: str) -> Rows:
    """The rows of one wave of a table."""
    found = view.results.analyses[table]
    mine = found[found["wave"] == view.wave].to_dict("records")
    return [{str(key): value for key, value in row.items()} for row in mine]


def receiving(view: View) -> Part:
    """Who receives which kind, person by person."""
    heading = f"Who receives what, {view.wave_label}"
    sentences = []
    status = view.status
    lacks = int((status == "lacks").any(axis=1).sum())
    full = int((status == "has").all(axis=1).sum())
    if view.numbers:
        sentences.append(said.overall(full, lacks, len(status) - full - lacks, len(view.kinds)))
    else:
        sentences.append(f"Somebody for every kind of support: {said.band(full, full + lacks, view.least)}.")
    for at, label in enumerate(view.labels):
        has, without, unknown = view.counted(at)
        if view.numbers:
            sentences.append(said.nobody(label, without, has + without, unknown))
        else:
            sentences.append(said.nobody_in_bands(label, without, has + without, view.least))
    if any(row["verdict"] == "withheld" for row in rows_of(view, "support_kinds")):
        sentences.append("Too few answered for anything to be said of everybody: this is about those who answered.")
    if view.hidden:
        sentences.append(left_out(view))
    return Part(heading, tuple(sentences), (strips(view),))


def left_out(view: View) -> str:
    """That some people are not counted here."""
    return (
        f"{in_words(view.hidden)} took part for research only. They, what they said and what others said of them are "
        "left out, so that “nobody” means: nobody of those shown."
    )


def lacking(view: View) -> Part | None:
    """Who lacks what, by name, and who could be asked; for researchers."""
    lacks = view.status == "lacks"
    actors = view.kinds[0].actors
    near: dict[str, dict[str, int]] = {}
    reached = 0
    for at in range(len(view.kinds)):
        pairs = nearby_givers(view.kinds, at)
        reached += len({ego for ego, _, _ in pairs})
        for ego, alter, _ in pairs:
            given = near.setdefault(actors[ego], {})
            given[actors[alter]] = given.get(actors[alter], 0) + 1
    times = lacks.sum(axis=1)
    people_lacking = [str(actor) for actor in times[times > 0].sort_values(ascending=False, kind="stable").index]
    if not people_lacking:
        return None
    rows = []
    for actor in people_lacking[:MOST_ROWS]:
        gaps = [name for at, name in enumerate(view.short) if lacks.loc[actor, at]]
        best = sorted(near.get(actor, {}).items(), key=lambda one: -one[1])[:2]
        told = [f"{view.names[giver]} ({many} of {len(gaps)})" for giver, many in best]
        rows.append((view.names[actor], ", ".join(gaps), ", ".join(told) or "–"))
    rest = len(people_lacking) - len(rows)
    note = "In brackets: how many of the gaps this person could fill. At most two are named."
    if rest:
        note += f" {people(rest)} more are in support_lacking.csv."
    note = f"{note} {view.key}".strip()
    headings = ("Person", "Nobody for", "Supports them already, and gives what they lack to others")
    gaps_in_all = int(times.sum())
    sentence = (
        f"There are {count(gaps_in_all, 'gap')}: a person who has nobody for a kind of support. In {reached} of them "
        "somebody who already supports the person gives that kind to others: a word with them may be enough."
    )
    return Part("Who lacks what, and who is near", (sentence,), (Listing("Gaps", headings, tuple(rows), note=note),))


def told_of(view: View) -> list[int]:
    """The kinds of which enough people answered to say what hangs on whom."""
    found = view.results.analyses["support_without"]
    withheld = set(found.loc[(found["wave"] == view.wave) & (found["reason"] == "nonresponse"), "relation"])
    return [at for at, kind in enumerate(view.kinds) if kind.relation not in withheld]


def most_on_one(view: View) -> int:
    """How many people, at most, would have nobody left for one kind if one person went."""
    found = [left_without(view.kinds[at])["left_without"].tolist() for at in told_of(view)]
    return max((number for numbers in found for number in numbers), default=0)


def hanging(view: View) -> Part:
    """What would be left if somebody went."""
    heading = "What hangs on one person"
    found = [left_without(kind)["left_without"] for kind in view.kinds]
    told = told_of(view)
    unsaid = ("Some did not answer, or left people out: more may hang on one person.",) * any(
        view.counted(at)[2] for at in told
    )
    if not told:
        return Part(heading, ("Too few answered for this to be said.",))
    if not view.numbers:
        return Part(heading, (*_risks(view, [(at, found[at]) for at in told]), *unsaid))
    table = pd.DataFrame({at: found[at] for at in told}).fillna(0).astype(int).reindex(list(view.kinds[0].actors))
    table = table[(table > 0).any(axis=1)]
    table = table.loc[(-table.sum(axis=1)).sort_values(kind="stable").index]
    if not len(table):
        nobody = "Of those who answered, nobody depends on one person alone for any kind of support."
        return Part(heading, (nobody, *unsaid))
    sentences = [
        said.without(view.names[str(actor)], {view.labels[at]: int(row[at]) for at in told if row[at]})
        for actor, row in table.head(MOST_SENTENCES).iterrows()
    ]
    alone = [
        f"Only {view.names[str(one.index[0])]} gives {said.named(view.labels[at])} to anybody."
        for at, one in ((at, left_without(view.kinds[at])) for at in told)
        if len(one) == 1
    ]
    rows = tuple(
        (view.names[str(actor)], *(f"{row[at]:.0f}" if row[at] else "–" for at in told))
        for actor, row in table.head(MOST_ROWS).iterrows()
    )
    more = f"{people(len(table) - len(rows))} more are in support_without.csv. " if len(table) > len(rows) else ""
    listing = Listing(
        "People who would have nobody left",
        ("If this person went", *(view.short[at] for at in told)),
        rows,
        numbers=tuple(range(1, len(told) + 1)),
        note=f"{more}Counted are people who named this person alone, of those who answered. {view.key}".strip(),
    )
    return Part(heading, (*sentences, *alone, *unsaid), (listing,))


def _risks(view: View, found: Sequence[tuple[int, pd.Series[int]]]) -> tuple[str, ...]:
    """The same for managers: only where many people hang on one, named only where that may be."""
    many = f"at least {in_words(view.least).lower()} people"
    shown = " of those shown" if view.hidden else ""
    unnamed = sum(actor not in view.names for actor in view.kinds[0].actors)
    sentences = []
    for at, counts in found:
        risky = [str(actor) for actor in counts.index[counts >= view.least]]
        names = sorted(view.names[actor] for actor in risky if actor in view.names)
        who = list(names)
        if len(risky) > len(names):
            # How many there are is not told: it would be a number of few people. Nor is anybody named where it would
            # follow that the others are among few.
            who = [*names, "a member who is not named"] if unnamed >= view.least else ["a member"]
        label = said.named(view.labels[at])
        sentences += [f"If {name} left, {many} would have nobody{shown} for {label}." for name in who]
    if not sentences:
        return (f"For no kind of support would {many} have nobody if one person left.",)
    return tuple(sentences)


def together(view: View) -> Part | None:
    """Whether the same ties carry several kinds."""
    first = next((row for row in rows_of(view, "support_layers") if row["kinds"] == 2), None)
    if first is None:
        return None
    heading = "Several kinds from one person"
    if int(known_in_all(view.kinds)[0].sum()) < view.least:
        return Part(heading, (said.NOT_SHOWN,))
    pairs = rows_of(view, "support_overlap")
    sentences = [*said.web(first, numbers=view.numbers), said.pairs(pairs)]
    if not view.numbers:
        return Part(heading, tuple(sentences))
    label = dict(zip([kind.relation for kind in view.kinds], view.short, strict=True))
    order = sorted(pairs, key=lambda row: -_or(row["correlation"], -2.0))[:MOST_PAIRS]
    spans = tuple(
        Span(
            f"{label[row['relation']]} – {label[row['other_relation']]}",
            _known(row["correlation"]),
            None,
            None,
            _known(row["chance_05"]),
            _known(row["chance_95"]),
            said.pair(row),
        )
        for row in order
    )
    note = f"0: the same ties as often as by chance; 1: every tie carries both. {MANY} {view.key}".strip()
    if len(pairs) > len(order):
        note += f" {count(len(pairs) - len(order), 'pair')} more are in support_overlap.csv."
    drawn = Spans("Kinds two by two", spans, _ticks(spans), "Two kinds", "What is found", note)
    return Part(heading, tuple(sentences), (drawn,))


def _or(value: float, other: float) -> float:
    return other if pd.isna(value) else float(value)


def _known(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _ticks(spans: Sequence[Span]) -> tuple[tuple[float, str], ...]:
    """Steps of .2 around everything that is drawn."""
    ends = [end for span in spans for end in (span.value, span.chance_low, span.chance_high) if end is not None]
    low, high = floor(min([0.0, *ends]) / LEAST_TICK), ceil(max([LEAST_TICK, *ends]) / LEAST_TICK - 1e-9)
    return tuple((step / 5, f"{step / 5:g}".replace("-", "−")) for step in range(low, high + 1))


def levels(view: View) -> Part | None:
    """Whether support comes from other levels than one's own."""
    few = {kind.relation for kind in view.kinds if kind.respondents < view.least}
    rows = [row for row in rows_of(view, "support_across") if row["relation"] not in few]
    if not rows or view.level is None:
        return None
    heading = "Support from other levels"
    sentences = [said.levels(rows)]
    label = dict(zip([kind.relation for kind in view.kinds], view.labels, strict=True))
    listing = _by_level(view, {row["relation"] for row in rows if row["reason"] == "nonresponse"})
    sentences += [
        f"{said.named(label[row['relation']])}: {said.across(row, numbers=False)}."
        for row in rows
        if said.more_or_less(row, row["q"]) in ("more", "less")
    ]
    if not view.numbers:
        return Part(heading, tuple(sentences), (listing,) if listing.rows else ())
    spans = tuple(
        Span(
            label[row["relation"]],
            _known(row["across"]),
            None,
            None,
            _known(row["chance_05"]),
            _known(row["chance_95"]),
            said.across(row, numbers=True),
        )
        for row in rows
    )
    ticks = ((0.0, "none"), (0.5, "half"), (1.0, "all"))
    note = f"How many of the ties come from another level than the receiver's own. {MANY}"
    return Part(heading, tuple(sentences), (Spans("Kind by kind", spans, ticks, "Kind", "Found", note), listing))


def _by_level(view: View, withheld: set[Any]) -> Listing:
    """The share of ties from other levels, by level of who receives."""
    level = view.level
    assert level is not None
    declared = view.results.study.support
    assert declared is not None
    # Givers are sorted by their own level, even where it may not be told; receivers only where it may.
    whole = view.kinds[0].attributes[str(declared.level)]
    names = sorted(set(level.dropna()))
    rows = []
    for name in names:
        cells = []
        for kind in view.kinds:
            ego, alter = present(kind)
            mine = (level.to_numpy(dtype=object)[ego] == name) & whole.notna().to_numpy()[alter]
            other = whole.to_numpy(dtype=object)[alter[mine]] != name
            receivers = len(np.unique(ego[mine]))
            share = float(ratio(other.sum(), len(other)))
            if kind.relation in withheld:
                cells.append("too few answered")
            elif not view.numbers:
                cells.append(said.TOO_FEW if receivers < view.least else said.mostly(share))
            else:
                cells.append(f"{percent(share)} of {len(other)}" if len(other) else "–")
        if not {*cells} <= {"–", said.TOO_FEW}:
            rows.append((str(name), *cells))
    note = "" if view.numbers else "Levels of few people are not shown."
    title = "Ties from another level, by the level of who receives"
    return Listing(title, ("Level", *view.labels), tuple(rows), note=note)


def over_time(views: Sequence[View]) -> Part | None:
    """The waves side by side, and what became of those whose only source went."""
    if len(views) < 2:
        return None
    sentences: list[str] = []
    for before, after in zip(views[1:], views, strict=False):
        if before.small or after.small:
            continue
        gone = gone_between(before, after)
        labels = (before.wave_label, after.wave_label)
        if before.numbers:
            sentences += said.departed(gone.gone, gone.cases, gone.again, gone.found, *labels)
        elif gone.people < before.least or gone.people_again < before.least:
            sentences.append(
                f"What became of people whose only source went between {labels[0]} and {labels[1]} cannot be shown: "
                "there were too few of them, or none."
            )
        else:
            found = said.band(gone.found, gone.again, before.least)
            sentences.append(
                f"Between {labels[0]} and {labels[1]} people who had been somebody's only source went. Of the gaps "
                f"that left, filled by somebody else: {found}."
            )
    listing = Listing(
        "Nobody to turn to, survey by survey",
        ("Kind", *(view.wave_label for view in reversed(views))),
        tuple(
            (label, *(_once(view, relation) for view in reversed(views))) for relation, label in _kinds(views).items()
        ),
        note="Not the same people in each survey: see the cautions below.",
    )
    return Part("From one survey to the next", tuple(sentences) or (said.NOT_SHOWN,), (listing,))


def _kinds(views: Sequence[View]) -> Mapping[str, str]:
    """Relation → label of every kind that was ever asked about."""
    return {kind.relation: label for view in views for kind, label in zip(view.kinds, view.labels, strict=True)}


def _once(view: View, relation: str) -> str:
    """How many had nobody for one kind in one wave."""
    at = next((at for at, kind in enumerate(view.kinds) if kind.relation == relation), None)
    if at is None:
        return "not asked"
    has, lacks, _ = view.counted(at)
    if view.numbers:
        return f"{lacks} of {has + lacks}"
    return said.TOO_FEW if view.small else said.band(lacks, has + lacks, view.least)


def acting(view: View) -> Part:
    """What a facilitator could do."""
    sentences = [_most_missing(view)]
    near = {view.kinds[at].actors[ego] for at in range(len(view.kinds)) for ego, _, _ in nearby_givers(view.kinds, at)}
    without = int((view.status == "lacks").any(axis=1).sum())
    if len(near) >= view.least:
        part = f"{len(near)} of {without}" if view.numbers else said.band(len(near), without, view.least)
        sentences.append(
            "Introductions before programmes: of those who lack something, so many already receive other support from "
            f"somebody who gives to others what they lack: {part}."
        )
    if most_on_one(view) >= view.least:
        sentences.append(
            "Where much hangs on one person, let a second person work beside them before they go, and tell those who "
            "turn to them whom else they can ask."
        )
    return Part("What could be done", tuple(sentences))


def _most_missing(view: View) -> str:
    """The kind that most have nobody for, and what to do about it."""
    counted = [(at, *view.counted(at)) for at in range(len(view.kinds))]
    missing = [(lacks / (has + lacks), -at) for at, has, lacks, _ in counted if lacks >= view.least]
    if not missing:
        if view.numbers:
            return "Everybody who answered in full has somebody for every kind of support."
        return f"No kind of support is missing for {in_words(view.least).lower()} people or more."
    at = -max(missing)[1]
    _, has, lacks, _ = counted[at]
    often = f"{lacks} of {has + lacks}" if view.numbers else said.band(lacks, has + lacks, view.least)
    return (
        f"Most often missing is {said.named(view.labels[at])} ({often}). Say so at the next meeting, without names, "
        "and ask who would offer it."
    )
