"""Sentences about support: never a finding where nothing is beyond chance, and no number where none may be told."""

from __future__ import annotations

from typing import Any

import pytest

from sna.findings import support as said

NAN = float("nan")
ROW: dict[str, Any] = {
    "p_low": 1.0,
    "p_high": 0.002,
    "q": 0.004,
    "at_least": 0.4,
    "chance_mean": 0.1,
    "chance_95": 0.2,
    "verdict": "allowed",
    "reason": None,
    "common": 12,
    "expected": 3.14,
    "across": 0.8,
    "ties": 20,
}
LESS = {**ROW, "p_low": 0.002, "p_high": 1.0}
CHANCE = {**ROW, "p_low": 0.6, "p_high": 0.4, "q": 0.8}
UNTOLD = {**ROW, "p_low": NAN, "p_high": NAN, "q": NAN, "reason": "nonresponse"}


@pytest.mark.parametrize(
    ("row", "start", "short"),
    [
        (ROW, "Who gives one kind", "often several kinds from one person"),
        (LESS, "Different kinds of support come from different people", "different kinds from different people"),
        (CHANCE, "That one person gives several kinds is no more common", "no more than chance would give"),
        (UNTOLD, "Whether one person often gives several kinds cannot be said: too many", "cannot be said"),
    ],
)
def test_several_kinds(row: dict[str, Any], start: str, short: str) -> None:
    sentences = said.web(row, numbers=True)
    assert sentences[0].startswith(start)
    assert said.web_in_short(row) == short
    assert any("less than once in a hundred times" in line for line in sentences) is (row in (ROW, LESS))
    assert not any(character.isdigit() for line in said.web(row, numbers=False) for character in line)
    flagged = said.web({**row, "verdict": "flagged"}, numbers=True)
    assert ("Take this with care: some did not answer." in flagged) is (row is not UNTOLD)


def test_two_kinds() -> None:
    assert said.pair(ROW) == "12 ties in both, about 3.1 by chance: more than by chance"
    assert said.pair(LESS).endswith("fewer than by chance")
    assert said.pair({**CHANCE, "verdict": "flagged"}).endswith("as by chance, with care: some did not answer")
    assert said.pair(UNTOLD).startswith("cannot be said: too many people did not answer")
    assert said.pairs([ROW, LESS, CHANCE, UNTOLD]) == (
        "Of 3 pairs of kinds, 1 goes together more than chance would have it; 1 less."
    )
    assert said.pairs([CHANCE]) == "No two kinds go together more, or less, than chance would have it."
    assert said.pairs([UNTOLD]) == "Which kinds go together cannot be said."


def test_levels() -> None:
    assert said.across(ROW, numbers=True) == (
        "80% of 20 ties from another level, about 10% by chance: from other levels more than by chance"
    )
    assert said.across(LESS, numbers=False) == "from the own level more than by chance"
    assert said.across(CHANCE, numbers=False) == "no more from either than by chance"
    assert said.across(UNTOLD, numbers=False).startswith("cannot be said")
    assert said.levels([ROW, LESS, LESS]) == (
        "2 kinds come from people's own level more than chance would have it; 1 kind comes from other levels more than "
        "chance would have it."
    )
    assert said.levels([CHANCE]).startswith("No kind comes from people's own level")
    assert said.levels([UNTOLD]) == "Whether support crosses levels cannot be said."


def test_who_went() -> None:
    waves = ("2021", "2022")
    assert said.departed(0, 0, 0, 0, *waves) == ("Nobody who was somebody's only source in 2021 is missing from 2022.",)
    assert said.departed(1, 2, 0, 0, *waves)[1] == "Of none of them it is known what they have now."
    assert said.departed(2, 4, 3, 1, *waves) == (
        "2 people who were somebody's only source in 2021 are not in the survey of 2022; 4 times a person was left "
        "without a kind.",
        "Of the 3 of which 2022 tells, filled since by somebody else: 1; still open: 2.",
    )


def test_bands_tell_no_number_below_the_least() -> None:
    for least in (3, 5, 10):
        for whole in range(31):
            seen: dict[str, list[int]] = {}
            for part in range(whole + 1):
                seen.setdefault(said.band(part, whole, least), []).append(part)
            for words, parts in seen.items():
                assert not any(character.isdigit() for character in words) or least > 10
                if whole >= least and min(parts) < least:
                    assert parts == list(range(least)), "whoever reads it cannot tell how few there are"
    assert said.band(0, 9, 1) == "nobody"
