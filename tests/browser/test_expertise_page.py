"""The page about expertise in a real browser: what it shows is what the tables say; keyboard, phone, hostile text."""

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


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sna.run_study(ROOT / "surveys" / "pplc", tmp_path_factory.mktemp("pplc") / "out").parent


def test_every_count_of_the_page_is_one_of_the_tables(result: Path, visitor: Visitor) -> None:
    with (result / "tables" / "experts.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["nominees"] == "principal"]
    page = visitor().open(result / "index.html")
    page.get_by_role("link", name="See the pictures").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who is asked about what")
    for number, community in enumerate(dict.fromkeys(row["community"] for row in rows), 1):
        part = page.locator(f"#part-{number}")
        expect(part.get_by_role("heading", level=2)).to_have_text(community)
        shown = [int(text) for text in part.locator(".strip td").all_inner_texts() if text.strip().isdigit()]
        told = [int(row["named_by"]) for row in rows if row["community"] == community]
        assert Counter(shown) == Counter(told), community


def test_it_can_be_reached_and_left_by_keyboard(result: Path, visitor: Visitor) -> None:
    page = visitor().open(result / "expertise.html")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_contain_text("Six principal professional learning communities")
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("PPLC E2")
    page.keyboard.press("Enter")
    assert page.url.endswith("#part-2")
    for _ in range(4):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert not page.url.endswith("expertise.html")


def test_it_fits_a_phone_and_says_the_squares_in_words(result: Path, visitor: Visitor, tmp_path: Path) -> None:
    page = visitor(390, 844).open(result / "expertise.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    manager = sna.run_study(ROOT / "surveys" / "pplc", tmp_path / "out", audience="manager").parent
    page = visitor(390, 844).open(manager / "expertise.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    words = {text.strip() for text in page.locator("#part-1 .strip td").all_text_contents()}
    assert words <= {"nobody", "fewer than one in five", "one in five to half", "more than half"}
    assert len(words) > 1


def test_hostile_topics_and_communities_are_text(tmp_path: Path, visitor: Visitor) -> None:
    toml = changed(STUDY, 'id = "help"', f"id = \"help\"\ntopic = '{BAD}'") + '\n[expertise]\nwithin = "school"\n'
    roster = ROSTER.replace("Lincoln", f'"{BAD}"')
    answers = changed(RESPONSES, "Jon Smith,", "Chen Wei,")
    out = sna.run_study(small_study(tmp_path / "s", toml=toml, roster=roster, responses=answers), tmp_path / "out")
    page = visitor().open(out.parent / "expertise.html")
    expect(page.locator("body")).to_contain_text(BAD)
    assert page.locator("img").count() == 0
    assert re.search("Nothing can be said|named", page.locator("#part-1").inner_text())
