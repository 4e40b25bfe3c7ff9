"""Pages of findings: what is drawn is where the numbers are, every picture is told in words, and text stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from sna.privacy.release import Overview, Release
from sna.privacy.sheet import Chart, Line, Listing, Part, Sheet, Span, Spans, Square, Strips
from sna.render.pages import render_pages
from sna.render.sheet_page import sheet_data

BAD = "</script><img src=x onerror=alert(1)>&\"'"
CHART = Chart(
    title="Attendance",
    said="Attendance falls from nine tenths to a half.",
    lines=(Line("H2", ((0, 0.9), (1, 0.7), (2, 0.5))), Line("stays", ((0, 1.0), (2, 0.5)), steps=True)),
    x_ticks=((0, "Sept"), (2, "May")),
    y_ticks=((0, "0"), (1, "1")),
    x_title="sessions",
    y_title="share",
    band=((0, 0.2, 0.8), (2, 0.3, 0.7)),
)
SPANS = Spans(
    title="Beside chance",
    spans=(
        Span("E1", 0.5, 0.4, 0.6, 0.0, 0.25, "more than chance"),
        Span("H1", None, None, None, None, None, "too few answered"),
        Span("H2", 9.0, None, None, None, None, "beyond the axis"),
    ),
    ticks=((0.0, "0"), (1.0, "1")),
    corner="Community",
    heading="What is found",
)
STRIPS = Strips(
    title="Who came",
    corner="Person",
    columns=("2013-09-01", ""),
    column="session",
    rows=(("Ana", (Square(0), Square(1))), ("", (Square(2, "4"), Square(-1)))),
    shades=("came", "came late", "did not come"),
    kind="sort",
    unknown="not known",
)
LISTING = Listing("People", ("Person", "Times"), (("Ana", "3"), ("Jon", "4")), numbers=(1,), note="More in the table.")
SHEET = Sheet(
    name="engagement",
    title="Coming and staying",
    question="Who comes?",
    short=(("H2", "fewer come in spring"),),
    parts=(
        Part("One", ("A finding.", "A second sentence."), (CHART, SPANS)),
        Part("Two", ("Another.",), (STRIPS, LISTING)),
        Part("Three", ("Nothing to show.",)),
    ),
    cautions=("Do not conclude.",),
)


def pages(sheet: Sheet) -> dict[str, str]:
    overview = Overview("A study", "", "", (), (), (), (), (), (), (), (), ())
    release = Release(overview, (), (), None, (), (), {}, (), {}, sheets=(sheet,))
    return render_pages(release, 1)


class Texts(HTMLParser):
    """The texts and the tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_everything_on_the_sheet_is_on_the_page_and_on_the_first_page() -> None:
    found = pages(SHEET)
    text = " ".join(Texts(found["engagement.html"]).texts)
    for words in (
        "Coming and staying",
        "A second sentence.",
        "More in the table.",
        "Nothing to show.",
        "Sept",
        "stays",
    ):
        assert words in text
    for words in (
        "came late",
        "more than chance",
        "too few answered",
        "not known",
        "session 2",
        "Row 2",
        "Do not conclude.",
    ):
        assert words in text
    assert CHART.said in found["engagement.html"]
    first = " ".join(Texts(found["index.html"]).texts)
    assert "fewer come in spring" in first
    assert 'href="engagement.html"' in found["index.html"]


def test_no_script_no_request_one_heading() -> None:
    page = pages(SHEET)["engagement.html"]
    tags = Texts(page).tags
    assert "script" not in tags
    assert "img" not in tags
    assert "script-src &#39;none&#39;" in page
    assert tags.count("h1") == 1
    assert not re.search(r"""(?:src|href)=["'](?!index\.html|#|data:,)""", page)


def test_lines_stand_where_their_numbers_are() -> None:
    drawn = sheet_data(SHEET)["parts"][0]["blocks"][0]["drawn"]
    left, top, across, up = drawn["frame"]
    falling, steps = drawn["lines"]
    assert falling.marks == (
        (left, pytest.approx(top + 0.1 * up, abs=0.1)),
        (pytest.approx(left + across / 2, abs=0.1), pytest.approx(top + 0.3 * up, abs=0.1)),
        (left + across, pytest.approx(top + 0.5 * up, abs=0.1)),
    )
    # A curve of staying goes along and then down, never slantwise.
    corners = [tuple(map(float, point.split(","))) for point in steps.points.split()]
    assert len(corners) == 3
    assert corners[0][1] == corners[1][1]
    assert corners[1][0] == corners[2][0]
    assert len(drawn["band"].split()) == 4


def test_dots_and_bands_stand_where_their_numbers_are_and_never_off_the_axis() -> None:
    drawn = sheet_data(SHEET)["parts"][0]["blocks"][1]["drawn"]
    first, nothing, beyond = drawn["rows"]
    start, end = (place for place, _ in drawn["ticks"])
    assert first["dot"] == pytest.approx((start + end) / 2, abs=0.1)
    assert first["band"] == (start, pytest.approx(start + (end - start) / 4, abs=0.1))
    assert first["bar"][0] < first["dot"] < first["bar"][1]
    assert (nothing["dot"], nothing["bar"], nothing["band"]) == (None, None, None)
    assert beyond["dot"] == end


def test_text_of_a_survey_is_never_markup() -> None:
    hostile = Sheet(
        name="support",
        title=BAD,
        question=BAD,
        short=((BAD, BAD),),
        parts=(
            Part(
                BAD,
                (BAD,),
                (
                    replace(CHART, title=BAD, said=BAD, lines=(Line(BAD, ((0, 1),)),), x_ticks=((0, BAD), (1, BAD))),
                    replace(SPANS, title=BAD, spans=(Span(BAD, 0.1, None, None, None, None, BAD),), corner=BAD),
                    replace(STRIPS, title=BAD, corner=BAD, columns=(BAD, BAD), shades=(BAD, BAD, BAD), unknown=BAD),
                    replace(LISTING, title=BAD, headings=(BAD, BAD), rows=((BAD, BAD),), note=BAD),
                ),
            ),
        ),
        cautions=(BAD,),
    )
    for page in pages(hostile).values():
        tags = Texts(page).tags
        assert "img" not in tags
        assert "script" not in tags


def test_a_square_says_what_it_is_in_words_or_as_a_count() -> None:
    page = pages(SHEET)["engagement.html"]
    cells = re.findall(r"<td class=\"(k\d|none)\">(.*?)</td>", page)
    assert [kind for kind, _ in cells] == ["k0", "k1", "k2", "none"]
    assert "came late" in cells[1][1]
    assert cells[2][1] == "4"
    assert "not known" in cells[3][1]
