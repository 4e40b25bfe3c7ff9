"""The part about shared opportunity: numbers and pairs for researchers, words for managers."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sna
from sna.opportunity import compute_opportunity
from sna.privacy.opportunity import MOST_LISTED, opportunity_part
from sna.privacy.sheet import Listing, Part
from sna.results import Results
from tests.small_study import STUDY, small_study
from tests.test_opportunity import women

CAUTION = "Being in the same room is an opportunity, not a relationship"


def with_tables(results: Results) -> Results:
    found = compute_opportunity(results.study, results.tables, results.two_mode)
    return replace(results, analyses={**results.analyses, **found})


@pytest.fixture(scope="module")
def davis(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return with_tables(sna.measure_study(women(tmp_path_factory.mktemp("davis") / "women")))


@pytest.fixture(scope="module")
def groups(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Six groups of four people who come to most of their own ten sessions, and seldom to others'."""
    rng = np.random.default_rng(4)
    people, events = [f"P{i:02d}" for i in range(24)], [f"e{k:02d}" for k in range(60)]
    own = np.array([[i // 4 == k // 10 for k in range(60)] for i in range(24)])
    came = rng.random((24, 60)) < np.where(own, 0.9, 0.1)
    days = [f"2022-{1 + k // 20:02d}-{1 + k % 20:02d}" for k in range(60)]
    folder = small_study(
        tmp_path_factory.mktemp("groups") / "s",
        toml='[study]\nname = "s"\nroster = "roster.csv"\naudience = "manager"\n[consent]\ndefault = "full"\n'
        '[[waves]]\nid = "w1"\n[engagement]\ndraws = 999\n'
        '[[attendance]]\nfile = "attendance.csv"\nevents = "events.csv"\n',
        roster="\n".join(["actor_id,name", *(f"{p},Name {p}" for p in people), ""]),
        events="\n".join(
            ["event_id,date,kind", *(f"{e},{day},small group" for e, day in zip(events, days, strict=True)), ""]
        ),
        attendance="\n".join(
            ["actor_id,event_id,status", *(f"{people[i]},{events[k]},present" for i, k in np.argwhere(came)), ""]
        ),
        responses=None,
    )
    return with_tables(sna.measure_study(folder))


def words(part: Part) -> str:
    cells = [cell for block in part.blocks if isinstance(block, Listing) for row in block.rows for cell in row]
    return " ".join([part.heading, *part.sentences, *cells])


def test_nothing_beyond_chance_is_said_to_be_so(davis: Results) -> None:
    part = opportunity_part(davis, "researcher", set())
    assert part is not None
    assert part.heading == "Who could have met"
    assert part.sentences[0].startswith("Nobody can be shown to have been with anybody more often")
    assert "153 pairs could have met, 139 did" in part.sentences[1]
    assert part.sentences[2].startswith("Five pairs stand out")
    assert "about 8 may do so by chance" in part.sentences[2]
    assert part.sentences[-1].startswith(CAUTION)
    pairs, models = part.blocks
    assert isinstance(pairs, Listing)
    assert isinstance(models, Listing)
    assert "as many may do so by chance" in pairs.title
    assert pairs.rows[0][:3] == ("Katherina Rogers", "Sylvia Avondale", "6 of 14")
    assert [row[1:3] for row in models.rows] == [("5", "0"), ("0", "0"), ("17", "0")]
    assert models.rows[1][3] == ".052"


def test_pairs_beyond_chance_are_listed_up_to_twenty(groups: Results) -> None:
    part = opportunity_part(groups, "researcher", set())
    assert part is not None
    row = groups.analyses["shared_opportunity_models"].iloc[0]
    assert row["kept_corrected"] > MOST_LISTED
    assert part.sentences[0].startswith(f"{row['kept_corrected']:.0f} pairs were together more often")
    pairs = part.blocks[0]
    assert isinstance(pairs, Listing)
    assert pairs.title == "Pairs who were together more often than attendance explains"
    assert len(pairs.rows) == MOST_LISTED
    assert f"{row['kept_corrected'] - MOST_LISTED:.0f} more pairs in shared_opportunity.csv" in pairs.note


def test_managers_read_no_number_and_nobody(groups: Results) -> None:
    part = opportunity_part(groups, "manager", set())
    assert part is not None
    assert part.blocks == ()
    assert part.sentences[0].startswith("Some pairs, ")
    assert part.sentences[-1].startswith(CAUTION)
    told = re.sub(r"1 in \d+", "", words(part))
    assert not re.search(r"\d", told)
    assert not [name for name in groups.tables.actors["name"] if name in told]
    assert opportunity_part(groups, "public", set()) is None


def test_hidden_people_are_not_counted(groups: Results) -> None:
    """Pairs with somebody hidden are not told of; with all but four people hidden, nothing is."""
    actors = groups.tables.actors["actor_id"].tolist()
    kept = groups.analyses["shared_opportunity"]
    assert (kept.loc[kept["kept_fdsm"] == "corrected", "actor_id"] < "P08").any()
    none_left = kept.assign(kept_fdsm=np.where(kept["actor_id"] < "P08", "corrected", "no"))
    changed = replace(groups, analyses={**groups.analyses, "shared_opportunity": none_left})
    part = opportunity_part(changed, "manager", {("w1", actor) for actor in actors[:8]})
    assert part is not None
    assert part.sentences[0].startswith("Hardly any pair, if any,")
    part = opportunity_part(groups, "manager", {("w1", actor) for actor in actors[4:]})
    assert part is not None
    assert part.sentences == ("Too few people to show without pointing at somebody.",)


def test_few_people_in_pairs_are_not_told_of(groups: Results) -> None:
    pairs = groups.analyses["shared_opportunity"]
    for many, opening in (
        (0, "Hardly any pair, if any,"),
        (2, "Hardly any pair, if any,"),
        (4, "Some pairs, fewer than"),
    ):
        among = pairs["actor_id"].eq("P00") & (np.arange(len(pairs)) < many)
        kept = pairs.assign(kept_fdsm=np.where(among, "corrected", "no"))
        part = opportunity_part(
            replace(groups, analyses={**groups.analyses, "shared_opportunity": kept}), "manager", set()
        )
        assert part is not None
        assert part.sentences[0].startswith(opening), many


def test_what_cannot_be_told_is_said(davis: Results, tmp_path: Path) -> None:
    assert opportunity_part(replace(davis, analyses={}), "researcher", set()) is None
    models = davis.analyses["shared_opportunity_models"]
    for reason, opening in (
        ("too_large", "So many people could have come"),
        ("no_variation", "Who came to what could not"),
        ("not_chosen", "No attendance is recorded at events that people chose"),
    ):
        told = models.assign(reason=reason, kept=np.nan, kept_corrected=np.nan)
        changed = replace(davis, analyses={**davis.analyses, "shared_opportunity_models": told})
        for audience in ("researcher", "manager"):
            part = opportunity_part(changed, audience, set())
            assert part is not None
            assert part.sentences[0].startswith(opening)
            assert part.blocks == ()
    plain = with_tables(sna.measure_study(small_study(tmp_path / "s", toml=f"{STUDY}\n[engagement]\n")))
    part = opportunity_part(plain, "researcher", set())
    assert part is not None
    assert part.sentences[1] == "2 events are left out because their kind is not stated."


def test_sdsm_stands_in_where_fdsm_was_left_out(davis: Results, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sna.opportunity.MOST_DRAWN", 3)
    part = opportunity_part(with_tables(davis), "researcher", set())
    assert part is not None
    assert part.sentences[2].startswith("No pair stands out")
    assert any("sna run --exact" in sentence for sentence in part.sentences)
    (models,) = part.blocks
    assert isinstance(models, Listing)
    assert models.rows[0][1:] == ("left out", "left out", "–")
    assert pd.isna(with_tables(davis).analyses["shared_opportunity"]["expected"]).all()
