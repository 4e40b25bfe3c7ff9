"""Pages as text: the data of a picture, escaping, the security policy, file names, pyvis kept at arm's length."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import time
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest
from made_up import HOSTILE, community, hostile, picture, public, release, small

from sna.privacy.release import Picture, Release
from sna.render.layout import lay_out
from sna.render.pages import file_names, island, policy, render_pages
from sna.render.pyvis_page import drawing_script, network_data, plain
from sna.render.view import Shared, edges, nodes, share, strength_words, view

KINDS = ("empty", "one", "two", "isolates", "no groups", "silent")


class Reader(HTMLParser):
    """What a browser would find: scripts, tags, addresses, text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = tag
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "script":
            attributes, text = self.scripts[-1]
            self.scripts[-1] = (attributes, text + data)
        elif self.inside != "style":
            self.text.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def prepared(made: Release) -> Shared:
    return share(made, lay_out(made, np.random.default_rng(1)))


def data_of(page: str) -> dict[str, Any]:
    return json.loads(next(text for attributes, text in read(page).scripts if attributes.get("id") == "data"))


@pytest.fixture(scope="module")
def made() -> Release:
    return community()


@pytest.fixture(scope="module")
def pages(made: Release) -> dict[str, str]:
    return render_pages(made, 1)


def test_one_page_for_each_picture(made: Release, pages: dict[str, str]) -> None:
    assert list(pages) == ["index.html", *(f"networks/r{r}-w{w}.html" for r in (0, 1) for w in (0, 1))]
    for drawn, page in zip(made.pictures, list(pages.values())[1:], strict=True):
        found = data_of(page)
        assert len(found["network"]["edges"]) == len(found["page"]["ties"]) == len(drawn.ties)
        assert [node["id"] for node in found["network"]["nodes"]] == [m.person for m in drawn.members]
        assert [(e["from"], e["to"]) for e in found["network"]["edges"]] == [(a, b) for a, b, _ in drawn.ties]


def test_everybody_stands_in_the_same_place_everywhere(pages: dict[str, str]) -> None:
    seen: dict[int, set[tuple[float, float]]] = {}
    for path, page in pages.items():
        for node in data_of(page)["network"]["nodes"] if path != "index.html" else []:
            seen.setdefault(node["id"], set()).add((node["x"], node["y"]))
    assert len(seen) == 60
    assert all(len(found) == 1 for found in seen.values())


def test_same_release_same_pages(made: Release, pages: dict[str, str]) -> None:
    assert render_pages(made, 1) == pages


def test_view_is_plain_data(made: Release) -> None:
    shared = prepared(made)
    found = view(made, made.pictures[0], shared)
    assert json.loads(json.dumps(found, allow_nan=False)) == json.loads(json.dumps(found))
    assert sum(found["status"].values()) == 60
    assert found["groups"][0]["name"] == "Role"
    assert sum(value["people"] for value in found["groups"][1]["values"]) == 60
    assert found["colour"] == 0, "schools are shown as areas, so colours show roles"
    assert {area["label"] for area in found["areas"]} == {v["label"] for v in found["groups"][1]["values"]}
    assert found["people"][0].keys() == {"id", "label", "groups", "status", "standing", "card", "strip"}


def test_mutual_ties_bow_apart(made: Release) -> None:
    drawn = made.pictures[0]
    pairs = {(a, b) for a, b, _ in drawn.ties}
    for edge in edges(drawn):
        both = (edge["to"], edge["from"]) in pairs
        assert bool(edge["smooth"]) == both
        assert not both or edge["smooth"]["type"] == "curvedCW"


def test_no_bows_among_very_many_ties() -> None:
    ties = tuple((a, b, 1.0) for a in range(1, 42) for b in range(1, 42) if a != b)
    assert len(ties) > 1500
    drawn = picture((), ties)
    assert not any(edge["smooth"] for edge in edges(drawn))
    assert network_data([], edges(drawn))["options"]["interaction"]["hideEdgesOnDrag"] is True


def test_strength_in_words(made: Release) -> None:
    drawn = made.pictures[0]
    assert strength_words(drawn, 2.0) == "monthly"
    assert strength_words(drawn, 2.5) == "2.5"
    assert strength_words(replace(drawn, strength_words=None), 2.0) is None


def test_pyvis_gets_plain_values_and_keeps_every_tie() -> None:
    numbers = np.arange(3)
    given = [{"id": numbers[i], "x": np.float64(1.5), "color": {"opacity": np.float32(0.5)}} for i in range(3)]
    ties = [{"id": 0, "from": numbers[0], "to": numbers[1]}, {"id": 1, "from": numbers[1], "to": numbers[0]}]
    before = [dict(tie) for tie in ties]
    found = network_data(given, [*ties, ties[0]])
    assert json.loads(json.dumps(found)) == found
    assert len(found["edges"]) == 3
    assert all(edge["arrows"] == "to" for edge in found["edges"])
    assert all(node["fixed"] is True and node["physics"] is False for node in found["nodes"])
    assert found["options"]["physics"]["enabled"] is False
    assert ties == before
    assert type(plain(np.int64(3))) is int
    assert plain((np.float64(0.5), "a", None, True)) == [0.5, "a", None, True]


def test_drawing_script_is_whole() -> None:
    text = drawing_script()
    assert "sourceMappingURL" not in text
    assert "\r" not in text
    assert "@version 9.1.2" in text
    assert "Apache-2.0" in text or "Apache 2.0" in text


def test_numbers_that_are_none_are_refused() -> None:
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="JSON"):
            island({"x": value})


@pytest.mark.parametrize("text", HOSTILE)
def test_island_cannot_be_left(text: str) -> None:
    written = str(island({"a": text}))
    assert not re.search("[<>&\u2028\u2029]", written)
    assert json.loads(written) == {"a": text}


@pytest.mark.parametrize("kind", ["community", "hostile", *KINDS])
def test_policy_allows_exactly_our_scripts(kind: str) -> None:
    made = {"community": community, "hostile": hostile}.get(kind, lambda: small(kind))()
    for path, page in render_pages(made, 1).items():
        reader = read(page)
        tags = [tag for tag, _ in reader.tags]
        policies = [a["content"] for tag, a in reader.tags if a.get("http-equiv") == "Content-Security-Policy"]
        assert len(policies) == 1
        given = policies[0] or ""
        run = [text for attributes, text in reader.scripts if attributes.get("type") != "application/json"]
        hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in run]
        assert re.findall("'sha256-([^']+)'", given) == hashes
        assert len(run) == (0 if path == "index.html" else 2)
        assert given.startswith("default-src 'none'; ")
        assert "unsafe-eval" not in given
        assert "http" not in given
        assert tags.count("html") == tags.count("title") == tags.count("h1") == 1
        assert not {"iframe", "object", "embed", "base"} & set(tags)
        assert not any(name.startswith("on") for _, attributes in reader.tags for name in attributes)


@pytest.mark.parametrize("kind", ["community", "hostile", "public"])
def test_pages_ask_nobody_for_anything(kind: str) -> None:
    made = {"community": community, "hostile": hostile, "public": public}[kind]()
    for path, page in render_pages(made, 1).items():
        names = {link["href"] for _, link in read(page).tags if link.get("href")}
        local = {"data:,", "#tables", "../index.html"}
        other = names - local
        prefix = "networks/" if path == "index.html" else ""
        assert all(re.fullmatch(prefix + r"[a-z0-9_-]+\.html", name or "") for name in other)
        assert not [a for _, a in read(page).tags if a.get("src")]
        style = page.split("<style>")[1].split("</style>")[0]
        assert "url(" not in style
        assert "@import" not in style


def test_head_of_a_page(pages: dict[str, str]) -> None:
    for page in pages.values():
        assert re.match(r'<!doctype html>\n<html lang="en">\n<head>\s*<meta charset="utf-8">', page)
        assert '<meta name="viewport"' in page
        assert not re.search(r"\b(node|edge|weight)s?\b", " ".join(read(page).text).lower())


def test_hostile_text_is_text() -> None:
    for page in render_pages(hostile(), 1).values():
        reader = read(page)
        assert not [tag for tag, attributes in reader.tags if tag == "img" and "onerror" in attributes]
        assert "{{7*7}}" in html.unescape(page)
        assert HOSTILE[0] in "".join(reader.text)


def test_names_of_files() -> None:
    given = [
        ("Advice", "2024"),
        ("advice", "2024"),
        ("../x", "a/b"),
        ("", ""),
        ("<>", "?"),
        ("Ž" * 300, "ñ"),
        ("con", "1"),
    ]
    found = list(file_names(given).values())
    assert len(set(found)) == len(given)
    assert all(re.fullmatch(r"[a-z0-9_-]+\.html", name) and len(name) < 100 for name in found)
    assert found[:2] == ["advice-2024.html", "advice-2024-2.html"]


def test_names_that_look_numbered_stay_unique() -> None:
    given = [("a", "1"), ("a", "1-2"), ("A", "1"), ("a", "1 2")]
    assert len(set(file_names(given).values())) == 4


def test_links_between_pictures(pages: dict[str, str]) -> None:
    page = pages["networks/r0-w1.html"]
    assert '<a href="r0-w1.html" aria-current="page">2024</a>' in page
    assert '<a href="r0-w0.html">2023</a>' in page
    assert '<a href="r1-w1.html">Shares resources</a>' in page


def test_many_rounds_and_kinds_become_menus() -> None:
    made = community(12, 2, 12, 9)
    made = replace(made, pictures=made.pictures[:-1])
    found = render_pages(made, 1)
    assert len(found) == 1 + 9 * 12 - 1
    assert found["networks/r8-w0.html"].count('<details class="menu">') == 2
    assert 'class="missing"' in found["networks/r8-w0.html"]
    assert "not asked" in found["index.html"]


def test_first_page(made: Release, pages: dict[str, str]) -> None:
    text = " ".join(read(pages["index.html"]).text)
    for words in (made.overview.title, made.overview.note, *made.overview.summary, *made.overview.cautions):
        assert words in text
    assert re.search(r"\d+ of \d+ answered, \d+ %", text)
    for heading in ("What was read", "What was left out, and why", "Used with a doubt", "What not to conclude"):
        assert heading in text


def test_public_sees_groups_only() -> None:
    found = render_pages(public(), 1)
    assert list(found) == ["index.html"]
    text = " ".join(read(found["index.html"]).text)
    assert "fewer than 5 people" in text
    assert "<b>Harbor</b>" in text
    assert "Read with" not in text


def test_nothing_at_all() -> None:
    empty = replace(release((), ()), overview=replace(public().overview, response=(), waves=(), relations=()))
    assert "There is no picture of ties to show." in render_pages(empty, 1)["index.html"]


def test_policy_without_scripts() -> None:
    assert "script-src 'none'" in policy(())


def test_tables_hold_everything(made: Release, pages: dict[str, str]) -> None:
    drawn: Picture = made.pictures[0]
    page = pages["networks/r0-w0.html"]
    assert page.count("data-person=") - 1 <= len(drawn.members)
    table = page.split('<table id="ties"')[1].split("</table>")[0]
    assert table.count("<tr>") == len(drawn.ties) + 1
    for words in ("answered", "did not answer", "a few times a year"):
        assert words in page


def test_circles_in_the_order_of_members(made: Release) -> None:
    shared = prepared(made)
    assert [node["id"] for node in nodes(made.pictures[1], shared)] == [m.person for m in made.pictures[1].members]


def test_fast_enough() -> None:
    made = community(60, 12, 4, 9)
    start = time.process_time()
    assert len(render_pages(made, 1)) == 37
    assert time.process_time() - start < 4.0  # twice what is wished for: the machine may be busy
