"""Attendance from lists, times, minutes, marks and grids; who could have come; what was not recorded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sna
from tests.small_study import ATTENDANCE, EVENTS, ROSTER, STUDY, changed, small_study


def attendance(folder: Path) -> pd.DataFrame:
    tables = sna.check_study(folder).tables
    assert tables is not None, [str(p) for p in sna.check_study(folder).stops]
    return tables.attendance.set_index(["event_id", "actor_id"])


def test_times_become_minutes_within_the_event(tmp_path: Path) -> None:
    times = changed(ATTENDANCE, "P1,e1,16:00,18:00", "P1,e1,15:30,19:00")
    table = attendance(small_study(tmp_path / "s", attendance=times))
    assert table["minutes"].to_dict() == {
        ("e1", "P1"): 120.0,
        ("e1", "P2"): 70.0,
        ("e1", "P3"): 0.0,
        ("e1", "P4"): 0.0,
        ("e2", "P1"): 0.0,
        ("e2", "P2"): 0.0,
        ("e2", "P3"): 60.0,
        ("e2", "P4"): 0.0,
    }
    assert table.loc[("e1", "P2"), ["late", "left_early"]].tolist() == [True, True]
    assert table.loc[("e1", "P1"), ["late", "left_early"]].tolist() == [False, False]
    assert table.loc[("e1", "P3"), "status"] == "absent"


@pytest.mark.parametrize(
    ("rows", "status", "minutes"),
    [
        ("actor_id,event_id,minutes\nP1,e1,45\n", "present", 45.0),
        ("actor_id,event_id,minutes\nP1,e1,500\n", "present", 120.0),
        ("actor_id,event_id,minutes\nP1,e1,0\n", "absent", 0.0),
        ("actor_id,event_id,status\nP1,e1,P\n", "present", 120.0),
        ("actor_id,event_id,status\nP1,e1,E\n", "excused", 0.0),
        ("actor_id,event_id,status\nP1,e1,Late\n", "present", 120.0),
        ("actor_id,event_id,status\nP1,e1,90\n", "present", 90.0),
        ("actor_id,event_id,arrived,left\nP1,e1,4:30 PM,5:30 PM\n", "present", 60.0),
        ("actor_id,event_id,arrived,left\nP1,e1,2022-01-10 16:30,2022-01-10 17:30\n", "present", 60.0),
        ("actor_id,event_id,arrived,left\nP1,e1,16:30,17:00\nP1,e1,17:30,18:00\n", "present", 60.0),
        ("actor_id,event_id,arrived,left\nAna Lopez,e1,16:00,17:00\n", "present", 60.0),
    ],
)
def test_ways_to_write_it(tmp_path: Path, rows: str, status: str, minutes: float) -> None:
    row = attendance(small_study(tmp_path / "s", attendance=rows)).loc[("e1", "P1")]
    assert (row["status"], row["minutes"]) == (status, minutes)


def test_arrival_without_departure_is_present_for_an_unknown_time(tmp_path: Path) -> None:
    row = attendance(small_study(tmp_path / "s", attendance="actor_id,event_id,arrived,left\nP1,e1,16:00,\n")).loc[
        ("e1", "P1")
    ]
    assert row["status"] == "present"
    assert pd.isna(row["minutes"])
    assert pd.isna(row["share"])


def test_grid_of_marks_and_minutes(tmp_path: Path) -> None:
    grid = "actor_id,e1,e2\nP1,P,A\nP2,45,\nP3,Z,x\n"
    toml = STUDY + 'form = "grid"\nstatus = { Z = "excused" }\n'
    table = attendance(small_study(tmp_path / "s", toml=toml, attendance=grid))
    assert table["status"].to_dict() == {
        ("e1", "P1"): "present",
        ("e1", "P2"): "present",
        ("e1", "P3"): "excused",
        ("e1", "P4"): "absent",
        ("e2", "P1"): "absent",
        ("e2", "P2"): "absent",
        ("e2", "P3"): "present",
        ("e2", "P4"): "absent",
    }
    assert table.loc[("e1", "P2"), "minutes"] == 45


def test_an_event_without_a_sheet_is_unknown_for_everybody(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "s", attendance="actor_id,event_id,status\nP1,e1,P\n")
    assert set(attendance(folder).loc["e2", "status"]) == {"unknown"}
    results = sna.measure_study(folder)
    assert results.two_mode is not None
    assert results.two_mode.events == ("e1",)
    assert results.engagement.set_index("actor_id").loc["P1", "events_eligible"] == 1
    assert any(p.value == "e2" and p.severity == "note" for p in results.tables.problems)


def test_membership_by_date_and_group_decides_who_could_come(tmp_path: Path) -> None:
    roster = "actor_id,name,role,school,consent,joined,left\n" + "".join(
        f"{line},{dates}\n"
        for line, dates in zip(ROSTER.splitlines()[1:], ("2022-02-01,", ",2022-01-31", ",", ","), strict=True)
    )
    events = "event_id,date,start,minutes,group\ne1,2022-01-10,16:00,120,\ne2,2022-02-10,16:00,60,Lincoln;Harbor\n"
    toml = STUDY + 'group = "school"\nwave = "w1"\n'
    folder = small_study(tmp_path / "s", toml=toml, roster=roster, events=events)
    table = attendance(folder)
    eligible = {
        event: sorted(a for (e, a), yes in table["eligible"].items() if e == event and yes) for event in ("e1", "e2")
    }
    assert eligible == {"e1": ["P2", "P3", "P4"], "e2": ["P1", "P3"]}
    assert table.loc[("e1", "P1"), ["eligible", "status"]].tolist() == [False, "present"]
    assert any("without being among" in p.problem for p in sna.check_study(folder).problems)


def test_dosage_and_projections_by_hand(tmp_path: Path) -> None:
    """Shares (1, .833, 0), (.917, 1, 1), (0, .5, 1) of 120, 120 and 90 minutes, worked out by hand."""
    events = "event_id,date,start,minutes\na,2022-01-01,16:00,120\nb,2022-02-01,16:00,120\nc,2022-03-01,16:00,90\n"
    rows = (
        "actor_id,event_id,arrived,left\nP1,a,16:00,18:00\nP1,b,16:00,17:40\n"
        "P2,a,16:10,18:00\nP2,b,16:00,18:00\nP2,c,16:00,17:30\nP3,b,16:00,17:00\nP3,c,16:00,17:30\n"
    )
    results = sna.measure_study(small_study(tmp_path / "s", events=events, attendance=rows))
    dosage = results.engagement.set_index("actor_id")["dosage"]
    assert dosage.loc[["P1", "P2", "P3"]].round(4).tolist() == [0.6667, 0.9697, 0.4545]
    assert results.two_mode is not None
    least, most = results.two_mode.minutes_together()
    assert least.equals(most)
    assert least.loc["P1", "P2"] == 110 + 100
    assert least.loc["P1", "P3"] == 60


def test_minutes_alone_bound_the_time_together(tmp_path: Path) -> None:
    rows = "actor_id,event_id,minutes\nP1,e1,60\nP2,e1,60\nP3,e1,110\n"
    results = sna.measure_study(small_study(tmp_path / "s", attendance=rows))
    assert results.two_mode is not None
    least, most = results.two_mode.minutes_together()
    assert (least.loc["P1", "P2"], most.loc["P1", "P2"]) == (0, 60)
    assert (least.loc["P1", "P3"], most.loc["P1", "P3"]) == (50, 60)


@pytest.fixture(scope="module")
def women(tmp_path_factory: pytest.TempPathFactory) -> sna.Results:
    folder = tmp_path_factory.mktemp("davis") / "women"
    sna.example_study("southern-women", folder)
    return sna.measure_study(folder)


def test_davis_projections_have_the_published_values(women: sna.Results) -> None:
    """Evelyn and Laura: 6 events, Newman 1.562637, Jaccard 0.666667; density .908497; Evelyn's Newman strength 8
    (networkx 3.6.1 and numpy agree)."""
    two_mode = women.two_mode
    assert two_mode is not None
    names = women.tables.actors.set_index("name")["actor_id"]
    evelyn, laura = names["Evelyn Jefferson"], names["Laura Mandeville"]
    assert two_mode.present.sum() == 89
    assert two_mode.raw().loc[evelyn, laura] == 6
    assert two_mode.newman().loc[evelyn, laura] == pytest.approx(1.562637, abs=5e-7)
    assert two_mode.newman().loc[evelyn].sum() == pytest.approx(8)
    assert two_mode.jaccard().loc[evelyn, laura] == pytest.approx(2 / 3)
    raw = two_mode.raw().to_numpy()
    assert (raw > 0).sum() / (18 * 17) == pytest.approx(0.908497, abs=5e-7)


def test_projections_against_the_slow_way(women: sna.Results) -> None:
    two_mode = women.two_mode
    assert two_mode is not None
    there = two_mode.present
    n, m = there.shape
    newman, jaccard = np.zeros((n, n)), np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i == j:
                continue
            shared = [k for k in range(m) if there[i, k] and there[j, k]]
            newman[i, j] = sum(1 / (there[:, k].sum() - 1) for k in shared)
            jaccard[i, j] = len(shared) / sum(there[i, k] or there[j, k] for k in range(m))
    assert np.allclose(two_mode.newman().to_numpy(), newman)
    assert np.allclose(two_mode.jaccard().to_numpy(), jaccard)


def test_contacts_are_read(tmp_path: Path) -> None:
    toml = STUDY + '[[contacts]]\nfile = "contacts.csv"\nwho = "coach"\n'
    log = "date,coach,whom,minutes,about\n2022-03-01,P1,Jon Smith,30,data\n2022-02-01,P1,P3,,\n"
    table = sna.measure_study(small_study(tmp_path / "s", toml=toml, contacts=log)).tables.contacts
    assert table["whom_id"].tolist() == ["P3", "P2"]
    assert table["minutes"].tolist()[1] == 30
    broken = "date,coach,whom,minutes,about\n2022-13-01,P1,Jon Smiht,x,data\n"
    found = sna.check_study(small_study(tmp_path / "t", toml=toml, contacts=broken)).stops
    assert {p.column for p in found} == {"date", "whom", "minutes"}


def test_event_faults(tmp_path: Path) -> None:
    events = EVENTS + "e2,2022-03-01,16:00,60\n,2022-03-01,,\ne5,2022-03-01,25:00,0\n"
    found = sna.check_study(small_study(tmp_path / "s", events=events)).stops
    assert {(p.row, p.column) for p in found} == {(4, "event_id"), (5, "event_id"), (6, "minutes"), (6, "start")}


def test_time_away_lowers_the_least_minutes_together(tmp_path: Path) -> None:
    """P1 was away from 17:00 to 17:30; of 70 minutes in which P2 was there too, P1 was there 40 at least."""
    rows = "actor_id,event_id,arrived,left\nP1,e1,16:00,17:00\nP1,e1,17:30,18:00\nP2,e1,16:20,17:30\n"
    results = sna.measure_study(small_study(tmp_path / "s", attendance=rows))
    assert results.two_mode is not None
    least, most = results.two_mode.minutes_together()
    assert (least.loc["P1", "P2"], most.loc["P1", "P2"]) == (40, 70)


def test_minutes_together_past_midnight(tmp_path: Path) -> None:
    events = changed(EVENTS, "2022-01-10,16:00,120", "2022-01-10,23:00,120")
    rows = "actor_id,event_id,arrived,left\nP1,e1,23:00,01:00\nP2,e1,23:50,00:30\nP3,e1,00:10,01:00\n"
    results = sna.measure_study(small_study(tmp_path / "s", events=events, attendance=rows))
    assert results.two_mode is not None
    least, most = results.two_mode.minutes_together()
    assert least.equals(most)
    assert [least.loc[a, b] for a, b in (("P1", "P2"), ("P1", "P3"), ("P2", "P3"))] == [40, 50, 20]
