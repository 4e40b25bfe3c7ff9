"""The page about one-to-one support: what researchers read; nothing told to managers hangs on who is hidden."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

import sna
from sna.facilitation import compute_facilitation
from sna.findings import facilitation as said
from sna.networks import build_networks
from sna.privacy.facilitation import facilitation_sheet
from sna.privacy.sheet import Listing, Sheet, Spans, Strips
from sna.results import Results
from sna.study import Study
from sna.tables import Tables
from tests.facilitated_study import RESPONSES, SECTION, STUDY, facilitated_study, swap
from tests.facilitated_study import ROSTER as FEWER

ROSTER = FEWER + "M7,Mia Seven,principal,South,low,2,full,,\nM8,Mia Eight,principal,South,low,2,full,,\n"
NAMES = [line.split(",")[1] for line in ROSTER.splitlines()[1:]]


def with_study(study: Study, tables: Tables) -> Results:
    """What the page needs of the results, and nothing else."""
    analyses = compute_facilitation(study, tables, build_networks(study, tables))
    return cast("Results", SimpleNamespace(study=study, tables=tables, analyses=analyses))


def measured(folder: Path) -> Results:
    checked = sna.check_study(folder)
    assert checked.study is not None, [str(p) for p in checked.stops]
    assert checked.tables is not None, [str(p) for p in checked.stops]
    return with_study(checked.study, checked.tables)


def hidden_of(results: Results) -> set[tuple[str, str]]:
    actors = results.tables.actors
    only = set(actors.loc[actors["consent"] == "research_only", "actor_id"])
    return {(w, a) for w, a in zip(actors["wave"], actors["actor_id"], strict=True) if a in only}


def page(results: Results, audience: str) -> Sheet:
    sheet = facilitation_sheet(results, audience, hidden_of(results) if audience == "manager" else set())
    assert sheet is not None
    return sheet


def texts(thing: object) -> Iterator[str]:
    """Every text and number in a sheet."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for one in thing:
            yield from texts(one)
    elif hasattr(thing, "__dataclass_fields__"):
        for name in thing.__dataclass_fields__:
            yield from texts(getattr(thing, name))


def busy(seed: int = 3, more: str = "") -> str:
    """A log in which the North is seen all year, and the South in autumn only."""
    dice = np.random.default_rng(seed)
    rows = []
    for month in ("2023-09", "2023-10", "2023-11", "2024-01", "2024-02", "2024-03"):
        rows += [f"{month}-{dice.integers(20, 28)},F1,N{i},30,x" for i in range(1, 6)]
        if month < "2024":
            rows += [f"{month}-{dice.integers(20, 28)},F3,M{i},30,x" for i in range(1, 9)]
    return "date,who,whom,minutes,about\n" + "\n".join(rows) + "\n" + more


def study(folder: Path, section: str = SECTION, **more: str) -> Path:
    return facilitated_study(folder, **{"toml": STUDY + section, "roster": ROSTER, "contacts": busy(), **more})


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return measured(study(tmp_path_factory.mktemp("page")))


def part(sheet: Sheet, heading: str):
    return next(one for one in sheet.parts if heading in one.heading)


def test_researchers_read_names_and_numbers(results: Results) -> None:
    sheet = page(results, "researcher")
    assert (sheet.name, len(sheet.parts)) == ("facilitation", 4)
    south = part(sheet, "South")
    assert south.sentences[0] == "Everybody has had no contact that was logged in the 6 weeks to 30 April 2024."
    assert any(line.startswith("Contact fell from about 0.7 a month") for line in south.sentences), south.sentences
    assert any(line.startswith("Worth doing: ask whether those without contact") for line in south.sentences)
    strips = next(block for block in south.blocks if isinstance(block, Strips))
    assert [name for name, _ in strips.rows][:2] == ["Mia One", "Mia Two"]
    assert {square.text for _, row in strips.rows for square in row} == {"", "1"}
    left = dict(strips.rows)["Mia Five"]
    assert [square.shade for square in left] == [1, 1, 1, 0, -1, -1, -1, -1]
    listing = next(block for block in south.blocks if isinstance(block, Listing))
    numbers = ("One", "Two", "Three", "Four", "Seven", "Eight", "Six")
    assert [row[0] for row in listing.rows] == [f"Mia {number}" for number in numbers], "who needs most comes first"
    assert listing.rows[0][2:] == ("3", "0", "5")
    north = part(sheet, "North")
    assert north.sentences[0].startswith("One of 6 has had no contact"), "Ned Six joined in January and never had any"
    assert any("Of Fay Two nothing was logged" in line for line in north.sentences)
    assert any("no more of a change than chance gives" in line for line in north.sentences)
    ties = part(sheet, "Passing on")
    spans = [block for block in ties.blocks if isinstance(block, Spans)]
    assert [span.label for span in spans[0].spans] == [
        "Fay One, North",
        "Fay Two, North",
        "Fay Three, South",
    ]
    assert [block.title for block in spans] == [said.PASSING, said.KEEPING]
    assert part(sheet, "log holds").sentences[0] == "Counted are 54 contacts from 1 September 2023 to 30 April 2024."
    assert len(sheet.short) <= 8
    assert "personnel" not in " ".join(texts(sheet))
    assert any("no ground for decisions about staff" in line for line in sheet.cautions)


def test_managers_read_bands_and_no_names(results: Results) -> None:
    sheet = page(results, "manager")
    told = list(texts(sheet))
    assert not [name for name in (*NAMES[5:], "N1", "M1") for text in told if re.search(rf"\b{name}\b", text)]
    for one in sheet.parts:
        for block in one.blocks:
            if isinstance(block, Strips):
                assert {square.text for _, row in block.rows for square in row} == {""}
                assert {square.shade for _, row in block.rows for square in row} <= {0, 1}
                assert {name for name, _ in block.rows} == {""}
                assert block.shades == said.WHETHER
                # Whoever came or left in the year would be known by their empty months.
                assert len(block.rows) == (5 if "North" in one.heading else 7)
            assert not isinstance(block, Spans)
    numbers = [text for text in told if re.search(r"\d", text)]
    assert all(re.search(r"20\d\d|6 weeks", text) for text in numbers), numbers
    south = part(sheet, "South")
    assert south.sentences[1].startswith("Contact fell from about once a month in the first term to not at all")
    assert "log holds" not in " ".join(one.heading for one in sheet.parts)
    assert "What not" not in sheet.title


def test_managers_get_names_only_where_the_study_says_so(tmp_path: Path) -> None:
    conversations = '[conversations]\naudience = "manager"\n'
    roster = swap(
        ROSTER, "M1,Mia One,principal,South,high,5,full", "M1,Mia One,principal,South,high,5,no_named_display"
    )
    sheet = page(measured(study(tmp_path, SECTION + conversations, roster=roster)), "manager")
    told = " ".join(texts(part(sheet, "South")))
    assert "Mia Two, Mia" not in told.replace("Mia Four, ", "")
    assert "Mia Two" in told
    assert "Mia One" not in told
    strips = next(block for block in part(sheet, "South").blocks if isinstance(block, Strips))
    # Mia One alone did not agree to be named: the row without a name would be theirs.
    assert {name for name, _ in strips.rows} == {""}
    assert "Nobody is named, because few did not agree to it." in strips.note
    assert {square.text for _, row in strips.rows for square in row} == {""}


def test_names_do_not_count_those_who_are_not_named() -> None:
    until, names = dt.date(2024, 4, 30), [f"Mia {n}" for n in range(6)]
    told = said.without_contact(7, 12, 6, until, 5, names)
    assert told.startswith("Some have had no contact")
    assert said.without_contact(6, 12, 6, until, 5, names).startswith("Six of 12 have")


HIDDEN = swap(ROSTER, "M3,Mia Three,principal,South,low,3,full", "M3,Mia Three,principal,South,low,3,research_only")


@pytest.mark.parametrize(
    ("logs", "answers"),
    [
        ("2024-04-29,F3,M3,90,x\n2024-03-03,F3,M3,90,x\n", RESPONSES),
        ("", swap(RESPONSES, "M3,nobody,,Office One,Office Two", "M3,Fay Three,Fay One,nobody,")),
        ("", swap(RESPONSES, "M3,nobody,,Office One,Office Two\n", "")),
    ],
)
@pytest.mark.parametrize(
    "section", [SECTION, SECTION.replace("until = 2024-04-30\n", "").replace("since = 2023-09-01\n", "")]
)
def test_nothing_managers_read_hangs_on_who_may_not_be_seen(
    tmp_path: Path, section: str, logs: str, answers: str
) -> None:
    """What somebody who took part for research only said, or what is logged of them, leaves the page as it is."""
    one = page(measured(study(tmp_path / "one", section, roster=HIDDEN)), "manager")
    two = page(
        measured(study(tmp_path / "two", section, roster=HIDDEN, contacts=busy(more=logs), responses=answers)),
        "manager",
    )
    if section == SECTION:
        assert one == two
    else:
        # A contact after all others moves the end of the log: then less is told, and nothing of when that was.
        assert [p.heading for p in one.parts] == [p.heading for p in two.parts]
        assert [p.blocks for p in one.parts] == [p.blocks for p in two.parts]
        assert [p.sentences[0] for p in one.parts] == [p.sentences[0] for p in two.parts]
    told = " ".join(texts(two))
    assert "Mia Three" not in told
    assert part(two, "South").sentences[1] == said.WITHOUT_THOSE
    assert part(two, "Passing on").sentences == (said.NOT_TOLD,)


def test_nothing_is_told_of_a_community_whose_facilitator_may_not_be_seen(tmp_path: Path) -> None:
    roster = swap(ROSTER, "F2,Fay Two,facilitator,North,,,full", "F2,Fay Two,facilitator,North,,,research_only")
    sheet = page(measured(study(tmp_path, roster=roster)), "manager")
    assert part(sheet, "North").sentences == (said.NOT_TOLD,)
    assert part(sheet, "North").blocks == ()
    assert part(sheet, "South").blocks != ()


def test_small_communities_are_not_shown_to_managers(results: Results) -> None:
    many = with_study(replace(results.study, suppress_below=9), results.tables)
    sheet = page(many, "manager")
    assert [one.sentences for one in sheet.parts] == [(said.NOT_TOLD,)] * 3
    assert [block for one in sheet.parts for block in one.blocks] == []


def test_no_page(results: Results, tmp_path: Path) -> None:
    assert facilitation_sheet(results, "public", set()) is None
    assert facilitation_sheet(measured(facilitated_study(tmp_path / "none", toml=STUDY)), "researcher", set()) is None
    nobody = swap(SECTION, '["facilitator"]', '["coach"]')
    sheet = facilitation_sheet(measured(study(tmp_path / "nobody", nobody)), "manager", set())
    assert sheet is None


def test_without_others_keeping_away_cannot_be_told(tmp_path: Path) -> None:
    alone = swap(SECTION, 'within = "network"\n', "")
    sheet = page(measured(study(tmp_path, alone)), "researcher")
    ties = part(sheet, "Passing on")
    assert any(line.startswith("Whether facilitators keep demands away cannot be told") for line in ties.sentences)
    spans = [block for block in ties.blocks if isinstance(block, Spans)]
    assert {span.text for span in spans[1].spans} == {"keeping away: nobody to compare with"}
    assert {span.value for span in spans[1].spans} == {None}
    manager = page(measured(study(tmp_path, alone)), "manager")
    assert "nobody to compare with" in " ".join(texts(part(manager, "Passing on")))


def test_only_what_is_beyond_chance_is_a_finding(tmp_path: Path) -> None:
    log = "date,who,whom,minutes\n2023-09-05,F1,N1,30\n2023-10-05,F1,N2,30\n2024-02-05,F1,N3,30\n2024-04-05,F1,N4,30\n"
    sheet = page(measured(study(tmp_path, contacts=log)), "researcher")
    north = part(sheet, "North").sentences
    assert any("no more of a change than chance gives" in line for line in north)
    assert any("as chance would spread it" in line for line in north)
    assert not any("kept up" in line or "bursts" in line for line in north)
    assert any("neither clearly more contact nor clearly less" in line for line in north)
    assert part(sheet, "South").sentences[0] == "Nothing was logged here, so nothing is known of contact."


def test_long_lists_say_how_many_more(tmp_path: Path) -> None:
    lines = [f"X{i},Xan {i},principal,South,low,1,full,," for i in range(60)]
    roster = ROSTER + "\n".join(lines) + "\n"
    contacts = busy(more="".join(f"2023-09-11,F3,X{i},30,x\n" for i in range(60)))
    sheet = page(measured(study(tmp_path, roster=roster, contacts=contacts)), "researcher")
    strips, listing = part(sheet, "South").blocks
    assert isinstance(strips, Strips)
    assert isinstance(listing, Listing)
    assert (len(strips.rows), strips.note) == (40, "28 people more: the table contact_months.")
    assert (len(listing.rows), listing.note) == (40, "27 people more: the table contact_people.")
