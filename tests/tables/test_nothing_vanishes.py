"""Whatever stands in a file is used, or has a row among the problems; contradictions are told."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

import sna
from tests.small_study import ATTENDANCE, EVENTS, RESPONSES, ROSTER, STUDY, changed, small_study

VALUED = changed(STUDY, "cap = 2", 'strength = "help_much{n}"\nscale = { 1 = "a bit", 2 = "much" }\npresent_from = 2')


def told(folder: Path) -> list[tuple[str, str, int | None, str | None, str | None]]:
    return [(p.severity, p.file, p.row, p.column, p.value) for p in sna.check_study(folder).problems]


def status(folder: Path, relation: str) -> dict[str, str]:
    answered = sna.measure_study(folder).tables.answered.query(f"relation == '{relation}'")
    return dict(zip(answered["actor_id"], answered["status"], strict=True))


@pytest.mark.parametrize("word", ["prefer not to say", "nobody"])
def test_a_refusal_beside_a_name(tmp_path: Path, word: str) -> None:
    folder = small_study(tmp_path / "s", responses=changed(RESPONSES, "Ana Lopez,Chen Wei", f"Ana Lopez,{word}"))
    assert ("used", "responses.csv", 3, None, None) in told(folder)
    assert status(folder, "help")["P2"] == "answered"
    assert sna.measure_study(folder).networks[("w1", "help")].state("P2", "P1") == "present"


@pytest.mark.parametrize("said", ["refused", "no", "nobody"])
def test_an_answered_column_that_contradicts_the_answer(tmp_path: Path, said: str) -> None:
    responses = (
        "\n".join(f"{line},{'said' if n == 0 else said}" for n, line in enumerate(RESPONSES.splitlines())) + "\n"
    )
    toml = changed(STUDY, "cap = 2", 'answered = "said"')
    folder = small_study(tmp_path / "s", toml=toml, responses=responses)
    assert [t[2] for t in told(folder) if t[0] == "used"] == [2, 3]
    assert status(folder, "help")["P1"] == "answered"


def test_a_code_that_means_refused_is_no_tie(tmp_path: Path) -> None:
    toml = changed(STUDY, '2 = "often" }', '2 = "often", 9 = "prefer not to say" }')
    folder = small_study(tmp_path / "s", toml=toml, responses=changed(RESPONSES, "P1,,2,0,1", "P1,,9,0,2"))
    network = sna.measure_study(folder).networks[("w1", "advice")]
    assert [network.state("P1", a) for a in ("P2", "P3", "P4")] == ["unknown", "absent", "present"]


def test_a_name_without_its_value_is_unknown(tmp_path: Path) -> None:
    responses = "actor_id,advice_P1,advice_P2,advice_P3,advice_P4,help_name1,help_much1\nP1,,0,0,0,Jon Smith,\n"
    responses += "P2,0,,0,0,Ana Lopez,1\nP3,0,0,,0,,much\n"
    folder = small_study(tmp_path / "s", toml=VALUED, responses=responses)
    network = sna.measure_study(folder).networks[("w1", "help")]
    assert (network.state("P1", "P2"), network.state("P2", "P1")) == ("unknown", "absent")
    assert ("left out", "responses.csv", 4, "help_much1", "much") in told(folder)


def test_columns_nobody_reads_are_noted(tmp_path: Path) -> None:
    responses = "\n".join(
        f"{line},{'help_nmae3' if n == 0 else 'Ana'}" for n, line in enumerate(RESPONSES.splitlines())
    )
    folder = small_study(tmp_path / "s", responses=responses + "\n")
    (note,) = [p for p in sna.check_study(folder).problems if p.severity == "note"]
    assert (note.file, note.value) == ("responses.csv", "help_nmae3")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("attendance", "arrived,left", "Arrived,left"),
        ("events", "start,minutes", "start,Minutes"),
    ],
)
def test_headings_that_differ_in_capitals_only_stop(tmp_path: Path, file: str, old: str, new: str) -> None:
    text = changed({"attendance": ATTENDANCE, "events": EVENTS}[file], old, new)
    stops = sna.check_study(small_study(tmp_path / "s", **{file: text})).stops
    assert [p.file for p in stops] == [f"{file}.csv"]
    assert "capitals" in stops[0].problem


@pytest.mark.parametrize(
    ("relation", "missing"),
    [('cap = 2\nanswered = "dun"', "dun"), ('cap = 2\nfollow_up = { about = "about{n}" }', "about1")],
)
def test_declared_columns_must_be_there(tmp_path: Path, relation: str, missing: str) -> None:
    stops = sna.check_study(small_study(tmp_path / "s", toml=changed(STUDY, "cap = 2", relation))).stops
    assert missing in [p.column for p in stops]


def test_two_columns_for_one_person(tmp_path: Path) -> None:
    toml = changed(STUDY, 'columns = "advice_{actor_id}"', 'columns = "advice_{name}"')
    responses = changed(RESPONSES, "advice_P4", "advice_Ana Lopez")
    (stop,) = sna.check_study(small_study(tmp_path / "s", toml=toml, responses=responses)).stops
    assert (stop.file, stop.row, stop.column) == ("responses.csv", 1, "advice_Ana Lopez")


def test_a_row_of_no_wave(tmp_path: Path) -> None:
    toml = changed(
        STUDY,
        'form = "names"\ncolumns = "help_name{n}"\ncap = 2',
        'form = "ties"\nfile = "ties.csv"\nwave_column = "wave"',
    )
    folder = small_study(tmp_path / "s", toml=toml, ties="ego_id,alter_id,wave\nP1,P2,w1\nP2,P1,W1\nP3,P1,\n")
    assert [(p.row, p.column, p.value) for p in sna.check_study(folder).stops] == [(3, "wave", "W1"), (4, "wave", "")]


def test_one_file_for_every_wave_is_refused(tmp_path: Path) -> None:
    toml = changed(STUDY, 'form = "names"\ncolumns = "help_name{n}"\ncap = 2', 'form = "ties"\nfile = "ties.csv"')
    toml = changed(
        toml, '[[relations]]\nid = "advice"', '[[waves]]\nid = "w2"\n[[relations]]\nid = "advice"\nwaves = ["w1"]'
    )
    stops = sna.check_study(small_study(tmp_path / "s", toml=toml, ties="ego_id,alter_id\nP1,P2\n")).stops
    assert [p.column for p in stops] == ["relations[help].file"]


@pytest.mark.parametrize("heading", ["respondent", ""])
def test_data_without_an_id_or_a_heading(tmp_path: Path, heading: str) -> None:
    text = RESPONSES + ",2,0,0,0,,\n" if heading else changed(RESPONSES, "help_name1", "")
    stops = sna.check_study(small_study(tmp_path / "s", responses=text)).stops
    assert {p.file for p in stops} == {"responses.csv"}


def test_where_that_fits_nothing_is_told(tmp_path: Path) -> None:
    responses = "actor_id,advice_P1,advice_P2,advice_P3,advice_P4,help_name1,about1\nP1,,0,0,0,Jon Smith,data  USE\n"
    toml = changed(STUDY, "cap = 2", 'follow_up = { about = "about{n}" }\nwhere = { about = "data use" }')
    folder = small_study(tmp_path / "s", toml=toml, responses=responses)
    assert sna.measure_study(folder).networks[("w1", "help")].state("P1", "P2") == "present"
    folder = small_study(tmp_path / "t", toml=toml, responses=changed(responses, "data  USE", "data uze"))
    assert ("used", "responses.csv", None, None, "data uze") in told(folder)


def test_pairs_keep_their_plain_no_whatever_where_says(tmp_path: Path) -> None:
    relation = 'form = "roster"\nfile = "pairs.csv"\nstrength = "value"\nscale = { 0 = "no", 1 = "yes" }\n'
    relation += 'follow_up = { about = "about" }\nwhere = { about = "data" }'
    toml = changed(STUDY, 'form = "names"\ncolumns = "help_name{n}"\ncap = 2', relation)
    pairs = "ego_id,alter_id,value,about\nP1,P2,1,data\nP1,P3,1,staff\nP1,P4,0,\nP2,P1,0,\n"
    network = sna.measure_study(small_study(tmp_path / "s", toml=toml, pairs=pairs)).networks[("w1", "help")]
    assert [network.state("P1", a) for a in ("P2", "P3", "P4")] == ["present", "absent", "absent"]
    assert [network.state("P2", a) for a in ("P1", "P3")] == ["absent", "unknown"]


def test_naming_outsiders_only_is_an_answer_in_a_list_of_ties_too(tmp_path: Path) -> None:
    toml = changed(STUDY, 'form = "names"\ncolumns = "help_name{n}"\ncap = 2', 'form = "ties"\nfile = "ties.csv"')
    folder = small_study(
        tmp_path / "s", toml=toml, ties="ego_id,alter_id\nP1,Pat\n", names="typed,actor_id\nPat,outside\n"
    )
    assert status(folder, "help")["P1"] == "answered"


def test_an_unclosed_quotation_mark_stops(tmp_path: Path) -> None:
    (stop,) = sna.check_study(small_study(tmp_path / "s", responses=changed(RESPONSES, "P2,2", '"P2,2'))).stops
    assert (stop.file, stop.row) == ("responses.csv", 3)
    assert "quotation mark" in stop.remedy


def test_a_title_above_the_headings_is_told_once(tmp_path: Path) -> None:
    checked = sna.check_study(small_study(tmp_path / "s", responses="Spring survey\n" + RESPONSES))
    (note,) = [p for p in checked.problems if p.value == "Spring survey"]
    assert (note.severity, note.row, checked.stops) == ("left out", 1, ())


def test_totals_at_the_end_are_told_once_and_left_out(tmp_path: Path) -> None:
    checked = sna.check_study(small_study(tmp_path / "s", attendance=ATTENDANCE + "Total,,3,\n"))
    (note,) = [p for p in checked.problems if p.value == "Total"]
    assert (note.severity, note.row, checked.stops) == ("left out", 5, ())
    assert checked.tables is not None
    assert len(checked.tables.attendance) == len(sna.check_study(small_study(tmp_path / "t")).tables.attendance)


def test_a_consent_column_must_be_used(tmp_path: Path) -> None:
    toml = changed(STUDY, '[consent]\ncolumn = "consent"\ndefault = "full"\n', "")
    (stop,) = sna.check_study(small_study(tmp_path / "s", toml=toml)).stops
    assert (stop.file, stop.column) == ("roster.csv", "consent")


def test_rows_and_nominations_of_refusers_are_counted(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "s", roster=changed(ROSTER, "Lincoln,full\nP2", "Lincoln,refused\nP2"))
    left = {(p.problem.split(",")[0], p.value) for p in sna.check_study(folder).problems if p.severity == "left out"}
    assert ("Rows given by people who refused consent", "1") in left
    assert ("Nominations received by people who refused consent", "2 in advice") in left
    assert not any("Ana" in str(p) for p in sna.check_study(folder).problems)


def test_nobody_who_refused_is_offered_as_a_match(tmp_path: Path) -> None:
    roster = changed(ROSTER, "Cedar,full\nP3", "Cedar,refused\nP3")
    folder = small_study(tmp_path / "s", roster=roster, responses=changed(RESPONSES, "Jon Smith", "Jon Smiht"))
    (stop,) = sna.check_study(folder).stops
    assert "Jon Smith" not in stop.remedy
    events = (
        changed(EVENTS, "start,minutes", "start,minutes,facilitator")
        .replace("120", "120,Jon Smith")
        .replace("60\n", "60,Guest\n")
    )
    table = sna.measure_study(small_study(tmp_path / "t", roster=roster, events=events)).tables.events
    assert table["facilitator"].fillna("").tolist() == ["", "Guest"]


@pytest.mark.parametrize(
    ("rows", "status", "severity"),
    [
        ("actor_id,event_id,status\nP1,e1,\nP2,e1,P\n", "unknown", "used"),
        ("actor_id,event_id,status,minutes\nP1,e1,A,90\n", "absent", "used"),
        ("actor_id,event_id,status,minutes\nP1,e1,P,0\n", "absent", "used"),
        ("actor_id,event_id,minutes\nP1,e1,500\n", "present", "used"),
        ("actor_id,event_id,arrived,left\nP1,e1,19:00,19:30\n", "present", "used"),
    ],
)
def test_contradictory_attendance_is_told(tmp_path: Path, rows: str, status: str, severity: str) -> None:
    folder = small_study(tmp_path / "s", attendance=rows)
    assert any(t[:3] == (severity, "attendance.csv", 2) for t in told(folder))
    table = sna.measure_study(folder).tables.attendance.set_index(["event_id", "actor_id"])
    assert table.loc[("e1", "P1"), "status"] == status


def test_a_group_nobody_is_in_is_told(tmp_path: Path) -> None:
    events = "event_id,date,start,minutes,group\ne1,2022-01-10,16:00,120,Lincon\ne2,2022-02-10,16:00,60,\n"
    folder = small_study(tmp_path / "s", events=events, toml=STUDY + 'group = "school"\n')
    assert ("used", "events.csv", None, None, "e1") in told(folder)
    assert any(
        "group of the events is not used" in p.problem
        for p in sna.check_study(small_study(tmp_path / "t", events=events)).problems
    )


def workbook(change: str) -> bytes:
    book = openpyxl.Workbook()
    for line in RESPONSES.splitlines():
        book.active.append([cell or None for cell in line.split(",")])
    if change == "formula":
        book.active["F2"] = '="Jon "&"Smith"'
    stream = io.BytesIO()
    book.save(stream)
    if change == "formula":
        return stream.getvalue()
    parts = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(parts, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == "xl/worksheets/sheet1.xml" and change == "dimension":
                content = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:B2"', content)
            if item.filename == "xl/worksheets/sheet1.xml" and change == "damage":
                content = content[: len(content) // 2]
            new.writestr(item, content)
    return parts.getvalue()


def test_a_workbook_that_states_too_small_a_range_is_read_whole(tmp_path: Path) -> None:
    toml = changed(STUDY, '"responses.csv"', '"responses.xlsx"')
    folder = small_study(tmp_path / "s", toml=toml, **{"responses.xlsx": workbook("dimension")})
    assert list(status(folder, "help").values()) == ["answered", "answered", "answered", "no_response"]


@pytest.mark.parametrize(("change", "said"), [("formula", "no computed value"), ("damage", "not a readable XLSX")])
def test_workbooks_that_cannot_be_read_rightly(tmp_path: Path, change: str, said: str) -> None:
    toml = changed(STUDY, '"responses.csv"', '"responses.xlsx"')
    stops = sna.check_study(small_study(tmp_path / "s", toml=toml, **{"responses.xlsx": workbook(change)})).stops
    assert [p.file for p in stops] == ["responses.xlsx"]
    assert said in stops[0].problem


TIES = changed(
    STUDY,
    'form = "names"\ncolumns = "help_name{n}"\ncap = 2',
    'form = "ties"\nfile = "ties.csv"\nstrength = "v"\npresent_from = 1',
)


def test_a_tie_without_its_value_is_an_answer_and_unknown(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "s", toml=TIES, ties="ego_id,alter_id,v\nP1,P2,\n")
    assert status(folder, "help")["P1"] == "answered"
    network = sna.measure_study(folder).networks[("w1", "help")]
    assert [network.state("P1", a) for a in ("P2", "P3")] == ["unknown", "absent"]


@pytest.mark.parametrize("rows", ["P1,P2,2\nP1,P2,\n", "P1,P2,\nP1,P2,2\n", "P1,P2,2\nP1,P2,1\n"])
def test_a_pair_reported_twice_keeps_the_highest_known_value(tmp_path: Path, rows: str) -> None:
    folder = small_study(tmp_path / "s", toml=TIES, ties=f"ego_id,alter_id,v\n{rows}")
    results = sna.measure_study(folder)
    assert results.networks[("w1", "help")].strengths.toarray()[0, 1] == 2
    assert any(p.severity == "used" and p.file == "ties.csv" for p in results.tables.problems)


def test_the_follow_up_of_the_tie_that_counts_is_kept(tmp_path: Path) -> None:
    toml = changed(
        TIES, "present_from = 1", 'present_from = 1\nfollow_up = { about = "about" }\nwhere = { about = "data" }'
    )
    folder = small_study(tmp_path / "s", toml=toml, ties="ego_id,alter_id,v,about\nP1,P2,2,data\nP1,P2,1,staff\n")
    results = sna.measure_study(folder)
    assert results.tables.ties.query("relation == 'help'")["about"].tolist() == ["data"]
    assert not any("twice" in p.problem for p in results.tables.problems)


def test_the_answered_column_says_no_beside_zeros(tmp_path: Path) -> None:
    responses = "actor_id,advice_P1,advice_P2,advice_P3,advice_P4,said,help_name1\nP1,,0,0,0,no,nobody\n"
    toml = changed(STUDY, "present_from = 2", 'present_from = 2\nanswered = "said"')
    folder = small_study(tmp_path / "s", toml=toml, responses=responses)
    assert status(folder, "advice")["P1"] == "skipped"
    assert ("used", "responses.csv", 2, None, None) in told(folder)


@pytest.mark.parametrize("heading", ["Consent", "Asked", "LEFT"])
def test_roster_headings_with_a_meaning_must_be_written_small(tmp_path: Path, heading: str) -> None:
    roster = "\n".join(f"{line},{heading if n == 0 else 'no'}" for n, line in enumerate(ROSTER.splitlines())) + "\n"
    roster = roster.replace(",consent,", ",agreed,")
    toml = changed(STUDY, 'column = "consent"', 'column = "agreed"')
    (stop,) = sna.check_study(small_study(tmp_path / "s", toml=toml, roster=roster)).stops
    assert (stop.file, stop.row, stop.column) == ("roster.csv", 1, heading)


def test_a_formula_that_comes_to_nothing_is_an_empty_cell(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in RESPONSES.splitlines():
        book.active.append([cell or None for cell in line.split(",")])
    book.active["F2"], book.active["G2"] = '="Jon Smith"', '=""'
    stream = io.BytesIO()
    book.save(stream)
    parts = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(parts, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == "xl/worksheets/sheet1.xml":
                content = re.sub(
                    rb'<c r="F2"[^>]*>(<f>.*?</f>)<v ?/?>(</v>)?', rb'<c r="F2" t="str">\1<v>Jon Smith</v>', content
                )
            new.writestr(item, content)
    toml = changed(STUDY, '"responses.csv"', '"responses.xlsx"')
    folder = small_study(tmp_path / "s", toml=toml, **{"responses.xlsx": parts.getvalue()})
    assert sna.measure_study(folder).networks[("w1", "help")].state("P1", "P2") == "present"


def test_a_first_column_without_heading_is_noted(tmp_path: Path) -> None:
    responses = "\n".join(f"{'' if n == 0 else n},{line}" for n, line in enumerate(RESPONSES.splitlines())) + "\n"
    assert ("note", "responses.csv", 1, None, "1") in told(small_study(tmp_path / "s", responses=responses))


def test_nothing_is_noted_about_a_row_of_somebody_who_refused(tmp_path: Path) -> None:
    roster = changed(ROSTER, "Cedar,full\nP3", "Cedar,refused\nP3")
    attendance = changed(ATTENDANCE, "P2,e1,16:20,17:30", "jon smith,e1,,")
    told = [p for p in sna.check_study(small_study(tmp_path / "s", attendance=attendance)).problems if p.row == 3]
    assert {p.problem for p in told} >= {"Nothing is entered for this person."}
    folder = small_study(tmp_path / "t", roster=roster, attendance=attendance)
    assert [p for p in sna.check_study(folder).problems if p.row == 3] == []


def test_curly_quotes_and_line_breaks_in_a_heading_do_not_matter(tmp_path: Path) -> None:
    toml = changed(STUDY, 'columns = "help_name{n}"', 'columns = "Who’s your  helper? {n}"')
    responses = changed(RESPONSES, "help_name1,help_name2", '"Who\'s your\nhelper? 1",Who`s your helper? 2')
    tables = sna.check_study(small_study(tmp_path / "s", toml=toml, responses=responses)).tables
    assert tables is not None
    assert len(tables.ties[tables.ties["relation"] == "help"]) == 3
