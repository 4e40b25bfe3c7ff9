"""Who was asked and who answered, counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

import sna
from sna.findings import pictures
from tests.small_study import ROSTER, STUDY, changed, small_study


def test_the_block_of_one_network(tmp_path: Path) -> None:
    results = sna.measure_study(small_study(tmp_path / "s"))
    block = results.response.set_index("relation")
    row = block.loc["advice"]
    assert (row["people"], row["asked"], row["respondents"], row["ties"]) == (4, 4, 3, 4)
    assert row["rate"] == 0.75
    assert row["cells_observed"] == pytest.approx(8 / 12), "three rows of three cells, one of them left empty"
    assert row["dyads_seen"] == pytest.approx(12 / 12), "every pair holds somebody who answered"
    assert row["dyads_seen_twice"] == pytest.approx(4 / 12), "P1–P2 and P1–P3 from both sides; P2 left P3 empty"
    assert block.loc["help", "at_cap"] == pytest.approx(1 / 3), "P2 named two, the cap"


def test_the_formula_for_whole_rows() -> None:
    """Roster 12, 9 answered: coverage 0.750, pairs seen 0.955, seen twice 0.545."""
    actors = [f"P{i}" for i in range(12)]
    network = sna.Network.from_ties(actors, [], answered=actors[:9])
    seen = network.observed
    cells = 12 * 11
    assert network.observed_count / cells == pytest.approx(0.75)
    assert (seen | seen.T).sum() / cells == pytest.approx(0.955, abs=5e-4)
    assert (seen & seen.T).sum() / cells == pytest.approx(0.545, abs=5e-4)


def test_by_group(tmp_path: Path) -> None:
    roster = changed(ROSTER, "P4,Dana Novak,teacher,Cedar,", "P4,Dana Novak,,Cedar,")
    table = sna.measure_study(small_study(tmp_path / "s", roster=roster)).response_by_group
    mine = table.query("relation == 'help'").set_index(["group", "value"])[["people", "asked", "respondents"]]
    assert {key: tuple(row) for key, row in zip(mine.index, mine.to_numpy().tolist(), strict=True)} == {
        ("role", "principal"): (2, 2, 2),
        ("role", "teacher"): (1, 1, 1),
        ("role", "not stated"): (1, 1, 0),
        ("school", "Lincoln"): (2, 2, 2),
        ("school", "Cedar"): (2, 2, 1),
    }


def test_people_who_were_not_asked_are_not_counted_as_asked(tmp_path: Path) -> None:
    roster = "\n".join(
        f"{line},{'asked' if n == 0 else 'no' if n == 4 else 'yes'}" for n, line in enumerate(ROSTER.splitlines())
    )
    results = sna.measure_study(small_study(tmp_path / "s", roster=roster + "\n"))
    assert results.response["asked"].tolist() == [3, 3]
    assert results.response["rate"].tolist() == [1.0, 1.0]
    assert set(results.gate["coverage"]) == {0.75}, "their rows are unknown all the same"


def test_many_at_the_cap_are_told(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "s", toml=changed(STUDY, "cap = 2", "cap = 1"))
    results = sna.measure_study(folder)
    assert any("67% named as many" in s for s in pictures.headline(results, results.networks[("w1", "help")]))
    assert not any("as many" in s for s in pictures.headline(results, results.networks[("w1", "advice")]))
