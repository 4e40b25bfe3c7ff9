"""The pages in a real Chromium, offline, from files: what is drawn, what can be done, what must not happen."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from made_up import HOSTILE, community, hostile, public, small
from playwright.sync_api import Page, expect

from sna.privacy.release import Release

Visitor = Callable[..., Any]
Writer = Callable[[str, Release], Path]
KINDS = ("empty", "one", "two", "isolates", "no groups", "silent")


@pytest.fixture(scope="module")
def made() -> Release:
    return community()


@pytest.fixture(scope="module")
def folder(made: Release, written: Writer) -> Path:
    return written("community", made)


def state(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("snaPage.state()")
    return found


def settle(page: Page) -> None:
    """Wait until the picture stands still."""
    page.evaluate(
        """() => new Promise((done) => {
            let last = "";
            const look = () => {
                const now = JSON.stringify(snaPage.view());
                if (now === last) done();
                else { last = now; setTimeout(look, 80); }
            };
            look();
        })"""
    )


def test_everything_is_drawn_in_the_same_place(made: Release, folder: Path, visitor: Visitor) -> None:
    visit = visitor()
    places = []
    for i, drawn in enumerate(made.pictures):
        page = visit.open(folder / "networks" / f"r{i // 2}-w{i % 2}.html")
        assert page.evaluate("snaPage.drawnTies()") == page.evaluate("snaPage.shownTies()") == len(drawn.ties)
        assert page.evaluate("snaPage.drawnPeople()") == len(drawn.members)
        places.append(page.evaluate("snaPage.places()"))
    assert all(other == places[0] for other in places)
    assert len(visit.requests) == len(made.pictures)


def test_whole_picture_legend_and_names_on_one_screen(folder: Path, visitor: Visitor) -> None:
    page = visitor().open(folder / "networks" / "r0-w1.html")
    frame, legend = page.locator(".frame").bounding_box(), page.locator(".legend").bounding_box()
    assert frame
    assert legend
    assert frame["y"] + frame["height"] <= 800
    assert legend["y"] + legend["height"] <= 800
    for key in range(1, 61):
        at = page.evaluate(f"snaPage.onScreen({key})")
        assert 0 < at["x"] < frame["width"]
        assert 0 < at["y"] < frame["height"]
    names = page.evaluate("snaPage.names()")
    assert len(names["people"]) >= 57
    assert len(names["areas"]) == 12
    for a, b in combinations(names["boxes"], 2):
        apart = a["right"] <= b["left"] or b["right"] <= a["left"] or a["bottom"] <= b["top"] or b["bottom"] <= a["top"]
        assert apart
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_phone(folder: Path, visitor: Visitor) -> None:
    visit = visitor(390, 844, device_scale_factor=2, is_mobile=True, has_touch=True)
    for path in ("index.html", "networks/r0-w1.html"):
        page = visit.open(folder / path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".values button").first.tap()
    expect(page.locator(".values button").first).to_have_attribute("aria-pressed", "true")


def test_person_with_the_keyboard_alone(made: Release, folder: Path, visitor: Visitor) -> None:
    page = visitor().open(folder / "networks" / "r0-w1.html")
    drawn = made.pictures[1]
    person = max(made.people, key=lambda p: sum(p.key in tie[:2] for tie in drawn.ties))
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "find":
            break
    page.keyboard.type(person.label[:8].lower())
    expect(page.locator("#found li").first).to_have_attribute("aria-selected", "true")
    labels = page.locator("#found li").all_inner_texts()
    for _ in range(next(i for i, text in enumerate(labels) if text.startswith(person.label))):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert state(page)["person"] == person.key
    near = [tie for tie in drawn.ties if person.key in tie[:2]]
    assert page.evaluate("snaPage.shownTies()") == len(near)
    expect(page.locator("#card-name")).to_have_text(person.label)
    incoming = sum(b == person.key for _, b, _ in near)
    expect(page.locator("#card h3").first).to_have_text(f"Named by ({incoming})")
    expect(page.locator("#card h3").last).to_have_text(f"Names ({len(near) - incoming})")
    expect(page.locator("#card .words").first).to_have_text(re.compile("weekly|monthly|a few times a year"))
    expect(page.locator("#said")).to_contain_text(f"{person.label}: named by {incoming}")
    settle(page)
    frame = page.locator(".frame").bounding_box()
    assert frame
    for key in {key for tie in near for key in tie[:2]}:
        at = page.evaluate(f"snaPage.onScreen({key})")
        assert 0 < at["x"] < frame["width"]
        assert 0 < at["y"] < frame["height"]
    assert f"person={person.key}" in page.url
    page.keyboard.press("Escape")
    assert state(page)["person"] is None
    assert page.evaluate("snaPage.shownTies()") == len(drawn.ties)
    expect(page.locator("#card")).to_be_hidden()
    assert "#" not in page.url


def test_click_on_a_circle_and_on_a_name(made: Release, folder: Path, visitor: Visitor) -> None:
    page = visitor().open(folder / "networks" / "r1-w0.html")
    frame = page.locator(".frame").bounding_box()
    assert frame
    key = made.pictures[2].ties[0][0]
    at = page.evaluate(f"snaPage.onScreen({key})")
    page.mouse.click(frame["x"] + 1 + at["x"], frame["y"] + 1 + at["y"])
    page.wait_for_function(f"snaPage.state().person === {key}")
    other = page.locator("#card .people button").first
    wanted = int(other.get_attribute("data-person") or "0")
    other.click()
    assert state(page)["person"] == wanted
    page.get_by_role("button", name="Show everyone").click()
    assert state(page)["person"] is None
    page.locator("summary", has_text="The picture as a table").click()
    page.locator(f'#people button[data-person="{key}"]').click()
    assert state(page)["person"] == key
    assert page.evaluate("document.activeElement.id") == "card-name"


def test_legend_picks_out_and_colour_changes(folder: Path, visitor: Visitor) -> None:
    page = visitor().open(folder / "networks" / "r0-w1.html")
    first = page.locator(".values button").first
    before = page.evaluate("document.querySelector('#picture canvas').toDataURL()")
    first.click()
    expect(page.locator(".values button").first).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.querySelector('#picture canvas').toDataURL()") != before
    assert len(page.evaluate("snaPage.names().people")) < 20
    page.locator(".values button").first.press("Enter")
    assert state(page)["value"] is None
    page.get_by_label("Colour shows").select_option("School")
    expect(page.locator(".values button")).to_have_count(12)
    legend = page.locator(".legend").bounding_box()
    assert legend
    assert legend["y"] + legend["height"] <= 800
    assert "colour=School" in page.url


def test_address_keeps_the_view(folder: Path, visitor: Visitor) -> None:
    visit = visitor()
    page = visit.open(folder / "networks" / "r0-w1.html", "#person=5&colour=School")
    assert state(page)["person"] == 5
    assert state(page)["colour"] == 1
    page.get_by_role("navigation", name="Survey").get_by_role("link", name="2023").click()
    page.wait_for_url("**/r0-w0.html#*")
    page.wait_for_function("window.snaPage !== undefined")
    assert state(page)["person"] == 5
    page.get_by_role("navigation", name="Kind of tie").get_by_role("link", name="Shares resources").click()
    page.wait_for_url("**/r1-w0.html#*")
    page = visit.open(folder / "networks" / "r0-w1.html", "#person=999&colour=nothing")
    assert state(page)["person"] is None


def test_tables_sort(made: Release, folder: Path, visitor: Visitor) -> None:
    page = visitor().open(folder / "networks" / "r0-w1.html")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#people")).to_be_visible()
    page.locator("#people th button", has_text="Name").click()
    names = page.locator("#people tbody td:first-child").all_inner_texts()
    assert names[0].startswith("Aaliyah")
    page.locator("#people th button", has_text="Name").click()
    assert page.locator("#people tbody td:first-child").all_inner_texts() == names[::-1]
    assert page.locator("#ties tbody tr").count() == len(made.pictures[1].ties)


def test_described_for_those_who_cannot_see(folder: Path, visitor: Visitor) -> None:
    page = visitor(reduced_motion="reduce").open(folder / "networks" / "r0-w1.html")
    expect(page.get_by_role("img", name=re.compile("60 people and 208 ties"))).to_be_visible()
    expect(page.locator("#said")).to_have_attribute("aria-live", "polite")
    before = page.evaluate("snaPage.view().scale")
    page.get_by_role("button", name="Closer").click()
    assert page.evaluate("snaPage.view().scale") > before * 1.3


def test_print_holds_the_picture(folder: Path, visitor: Visitor, tmp_path: Path) -> None:
    page = visitor().open(folder / "networks" / "r0-w1.html")
    view = page.evaluate("snaPage.view()")
    plain = page.pdf(format="A4")
    after = page.evaluate("snaPage.view()")
    assert after["scale"] == pytest.approx(view["scale"])
    assert after["position"] == pytest.approx(view["position"])
    size = page.evaluate(
        "(({naturalWidth, naturalHeight}) => [naturalWidth, naturalHeight])(document.getElementById('print-image'))"
    )
    assert size[0] >= 2100
    assert size[0] / size[1] == pytest.approx(1060 / 620, rel=0.01)
    assert re.search(rb"/Width 21\d\d", plain), "the picture is in the file"
    assert len(re.findall(rb"/Type /Page\b", plain)) <= 2
    page.emulate_media(media="print")
    expect(page.locator("#print-image")).to_be_visible()
    for hidden in ("#picture", ".controls", "#tables"):
        expect(page.locator(hidden)).to_be_hidden()
    for kept in (".headline", ".legend", "h1"):
        expect(page.locator(kept)).to_be_visible()


def test_hostile_texts_stay_texts(visitor: Visitor, written: Writer) -> None:
    folder = written("hostile", hostile())
    visit = visitor()
    page = visit.open(folder / "index.html")
    assert HOSTILE[0] in page.locator("body").inner_text()
    page.locator("a.tile").first.click()
    page.wait_for_function("window.snaPage !== undefined")
    for path in sorted((folder / "networks").iterdir()):
        page = visit.open(path)
        assert page.evaluate("snaPage.drawnPeople()") == page.evaluate("snaPage.drawnTies()") == len(HOSTILE)
        page.evaluate("document.getElementById('tables').open = true")
        for i, text in enumerate(HOSTILE):
            if len(text) < 100:
                assert page.locator(f'#people [data-person="{i + 1}"] span').evaluate("e => e.textContent") == text
    page.locator("#find").fill("<script")
    expect(page.locator("#found li")).to_have_count(2)
    page.keyboard.press("Enter")
    for key in range(1, len(HOSTILE) + 1):
        page.evaluate(f"document.querySelector('#people [data-person=\"{key}\"]').click()")
        assert page.evaluate("document.getElementById('card-name').textContent") == HOSTILE[key - 1]
    page.locator("#colour").select_option(index=2)
    page.mouse.move(500, 500)
    assert page.evaluate("document.querySelectorAll('img').length") == 1
    assert page.evaluate("document.querySelectorAll('script').length") == 3
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("kind", KINDS)
def test_hardly_a_network(kind: str, visitor: Visitor, written: Writer) -> None:
    made = small(kind)
    drawn = made.pictures[0]
    page = visitor().open(written(kind, made) / "networks" / "advice-w1.html")
    assert page.evaluate("snaPage.drawnPeople()") == len(drawn.members)
    assert page.evaluate("snaPage.drawnTies()") == len(drawn.ties)
    if drawn.members:
        page.locator("#find").click()
        page.keyboard.type("a")
        page.keyboard.press("Enter")
        expect(page.locator("#card")).to_be_visible()
        page.keyboard.press("Escape")
    page.evaluate("snaPage.printPicture()")


def test_public_page(visitor: Visitor, written: Writer) -> None:
    page = visitor().open(written("public", public()) / "index.html")
    assert page.locator("canvas, script").count() == 0
    expect(page.get_by_text("fewer than 5 people")).to_be_visible()
    assert page.pdf(format="Letter")


def test_many_rounds_and_kinds(visitor: Visitor, written: Writer) -> None:
    folder = written("many", community(12, 2, 12, 9))
    visit = visitor()
    page = visit.open(folder / "index.html")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("a.tile").count() == 108
    page = visit.open(folder / "networks" / "r0-w0.html")
    page.locator(".menu summary").first.click()
    page.keyboard.press("Escape")
    expect(page.locator(".menu ul").first).to_be_hidden()
    page.locator(".menu summary").first.click()
    page.locator(".menu").first.get_by_role("link", name="2030").click()
    page.wait_for_url("**/r0-w7.html")


def explained(page: Page) -> Any:
    return page.get_by_role("dialog", name=re.compile("^What is"))


def test_a_number_is_explained_by_mouse(folder: Path, visitor: Visitor) -> None:
    page = visitor().open(folder / "networks" / "r0-w1.html")
    expect(explained(page)).to_have_count(0)
    button = page.locator("td").get_by_role("button", name="What is “Density”?")
    box = button.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    button.click()
    expect(explained(page)).to_have_count(1)
    expect(explained(page)).to_contain_text("Of all ties people could have reported, the share they did report.")
    expect(explained(page)).to_contain_text("sna metrics density")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(explained(page)).to_have_count(0)
    button.click()
    page.mouse.click(3, 3)
    expect(explained(page)).to_have_count(0)


def test_a_number_is_explained_by_keyboard_and_leaves_the_picture_alone(folder: Path, visitor: Visitor) -> None:
    page = visitor().open(folder / "networks" / "r0-w1.html")
    search = page.get_by_label("Find a person")
    search.fill("a")
    search.press("Enter")
    chosen = state(page)
    button = page.locator("td").get_by_role("button", name="What is “Ties that go both ways”?")
    page.locator("td").get_by_role("button", name="What is “Density”?").focus()
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    assert button.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(explained(page)).to_contain_text("the share that both report")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Close", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(explained(page)).to_have_count(0)
    expect(button).to_be_focused()
    assert state(page) == chosen, "the person stays chosen"
    page.keyboard.press("Escape")
    assert state(page) != chosen


def test_explanations_on_the_first_page_on_a_phone_and_in_print(folder: Path, visitor: Visitor) -> None:
    page = visitor(390, 844).open(folder / "index.html")
    page.get_by_role("button", name="What is “Ties”?").first.click()
    box = explained(page).bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.emulate_media(media="print")
    assert page.locator(".what:visible, .explanation:visible").count() == 0


def test_a_heading_sorts_and_is_explained(folder: Path, visitor: Visitor) -> None:
    page = visitor().open(folder / "networks" / "r0-w1.html")
    page.locator("#tables > summary").click()
    heading = page.locator("#people th").last
    expect(heading.locator("button.sort")).to_have_text("In this picture")
    heading.get_by_role("button", name="What is “Named by”?").click()
    expect(explained(page)).to_contain_text("How many people say they turn to this person.")
    assert heading.get_attribute("aria-sort") is None
    page.keyboard.press("Escape")
    heading.locator("button.sort").click()
    assert heading.get_attribute("aria-sort") == "ascending"
    expect(heading.get_by_role("button", name="What is “Named by”?")).to_be_visible()
