"""People who refused consent: neither their name nor the place of their row is told, unless somebody has to mend it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import sna
from sna.errors import Problem
from tests.small_study import ROSTER, changed, small_study
from tests.tables.exports.corpus import CORPUS
from tests.tables.meetings_study import ROSTER as CALLERS
from tests.tables.meetings_study import law_holds, problems_of, study

ONE = 'file = "reports/{event_id}.csv"'
ZOOM = "Name (original name),Email,Join time,Leave time,Duration (minutes),In waiting room\n"
ROWS = (
    "Dana Novak,dana@example.org,01/12/2026 03:58:02 PM,01/12/2026 06:01:30 PM,124,No\n"
    "iPhone (Chen Wei),,01/12/2026 04:00:55 PM,01/12/2026 05:10:20 PM,70,No\n"
)
WAITED = "iPhone (Chen Wei),,01/12/2026 03:59:40 PM,01/12/2026 04:00:55 PM,2,Yes\n"
INVITED = "Chen Wei's iPad,,,,,No\n"
FIRST_LEFT = "chen wei,,01/12/2026 05:00:00 PM,01/12/2026 04:30:00 PM,30,No\n"
NO_TIME = "Chen Wei,,at about four,01/12/2026 05:00:00 PM,30,No\n"


def with_refuser(folder: Path, report: str, refuser: str = "P3", keys: str = "") -> Path:
    """A study of one report whose roster says that one of the four refused."""
    lines = CALLERS.splitlines()
    roster = "\n".join(
        [f"{lines[0]},consent", *(f"{line},{'refused' if line.startswith(refuser) else 'full'}" for line in lines[1:])]
    )
    made = study(folder, {"reports/e1.csv": report}, f"{ONE}\n{keys}", roster=roster + "\n", top='unresolved = "count"')
    toml = (made / "study.toml").read_text(encoding="utf-8").replace("[consent]", '[consent]\ncolumn = "consent"')
    (made / "study.toml").write_text(toml, encoding="utf-8")
    return made


def at_row(problems: list[Problem], row: int) -> list[Problem]:
    return [p for p in problems if p.file == "reports/e1.csv" and p.row == row]


@pytest.mark.parametrize("row", [WAITED, INVITED])
@pytest.mark.parametrize("keys", ["", 'wave = "w1"'])
def test_nothing_points_at_a_row_of_a_refuser_in_a_report(tmp_path: Path, row: str, keys: str) -> None:
    folder = with_refuser(tmp_path / "s", ZOOM + ROWS + row, keys=keys)
    problems = problems_of(folder)
    assert at_row(problems, 4) == []
    assert not any("Chen" in str(p) or "iP" in str(p) for p in problems)
    assert [p.problem for p in problems if "hold nothing" in p.problem] == [
        "Rows of people who refused consent that hold nothing to be used: 1."
    ]
    assert law_holds(folder).loc["reports/e1.csv", ["rejected", "out_of_scope"]].to_list() == [0, 2 * 6]


@pytest.mark.parametrize("row", [WAITED, INVITED])
def test_rows_of_others_are_told_as_before(tmp_path: Path, row: str) -> None:
    (told,) = at_row(problems_of(with_refuser(tmp_path / "s", ZOOM + ROWS + row, "P2")), 4)
    assert told.severity == "left out"


def test_the_name_of_a_refuser_shown_by_somebody_else_is_not_told(tmp_path: Path) -> None:
    report = ZOOM + ROWS.replace("Dana Novak,", "Chen Wei (Chen W),")
    assert not any("Chen" in str(p) for p in problems_of(with_refuser(tmp_path / "s", report)))


@pytest.mark.parametrize("row", [FIRST_LEFT, NO_TIME])
def test_a_fault_to_be_mended_is_told_without_its_value(tmp_path: Path, row: str) -> None:
    problems = problems_of(with_refuser(tmp_path / "s", ZOOM + ROWS + row))
    (told,) = at_row(problems, 4)
    assert (told.severity, told.value) == ("stops", None)
    (same,) = at_row(problems_of(with_refuser(tmp_path / "t", ZOOM + ROWS + row, "P2")), 4)
    assert (same.problem, same.remedy, same.column) == (told.problem, told.remedy, told.column)


def test_a_number_to_be_mended_is_told_and_an_id_is_not(tmp_path: Path) -> None:
    refused = changed(ROSTER, "Cedar,full\nP3", "Cedar,refused\nP3")
    header = "actor_id,event_id,arrived,left\n"
    for text, value in (("16:99", "16:99"), ("soon after Jon", None)):
        folder = small_study(
            tmp_path / str(value is None), roster=refused, attendance=f"{header}P2,e1,{text},18:00\nP1,e1,16:00,17:00\n"
        )
        (stop,) = sna.check_study(folder).stops
        assert (stop.row, stop.column, stop.value) == (2, "arrived", value)
    twice = changed(refused, "P3,Chen Wei", "P2,Jon Smith,principal,Cedar,refused\nP3,Chen Wei")
    (stop,) = sna.check_study(small_study(tmp_path / "twice", roster=twice)).stops
    assert (stop.row, stop.column, stop.value) == (4, "actor_id", None)


def test_a_state_of_consent_that_is_not_known_is_told(tmp_path: Path) -> None:
    roster = changed(ROSTER, "Cedar,full\nP3", "Cedar,fulll\nP3").replace("Cedar,\n", "Cedar,refused\n")
    (stop,) = sna.check_study(small_study(tmp_path / "s", roster=roster)).stops
    assert (stop.row, stop.column, stop.value) == (3, "consent", "fulll")


def test_a_dropped_interview_of_a_refuser_is_not_told(tmp_path: Path) -> None:
    """Neither the file named after them, nor the list of the people they named, nor the row's cells as rejected."""
    folder = Path(shutil.copytree(CORPUS / "network_canvas" / "same_answers", tmp_path / "s"))
    for path in folder.glob("P4_*"):
        path.rename(folder / path.name.replace("P4_", "Dana_"))
    refuse(folder, "P4")
    # A remark about the file as a whole.
    ego = next(folder.glob("Dana_*_ego.csv"))
    ego.write_bytes(ego.read_bytes().replace(b"Advice study", "Enquête".encode("cp1252")))
    checked = sna.check_study(folder)
    assert checked.tables is not None
    assert not any("Dana" in str(p) or "aa0000000004" in str(p) or '"P4"' in str(p) for p in checked.problems)
    account = checked.tables.accounting.set_index("file")
    assert account.loc["*_ego.csv", ["cells", "out_of_scope", "rejected"]].to_list() == [4 * 8, 8 + 3 * 6, 0]
    assert (account[["used", "unknown", "out_of_scope", "rejected"]].sum(axis=1) == account["cells"]).all()


@pytest.mark.parametrize(("product", "old"), [("kobotoolbox", "Test of the form"), ("redcap", "")])
def test_a_dropped_record_of_a_refuser_is_not_told(tmp_path: Path, product: str, old: str) -> None:
    folder = Path(shutil.copytree(CORPUS / product / "same_answers", tmp_path / "s"))
    refuse(folder, "P4")
    responses = folder / "responses.csv"
    if old:
        responses.write_text(responses.read_text("utf-8").replace(old, "Dana Novak"), encoding="utf-8")
    else:
        toml = (folder / "study.toml").read_text("utf-8")
        respondent = next(line for line in toml.splitlines() if line.startswith("respondent"))
        (folder / "study.toml").write_text(toml.replace(respondent, 'respondent = "record_id"'), encoding="utf-8")
        names = "typed,actor_id,decision\n1,P1,\n2,P2,\n3,P3,\n4,P4,\n"
        (folder / "names.csv").write_text(names, encoding="utf-8")
    checked = sna.check_study(folder)
    assert checked.tables is not None, checked.stops
    left_out = [p for p in checked.problems if p.severity == "left out" and p.file == "responses.csv"]
    assert {p.row for p in left_out} == {None}
    assert any("hold nothing to be used: 1." in p.problem for p in left_out)
    assert checked.tables.accounting.set_index("file").loc["responses.csv", "rejected"] == 0


def refuse(folder: Path, actor_id: str) -> None:
    """Make one person of a corpus study refuse consent."""
    rows = (folder / "roster.csv").read_text("utf-8-sig").splitlines()
    told = [f"{row},{'refused' if row.startswith(actor_id) else 'full'}" for row in rows[1:]]
    (folder / "roster.csv").write_text("\n".join([f"{rows[0]},consent", *told, ""]), encoding="utf-8")
    toml = (folder / "study.toml").read_text("utf-8").replace("[consent]", '[consent]\ncolumn = "consent"')
    (folder / "study.toml").write_text(toml, encoding="utf-8")
