"""Past groups: re-made or kept, beside what was possible and what chance gives; and the page about them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sna
from sna.columns import TABLES
from sna.findings import grouping as said
from sna.grouping import past
from sna.grouping.past import COLUMNS, compute_past_groups, group_repeats
from sna.privacy.grouping import grouping_sheet
from sna.privacy.sheet import Listing, Sheet, Strips
from sna.results import Results
from sna.study import Study
from sna.tables import Tables
from sna.terms import REASONS
from tests.grouping.small import STUDY, grouping_study
from tests.reference.slow_groups_made import all_rounds

ROOT = Path(__file__).resolve().parents[2]


def read(folder: Path) -> tuple[Study, Tables]:
    found = sna.check_study(folder)
    assert found.study is not None
    assert found.tables is not None, found.stops
    return found.study, found.tables


def of(folder: Path, history: str) -> pd.DataFrame:
    rows = "date,group,actor_id\n" + "".join(
        f"2022-{1 + at:02d}-01,{group},{person}\n"
        for at, groups in enumerate(history.split())
        for group, people in enumerate(groups.split("/"))
        for person in people
    )
    study, tables = read(grouping_study(folder, past=rows))
    return compute_past_groups(study, tables)["group_repeats"]


def results_of(study: Study, tables: Tables) -> Results:
    """Results with nothing in them but what the page needs."""
    nothing = pd.DataFrame()
    needed = {"study": study, "tables": tables, "analyses": compute_past_groups(study, tables)}
    rest = {name: nothing for name in Results.__dataclass_fields__ if name not in needed}
    return Results(**needed, **rest)  # type: ignore[arg-type]


def sheet(folder: Path, audience: str = "researcher", hidden: frozenset[tuple[str, str]] = frozenset()) -> Sheet | None:
    return grouping_sheet(results_of(*read(folder)), audience, hidden)


def test_nothing_is_asked_and_nothing_is_known(tmp_path: Path) -> None:
    study, tables = read(grouping_study(tmp_path / "s", toml=STUDY.split("[grouping]")[0], past=None, apart=None))
    assert compute_past_groups(study, tables) == {}
    folder = grouping_study(tmp_path / "t", toml=STUDY.replace('past = "past.csv"', ""), past=None)
    found = compute_past_groups(*read(folder))
    assert {name: list(table.columns) for name, table in found.items()} == {k: list(v) for k, v in COLUMNS.items()}
    assert not any(map(len, found.values()))
    assert sheet(folder) is None
    assert {name: [column.name for column in TABLES[name]] for name in COLUMNS} == {
        name: list(columns) for name, columns in COLUMNS.items()
    }


def test_pairs_are_counted_as_they_are(tmp_path: Path) -> None:
    """Against every way to make the groups of each occasion, and the definition."""
    history = "ABC/DEF AB/CD/EF ABC/DEF ADE/BCF"
    table = of(tmp_path / "s", history)
    assert table["reason"].tolist()[0] == "no_earlier"
    assert set(table["reason"].dropna()) <= set(REASONS)
    seen: set[frozenset[str]] = set()
    observed = []
    for row, groups in zip(table.to_dict("records"), history.split(), strict=False):
        made = groups.split("/")
        pairs = {frozenset(pair) for group in made for pair in combinations(group, 2)}
        observed.append(len(pairs & seen))
        assert (row["groups"], row["people"], row["pairs"]) == (len(made), 6, len(pairs))
        assert row["met_before"] == observed[-1]
        if seen:
            people = sorted("".join(made))
            counts = [
                len({frozenset(p) for g in way for p in combinations([people[i] for i in g], 2)} & seen)
                for way in all_rounds(list(range(6)), list(map(len, made)))
            ]
            assert row["least"] <= row["possible"] == min(counts)
            assert row["chance_mean"] == pytest.approx(np.mean(counts))
            assert row["p_more"] == pytest.approx(np.mean([count >= observed[-1] for count in counts]))
            assert row["p_fewer"] == pytest.approx(np.mean([count <= observed[-1] for count in counts]))
        seen |= pairs
    whole = table.iloc[-1]
    assert pd.isna(whole["date"])
    assert whole["met_before"] == sum(observed)
    assert whole["pairs"] == table["pairs"].iloc[1:-1].sum()
    assert whole["possible"] == table["possible"].iloc[1:-1].sum()


def test_who_sits_where_in_the_file_changes_nothing(tmp_path: Path) -> None:
    study, tables = read(grouping_study(tmp_path / "s"))
    found = group_repeats(study, tables.actors, tables.past_groups)
    other = tables.past_groups.assign(group=tables.past_groups["group"].map({"one": "z", "two": "a"}))
    other = other.sample(frac=1, random_state=3).sort_values("date", kind="stable", ignore_index=True)
    numbers = ["groups", "people", "pairs", "met_before", "possible", "least", "chance_mean"]
    pd.testing.assert_frame_equal(group_repeats(study, tables.actors, other)[numbers], found[numbers])


@pytest.mark.parametrize(
    ("history", "reasons"),
    [
        ("AB", ["no_earlier"]),
        ("A/B A/B", ["no_earlier", "no_variation", "no_variation"]),
        ("ABC ABC", ["no_earlier", "no_variation", "no_variation"]),
        ("AB/CD EF", ["no_earlier", "no_variation", "no_variation"]),
        ("AB/CD AB/EF", ["no_earlier", None, None]),
    ],
)
def test_what_cannot_be_compared(tmp_path: Path, history: str, reasons: list[str | None]) -> None:
    table = of(tmp_path / "s", history)
    assert [None if pd.isna(reason) else reason for reason in table["reason"]] == reasons
    assert (table["reason"].isna() == table["label"].notna()).all()
    seen = sheet(tmp_path / "s")
    assert seen is not None
    assert len(seen.short) == 1


@pytest.fixture(scope="module")
def pplc() -> Results:
    return results_of(*read(ROOT / "surveys" / "pplc"))


def test_planted_groups_are_told_apart(pplc: Results) -> None:
    """Kept all year in E2 and H2, re-made each time in E1."""
    page = grouping_sheet(pplc, "researcher", frozenset())
    assert page is not None
    short = {name.removeprefix("PPLC "): words for name, words in page.short}
    assert short["E1"] == said.IN_SHORT["re-made"]
    assert short["E2"] == short["H2"] == said.IN_SHORT["kept"]
    table = pplc.analyses["group_repeats"]
    assert (table["least"].fillna(0) <= table["possible"].fillna(0)).all()
    later = table[table["date"].notna() & (table["reason"] != "no_earlier")]
    assert (later["possible"] <= later["met_before"]).all()
    assert (later["p_more"] + later["p_fewer"] >= 1).all()


def test_managers_see_words_and_bands(pplc: Results) -> None:
    page = grouping_sheet(pplc, "manager", frozenset())
    assert page is not None
    blocks = [block for part in page.parts for block in part.blocks]
    assert not [block for block in blocks if isinstance(block, Listing)]
    (strips,) = [block for block in blocks if isinstance(block, Strips)]
    assert {square.text for _, squares in strips.rows for square in squares} == {""}
    assert all(len(squares) == len(strips.columns) for _, squares in strips.rows)
    words = " ".join(sentence for part in page.parts for sentence in part.sentences)
    assert not [word for word in words.split() if word[:1].isdigit()]
    names = set(pplc.tables.actors["name"]) | set(pplc.tables.actors["actor_id"])
    assert not [name for name in names if name in words]


def test_people_hidden_from_managers_are_not_counted(pplc: Results) -> None:
    """One person's own groups: kept with the same others in a community where all others are re-made each time."""
    gone = frozenset(("spring", actor) for actor in pplc.tables.past_groups["actor_id"] if actor.startswith("E1"))
    page = grouping_sheet(pplc, "manager", gone)
    assert page is not None
    assert "PPLC E1" not in {name for name, _ in page.short}
    few = frozenset(("spring", actor) for _, actor in gone if actor > "E1-04")
    page = grouping_sheet(pplc, "manager", few)
    assert page is not None
    assert dict(page.short)["PPLC E1"] == said.FEW
    strips = next(block for part in page.parts for block in part.blocks if isinstance(block, Strips))
    assert "PPLC E1" not in {name for name, _ in strips.rows}


def test_groups_kept_at_some_meetings_and_re_made_at_others() -> None:
    """A label of single occasions counts when more have it than one in twenty would give."""

    def told(together: str, labels: list[str]) -> str | None:
        return said.verdict({"label": together}, [{"label": None}, *({"label": label} for label in labels)])

    chance = ["as by chance"] * 5
    assert told("as by chance", chance) == "as by chance"
    assert told("as by chance", [*chance, "kept"]) == "as by chance", "one in six comes about by chance"
    assert told("as by chance", [*chance, "kept", "kept"]) == "kept at times"
    assert told("as by chance", [*chance, "re-made", "re-made"]) == "re-made at times"
    assert told("as by chance", ["kept", "re-made", "kept", "re-made"]) == "mixed"
    assert told("kept", ["kept", "re-made", "kept", "re-made"]) == "mixed"
    assert told("kept", ["kept"] * 4) == "kept"
    assert said.verdict(None, [{"label": None}]) is None
    assert set(said.IN_SHORT) == set(said.IN_FULL) == set(said.SUGGESTION)


def test_of_very_many_people_pairs_are_counted_and_not_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exactly = of(tmp_path / "s", "ABC/DEF AB/CD/EF ABC/DEF")
    monkeypatch.setattr(past, "MOST_COMPARED", 5)
    table = of(tmp_path / "s", "ABC/DEF AB/CD/EF ABC/DEF")
    assert table["reason"].tolist() == ["no_earlier", "too_many_sets", "too_many_sets"]
    counts = ["groups", "people", "pairs", "met_before"]
    assert table[counts].to_numpy().tolist() == exactly[counts].iloc[:3].to_numpy().tolist()
    page = sheet(tmp_path / "s")
    assert page is not None
    assert page.short == (("Everybody", "cannot be told"),)
    assert page.parts[-1].sentences == (f"Nothing can be said: {REASONS['too_many_sets']}.",)


def test_numbers_for_researchers(tmp_path: Path) -> None:
    of(tmp_path / "s", " ".join(["ABC/DEF"] * 4))
    page = sheet(tmp_path / "s")
    assert page is not None
    part = page.parts[-1]
    assert part.heading == "Everybody"
    assert part.sentences[0] == said.IN_FULL["kept"]
    assert part.sentences[1] == (
        "On the 3 occasions after the first, all 18 pairs who sat together had done so before; it could have been 6. "
        "In groups drawn at random every time it would be about 11 (10 to 14)."
    )
    (listing,) = part.blocks
    assert isinstance(listing, Listing)
    assert listing.rows[1] == ("1 February 2022", "2", "6", "6", "6", "2", "2.4 (2–6)")
    assert all(len(row) == len(listing.headings) for row in listing.rows)


def test_many_communities_fit_the_first_page(pplc: Results) -> None:
    rows = pplc.analyses["group_repeats"]
    many = pd.concat([rows[rows["community"] == "PPLC M1"].assign(community=f"C{at}") for at in range(12)])
    page = grouping_sheet(replace(pplc, analyses={"group_repeats": many}), "researcher", frozenset())
    assert page is not None
    assert (len(page.short), page.short[-1]) == (8, ("5 more", "on the page"))
