"""Whole runs, opened from disk: what is drawn is what the tables say, for every relation and wave."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

import sna
from tests.small_study import RESPONSES, ROSTER, STUDY, changed, small_study

Visitor = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]
BAD = "</script><img src=x onerror=alert(1)>"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module", params=["il-cop", "pplc"])
def result(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("run") / str(request.param)
    return sna.run_study(ROOT / "surveys" / str(request.param), out).parent


def test_every_page_draws_the_ties_and_people_of_the_tables(result: Path, visitor: Visitor) -> None:
    ties = Counter((r["relation"], r["wave"]) for r in rows(result / "tables" / "ties.csv") if r["state"] == "present")
    people = Counter(r["wave"] for r in rows(result / "tables" / "actors.csv"))
    networks = {(r["relation"], r["wave"]) for r in rows(result / "tables" / "response.csv")}
    pages = sorted((result / "networks").glob("*.html"))
    assert len(pages) == len(networks) > 0
    visit = visitor()
    places: dict[str, Any] = {}
    for relation, wave in sorted(networks):
        page = visit.open(result / "networks" / f"{relation}-{wave}.html")
        assert page.evaluate("snaPage.drawnTies()") == ties[(relation, wave)], (relation, wave)
        assert page.evaluate("snaPage.drawnPeople()") == people[wave], (relation, wave)
        for person, place in page.evaluate("snaPage.places()").items():
            assert places.setdefault(person, place) == place, (relation, wave, person)
    assert len(visit.requests) == len(pages), "one request for each page, and none from it"


def test_every_link_of_the_first_page_leads_somewhere(result: Path, visitor: Visitor) -> None:
    page = visitor().open(result / "index.html")
    links = [a.get_attribute("href") or "" for a in page.locator("a").all()]
    inside = {link.split("#")[0] for link in links} - {""}
    assert {link for link in inside if link.startswith("networks/")} == {
        f"networks/{path.name}" for path in (result / "networks").glob("*.html")
    }
    assert all((result / link).is_file() for link in inside)


def test_hostile_names_are_shown_as_they_are(tmp_path: Path, visitor: Visitor) -> None:
    quoted = '"' + BAD + '"'
    roster = changed(ROSTER, "Chen Wei,teacher,Lincoln", f"{quoted},{quoted},{quoted}")
    responses = changed(RESPONSES, "Chen Wei", "P3")
    toml = changed(changed(STUDY, '"Small"', f"'{BAD}'"), '"Goes to for advice"', f"'{BAD}'")
    out = sna.run_study(small_study(tmp_path / "s", toml=toml, roster=roster, responses=responses), tmp_path / "out")
    visit = visitor()
    page = visit.open(out)
    expect(page.locator("h1")).to_have_text(BAD)
    page = visit.open(out.parent / "networks" / "advice-w1.html")
    expect(page.locator("h1")).to_contain_text(BAD)
    search = page.get_by_label("Find a person")
    search.fill(BAD[:12])
    search.press("Enter")
    expect(page.get_by_role("heading", name=BAD, exact=True)).to_be_visible()
    assert page.locator("img[src=x]").count() == 0


@pytest.mark.parametrize("audience", ["manager", "public"])
def test_pages_of_the_other_audiences_open(tmp_path: Path, visitor: Visitor, audience: str) -> None:
    out = sna.run_study(ROOT / "surveys" / "il-cop", tmp_path / "out", audience=audience)
    visit = visitor()
    page = visit.open(out)
    expect(page.locator("h1")).to_have_text(re.compile("."))
    assert (page.locator("a.tile").count() > 30) == (audience == "manager")
    assert (page.locator(".blocks table").count() > 5) == (audience == "public")
    if audience == "manager":
        page = visit.open(out.parent / "networks" / "advice-2022.html")
        assert page.evaluate("snaPage.drawnPeople()") > 50


def test_a_study_of_attendance_alone_opens(tmp_path: Path, visitor: Visitor) -> None:
    sna.example_study("southern-women", tmp_path / "women")
    page = visitor().open(sna.run_study(tmp_path / "women", tmp_path / "out"))
    expect(page.locator("body")).to_contain_text("14 events were declared; attendance was recorded at 14.")
