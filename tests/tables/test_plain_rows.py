"""Large sign-in lists are read by columns; row by row they come to exactly the same, whatever stands in them."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sna.study_file import load_study
from sna.tables import columns, sign_in_lists
from sna.tables.accounting import accounting
from sna.tables.columns import column_records, trim
from sna.tables.places import places_of
from sna.tables.problems import Problems
from sna.tables.read import load_tables, read_content

ROSTER = """actor_id,name,email,school,consent,joined,left
P1,Ana Lopez,ana@x.org,North,full,,
P2,Ben Okafor,ben@x.org,South,full,2026-01-10,
P3,José Álvarez,,North,refused,,
P4,Chen Wei,,South,full,,2026-01-20
P5,Dana Novak,,North,full,,
P6,Dana Novák,,,full,,
"""
NAMES = "typed,decision,actor_id\nGuest,outside,\nTest,ignore,\nD. N.,,P5\nBen Okafor,,P4\n"
WHO = (
    *("P1", "P2", "P4", "P5", "P6", "P1", "P2", "Ana Lopez", "ana lopez", "LOPEZ, ANA", "Dr. Ben Okafor", "ben@x.org"),
    *("P3", "José Álvarez", "Jose Alvarez", "Dana Novak", "Dana Novák", "dana novak", "D. N.", "Guest", "Test"),
    *("nobody here", "", " P1 ", "P2\u00a0", "total", "actor_id"),
)
EVENTS = ("e1", "e2", "e3", "e4", "e5", "e6", "e1", "e2", "e9", "", " e2 ")
TIMES = (
    *("", "", "16:00", "16:05", "16:30", "4:05 pm", "4.05 pm", "15:00", "12:59", "4:05", "17:55", "18:00", "19:00"),
    *("23:30", "00:30", "01:30", "2026-01-12 16:10", "12/01/2026 16:10", "2026-01-13 00:30", "2026-02-12 16:10", "16"),
    *("0.6667", "46034.67", "soon", "16:05:30", "16:05Z", "24:00", "5:00", "7:30", "2026-01-11 23:50", "12:30"),
    *("2026-01-13 16:10", "2026-01-11 16:10"),
)
MINUTES = ("", "", "", "45", "0", "90", "120", "500", "1:30:00", "1 h 5 min", "-3", "many", "1,234", "45.5", "12,5")
STATUSES = (
    "",
    "",
    "",
    "P",
    "p",
    "A",
    "E",
    "L",
    "x",
    "0",
    "1",
    "45",
    "16:05",
    "16:00-17:00",
    "P (left 17:00)",
    "?",
    "on leave",
)


def random_list(rng: random.Random, rows: int) -> str:
    """A sign-in list with some of the columns there can be, in which most rows are usual and some are not."""
    wanted = [name for name in ("arrived", "left", "minutes", "status", "remarks") if rng.random() < 0.6]
    header = ["actor_id", "event_id", *wanted]
    rng.shuffle(header)
    odd = rng.choice((0.0, 0.05, 0.3, 1.0))
    usual = {
        "actor_id": ("P1", "P2", "P4", "P5", "P6"),
        "event_id": ("e1", "e2", "e4", "e5"),
        "arrived": ("16:05", "16:30"),
    }
    usual |= {"left": ("17:00", "17:50"), "minutes": ("45",), "status": ("P",), "remarks": ("", "late")}
    every = {"actor_id": WHO, "event_id": EVENTS, "arrived": TIMES, "left": TIMES, "minutes": MINUTES}
    every |= {"status": STATUSES, "remarks": ("", "x")}
    separator = rng.choice((",", ",", ";", "\t"))
    lines = [header]
    for _ in range(rows):
        lines.append([rng.choice((every if rng.random() < odd else usual)[name]) for name in header])
    if rng.random() < 0.2:
        lines.append([rng.choice(("Total", "total:")), *[str(rows)] * (len(header) - 1)])
    if rng.random() < 0.1:
        lines.insert(rng.randrange(1, len(lines)), [" "] * len(header))
    if rng.random() < 0.1:
        lines[-1] = lines[-1][:-1]
    if rng.random() < 0.1:
        lines = [[*line, ""] for line in lines]
    if rng.random() < 0.1:
        lines[rng.randrange(len(lines))].append("")
    if rng.random() < 0.1:
        lines.insert(0, ["Sign-in list of the year", *[""] * (len(header) - 1)])
    quoted = rng.random() < 0.05
    marks = '"' if quoted else ""
    return_line = rng.choice(("\n", "\n", "\r\n"))
    blank = return_line * rng.choice((0, 0, 1, 3))
    cells = [
        separator.join(f"{marks}{cell.replace(',', '.') if separator == ',' else cell}{marks}" for cell in line)
        for line in lines
    ]
    return return_line.join(cells) + blank


def write_study(folder: Path, listed: str, rng: random.Random) -> None:
    """A study of this list."""
    group = rng.choice(('group = "school"\n', ""))
    status = rng.choice(("", 'status = { "" = "present" }\n', 'status = { "" = "absent", L = "excused" }\n'))
    file, form = rng.choice((("list.csv", ""), ("list.csv", ""), ("list*.csv", ""), ("{event}.csv", "")))
    unresolved = rng.choice(("stop", "count", "outside"))
    names = rng.choice(("", 'names = "names.csv"\n'))
    twice = rng.random() < 0.15
    source = f'file = "{file}"\nevents = "events.csv"\n{group}{status}{form}late_after = 5\n'
    (folder / "study.toml").write_text(
        f'[study]\nname = "s"\nroster = "roster.csv"\n{names}unresolved = "{unresolved}"\n'
        '[consent]\ncolumn = "consent"\ndefault = "full"\n[[waves]]\nid = "w1"\n'
        + f"[[attendance]]\n{source}"
        * (2 if twice else 1),
        encoding="utf-8",
    )
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (folder / "names.csv").write_text(NAMES, encoding="utf-8")
    (folder / "events.csv").write_text(
        "event_id,date,start,minutes,group\ne2,2026-01-12,16:00,120,\ne1,2026-01-05,16:00,120,North\n"
        "e3,2026-01-12,,,\ne4,2026-01-12,23:00,180,\ne5,2026-01-12,16:00,,\ne6,2026-01-12,08:00,600,\n",
        encoding="utf-8",
    )
    encoding = rng.choice(("utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16"))
    for name in ("list.csv", "e1.csv") if file == "{event}.csv" else ("list.csv",):
        (folder / name).write_bytes(listed.encode(encoding, errors="replace"))
    if file == "list*.csv":
        (folder / "list2.csv").write_bytes(listed.encode(encoding, errors="replace"))


@contextmanager
def large_from(lines: float) -> Iterator[None]:
    """Files of so many lines count as large."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "LARGE", lines)
        yield


def everything(folder: Path) -> dict[str, object]:
    """All that is read of a study, also where something stops it."""
    study, found = load_study(folder)
    assert study is not None, found
    problems = Problems(found)
    content = read_content(study, problems)
    assert content is not None
    tables, sorted_problems = load_tables(study, found)
    places = [places_of(study, problems, content.roster.people, actor) for actor in ("P1", "P2", "P3")]
    return {
        "problems": sorted_problems,
        "events": content.events,
        "attendance": content.make_attendance(),
        "accounting": accounting(problems),
        "names": problems.names.counts(),
        "typed": problems.typed,
        "rows": problems.rows_read,
        "places": pd.concat(places),
        "stopped": tables is None,
    }


def compare(listed: str, rng: random.Random, toml: str = "") -> None:
    """The study, or that of a given study.toml, is the same read by columns and by rows."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        write_study(folder, listed, rng)
        if toml:
            (folder / "study.toml").write_text(toml)
            (folder / "list.csv").write_text(listed)
        with large_from(float("inf")):
            by_rows = everything(folder)
        with large_from(0):
            by_columns = everything(folder)
    for name, expected in by_rows.items():
        if isinstance(expected, pd.DataFrame):
            pd.testing.assert_frame_equal(by_columns[name], expected, check_exact=True)
        else:
            assert by_columns[name] == expected, name


@pytest.mark.parametrize("seed", range(150))
def test_random_lists_are_the_same_by_columns_and_by_rows(seed: int) -> None:
    rng = random.Random(seed)
    compare(random_list(rng, rng.choice((1, 3, 10, 60))), rng)


USUAL = (
    '[study]\nname = "s"\nroster = "roster.csv"\n[consent]\ncolumn = "consent"\n[[waves]]\nid = "w1"\n'
    '[[attendance]]\nfile = "list.csv"\nevents = "events.csv"\n'
)


@pytest.mark.parametrize("cells", ["{},", ",{}", "{},18:00", "16:30,{}"])
@pytest.mark.parametrize("minutes", ["", "0", "45", "500"])
def test_every_time_at_every_event_is_the_same_by_columns_and_by_rows(cells: str, minutes: str) -> None:
    people, events = ("P1", "P2", "P4", "P5", "P6"), ("e1", "e2", "e3", "e4", "e5", "e6")
    times = [time for time in dict.fromkeys(TIMES) if time != "12/01/2026 16:10"]
    for start in range(0, len(times), len(people)):
        few = zip(people, times[start:], strict=False)
        rows = [f"{who},{event},{cells.format(time)},{minutes}" for who, time in few for event in events]
        compare("\n".join(["actor_id,event_id,arrived,left,minutes", *rows]), random.Random(3), USUAL)


CELL = st.text(st.sampled_from("ab1 ,;\t.:'\u00a0é#\\\x1a\x1c\u2028"), max_size=3)
# Cells are compared some bytes at a time, and very long ones as a whole.
LONG = st.builds(
    lambda cell, times, end: cell * times + end, st.sampled_from(["a", "ab", "é"]), st.integers(2, 20), CELL
)


@given(
    st.lists(st.lists(CELL | LONG, min_size=1, max_size=3), min_size=1, max_size=8),
    st.sampled_from(",;\t"),
    st.booleans(),
)
def test_columns_are_the_rows_of_the_csv_module(lines: list[list[str]], separator: str, windows: bool) -> None:
    text = ("\r\n" if windows else "\n").join(separator.join(line) for line in lines)
    with large_from(0):
        found = column_records(text, separator)
    if found is not None:
        read = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        rows = [(number, tuple(trim(cell) for cell in row)) for number, row in enumerate(read, 1)]
        expected = [row for row in rows if any(row[1])]
        assert list(found) == expected
        assert [found[at] for at in range(len(found))] == expected
        assert list(found[1:]) == expected[1:]


def test_most_rows_of_a_usual_list_are_read_by_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    by_row = sign_in_lists.SignInList._mark

    def noted(self: sign_in_lists.SignInList, row: Any, event: Any) -> object:
        read.append(row.number)
        return by_row(self, row, event)

    listed = "actor_id,event_id,arrived,left\nP1,e1,16:00,17:00\nana lopez,e2,16:00,17:00\nP2,e2,16:00,17:00\n"
    write_study(tmp_path, listed, random.Random(3))
    (tmp_path / "study.toml").write_text(USUAL)
    (tmp_path / "list.csv").write_text(listed)
    monkeypatch.setattr(sign_in_lists.SignInList, "_mark", noted)
    with large_from(0):
        everything(tmp_path)
    assert set(read) == {3}
