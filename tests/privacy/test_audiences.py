"""What an audience may not see is not in the bytes of what it gets."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pandas as pd
import pytest

import sna
from sna.pipeline import output_files
from sna.privacy.blocks import merged_groups
from sna.privacy.build import release
from sna.privacy.public import tenths
from tests.small_study import ROSTER, STUDY, changed, small_study

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def results() -> sna.Results:
    return sna.measure_study(ROOT / "surveys" / "il-cop")


@pytest.fixture(scope="module")
def roster() -> pd.DataFrame:
    return pd.read_csv(ROOT / "surveys" / "il-cop" / "roster.csv", dtype=str).fillna("")


def files_for(results: sna.Results, audience: str) -> dict[str, str]:
    return output_files(release(results, audience, {"audience": audience}), results.study.seed)


def holders(files: dict[str, str], text: str) -> list[str]:
    return [name for name, content in files.items() if text in content]


@pytest.mark.parametrize("audience", ["researcher", "manager", "public"])
def test_a_person_who_refused_is_nowhere(results: sna.Results, roster: pd.DataFrame, audience: str) -> None:
    refused = roster[roster["consent"] == "refused"]
    assert len(refused) == 1
    person = refused.iloc[0]
    files = files_for(results, audience)
    waves = roster.loc[roster["actor_id"] == person["actor_id"], "wave"]
    assert len(waves) == 1, "the person is in no other wave, so that any trace is of the refusal"
    for trace in (person["name"], *person["name"].split(), f"{person['actor_id']},", f'"{person["actor_id"]}"'):
        assert holders(files, trace) == [], trace


def test_a_manager_sees_names_only_with_full_consent_and_no_ids(results: sna.Results, roster: pd.DataFrame) -> None:
    files = files_for(results, "manager")
    consent = roster[roster["consent"] != "refused"].groupby("actor_id")["consent"].agg(set)
    names = roster.drop_duplicates("actor_id", keep="last").set_index("actor_id")["name"]
    hidden = [names[a] for a, states in consent.items() if states != {"full"}]
    shown = [names[a] for a, states in consent.items() if states == {"full"}]
    assert len(hidden) >= 5
    for name in hidden:
        assert holders(files, name) == [], name
    seen = "".join(content for path, content in files.items() if path.startswith("networks/"))
    assert all(name in seen for name in shown)
    for actor_id in names.index:
        assert holders(files, f'"{actor_id}"') == [], actor_id
    assert {path for path in files if path.startswith(("tables/", "graphs/"))} == {
        "tables/columns.csv",
        "tables/network_metrics.csv",
        "tables/response.csv",
        "tables/gate.csv",
        "tables/accounting.csv",
    }


def test_a_manager_sees_bands_and_no_count_of_a_person(results: sna.Results) -> None:
    seen = release(results, "manager", {})
    sizes = {member.size for picture in seen.pictures for member in picture.members}
    assert sizes <= {0.0, 0.25, 0.3, 0.55, 1.0}
    for picture in seen.pictures:
        for member in picture.members:
            assert member.standing in {
                "named often",
                "named sometimes",
                "named seldom",
                "not named",
                "not compared: too few answered",
            }
            assert not any(character.isdigit() for sentence in member.card for character in sentence)


def test_people_of_research_only_are_not_drawn_for_a_manager(results: sna.Results, roster: pd.DataFrame) -> None:
    only = set(roster.loc[roster["consent"] == "research_only", "actor_id"])
    assert only
    full, part = release(results, "researcher", {}), release(results, "manager", {})
    for whole, cut in zip(full.pictures, part.pictures, strict=True):
        members = set(results.networks[(whole.wave, whole.relation)].actors)
        assert len(whole.members) - len(cut.members) == len(only & members)
        if only & members:
            assert any("research only" in sentence for sentence in cut.headline)


def test_the_public_gets_no_person_and_no_tie(results: sna.Results, roster: pd.DataFrame) -> None:
    seen = release(results, "public", {})
    assert (seen.people, seen.pictures, seen.graphs) == ((), (), ())
    assert seen.tables == {}
    files = files_for(results, "public")
    assert {path for path in files if path.endswith(".html")} == {"index.html"}
    for name in roster["name"]:
        assert holders(files, name) == [], name
    assert seen.blocks


def test_public_groups_are_never_small(results: sna.Results) -> None:
    k = results.study.suppress_below
    for block in release(results, "public", {}).blocks:
        assert all(int(size) >= k for size in block.sizes)
        assert all(
            cell == "·" or int(cell.split("–")[1]) - int(cell.split("–")[0]) == k - 1
            for row in block.cells
            for cell in row
        )


def test_every_number_of_the_catalogue_on_a_page_is_explained(results: sna.Results) -> None:
    for audience in ("researcher", "manager"):
        seen = release(results, audience, {})
        for picture in seen.pictures:
            told = {figure.measure for figure in picture.figures} | set(picture.tells.values())
            assert told <= set(seen.explanations)
            assert set(picture.tells) <= set(picture.headline)
            assert "ties" in picture.tells.values()
    assert release(results, "public", {}).explanations == {}


def test_only_researchers_are_sent_to_the_exact_definition(results: sna.Results) -> None:
    for audience in ("researcher", "manager"):
        pages = {path: text for path, text in files_for(results, audience).items() if path.endswith(".html")}
        told = [text for path, text in pages.items() if path == "index.html" or path.startswith("networks/")]
        assert all("What is “Ties”?" in text for text in told)
        assert all(("sna metrics ties" in text) == (audience == "researcher") for text in told)
    assert "What is “" not in files_for(results, "public")["index.html"]


def test_where_people_are_told_in_thirds_there_is_no_number_of_names_to_explain(results: sna.Results) -> None:
    pages = [text for path, text in files_for(results, "manager").items() if path.startswith("networks/")]
    assert pages
    assert not any("What is “Named by”?" in text for text in pages)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ("aaaaabbbbb", {"a": 5, "b": 5}),
        ("aaaaaabbbbbbc", {"b": 6, "smaller groups": 7}),
        ("aaaaaabbcc", {"smaller groups": 10}),
        ("aaaaaaabbcccddd", {"a": 7, "smaller groups": 8}),
    ],
)
def test_small_groups_join_until_nothing_is_small(groups: str, expected: dict[str, int]) -> None:
    everybody = pd.Series([True] * len(groups))
    assert merged_groups(pd.Series(list(groups)), everybody, 5).value_counts().to_dict() == expected


def test_a_group_of_whom_few_answered_is_small() -> None:
    groups = pd.Series(list("aaaaaabbbbbbcccccc"))
    answered = pd.Series([True] * 6 + [True] * 2 + [False] * 4 + [True] * 6)
    assert merged_groups(groups, answered, 5).value_counts().to_dict() == {"smaller groups": 12, "c": 6}


def test_nothing_is_shown_of_a_network_of_too_few() -> None:
    assert merged_groups(pd.Series(list("aabb")), pd.Series([True] * 4), 5).isna().all()


def test_without_a_word_about_consent_a_manager_sees_nobody_named(tmp_path: Path) -> None:
    toml = changed(STUDY, '[consent]\ncolumn = "consent"\ndefault = "full"\n', "")
    roster = ROSTER.replace(",consent", "").replace(",full", "").replace("Cedar,\n", "Cedar\n")
    results = sna.measure_study(small_study(tmp_path / "s", toml=toml, roster=roster))
    seen = release(results, "manager", {})
    assert {person.label for person in seen.people} == {"A member of Lincoln", "A member of Cedar"}
    assert not any(person.named for person in seen.people)
    assert all("Ana" not in sentence for picture in seen.pictures for m in picture.members for sentence in m.card)


def test_refusal_in_one_wave_leaves_the_other_waves(tmp_path: Path) -> None:
    rows = "".join(
        f"{i},{n},principal,Lincoln,{c},{w}\n"
        for i, n in (("P1", "Ana"), ("P2", "Ben"), ("P3", "Cy"), ("P4", "Di"))
        for w, c in (("w1", "refused" if i == "P2" else "full"), ("w2", "full"))
    )
    toml = changed(
        STUDY,
        '[[relations]]\nid = "advice"',
        '[[waves]]\nid = "w2"\nresponses = "responses.csv"\n[[relations]]\nid = "advice"',
    )
    responses = (
        "actor_id,advice_P1,advice_P2,advice_P3,advice_P4,help_name1,help_name2\nP1,,2,2,0,Ben,\nP2,2,,0,0,Ana,\n"
    )
    folder = small_study(
        tmp_path / "s", toml=toml, roster="actor_id,name,role,school,consent,wave\n" + rows, responses=responses
    )
    results = sna.measure_study(folder)
    assert results.networks[("w1", "advice")].actors == ("P1", "P3", "P4")
    assert results.networks[("w2", "advice")].actors == ("P1", "P2", "P3", "P4")
    counted = [p for p in results.tables.problems if p.severity == "left out"]
    assert any(p.value == "1 in advice" for p in counted)
    assert not any("Ben" in str(p) or "P2" in str(p) for p in counted)


def test_a_small_study_shows_the_public_no_count(tmp_path: Path) -> None:
    results = sna.measure_study(small_study(tmp_path / "s"))
    page = output_files(release(results, "public", {}), 1)["index.html"]
    text = html.unescape(re.sub(r"<style>.*?</style>|<meta[^>]*>|<[^>]+>", " ", page, flags=re.DOTALL))
    assert set(re.findall(r"\d+", text)) <= {"1", "5"}, "only the wave's name and the limit itself"


def test_flagged_indegree_is_told_in_thirds_to_everybody(tmp_path: Path) -> None:
    results = sna.measure_study(small_study(tmp_path / "s"))
    assert results.verdict("w1", "advice", "indegree") == "flagged"
    mine = results.actor_metrics.query("relation == 'advice'")
    assert mine[["indegree", "indegree_share", "instrength"]].isna().all().all()
    assert set(mine["indegree_band"]) <= {"named often", "named sometimes", "named seldom", "not named"}
    picture = next(p for p in release(results, "researcher", {}).pictures if p.relation == "advice")
    assert not any("named by" in member.standing for member in picture.members)


def test_ranges_never_tell_of_fewer_than_the_limit() -> None:
    assert [tenths(share) for share in (0.0, 0.5, 0.929, 1.0)] == [
        "under 10%",
        "at least 50%",
        "at least 90%",
        "at least 90%",
    ]


def test_a_manager_sees_nothing_of_what_a_research_only_person_reported(tmp_path: Path) -> None:
    roster = changed(ROSTER, "P3,Chen Wei,teacher,Lincoln,full", "P3,Chen Wei,teacher,Lincoln,research_only")
    toml = changed(STUDY, 'audience = "researcher"', 'audience = "researcher"\nresponse_gate = false')
    results = sna.measure_study(small_study(tmp_path / "s", toml=toml, roster=roster))
    picture = next(p for p in release(results, "manager", {}).pictures if p.relation == "advice")
    labels = {person.key: person.label for person in release(results, "manager", {}).people}
    standing = {labels[member.person]: member.standing for member in picture.members}
    assert standing["Dana Novak"] == "not named", "only Chen Wei, who is not drawn, named Dana"
    assert any("they and their ties are not drawn" in sentence for sentence in picture.headline)
    card = next(member.card for member in picture.members if labels[member.person] == "Dana Novak")
    assert not any("named often" in s or "seldom" in s for s in card), "nor does the card tell of it"


def test_somebody_nobody_could_name_is_not_called_unnamed(tmp_path: Path) -> None:
    responses = "actor_id,advice_P1,advice_P2,help_name1\nP1,,2,nobody\nP2,2,,nobody\n"
    toml = changed(STUDY, 'audience = "researcher"', 'audience = "researcher"\nresponse_gate = false')
    results = sna.measure_study(small_study(tmp_path / "s", toml=toml, responses=responses))
    picture = next(p for p in release(results, "researcher", {}).pictures if p.relation == "advice")
    card = {results.networks[("w1", "advice")].actors[m.person]: m.card for m in picture.members}["P3"]
    assert card[0] == "Nobody who answered could name Chen Wei."
    band = results.actor_metrics.query("relation == 'advice'").set_index("actor_id")["indegree_band"]
    assert band.to_dict() == {
        "P1": "named seldom",
        "P2": "named seldom",
        "P3": "nobody could name them",
        "P4": "nobody could name them",
    }
