"""The page about engagement: what researchers read, and what managers must not be able to work out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sna.engagement import compute_engagement
from sna.privacy import engagement as page
from sna.privacy.sheet import Block, Chart, Listing, Part, Sheet, Spans, Strips
from sna.results import Results, compute_results
from sna.study import ANALYSES
from sna.study_file import load_study
from sna.tables import Tables, read_tables
from tests.engagement_study import ATTENDANCE, EVENTS, NAMES, ROSTER, STUDY, engagement_study

PPLC = Path(__file__).resolve().parents[2] / "surveys" / "pplc"


def measured(folder: Path) -> Results:
    """Attendance alone: what else the study asks for takes long, and is not on the page."""
    study, problems = load_study(folder)
    assert study is not None, problems
    tables = read_tables(study)
    others = {name: None for name in ANALYSES if name != "engagement"}
    assert study.engagement is not None
    study = replace(study, engagement=replace(study.engagement, draws=199))
    return compute_results(replace(study, relations=(), **others), tables)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def pplc() -> Results:
    return measured(PPLC)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the part about shared opportunity, which has tests of its own."""
    monkeypatch.setattr(page, "opportunity_part", lambda *_: None)


def hidden_of(results: Results) -> set[tuple[str, str]]:
    actors = results.tables.actors
    return set(
        actors.loc[actors["consent"] == "research_only", ["wave", "actor_id"]].itertuples(index=False, name=None)
    )


def sheet_of(results: Results, audience: str) -> Sheet:
    found = page.engagement_sheet(results, audience, hidden_of(results) if audience == "manager" else set())
    assert found is not None
    return found


def part(sheet: Sheet, heading: str) -> Part:
    return next(one for one in sheet.parts if one.heading == heading)


def blocks(sheet: Sheet) -> Iterator[Block]:
    return (block for one in sheet.parts for block in one.blocks)


def strips(sheet: Sheet) -> dict[str, Strips]:
    return {block.title.removeprefix("Who was there: "): block for block in blocks(sheet) if isinstance(block, Strips)}


def with_tables(results: Results, **changes: object) -> Results:
    """The same study with other tables."""
    tables: Tables = replace(results.tables, **changes)  # type: ignore[arg-type]
    return replace(results, tables=tables, analyses=compute_engagement(results.study, tables, None))


@pytest.mark.parametrize("audience", ["researcher", "manager"])
def test_what_is_drawn_is_sound(pplc: Results, audience: str) -> None:
    sheet = sheet_of(pplc, audience)
    assert 1 <= len(sheet.short) <= 8
    assert all(one.heading and one.sentences and all(one.sentences) for one in sheet.parts)
    for block in blocks(sheet):
        assert block.title
        if isinstance(block, Listing):
            assert block.rows
            assert {len(row) for row in block.rows} == {len(block.headings)}
            assert set(block.numbers) <= set(range(len(block.headings)))
        elif isinstance(block, Strips):
            assert {len(squares) for _, squares in block.rows} == {len(block.columns)}
            assert {square.shade for _, squares in block.rows for square in squares} <= set(range(-1, 5))
        elif isinstance(block, Chart):
            assert 0 < len(block.lines) <= 6
            days = [x for line in block.lines for x, _ in line.points]
            assert block.x_ticks[0][0] <= min(days) <= max(days) <= block.x_ticks[-1][0]
            assert all(0 <= y <= 1 for line in block.lines for _, y in line.points)
        elif isinstance(block, Spans):
            tops = [span.chance_high for span in block.spans if span.chance_high is not None]
            assert block.ticks[-1][0] >= max(tops)
    said = str(sheet)
    assert "nan" not in re.findall(r"\bnan\b", said)
    assert "None" not in said.replace("=None", "")


def test_what_a_researcher_reads(pplc: Results) -> None:
    sheet = sheet_of(pplc, "researcher")
    came = part(sheet, "Who came").sentences
    assert came[0] == "Attendance fell in PPLC E2 and PPLC H2; elsewhere no rise or fall beyond chance was found."
    assert (
        "Attendance in PPLC E2 fell from about 95 in 100 to about 65 in 100 over 20 meetings; "
        "so steady a fall is seldom chance." in came
    )
    # As planted: at one meeting of each weak community more than a quarter went long before the end.
    hours = [line for line in came if "hour" in line]
    assert hours == [
        f"At 1 meeting in PPLC {name} a quarter or more of those who came missed a full hour." for name in ("E2", "H2")
    ]
    assert set(strips(sheet)) == {f"PPLC {name}" for name in ("E1", "E2", "M1", "M2", "H1", "H2")}
    assert strips(sheet)["PPLC H1"].unknown == "not recorded"
    names = dict(zip(pplc.tables.actors["actor_id"], pplc.tables.actors["name"], strict=True))
    headings = [name for name, _ in strips(sheet)["PPLC E1"].rows]
    assert headings == [name for actor, name in names.items() if actor.startswith("E1")]
    less = next(block for block in blocks(sheet) if block.title == "Come less and less")
    assert isinstance(less, Listing)
    assert 0 < len(less.rows) <= 15
    assert {row[0] for row in less.rows} <= set(names.values())
    assert "PPLC E2" in " ".join(part(sheet, "What you might do").sentences)
    assert "over 99% " not in str(sheet)


def test_managers_get_no_numbers_of_people_and_no_names_that_were_not_agreed_to(pplc: Results) -> None:
    sheet = sheet_of(pplc, "manager")
    said = str(sheet)
    actors = pplc.tables.actors
    unnamed = actors.loc[actors["consent"] != "full"]
    assert not [name for name in [*unnamed["name"], *actors["actor_id"]] if name in said]
    assert "p = " not in said
    assert "p < " not in said
    assert not any(isinstance(block, Spans) for block in blocks(sheet))
    people = part(sheet, "Person by person")
    assert people.sentences[0] == "Some people come less and less."
    assert not any(isinstance(block, Listing) for block in people.blocks)
    assert not re.search(r"\d+ of \d+ people", said)
    leads = part(sheet, "Who leads")
    assert not leads.blocks


def test_who_is_drawn_for_managers(pplc: Results) -> None:
    """All agreed: names. A few did not: nobody is named, and the squares alone give the order. Somebody hidden: no."""
    actors = pplc.tables.actors
    drawn = strips(sheet_of(pplc, "manager"))
    whole = strips(sheet_of(pplc, "researcher"))
    for community, mine in actors.groupby("community"):
        states = set(mine["consent"])
        if "research_only" in states:
            assert community not in drawn
            continue
        rows = drawn[str(community)].rows
        assert len(rows) == len(mine)
        if states == {"full"}:
            assert [name for name, _ in rows] == mine["name"].tolist()
        else:
            assert {name for name, _ in rows} == {""}
            shades = [[square.shade for square in squares] for _, squares in rows]
            assert shades == sorted(shades)
            assert sorted(shades) == sorted([[q.shade for q in squares] for _, squares in whole[str(community)].rows])
    assert {"PPLC H2"}.isdisjoint(drawn)
    assert any(name for strip in drawn.values() for name, _ in strip.rows)


def test_many_without_names_stand_below_those_with(tmp_path: Path) -> None:
    roster = ROSTER
    for who in ("A1", "A2", "A3"):
        roster = re.sub(rf"({who},.*),full", r"\1,no_named_display", roster)
    drawn = strips(sheet_of(measured(engagement_study(tmp_path / "s", roster=roster)), "manager"))
    assert [name for name, _ in drawn["A"].rows] == ["Dana Novak", "", "", ""]
    one = re.sub(r"(A1,.*),full", r"\1,no_named_display", ROSTER)
    drawn = strips(sheet_of(measured(engagement_study(tmp_path / "t", roster=one)), "manager"))
    assert [name for name, _ in drawn["A"].rows] == [""] * 4
    assert [name for name, _ in drawn["B"].rows] == [NAMES[f"B{n}"] for n in range(1, 5)]


def test_what_somebody_who_is_hidden_did_changes_nothing_for_managers(pplc: Results) -> None:
    hidden = {actor for _, actor in hidden_of(pplc)}
    assert hidden
    attendance = pplc.tables.attendance.copy()
    theirs = attendance["actor_id"].isin(hidden)
    attendance.loc[theirs, "status"] = np.where(attendance.loc[theirs, "status"] == "present", "absent", "present")
    attendance.loc[theirs, ["minutes", "share"]] = 0.0
    homework = pplc.tables.homework.copy()
    homework.loc[homework["actor_id"].isin(hidden), "brought"] = False
    log = pplc.tables.activities.copy()
    log["led_by"] = [
        text if n % 2 or not isinstance(text, str) else f"{text};{min(hidden)}" for n, text in enumerate(log["led_by"])
    ]
    other = with_tables(pplc, make_attendance=lambda: attendance, homework=homework, activities=log)
    assert sheet_of(other, "manager") == sheet_of(pplc, "manager")
    assert sheet_of(other, "researcher") != sheet_of(pplc, "researcher")


def test_what_was_done_names_nobody_who_did_not_agree_to_it(pplc: Results) -> None:
    actors = pplc.tables.actors
    unnamed = actors.loc[actors["consent"] == "no_named_display", "name"].iloc[0]
    named = actors.loc[actors["consent"] == "full", "name"].iloc[0]
    log = pplc.tables.activities.copy()
    log.loc[0, "activity"], log.loc[1, "activity"] = f"{unnamed}'s protocol", f"{named}'s protocol"
    log.loc[2, "practice"] = f"tools of {unnamed}"
    changed = with_tables(pplc, activities=log)
    assert unnamed not in repr(sheet_of(changed, "manager"))
    assert f"{named}'s protocol" in repr(sheet_of(changed, "manager"))
    assert f"{unnamed}'s protocol" in repr(sheet_of(changed, "researcher"))


def test_no_meeting_is_told_of_where_somebody_is_hidden(pplc: Results) -> None:
    """With the number of all who came, a share of single meetings would tell whether the hidden person did."""
    chart = part(sheet_of(pplc, "manager"), "Who came").blocks[0]
    assert isinstance(chart, Chart)
    communities = pplc.tables.actors.loc[pplc.tables.actors["consent"] == "research_only", "community"].unique()
    for line in chart.lines:
        assert (len(line.points) == 2) is (line.name in communities)
        if line.name in communities:
            assert all(round(20 * y, 6).is_integer() for _, y in line.points)
    assert "smoothed" in chart.note


def test_small_communities_and_their_part_of_joint_meetings_are_not_shown(pplc: Results) -> None:
    study = replace(pplc.study, suppress_below=12)
    sheet = sheet_of(replace(pplc, study=study), "manager")
    came = part(sheet, "Who came")
    assert "PPLC M1, PPLC M2: too few people to show." in came.sentences
    text = str(sheet).replace("PPLC M1, PPLC M2: too few people to show.", "")
    assert "PPLC M1" not in text
    assert "PPLC M2" not in text
    chart = came.blocks[0]
    assert isinstance(chart, Chart)
    joint = pplc.tables.events.loc[pplc.tables.events["group"].str.contains(";"), "date"]
    days = {x for line in chart.lines if len(line.points) > 2 for x, _ in line.points}
    assert days
    assert days.isdisjoint(float(day.toordinal()) for day in joint)
    nobody = sheet_of(replace(pplc, study=replace(pplc.study, suppress_below=99)), "manager")
    assert part(nobody, "Who came").sentences[0].startswith("Too few people")
    assert not list(blocks(nobody))
    assert nobody.short == (("Attendance", "too few people to show"),)


def test_core_and_broader_only_where_both_are_large_enough(tmp_path: Path) -> None:
    results = measured(engagement_study(tmp_path / "s"))
    found = part(sheet_of(results, "researcher"), "Core group and broader team")
    assert len(found.sentences) == 2
    managers = part(sheet_of(results, "manager"), "Core group and broader team")
    assert [line.split(":")[0] for line in managers.sentences] == ["Everybody"], (
        "two of each in a community, four in all"
    )
    few = replace(results, study=replace(results.study, suppress_below=5))
    assert part(sheet_of(few, "manager"), "Core group and broader team").sentences[0].startswith("Too few")


def test_the_small_study_as_a_researcher_reads_it(tmp_path: Path) -> None:
    sheet = sheet_of(measured(engagement_study(tmp_path / "s")), "researcher")
    came = part(sheet, "Who came").sentences
    assert came[0] == "Whether attendance rose or fell cannot be told."
    assert "B: everybody came to all of their 6 meetings." in came
    assert not any("hour" in line for line in came), "one of three is too few to speak of a quarter"
    stays = part(sheet, "Who stays")
    assert stays.sentences[0].startswith("6 of 8 people stayed")
    assert [type(block).__name__ for block in stays.blocks] == ["Listing", "Chart"]
    (curve,) = [block for block in stays.blocks if isinstance(block, Chart)]
    assert [line.name for line in curve.lines] == ["Everybody", "A", "B"]
    assert all(line.steps for line in curve.lines)
    assert part(sheet, "Person by person").sentences[0].startswith("Nobody had enough meetings")
    drawn = strips(sheet)["A"]
    shown = {name: "".join(".LeX-?"[q.shade] for q in squares) for name, squares in drawn.rows}
    assert shown == {
        "Ana Lopez": ".L.L..?",
        "Jon Smith": "..e...?",
        "Chen Wei": "..XXXX?",
        "Dana Novak": ".....--",
    }
    assert part(sheet, "Homework").sentences[0] == (
        "50% to 67%, by community, brought what they had been asked for, of those of whom it is known."
    )


def test_a_study_of_one_group_is_spoken_of_as_everybody(tmp_path: Path) -> None:
    toml = STUDY.replace('group = "community"\n', "").replace('within = "community"\n', "")
    events = re.sub(r",[AB;]+$", ",", EVENTS, flags=re.MULTILINE)
    results = measured(engagement_study(tmp_path / "s", toml=toml, events=events))
    sheet = sheet_of(results, "researcher")
    assert [what for what, _ in sheet.short] == ["Everybody"]
    assert "in Everybody" not in str(sheet)
    assert list(strips(sheet)) == ["Everybody"]


def test_nothing_recorded_and_nothing_asked_for(tmp_path: Path) -> None:
    attendance = f"{ATTENDANCE.splitlines()[0]}\nA1,e1,,,\n"
    results = measured(engagement_study(tmp_path / "s", attendance=attendance))
    sheet = sheet_of(results, "researcher")
    assert sheet.short == (("Attendance", "not recorded"),)
    assert [one.heading for one in sheet.parts][-1] == "What you might do"
    assert "Who came" not in [one.heading for one in sheet.parts]
    without = replace(results, study=replace(results.study, engagement=None))
    assert page.engagement_sheet(without, "researcher", set()) is None
    log = "event_id,minutes,activity\n"
    nothing = STUDY.replace('[[activities]]\nfile = "activities.csv"\n[[homework]]\nfile = "homework.csv"\n', "")
    bare = measured(engagement_study(tmp_path / "t", toml=nothing, attendance=attendance, activities=log))
    assert page.engagement_sheet(bare, "manager", set()) is None


def test_a_large_study_is_cut_to_what_can_be_read(pplc: Results) -> None:
    """Eight communities of sixty people: six strips of forty, and where the rest is."""
    people = [f"c{c}p{p}" for c in range(8) for p in range(60)]
    row = pplc.tables.actors.iloc[:1]
    actors = pd.concat([row] * len(people), ignore_index=True)
    actors["actor_id"], actors["name"], actors["consent"] = people, people, "full"
    actors["community"] = [f"C{c}" for c in range(8) for _ in range(60)]
    events = pplc.tables.events.iloc[:12].assign(group=None)
    attendance = pd.DataFrame(
        {
            "event_id": np.repeat(events["event_id"].to_numpy(), len(people)),
            "actor_id": people * len(events),
            "eligible": True,
            "status": "present",
            **dict.fromkeys(("arrived", "left", "late", "left_early"), None),
            "minutes": 60.0,
            "share": 1.0,
        }
    )
    empty = {name: getattr(pplc.tables, name).iloc[:0] for name in ("activities", "homework")}
    sheet = sheet_of(
        with_tables(pplc, actors=actors, events=events, make_attendance=lambda: attendance, **empty), "manager"
    )
    drawn = strips(sheet)
    assert len(drawn) == 6
    assert {len(strip.rows) for strip in drawn.values()} == {40}
    assert "20 people more." in drawn["C0"].note
    assert len(sheet.short) == 8
