"""Dates, times and numbers as spreadsheets write them, in every file; two readings are never settled by a guess."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sna
from sna.errors import Problem
from sna.tables.dates import DAY_FIRST, MONTH_FIRST, possible_orders, read_date, read_length, read_stamp, read_time
from sna.tables.values import number_of
from tests.small_study import ATTENDANCE, ROSTER, STUDY, changed, small_study

DAYS = st.dates(dt.date(1930, 1, 1), dt.date(2029, 12, 31))


@given(
    DAYS,
    st.sampled_from(
        ["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d %b %Y", "%d-%b-%Y", "%B %d, %Y", "%b %d, %Y", "%A, %d %B %Y", "%d-%b-%y"]
    ),
)
def test_dates_with_one_meaning(day: dt.date, form: str) -> None:
    found = read_date(day.strftime(form))
    assert found is not None
    assert found.readings == {day}
    assert not found.open


@given(DAYS, st.sampled_from("/.-"), st.booleans(), st.booleans())
def test_dates_in_figures_have_the_readings_of_both_orders(day: dt.date, mark: str, short: bool, padded: bool) -> None:
    year = f"{day:%y}" if short else f"{day:%Y}"
    parts = (f"{day:%d}", f"{day:%m}") if padded else (str(day.day), str(day.month))
    found = read_date(mark.join((*parts, year)))
    assert found is not None
    assert found.under(DAY_FIRST) == day
    assert found.under(MONTH_FIRST) == (day.replace(day=day.month, month=day.day) if day.day <= 12 else None)
    assert (MONTH_FIRST in possible_orders([found])) == (day.day <= 12)


@given(DAYS.filter(lambda day: day >= dt.date(1955, 1, 1)))
def test_numbers_of_days_as_excel_counts(day: dt.date) -> None:
    found = read_date(str((day - dt.date(1899, 12, 30)).days))
    assert found is not None
    assert (found.readings, found.excel) == ({day}, True)


@given(st.integers(0, 1439))
def test_times_of_day(minute: int) -> None:
    time = dt.time(minute // 60, minute % 60)
    half = "am" if minute < 720 else "pm"
    hour = (time.hour - 1) % 12 + 1
    texts = [f"{time:%H:%M}", f"{time:%H:%M:%S}", f"{time.hour}:{time:%M}", f"{time.hour}h{time:%M}"]
    texts += [f"{hour}:{time:%M} {half}", f"{hour}:{time:%M}{half.upper()}", f"{hour}.{time:%M} {half[0]}.m."]
    texts += [f"2026-01-12 {time:%H:%M}", f"1/12/26, {hour}:{time:%M}:00\u202f{half.upper()}"]
    texts += [f"{minute / 1440:.6f}", f"44571{f'{minute / 1440:.6f}'[1:]}"] if minute else []
    for text in texts:
        assert read_time(text) == time, text


@pytest.mark.parametrize(
    "text",
    ["", "31/02/2026", "2026-13-01", "12 apples", "May", "12012026", "1/2", "99999", "12.", "13/13/2026", "-1", "x"],
)
def test_what_is_no_date(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    "text", ["", "24:00", "16:60", "25:00", "16.5", "0.25", "0.50", "13:00 pm", "noon", "1605", "45"]
)
def test_what_is_no_time(text: str) -> None:
    assert read_time(text) is None


def test_a_time_of_a_stated_zone_is_no_local_time() -> None:
    for text in ("2026-01-12T16:00:00Z", "2026-01-12 16:00+01:00"):
        stamp = read_stamp(text)
        assert stamp is not None
        assert (stamp.time, stamp.date is None) == (None, False)


@given(st.integers(0, 9), st.integers(0, 59), st.integers(0, 59))
def test_lengths_of_time(hours: int, minutes: int, seconds: int) -> None:
    total = hours * 60 + minutes + seconds / 60
    parts = [(hours, "h", "hr"), (minutes, "m", "min"), (seconds, "s", "sec")]
    for which in (1, 2):
        text = " ".join(f"{part[0]}{'' if which == 1 else ' '}{part[which]}" for part in parts if part[0])
        if text:
            assert read_length(text) == pytest.approx(total)
    assert read_length(f"{hours}:{minutes:02}:{seconds:02}") == pytest.approx(total)


@pytest.mark.parametrize("text", ["0:35", "45", "5 apples", "h", "1h5", ""])
def test_what_is_no_length(text: str) -> None:
    assert read_length(text) is None


@given(st.integers(0, 10**7), st.integers(0, 99))
def test_numbers(whole: int, hundredths: int) -> None:
    value = whole + hundredths / 100
    assert number_of(f"{value:.2f}") == number_of(f"{value:.2f}".replace(".", ",")) == pytest.approx(value)
    assert number_of(f"{value:,.2f}") == pytest.approx(value)
    english = f"{value:,.2f}"
    assert number_of(english.translate(str.maketrans(",.", ".,"))) == pytest.approx(value)
    if 1000 <= whole < 10**6:
        assert number_of(f"{whole:,}") is None


def about(folder: Path, file: str) -> list[Problem]:
    return [p for p in sna.check_study(folder).problems if p.file == file and p.severity != "left out"]


def roster(*dates: str) -> str:
    """The roster with a date of joining for each person."""
    lines = ROSTER.splitlines()
    return "\n".join(
        [f"{lines[0]},joined", *(f'{line},"{date}"' for line, date in zip(lines[1:], dates, strict=True)), ""]
    )


def joined(folder: Path) -> list[str]:
    return [str(day) for day in sna.measure_study(folder).tables.actors["joined"]]


def test_a_column_is_read_in_the_only_order_in_which_all_its_dates_exist(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "s", roster=roster("03/04/2021", "25/04/2021", "1.5.2021", "2021-06-07"))
    assert joined(folder) == ["2021-04-03", "2021-04-25", "2021-05-01", "2021-06-07"]
    folder = small_study(tmp_path / "t", roster=roster("03/04/2021", "04/25/2021", "5/1/2021", "Jun 7, 2021"))
    assert joined(folder) == ["2021-03-04", "2021-04-25", "2021-05-01", "2021-06-07"]


def test_an_order_that_could_be_either_is_asked_for_once(tmp_path: Path) -> None:
    dates = roster("03/04/2021", "05/04/2021", "5/5/2021", "")
    (stop,) = sna.check_study(small_study(tmp_path / "s", roster=dates)).stops
    assert (stop.file, stop.row, stop.column, stop.value) == ("roster.csv", 2, "joined", "03/04/2021")
    assert 'dates = "d/m/y"' in stop.remedy
    for order, expected in (("d/m/y", "2021-04-03"), ("m/d/y", "2021-03-04")):
        toml = changed(STUDY, 'name = "Small"', f'name = "Small"\ndates = "{order}"')
        folder = small_study(tmp_path / order.replace("/", ""), toml=toml, roster=dates)
        assert joined(folder)[0] == expected


def test_the_same_day_either_way_needs_no_order(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "s", roster=roster("05/05/2021", "6.6.2021", "", ""))
    assert joined(folder)[:2] == ["2021-05-05", "2021-06-06"]


def test_dates_that_do_not_fit_the_stated_order_or_each_other_stop(tmp_path: Path) -> None:
    toml = changed(STUDY, 'name = "Small"', 'name = "Small"\ndates = "m/d/y"')
    (stop,) = sna.check_study(small_study(tmp_path / "s", toml=toml, roster=roster("25/04/2021", "", "", ""))).stops
    assert "in the order month/day/year" in stop.problem
    (stop,) = sna.check_study(small_study(tmp_path / "t", roster=roster("25/04/2021", "04/25/2021", "", ""))).stops
    assert "others the month" in stop.problem


def test_excels_numbers_and_short_years_are_told_once_a_column(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "s", roster=roster("44571", "44572.5", "12 Jan 22", "13-Jan-31"))
    assert joined(folder) == ["2022-01-10", "2022-01-11", "2022-01-12", "1931-01-13"]
    told = [(p.severity, p.row, p.value) for p in about(folder, "roster.csv")]
    assert told == [("used", 2, "44571"), ("note", 4, "12 Jan 22")]


def test_events_and_their_times_as_excel_holds_them(tmp_path: Path) -> None:
    events = 'event_id,date,start,minutes\ne1,44571,0.6666667,"90,5"\ne2,44602.667,4 pm,1h 30m\n'
    folder = small_study(tmp_path / "s", events=events)
    table = sna.measure_study(folder).tables.events
    assert [str(day) for day in table["date"]] == ["2022-01-10", "2022-02-10"]
    assert [str(time) for time in table["start"]] == ["16:00:00", "16:00:00"]
    assert table["minutes"].tolist() == [90.5, 90.0]
    assert [(p.severity, p.row, p.column) for p in about(folder, "events.csv")] == [
        ("used", 2, "date"),
        ("used", 2, "start"),
    ]


@pytest.mark.parametrize(
    ("minutes", "said"), [("1,234", "1234 or 1.234"), ("1:30", "not a number"), ("x", "not a number")]
)
def test_minutes_that_could_be_two_numbers(tmp_path: Path, minutes: str, said: str) -> None:
    events = f'event_id,date,start,minutes\ne1,2022-01-10,16:00,"{minutes}"\ne2,2022-02-10,16:00,60\n'
    (stop,) = sna.check_study(small_study(tmp_path / "s", events=events)).stops
    assert (stop.row, stop.column) == (2, "minutes")
    assert said in stop.problem


@pytest.mark.parametrize(
    ("arrived", "minutes"),
    [("4:30 pm", 90), ("16.30", 90), ("16h30", 90), ("0.6875", 90), ("44571.6875", 90), ("1/10/2022 16:30", 90)],
)
def test_arrivals_as_people_write_them(tmp_path: Path, arrived: str, minutes: float) -> None:
    rows = changed(ATTENDANCE, "P1,e1,16:00,18:00", f"P1,e1,{arrived},18:00")
    table = sna.measure_study(small_study(tmp_path / "s", attendance=rows)).tables.attendance
    assert table.set_index(["event_id", "actor_id"]).loc[("e1", "P1"), "minutes"] == minutes


def test_the_log_of_contacts(tmp_path: Path) -> None:
    toml = STUDY + '[[contacts]]\nfile = "contacts.csv"\n'
    log = "date,who,whom,minutes\n13/2/2022,P1,P2,30\n1/3/2022,P1,P3,45 min\n"
    table = sna.measure_study(small_study(tmp_path / "s", toml=toml, contacts=log)).tables.contacts
    assert [str(day) for day in table["date"]] == ["2022-02-13", "2022-03-01"]
    assert table["minutes"].tolist() == [30.0, 45.0]
    (stop,) = sna.check_study(small_study(tmp_path / "t", toml=toml, contacts=changed(log, "13/2", "11/2"))).stops
    assert stop.column == "date"
