"""Pages of findings in a real browser: no request, no overflow on a phone, legible names, reached by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

import sna

Visitor = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "pplc": {"expertise", "brokerage", "engagement", "groups", "communities", "conversations"},
    "support-web": {"brokerage", "support", "facilitation", "conversations"},
}
RUNS = [(study, audience) for study in PAGES for audience in ("researcher", "manager")]


@pytest.fixture(scope="module", params=RUNS, ids=["-".join(run) for run in RUNS])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    study, audience = request.param
    out = tmp_path_factory.mktemp(f"{study}-{audience}") / "out"
    sna.run_study(ROOT / "surveys" / study, out, audience=audience)
    # Who may be worth a conversation is for researchers in both studies.
    return out, PAGES[study] - (set() if audience == "researcher" else {"conversations"})


def test_every_page_is_linked_from_the_first_and_no_other_is_written(
    run: tuple[Path, set[str]], visitor: Visitor
) -> None:
    out, names = run
    assert {path.stem for path in out.glob("*.html")} == {*names, "index"}
    page = visitor().open(out / "index.html")
    links = page.get_by_role("navigation", name="Findings").get_by_role("link")
    assert {link.get_attribute("href") for link in links.all()} == {f"{name}.html" for name in names}
    for name in sorted(names):
        page.get_by_role("navigation", name="Findings").locator(f'a[href="{name}.html"]').click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page).to_have_title(page.get_by_role("heading", level=1).inner_text())


def test_they_fit_a_phone_and_names_can_be_read(run: tuple[Path, set[str]], visitor: Visitor) -> None:
    out, names = run
    for name in sorted(names):
        page = visitor(390, 844).open(out / f"{name}.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        # A row of squares is as high as a line or three, not as a name written letter under letter.
        heights = page.evaluate("[...document.querySelectorAll('.strip tbody tr')].map(row => row.offsetHeight)")
        assert max(heights, default=0) <= 90, name


def test_every_picture_is_told_in_words(run: tuple[Path, set[str]], visitor: Visitor) -> None:
    out, names = run
    for name in sorted(names):
        page = visitor().open(out / f"{name}.html")
        silent = (
            "[...document.querySelectorAll('svg')].filter(s => !s.getAttribute('aria-label') && !s.ariaHidden).length"
        )
        assert page.evaluate(silent) == 0, name
        empty = "[...document.querySelectorAll('.strip td')].filter(cell => !cell.textContent.trim()).length"
        assert page.evaluate(empty) == 0, name
        heads = "[...document.querySelectorAll('th')].filter(cell => !cell.textContent.trim()).length"
        assert page.evaluate(heads) == 0, name
