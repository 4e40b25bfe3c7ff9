"""The parts of the page about engagement that are about who comes and who stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from math import isnan

import numpy as np
import pandas as pd

from sna.engagement import BROADER, CORE, EVERYONE
from sna.engagement.ground import Community
from sna.findings import engagement as said
from sna.findings.words import count, in_words, listed, people, percent
from sna.metrics.frames import ratio
from sna.privacy.engagement_view import MOST_LINES, MOST_LISTED, View
from sna.privacy.sheet import Block, Chart, Line, Listing, Part, Square, Strips

PRESENT, PARTLY, EXCUSED, ABSENT, NOT_FOR_THEM = range(5)
SHADES = ("there", "late, left early, or for part of it", "excused", "absent", "not for them")
# Whoever was there for less than this share was there for part of it.
ALL_OF_IT = 0.9
MOST_PEOPLE, MOST_MEETINGS = 40, 40
PERCENTS = ((0.0, "0"), (0.25, "25"), (0.5, "50"), (0.75, "75"), (1.0, "100"))
Ticks = tuple[tuple[float, str], ...]


def coming(view: View) -> Part:
    """Who came, meeting by meeting."""
    trends = [(view.label(one), row) for one, row in view.each("community_trends", part=EVERYONE)]
    if not trends:
        return Part("Who came", (said.FEW if view.least else "Nobody's attendance is known.",))
    first = said.overall(trends)
    sentences = [first, *(said.trend(*one) for one in trends[: 2 * MOST_LINES]), *view.few]
    for community in view.shown[: 2 * MOST_LINES]:
        rows = view.rows("community_attendance", community, part=EVERYONE)
        sentences += filter(None, [said.hour_early(view.label(community), rows, view.least)])
    chart = _attendance_chart(view, first)
    return Part("Who came", tuple(sentences), (*([chart] if chart else []), _side_by_side(view)))


def _attendance_chart(view: View, words: str) -> Chart | None:
    """The share of people who came, by community; smoothed where somebody is hidden."""
    lines, smoothed = [], False
    # The meetings of a community that is not shown must not be the rest of joint ones.
    joint = len(view.shown) == len([one for one in view.communities if view.people_of(one).any()])
    for community in view.shown[:MOST_LINES]:
        found = view.rows("community_attendance", community, part=EVERYONE)
        kept = [row for row in found if row["could"] >= view.least and (joint or not row["joint"])]
        points = tuple((float(row["date"].toordinal()), float(row["share"])) for row in kept)
        if not view.whole(community):
            (trend,) = view.rows("community_trends", community, part=EVERYONE)
            ends = [(place, trend[name]) for place, name in ((0, "start"), (-1, "end")) if points]
            # Rounded, or how often the person who is hidden came could be worked out from the line.
            points = tuple((points[place][0], round(20 * share) / 20) for place, share in ends if not isnan(share))
            smoothed = True
        if len(points) > 1:
            lines.append(Line(view.label(community), points))
    if not lines:
        return None
    more = len(view.shown) - MOST_LINES
    notes = [
        "Straight lines: smoothed over all meetings, because somebody there took part for research only." * smoothed,
        f"{count(more, 'more community', 'more communities')}: community_attendance.csv." * (more > 0 and view.numbers),
    ]
    days = [x for line in lines for x, _ in line.points]
    return Chart(
        title="People who came, of every 100 who could",
        said=words,
        lines=tuple(lines),
        x_ticks=months(int(min(days)), int(max(days))),
        y_ticks=PERCENTS,
        x_title="Day of the meeting",
        y_title="came, of every 100 who could have come",
        note=" ".join(filter(None, notes)),
    )


def months(first: int, last: int, most: int = 6) -> Ticks:
    """Days (ordinals) from the first to the last, with their months.

    >>> months(dt.date(2021, 9, 14).toordinal(), dt.date(2021, 9, 20).toordinal())[0][1]
    'Sep 2021'
    """
    places = np.linspace(first, last, most if last - first > 60 else 2).round()
    named = [(float(day), f"{dt.date.fromordinal(int(day)):%b %Y}") for day in places.tolist()]
    return tuple((day, label if n == 0 or label != named[n - 1][1] else "") for n, (day, label) in enumerate(named))


def _side_by_side(view: View) -> Listing:
    rows = []
    for community, trend in view.each("community_trends", part=EVERYONE):
        found = pd.DataFrame(view.rows("community_attendance", community, part=EVERYONE))
        sums = found[["could", "arrivals_known", "late", "leavings_known", "left_early", "excused"]].sum()
        shares = [
            float(trend["share"]),
            *(
                float(ratio(sums[part], sums[whole]))
                for part, whole in (
                    ("late", "arrivals_known"),
                    ("left_early", "leavings_known"),
                    ("excused", "could"),
                )
            ),
        ]
        sizes = (f"{int(trend['people']):,}", f"{int(trend['events']):,}")
        rows.append((view.label(community), *sizes, *(said.told(share, numbers=view.numbers) for share in shares)))
    return Listing(
        title="Side by side",
        headings=("Community", "People", "Meetings", "Came", "Late", "Left early", "Excused"),
        rows=tuple(rows[:30]),
        numbers=(1, 2, *((3, 4, 5, 6) if view.numbers else ())),
        note="Late and left early: of those who came and whose times are known; –: no times are known. Meetings of "
        "several communities count for each.",
    )


def core_beside(view: View) -> Part | None:
    """The core group beside the broader team; None without a core group or where either is too small to show."""
    if CORE not in view.ground.parts:
        return None
    sentences = []
    for community, row in view.each("core_and_broader"):
        if min(row["core_people"], row["broader_people"]) >= max(view.least, 1):
            sentences.append(said.core(view.label(community), row, numbers=view.numbers))
    if not sentences and len(view.communities) > 1:
        # Too small in each community; all of them together may do.
        everybody = view.ground.communities[0]
        for row in view.rows("core_and_broader", everybody):
            if min(row["core_people"], row["broader_people"]) >= max(view.least, 1):
                sentences.append(said.core(view.label(everybody), row, numbers=view.numbers))
    if not sentences:
        return Part("Core group and broader team", (said.FEW,)) if view.least else None
    names = {CORE: "Core group", BROADER: "Broader team"}
    rows = []
    for community in view.shown:
        if min(view.people_of(community, part).sum() for part in names) < max(view.least, 1):
            continue
        for part, name in names.items():
            for row in view.rows("community_trends", community, part=part):
                rows.append((f"{view.label(community)}: {name.lower()}", said.trend_in_short(row)))
    listing = Listing("Over the year", ("Who", "Attendance"), tuple(rows[:30]))
    return Part("Core group and broader team", tuple(sentences), (listing,) if rows else ())


def person_by_person(view: View) -> Part:
    """Who was at which meeting, and who comes less and less."""
    found = view.tables["attendance_trends"]
    looked_at = found["fading"].notna()
    flagged = found[looked_at & found["fading"].eq(True)]
    sentences = [*said.fading(len(flagged), int(looked_at.sum()), view.least)]
    sentences.append("It is a reason to ask whether somebody needs support, no judgement of them.")
    blocks: list[Block] = []
    if view.numbers and len(flagged):
        rows = [
            (
                view.names[row["actor_id"]],
                row["community"] or "",
                percent(row["first_half"]),
                percent(row["second_half"]),
                said.p_text(row["p"]),
            )
            for row in flagged.sort_values("p", kind="stable").astype({"community": object}).to_dict("records")
        ]
        blocks.append(
            Listing(
                "Come less and less",
                ("Person", "Community", "First half", "Second half", "Chance"),
                tuple((name, _text(where), *rest) for name, where, *rest in rows[:MOST_LISTED]),
                (2, 3, 4),
                f"Share of the time they were there. {_more(len(rows), 'attendance_trends.csv')}",
            )
        )
    left_out = []
    for community in view.shown[:MOST_LINES]:
        strips = _strips(view, community)
        if strips is not None:
            blocks.append(strips)
        else:
            left_out.append(view.label(community))
    if left_out:
        sentences.append(f"Not drawn person by person, because of what people agreed to: {listed(left_out)}.")
    return Part("Person by person", tuple(sentences), tuple(blocks))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _more(rows: int, table: str) -> str:
    """Where the rest is, when not everything is listed."""
    return f"{in_words(rows - MOST_LISTED)} more: {table}." if rows > MOST_LISTED else ""


def _strips(view: View, community: Community) -> Strips | None:
    """People × meetings of one community; None where somebody could be found by what is not drawn.

    Managers: people are named, in the order of the roster, where all of them agreed to that. Where too few did not,
    nobody is named, or the rows without names would be theirs; rows without names stand in an order that comes from
    the squares alone. Where somebody is hidden, the number of those who came would give them away: nothing is drawn.
    """
    if not view.whole(community):
        return None
    presence = view.ground.presence
    rows = np.flatnonzero(view.people_of(community))
    columns = np.flatnonzero(community.events & presence.invited[rows].any(axis=0))[-MOST_MEETINGS:]
    squares = _shades(view)[np.ix_(rows, columns)]
    ids = [presence.actors[i] for i in rows.tolist()]
    unnamed = sum(actor not in view.names for actor in ids)
    nobody = 0 < unnamed < view.least
    lines = [
        (view.names[actor] if actor in view.names and not nobody else "", row)
        for actor, row in zip(ids, squares.tolist(), strict=True)
    ]
    lines = [line for line in lines if line[0]] + sorted(line for line in lines if not line[0])
    dates = dict(zip(view.ground.held.events["event_id"], view.ground.held.events["date"], strict=True))
    more = [
        f"{people(len(lines) - MOST_PEOPLE)} more." * (len(lines) > MOST_PEOPLE),
        "Rows without a name: people who did not agree to be named." * (not nobody and unnamed > 0),
        "Nobody is named, because few did not agree to it." * nobody,
    ]
    return Strips(
        title=f"Who was there: {view.label(community)}",
        corner="Person",
        columns=tuple(_day(dates[presence.events[k]]) for k in columns.tolist()),
        column="meeting",
        rows=tuple((name, tuple(Square(shade) for shade in row)) for name, row in lines[:MOST_PEOPLE]),
        shades=SHADES,
        kind="sort",
        note=" ".join(filter(None, more)),
        unknown="not recorded",
    )


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%b}"


def _shades(view: View) -> np.ndarray:
    """n × m: which square stands for each person at each event."""
    found = view.ground.presence
    with np.errstate(invalid="ignore"):
        partly = (found.late == 1) | (found.early == 1) | (found.share < ALL_OF_IT)
    shades = np.where(found.invited, -1, NOT_FOR_THEM)
    shades = np.where(found.eligible, ABSENT, shades)
    shades = np.where(found.excused, EXCUSED, shades)
    return np.where(found.present, np.where(partly, PARTLY, PRESENT), shades)


def staying(view: View) -> Part:
    """Who came to any of the last meetings, and how long people stay."""
    declared = view.ground.study.engagement
    last = declared.last if declared is not None else 1
    found = view.tables["retention"]
    if len(found) < max(view.least, 1):
        return Part("Who stays", (said.FEW if view.least else "Nobody's attendance is known.",))
    kept = found["stayed"].astype(bool)
    sentences = [said.stayed(int(kept.sum()), len(found), last, numbers=view.numbers)]
    blocks: list[Block] = []
    gone = found[~kept]
    excused = int(((gone["last_excused"] == gone["last_events"]) & (gone["last_events"] > 0)).sum())
    if view.numbers and excused:
        sentences.append(f"Of the others {people(excused)} had been excused from all of them.")
    if view.numbers and len(gone):
        rows = [
            (
                view.names[row["actor_id"]],
                f"{row['last_attended']} of {row['last_events']}",
                str(row["last_excused"]),
                str(row["left"]) if isinstance(row["left"], dt.date) else "",
            )
            for row in gone.to_dict("records")
        ]
        headings = ("Person", "Last meetings attended", "Excused", "Left")
        note = _more(len(rows), "retention.csv")
        blocks.append(Listing("Did not stay", headings, tuple(rows[:MOST_LISTED]), (1, 2), note))
    told, chart = _survival(view)
    return Part("Who stays", (*sentences, *told), (*blocks, *([chart] if chart else [])))


def _survival(view: View) -> tuple[tuple[str, ...], Chart | None]:
    everybody = view.ground.communities[0]
    found = view.rows("survival", everybody)
    if not found:
        return (), None
    if isinstance(found[0]["reason"], str):
        return ("How long people stay cannot be told: the roster has no leaving dates.",), None
    left = sum(int(row["left"]) for row in found)
    if not left:
        return ("Nobody has left while meetings were held.",), None
    if left < view.least:
        return ("Too few people left for it to be drawn.",), None
    final = [row for row in found if row["left"]][-1]
    share = said.told(final["share"], numbers=view.numbers)
    between = "" if isnan(final["low"]) else f" (between {percent(final['low'])} and {percent(final['high'])})"
    first = f"{int(final['days'])} days after their first meeting {share} were still there"
    sentence = f"{first}{between if view.numbers else ''}."
    shown: Sequence[Community] = (everybody, *view.shown) if view.numbers and len(view.shown) > 1 else (everybody,)
    lines = []
    for community in shown[:MOST_LINES]:
        rows = view.rows("survival", community)
        lines.append(Line(view.label(community), tuple((r["days"], r["share"]) for r in rows), steps=True))
    band = tuple((float(r["days"]), float(r["low"]), float(r["high"])) for r in found if not isnan(r["low"]))
    last = max(x for line in lines for x, _ in line.points)
    ticks = tuple((float(day), f"{int(day)}") for day in np.linspace(0, last, 5).round().tolist())
    return (sentence,), Chart(
        title="How long people stay",
        said=sentence,
        lines=tuple(lines),
        x_ticks=ticks,
        y_ticks=PERCENTS,
        x_title="Days since the first meeting they could come to",
        y_title="still there, of every 100",
        band=band if view.numbers and len(lines) == 1 else (),
        note="Grey: how far it could be off, for everybody together." if view.numbers and len(lines) == 1 else "",
    )


__all__ = ["coming", "core_beside", "months", "person_by_person", "staying"]
