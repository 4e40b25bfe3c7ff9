"""The page about facilitation as one audience may see it.

Managers see no numbers of anybody, and nothing of a community in which a facilitator may not be seen; who has had no
contact is named to them only where study.toml says that they get such lists, and only with full consent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sna.facilitation import corrected
from sna.facilitation.served import Cast, casts
from sna.findings import facilitation as said
from sna.findings.words import count, in_words, listed, people
from sna.inference.several import benjamini_hochberg
from sna.networks.contact_log import COUNTED, FATES, Caseload, ContactLog, contact_log
from sna.privacy.sheet import Block, Listing, Part, Sheet, Span, Spans, Square, Strips
from sna.results import Results

QUESTION = (
    "Does everybody get one-to-one support, all year long, and most where it is needed most? What do facilitators pass "
    "on to those they serve, and what do they keep away from them?"
)
# More than a reader takes in on one page.
MOST_PARTS, MOST_ROWS, MOST_SHORT = 8, 40, 8
TIES = "Passing on and keeping away"


@dataclass(frozen=True, eq=False)
class View:
    """What one audience may look at.

    Attributes:
        results: everything computed.
        numbers: names and numbers may be told (researchers).
        hidden: ids of people who may not be seen in any way; nothing told depends on them.
        names: actor id → name, of those who may be named.
        lists: people without contact may be named.
        log: the contact log without those who may not be seen; None without one.
        told: communities of which it may be told how contact changed and was spread.
        spread: of these, the table `contact_spread`.
    """

    results: Results
    numbers: bool
    hidden: frozenset[str]
    names: Mapping[str, str]
    lists: bool
    log: ContactLog | None
    told: frozenset[str | None]
    spread: pd.DataFrame

    @property
    def least(self) -> int:
        """No figure is told about fewer people."""
        return 1 if self.numbers else self.results.study.suppress_below


def _view(results: Results, audience: str, hidden: Collection[tuple[str, str]]) -> View:
    study, actors = results.study, results.tables.actors
    numbers = audience == "researcher"
    unseen = frozenset(actor for _, actor in hidden)
    discreet = set() if numbers else set(actors.loc[actors["consent"] != "full", "actor_id"])
    kept = actors[~actors["actor_id"].isin(discreet)]
    lists = numbers or (study.conversations is not None and study.conversations.audience == "manager")
    log = contact_log(study, results.tables, unseen)
    whole = contact_log(study, results.tables) if unseen else log
    told: list[str | None] = []
    spread = results.analyses["contact_spread"]
    if log is not None and whole is not None:
        # The span of the log, too, may hang on a contact that may not be seen.
        same = (log.first, log.last, log.second) == (whole.first, whole.last, whole.second)
        told = [one.community for one in whole.caseloads if same and not unseen & {*one.members, *one.facilitators}]
        if not numbers:
            # Corrected for what may be told only: a correction hangs on all that it takes in.
            spread = spread[spread["community"].isin(told) | (spread["community"].isna() & (None in told))]
            families = [spread["measure"], spread["facilitator_id"].isna()]
            spread = spread.assign(q=corrected(spread["p"], families))
    names = dict(zip(kept["actor_id"], kept["name"], strict=True))
    return View(results, numbers, unseen, names, lists, log, frozenset(told), spread)


def facilitation_sheet(results: Results, audience: str, hidden: Collection[tuple[str, str]]) -> Sheet | None:
    """The page; None where study.toml asks for none, nobody facilitates, or the audience is the public.

    Args:
        results: everything computed.
        audience: `researcher` sees names and numbers; `manager` bands, and few names.
        hidden: (wave id, actor id) of people who may not be seen in any way.
    """
    if results.study.facilitation is None or audience == "public":
        return None
    view = _view(results, audience, hidden)
    parts: list[Part] = []
    short: list[tuple[str, str]] = []
    if view.log is not None:
        for caseload in view.log.caseloads:
            part, words = _contact(view, view.log, caseload)
            parts.append(part)
            short.append((caseload.community or "One-to-one contact", words))
    more = len(parts) - MOST_PARTS
    if more > 0:
        parts = [*parts[:MOST_PARTS], Part("More communities", (f"{in_words(more)} more: the table contact_people.",))]
    ties = _ties(view)
    if ties is not None:
        parts.append(ties)
        short.append((TIES, ties.sentences[0]))
    if view.log is not None and view.numbers:
        parts.append(_left_aside(view.log))
    if not parts:
        return None
    if len(short) > MOST_SHORT:
        short = [*short[: MOST_SHORT - 1], ("More", "on the page")]
    return Sheet("facilitation", "One-to-one support", QUESTION, tuple(short), tuple(parts), said.CAUTIONS)


def _contact(view: View, log: ContactLog, caseload: Caseload) -> tuple[Part, str]:
    """One community: the part, and what is found in a few words."""
    heading = f"{caseload.community}: contact month by month" if caseload.community else "Contact month by month"
    if not caseload.members:
        return Part(heading, ("There is nobody here whom these facilitators serve.",)), "nobody to serve"
    if hides_a_facilitator(view.results, view.hidden, caseload.community) or len(caseload.members) < view.least:
        return Part(heading, (said.NOT_TOLD,)), "not told"
    if not caseload.logging.any():
        return Part(heading, ("Nothing was logged here, so nothing is known of contact.",)), "nothing logged"
    declared = view.results.study.facilitation
    weeks = declared.weeks if declared is not None else 0
    waits = caseload.waiting(7 * weeks)
    there, waiting = int((~np.isnan(waits)).sum()), np.flatnonzero(waits == 1)
    named = [view.names[caseload.members[at]] for at in waiting if caseload.members[at] in view.names]
    listing = view.lists and not view.numbers
    lines: list[str | None] = [
        said.without_contact(len(waiting), there, weeks, log.last, view.least, sorted(named) if listing else [])
    ]
    spread = said.of_community(view.spread, caseload.community)
    if caseload.community in view.told:
        lines += [said.changed(spread, view.numbers), said.spread_out(spread, view.numbers)]
        lines += [said.kept_up(spread, view.numbers), said.by_need(spread)]
    else:
        spread = {}
        lines.append(said.WITHOUT_THOSE)
    lines += [_facilitators(view, caseload), said.worth_doing(spread, bool(len(waiting)))]
    blocks: list[Block] = []
    strips = _strips(view, log, caseload)
    if strips is not None:
        blocks.append(strips)
    if view.numbers and len(waiting):
        blocks.append(_waiting(view, [caseload.members[at] for at in waiting], weeks))
    words = said.in_short(spread, len(waiting), there, view.least)
    return Part(heading, tuple(line for line in lines if line), tuple(blocks)), words


def hides_a_facilitator(results: Results, gone: Collection[str], community: str | None) -> bool:
    """Whether a facilitator of a community may not be seen: what members have then says what that one did."""
    declared, actors = results.study.facilitation, results.tables.actors
    if declared is None or not gone:
        return False
    hidden = actors[actors["actor_id"].isin(gone) & actors[declared.column].isin(declared.facilitators)]
    return len(hidden) > 0 and (declared.within is None or bool((hidden[declared.within] == community).any()))


def _facilitators(view: View, caseload: Caseload) -> str | None:
    """That several share a community, and of whom nothing was logged."""
    many, silent = len(caseload.facilitators), int((~caseload.logging).sum())
    told = []
    if many > 1:
        alone = "; each alone is in the table contact_spread" if view.numbers else ""
        which = "either" if many == 2 else "any"
        told.append(f"Contact with {which} of the {in_words(many).lower()} facilitators here counts{alone}.")
    if silent:
        names = [
            view.names.get(a, a) for a, logs in zip(caseload.facilitators, caseload.logging, strict=True) if not logs
        ]
        who = listed(names) if view.numbers else "one or more of the facilitators"
        told.append(f"Of {who} nothing was logged: nothing is known of their contact.")
    return " ".join(told) or None


def _strips(view: View, log: ContactLog, caseload: Caseload) -> Strips | None:
    """Members × months, those with most months without contact first; None when nobody may be drawn."""
    names, months = log.months
    known = np.array([np.bincount(months, weights=row, minlength=len(names)) for row in caseload.known.astype(float)])
    counts = caseload.per_month(months).astype(int)
    drawn = np.flatnonzero(known.any(axis=1))
    note = ""
    if not view.numbers:
        # Months in which somebody was not there would tell who it is.
        drawn = np.flatnonzero((known > 0).all(axis=1))
        if len(drawn) < view.least:
            return None
        note = "Each row is a person, in no order that says anything. Who came or left during the year is not drawn. "
    named = {at: view.names.get(caseload.members[at], "") if view.lists else "" for at in drawn.tolist()}
    unnamed = sum(not name for name in named.values())
    if view.lists and 0 < unnamed < view.least:
        # The rows without a name would be those of the few who did not agree to be named.
        named = dict.fromkeys(named, "")
        note += "Nobody is named, because few did not agree to it. "
    empty = ((counts == 0) & (known > 0)).sum(axis=1)
    if view.numbers:
        order = sorted(drawn.tolist(), key=lambda at: -int(empty[at]))
    else:
        # What an order of roster or amount would tell is told by nothing else on the page.
        order = sorted(drawn.tolist(), key=lambda at: (not named[at], named[at], (counts[at] > 0).tolist()))
    if len(order) > MOST_ROWS:
        note += (
            f"{people(len(order) - MOST_ROWS)} more: the table contact_months."
            if view.numbers
            else "Not all are drawn."
        )
    rows = []
    for at in order[:MOST_ROWS]:
        squares = tuple(
            _square(int(n), bool(days), view.numbers) for n, days in zip(counts[at], known[at], strict=True)
        )
        rows.append((named[at], squares))
    return Strips(
        title="Contact by month",
        corner="Person",
        columns=tuple(f"{dt.date.fromisoformat(name + '-01'):%b %Y}" for name in names),
        column="month",
        rows=tuple(rows),
        shades=said.AMOUNTS if view.numbers else said.WHETHER,
        note=note.strip(),
        unknown=said.UNKNOWN,
    )


def _square(number: int, known: bool, numbers: bool) -> Square:
    if not known:
        return Square(-1)
    if not numbers:
        return Square(int(number > 0))
    return Square(0 if number == 0 else 1 if number == 1 else 2 if number < 4 else 3, str(number) if number else "")


def _waiting(view: View, waiting: Collection[str], weeks: int) -> Listing:
    """Who has had no contact of late, with what there was before; those who need most first."""
    table = view.results.analyses["contact_people"]
    mine = table[table["actor_id"].isin(waiting)]
    ordered = mine.sort_values("need", ascending=False, kind="stable", na_position="last")
    rows = []
    for row in said.records(ordered.head(MOST_ROWS)):
        last = "none logged" if pd.isna(row["last"]) else said.day(row["last"])
        amounts = (_whole(row[name]) for name in ("first_contacts", "second_contacts", "need"))
        rows.append((view.names[row["actor_id"]], last, *amounts))
    left = len(ordered) - MOST_ROWS
    return Listing(
        title=f"No contact logged for {weeks} weeks or more",
        headings=("Person", "Last contact", "First term", "Second term", "Need"),
        rows=tuple(rows),
        numbers=(2, 3, 4),
        note=f"{people(left)} more: the table contact_people." if left > 0 else "",
    )


def _whole(value: float) -> str:
    return "–" if pd.isna(value) else f"{value:g}"


def _left_aside(log: ContactLog) -> Part:
    """What of the log is counted, and what is not and why."""
    aside = [(words, log.fates[what]) for what, words in FATES.items() if what != COUNTED and log.fates[what]]
    lines = [f"Counted are {count(log.fates[COUNTED], 'contact')} from {said.day(log.first)} to {said.day(log.last)}."]
    lines += [f"Not counted: {count(number, 'row')} ({words})." for words, number in aside]
    lines.append(f"The second term begins on {said.day(log.second)}. Weeks of holidays count like others.")
    return Part("What the log holds", tuple(lines))


def _ties(view: View) -> Part | None:
    """What facilitators pass on and keep away, of the latest wave in which it was asked about."""
    table = view.results.analyses["facilitators"]
    asked = table[(table["bridging_reason"] != "not_asked") | (table["buffering_reason"] != "not_asked")]
    if not len(asked):
        return None
    wave = [wave for wave in view.results.study.waves if (asked["wave"] == wave.id).any()][-1]
    rows = said.records(asked[asked["wave"] == wave.id])
    heading = f"{TIES}, {wave.label}"
    if not view.numbers:
        rows = [row for row in rows if _may_be_told(view, row)]
        if not rows:
            return Part(heading, (said.NOT_TOLD,))
        for name in ("bridging", "adjusted"):
            for row, q in zip(rows, benjamini_hochberg([row[f"p_{name}"] for row in rows]).tolist(), strict=True):
                row[f"q_{name}"] = q
    lines = [*said.tie_findings(rows, view.least), _how(view)]
    texts = [(_who(view, row), said.passed_on(row, view.numbers), said.kept_away(row, view.numbers)) for row in rows]
    if view.numbers:
        return Part(heading, tuple(lines), _spans(rows, texts))
    listing = Listing("By facilitator", ("Facilitator", "Passing on", "Keeping away"), tuple(sorted(texts)))
    return Part(heading, tuple(lines), (listing,))


def _may_be_told(view: View, row: Mapping[str, Any]) -> bool:
    """Whether managers may be told of a facilitator: enough people on either side, none of whom may not be seen."""
    declared, actors = view.results.study.facilitation, view.results.tables.actors
    around: list[Cast] = casts(declared, actors[actors["wave"] == row["wave"]]) if declared is not None else []
    cast = next(cast for cast in around if cast.facilitator == row["facilitator_id"])
    involved = {cast.facilitator, *cast.sources, *cast.members, *cast.others}
    enough = len(cast.members) >= view.least and (not cast.others or len(cast.others) >= view.least)
    return enough and not involved & view.hidden


def _who(view: View, row: Mapping[str, Any]) -> str:
    """A facilitator: their name where it may be told, and whom they serve."""
    name = view.names.get(row["facilitator_id"], "A facilitator")
    return name if pd.isna(row["community"]) else f"{name}, {row['community']}"


def _how(view: View) -> str:
    """With whom those served are compared."""
    declared = view.results.study.facilitation
    alike = f"people of the same {declared.strata}" if declared is not None and declared.strata else "people"
    told = f"Those whom a facilitator serves are compared with {alike} whom the facilitator does not serve."
    several = view.results.analyses["facilitators"]["wave"].nunique() > 1
    return f"{told} Other waves are in the table facilitators." if view.numbers and several else told


def _spans(rows: list[dict[str, Any]], texts: list[tuple[str, str, str]]) -> tuple[Block, ...]:
    """Passing on and keeping away, each beside chance."""
    percents = tuple((place / 4, f"{25 * place}%") for place in range(5))
    points = ((-1.0, "more demands"), (0.0, "as many"), (1.0, "fewer demands"))
    blocks = []
    if said.was_asked(rows, "bridging"):
        spans = tuple(_span(row, "bridging", who, words) for row, (who, words, _) in zip(rows, texts, strict=True))
        note = "Several may serve the same people: each is measured alone. The table facilitators has all numbers."
        blocks.append(Spans(said.PASSING, spans, percents, "Facilitator", "In words", note))
    if said.was_asked(rows, "adjusted"):
        spans = tuple(_span(row, "adjusted", who, words) for row, (who, _, words) in zip(rows, texts, strict=True))
        blocks.append(Spans(said.KEEPING, spans, points, "Facilitator", "In words"))
    return tuple(blocks)


def _span(row: Mapping[str, Any], measure: str, label: str, text: str) -> Span:
    value, low, high = (
        None if pd.isna(row[name]) else float(row[name]) for name in (measure, f"{measure}_05", f"{measure}_95")
    )
    return Span(label, value, None, None, low, high, text)
