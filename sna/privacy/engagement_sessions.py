"""The parts of the page about engagement that are about meetings: time, who leads, homework, and what to do."""

from __future__ import annotations

import pandas as pd

from sna.engagement import EVERYONE
from sna.engagement.sessions import ALL
from sna.findings import engagement as said
from sna.findings.words import count, listed, percent
from sna.privacy.engagement_view import MOST_LINES, MOST_LISTED, View
from sna.privacy.sheet import Block, Listing, Part, Span, Spans

NONE_NOTED = "none noted"
MOST_EACH = 3
# From this share on, leaving early, and things not brought, are worth a word.
OFTEN, SELDOM = 0.15, 0.5


def time_spent(view: View) -> Part | None:
    """What meetings were used for; None without a log."""
    if not len(view.tables["session_time"]):
        return None
    shown = [one for one in view.shown if view.rows("session_time", one)]
    if not shown:
        return Part("What meetings were used for", (said.FEW,))
    coding = pd.DataFrame([row for one in shown for row in view.rows("session_coding", one)])
    most = []
    for community in shown[:MOST_LINES]:
        first = view.rows("session_time", community, sort="activity")[0]
        most.append(f"{view.label(community)}: {_label(first['label'])} ({percent(first['share'])})")
    sentences = (f"What took most of the coded time: {listed(most, MOST_LINES)}.", said.coded(coding))
    blocks: list[Block] = []
    for sort, title in (("practice", "Share of the time by practice"), ("activity", "Share of the time by activity")):
        cells: dict[str, dict[str, str]] = {}
        for community in shown[:MOST_LINES]:
            for row in view.rows("session_time", community, sort=sort):
                cells.setdefault(_label(row["label"]), {})[view.label(community)] = percent(row["share"])
        named = [view.label(community) for community in shown[:MOST_LINES]]
        rows = [(label, *(held.get(name, "–") for name in named)) for label, held in cells.items()]
        rows.sort(key=lambda row: row[0] == NONE_NOTED)
        if [row[0] for row in rows] == [NONE_NOTED]:
            continue
        note = f"Of the coded time. {count(len(rows) - 2 * MOST_LISTED, 'more')}: session_time.csv."
        note = note if len(rows) > 2 * MOST_LISTED and view.numbers else "Of the coded time."
        numbers = tuple(range(1, len(named) + 1))
        blocks.append(Listing(title, (sort.capitalize(), *named), tuple(rows[: 2 * MOST_LISTED]), numbers, note))
    return Part("What meetings were used for", sentences, tuple(blocks))


def _label(label: object) -> str:
    return label if isinstance(label, str) and label else NONE_NOTED


def who_leads(view: View) -> Part | None:
    """Whether the same few lead, or members in turn; None without a log."""
    found = view.tables["leading"]
    if not len(found):
        return None
    rows = [(one, row) for one, row in view.each("leading", part=view.part, how=ALL, measure="gini")]
    rows = [(one, row) for one, row in rows if row["people"] >= view.least]
    if not rows:
        return Part("Who leads", (said.FEW if view.least else "Nobody is noted as having led anything.",))
    named = [(view.label(one), row) for one, row in rows]
    sentences = [said.led_overall(named)]
    sentences += [said.led(name, row, numbers=view.numbers) for name, row in named[: 2 * MOST_LINES]]
    for how, words in (("assigned", "were asked to"), ("volunteered", "offered to")):
        few = [
            view.label(one)
            for one, row in view.each("leading", part=view.part, how=how, measure="gini")
            if row["label"] == "the same few" and row["people"] >= view.least
        ]
        if few:
            where = "" if few == [said.WHO] else f" in {listed(few)}"
            sentences.append(
                f"Of what people {words} lead, more than chance would have it fell on the same few{where}."
            )
    if view.part == EVERYONE:
        sentences.append("Facilitators count, too: they lead by duty, which makes them some of the few.")
    blocks: list[Block] = []
    if view.numbers:
        sentences.append("p is corrected for how many communities are looked at (Benjamini–Hochberg).")
        blocks = [_spans(view), _leaders(view)]
    return Part("Who leads", tuple(sentences), tuple(blocks))


def _spans(view: View) -> Spans:
    """As if how many people led equally often, beside chance."""
    spans = []
    for community, row in view.each("leading", part=view.part, how=ALL, measure="effective_number"):
        value = None if isinstance(row["reason"], str) else float(row["value"])
        low, high = (None, None) if value is None else (float(row["chance_05"]), float(row["chance_95"]))
        text = "–" if value is None else f"{value:.1f} of {int(row['people'])}: {row['label']}"
        spans.append(Span(view.label(community), value, None, None, low, high, text))
    most = max([end for span in spans for end in (span.value, span.chance_high) if end is not None], default=1.0)
    top = float(max(2, int(most) + 1))
    ticks = tuple((round(place, 1), f"{place:g}") for place in (0.0, top / 2, top))
    return Spans(
        "As if so many people led equally often",
        tuple(spans[: 2 * MOST_LINES]),
        ticks,
        "Community",
        "Beside chance",
        "Chance: at each session, any of those who were there might have led. A turn is one person leading something "
        "at one session.",
    )


def _leaders(view: View) -> Listing:
    """Those who led most in each community."""
    rows = []
    for community in view.shown[:MOST_LINES]:
        those = [row for row in view.rows("led", community) if row["sessions"]]
        if view.part != EVERYONE:
            those = [row for row in those if row["part"] == view.part]
        for row in sorted(those, key=lambda row: (-row["sessions"], -row["minutes"]))[:MOST_EACH]:
            numbers = [f"{row['sessions']} of {row['could']}", f"{row['minutes']:.0f}"]
            numbers += [str(row["assigned"]), str(row["volunteered"])]
            rows.append((view.names[row["actor_id"]], view.label(community), *numbers))
    return Listing(
        "Led most often",
        ("Person", "Community", "Sessions", "Minutes", "Assigned", "Volunteered"),
        tuple(rows),
        (2, 3, 4, 5),
        f"The first {MOST_EACH} of each community; everybody: led.csv.",
    )


def homework(view: View) -> Part | None:
    """Who brought what they had been asked for; None without a file."""
    if not len(view.tables["homework_brought"]):
        return None
    dates = dict(zip(view.ground.held.events["event_id"], view.ground.held.events["date"], strict=True))
    sentences, rows, shares = [], [], []
    for community in view.shown:
        found = [row for row in view.rows("homework_brought", community) if row["known"] >= max(view.least, 1)]
        known, brought = (sum(int(row[name]) for row in found) for name in ("known", "brought"))
        if not known:
            continue
        shares.append(brought / known)
        share = said.told(brought / known, numbers=view.numbers)
        sentences.append(f"{view.label(community)}: {share} brought it, over {count(len(found), 'meeting')}.")
        for row in found:
            sizes = (str(row["asked"]), str(row["known"]), str(row["brought"])) if view.numbers else ()
            shown = said.brought_at(int(row["brought"]), int(row["known"]), view.least)
            rows.append((view.label(community), f"{dates[row['event_id']]}", *sizes, shown))
    if not sentences:
        return Part("Homework", (said.FEW if view.least else "Of nobody is it known whether they brought it.",))
    sizes = ("Asked", "Known", "Brought") if view.numbers else ()
    listing = Listing(
        "Brought what they had been asked for",
        ("Community", "Meeting", *sizes, "Share"),
        tuple(rows[: 2 * MOST_LISTED]),
        tuple(range(2, 2 + len(sizes) + 1)) if view.numbers else (),
        "Of those of whom it is known."
        + (f" {len(rows) - 2 * MOST_LISTED} more are not shown." if len(rows) > 2 * MOST_LISTED else ""),
    )
    first = said.brought_overall(shares, numbers=view.numbers)
    return Part("Homework", (first, *(sentences[: 2 * MOST_LINES] if len(sentences) > 1 else ())), (listing,))


def what_to_do(view: View) -> Part:
    """What a facilitator may try, because of what was found."""
    falling = [
        view.label(one) for one, row in view.each("community_trends", part=EVERYONE) if row["trend"] == "falling"
    ]
    early, unbrought, few = [], [], []
    for community in view.shown:
        found = pd.DataFrame(view.rows("community_attendance", community, part=EVERYONE))
        left, known = (int(found[name].sum()) if len(found) else 0 for name in ("left_early", "leavings_known"))
        early += [view.label(community)] * (known >= max(view.least, 1) and left >= OFTEN * known)
        asked = [row for row in view.rows("homework_brought", community) if row["known"] >= max(view.least, 1)]
        low = any(row["share"] < SELDOM for row in asked)
        unbrought += [view.label(community)] * low
        leads = view.rows("leading", community, part=view.part, how=ALL, measure="gini")
        few += [view.label(community)] * any(
            row["label"] == "the same few" and row["people"] >= view.least for row in leads
        )
    advice = []
    if falling:
        advice.append(
            f"In {listed(falling)}, ask people before the next meeting what would make it worth their time, and change "
            "one thing because of it."
        )
    if early:
        advice.append(
            f"In {listed(early)} people leave early: look at the length, at the hour, and at what comes last."
        )
    if view.numbers and view.tables["attendance_trends"]["fading"].eq(True).any():
        advice.append("Call those who come less and less, to ask how they are and what they need; not to count.")
    if few:
        advice.append(f"In {listed(few)}, ask those who have led least to lead a part of the next meeting.")
    if unbrought:
        advice.append(
            f"In {listed(unbrought)} most came at least once without what they had been asked for: ask for less, say "
            "what it is for, and use it first thing in the meeting."
        )
    if not advice:
        advice = ["Nothing here asks for a change. Keep noting who comes, and why people cannot."]
    return Part("What you might do", tuple(advice))


__all__ = ["homework", "time_spent", "what_to_do", "who_leads"]
