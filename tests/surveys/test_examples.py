"""The example studies: made again byte for byte, declared with known keys only, and built as surveys/README.md says.

Everything here is read from the raw files with pandas; the package's own readers have no part in it.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sna.study_keys import REQUIRED
from sna.study_sections import SECTION

SURVEYS = Path(__file__).resolve().parents[2] / "surveys"
IL, PPLC, WEB = SURVEYS / "il-cop", SURVEYS / "pplc", SURVEYS / "support-web"
STUDIES = (IL, PPLC, WEB)
WAVES = ("2019", "2020", "2021", "2022")
IL_TOPICS = ("feedback", "data", "pd", "curriculum", "operations", "families")
PPLC_TOPICS = IL_TOPICS[:5]
FREQUENCY = {"never": 0, "a few times a year": 1, "monthly": 2, "every two weeks": 3, "weekly": 4}
AGREEMENT = {"strongly disagree": 1, "disagree": 2, "neither": 3, "agree": 4, "strongly agree": 5}
Arc = tuple[str, str]


def table(path: Path) -> pd.DataFrame:
    """A file as text, empty cells as empty text."""
    if path.suffix == ".xlsx":
        return pd.read_excel(path, dtype=str, keep_default_na=False).fillna("")
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


@cache
def roster(wave: str) -> pd.DataFrame:
    """The il-cop roster of a wave, by actor_id."""
    everybody = table(IL / "roster.csv")
    return everybody[everybody["wave"] == wave].set_index("actor_id")


@cache
def responses(wave: str) -> pd.DataFrame:
    """The il-cop responses of a wave, by actor_id."""
    return table(IL / f"responses_{wave}.{'xlsx' if wave == '2021' else 'csv'}").set_index("actor_id")


def values(wave: str, relation: str, words: dict[str, int]) -> dict[Arc, int]:
    """(ego, alter) → reported value, for cells that hold one."""
    found = {}
    for ego, row in responses(wave).iterrows():
        for alter in roster(wave).index:
            cell = row[f"{relation}_{alter}"]
            if cell:
                found[str(ego), alter] = words[cell] if cell in words else int(cell)
    return found


@cache
def advice(wave: str) -> dict[Arc, int]:
    """Advice at its reported values."""
    return values(wave, "advice", FREQUENCY)


def ties(wave: str) -> set[Arc]:
    """Advice at least monthly."""
    return {arc for arc, value in advice(wave).items() if value >= 2}


def density(wave: str, arcs: Iterable[Arc]) -> float:
    """Share of observed pairs among `arcs` with a tie."""
    seen = [advice(wave)[arc] >= 2 for arc in arcs if arc in advice(wave)]
    return sum(seen) / len(seen)


def nominations(rows: pd.DataFrame, topic: str) -> pd.Series:
    """How often each name was chosen on a topic."""
    columns = [c for c in rows if c.startswith(f"expert_{topic}_name")]
    cells = rows[columns].stack()
    return cells[~cells.isin(["", "nobody"])].value_counts()


def plain(text: str) -> str:
    """Without accents, case, punctuation and extra spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = (c if c.isalnum() else " " for c in letters if not unicodedata.combining(c) and c not in "'’")
    return " ".join("".join(kept).split())


def run(*options: str) -> subprocess.CompletedProcess[str]:
    """The generator as a user runs it."""
    command = [sys.executable, str(SURVEYS / "make_examples.py"), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


# The files ---------------------------------------------------------------------------------------


def test_generator_writes_the_committed_bytes(tmp_path: Path) -> None:
    assert run("--into", str(tmp_path)).returncode == 0
    made = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    kept = {
        p.relative_to(SURVEYS): p.read_bytes() for folder in STUDIES for p in folder.iterdir() if p.name != "study.toml"
    }
    assert sorted(made) == sorted(kept)
    assert [str(name) for name in made if made[name] != kept[name]] == []


def test_check_passes_on_the_committed_files() -> None:
    result = run("--check")
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("fault", ["changed", "missing", "extra"])
def test_check_finds_a_file_that_differs(tmp_path: Path, fault: str) -> None:
    run("--into", str(tmp_path))
    if fault == "changed":
        (tmp_path / "pplc" / "roster.csv").write_text("actor_id\n", encoding="utf-8")
    elif fault == "missing":
        (tmp_path / "pplc" / "roster.csv").unlink()
    else:
        (tmp_path / "pplc" / "more.csv").write_text("a\n", encoding="utf-8")
    result = run("--check", "--into", str(tmp_path))
    assert result.returncode == 1
    assert "pplc/" in result.stdout


def test_examples_stay_small() -> None:
    assert sum(p.stat().st_size for p in SURVEYS.rglob("*") if p.is_file()) < 1_500_000


def test_text_files_are_utf_8_with_plain_line_ends_and_one_byte_order_mark() -> None:
    marked = []
    for path in (path for folder in STUDIES for path in sorted(folder.glob("*.csv"))):
        content = path.read_bytes()
        content.decode("utf-8")
        assert b"\r" not in content, path
        if content.startswith(b"\xef\xbb\xbf"):
            marked.append(path.name)
    assert marked == ["responses_2020.csv"]


# The declarations --------------------------------------------------------------------------------


ROSTER_COLUMNS = ("column", "within", "level", "school", "strata", "need", "across")


def _part(study: dict[str, Any], heading: str) -> dict[str, Any]:
    """A section that stands once; empty for one that is repeated."""
    return study[heading] if isinstance(study[heading], dict) else {}


def declared(folder: Path) -> dict[str, Any]:
    """study.toml as it stands."""
    return tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", STUDIES, ids=lambda folder: folder.name)
def test_study_file_has_known_keys_and_all_required_ones(folder: Path) -> None:
    for heading, content in declared(folder).items():
        section = SECTION[heading]
        assert isinstance(content, list) == section.repeated, heading
        known = {key.name: key for key in section.keys}
        for part in content if section.repeated else [content]:
            assert set(part) <= set(known), (heading, set(part) - set(known))
            assert {n for n, key in known.items() if key.default is REQUIRED} <= set(part)
            for name, value in part.items():
                assert not known[name].choices or value in known[name].choices, (heading, name, value)


@pytest.mark.parametrize("folder", STUDIES, ids=lambda folder: folder.name)
def test_study_file_names_files_and_columns_that_exist(folder: Path) -> None:
    study = declared(folder)
    assert study["study"]["note"] == "Synthetic: made by surveys/make_examples.py; nobody in it exists."
    files = [study["study"]["roster"], *(wave["responses"] for wave in study["waves"])]
    files += [part[key] for part in study.get("attendance", []) for key in ("file", "events")]
    files += [part["file"].format(relation=part["id"]) for part in study["relations"] if "file" in part]
    logs = ("contacts", "activities", "homework")
    files += [part["file"] for log in logs for part in study.get(log, [])]
    files += [name for key in ("past", "apart") if (name := study.get("grouping", {}).get(key))]
    assert [name for name in files if not (folder / name).is_file()] == []
    everybody = table(folder / study["study"]["roster"])
    named = {study[heading][key] for heading in study for key in ROSTER_COLUMNS if key in _part(study, heading)}
    assert set(study["study"]["groups"]) | {study["consent"]["column"]} | named <= set(everybody)
    for relation in study["relations"]:
        for wave in study["waves"]:
            if "columns" not in relation or wave["id"] not in relation.get("waves", [wave["id"]]):
                continue
            head = table(folder / wave["responses"]).columns
            first = relation["columns"].replace("{n}", "1").replace("{actor_id}", everybody["actor_id"].iloc[0])
            assert first in head


def test_wave_that_did_not_ask_about_resources_has_no_such_column() -> None:
    asked = {wave: any(c.startswith("resources_") for c in responses(wave)) for wave in WAVES}
    assert asked == {"2019": False, "2020": True, "2021": True, "2022": True}


# il-cop: the people ------------------------------------------------------------------------------


def test_membership_grows_by_role() -> None:
    counts = {wave: roster(wave)["role"].value_counts().to_dict() for wave in WAVES}
    assert counts["2019"] == {"principal": 12, "coach": 2, "partner": 2}
    assert counts["2020"] == {"principal": 12, "vice principal": 14, "coach": 2, "partner": 3}
    assert counts["2021"]["teacher leader"] == 14
    assert counts["2022"] == {
        "principal": 12,
        "vice principal": 14,
        "teacher leader": 30,
        "coach": 3,
        "partner": 4,
    }
    assert set(roster("2022").query("asked == 'no'")["role"]) == {"partner"}


def test_a_fifth_of_principals_leave_each_year() -> None:
    heads = [set(roster(wave).query("role == 'principal'").index) for wave in WAVES]
    leaving = [len(before - set(roster(wave).index)) for before, wave in zip(heads[:-1], WAVES[1:], strict=True)]
    assert leaving == [2, 3, 2]


def test_a_person_keeps_id_and_name_and_names_are_unique() -> None:
    everybody = table(IL / "roster.csv")
    assert everybody.groupby("actor_id")["name"].nunique().max() == 1
    assert everybody.groupby("name")["actor_id"].nunique().max() == 1
    assert not everybody.duplicated(["wave", "actor_id"]).any()
    assert {"José Álvarez", "Zoë Young", "Siobhán Ortiz"} <= set(everybody["name"])
    assert not set(everybody["name"]) & set(table(PPLC / "roster.csv")["name"])


def test_a_vice_principal_becomes_principal_of_the_same_school() -> None:
    before, after = roster("2021"), roster("2022")
    both = before.index.intersection(after.index)
    promoted = [w for w in both if before.loc[w, "role"] != after.loc[w, "role"]]
    assert len(promoted) == 1
    assert before.loc[promoted[0], "role"] == "vice principal"
    assert after.loc[promoted[0], "role"] == "principal"
    assert set(before.loc[promoted, "school"]) == set(after.loc[promoted, "school"]) == {"Prairie School"}


def test_response_rates() -> None:
    rates = {}
    for wave in WAVES:
        asked = roster(wave).query("asked == 'yes'").index
        assert set(responses(wave).index) <= set(asked)
        rates[wave] = round(len(responses(wave)) / len(asked), 3)
    assert rates == {"2019": 0.929, "2020": 0.893, "2021": 0.744, "2022": 0.864}


def test_consent_states() -> None:
    states = table(IL / "roster.csv").query("asked == 'yes'").drop_duplicates("actor_id", keep="last")["consent"]
    assert states.value_counts().drop("full").to_dict() == {"no_named_display": 4, "research_only": 2, "refused": 1}
    refuser = roster("2022").query("consent == 'refused'").index[0]
    assert refuser in responses("2022").index
    assert any(alter == refuser for _, alter in ties("2022"))
    assert set(table(IL / "roster.csv").query("asked == 'no'")["consent"]) == {""}


def test_silences_within_answers() -> None:
    rows = responses("2022")
    assert rows["answered_trust"].value_counts().to_dict() == {"yes": 49, "no": 1, "refused": 1}
    skipper = rows.query("answered_trust == 'no'").iloc[0]
    later = [c for c in rows if c.startswith(("trust_P", "resources_", "expert_"))]
    assert set(skipper[later]) == {""}
    assert any(skipper[c] for c in rows if c.startswith("advice_"))
    said = rows.query("answered_trust == 'refused'").iloc[0]
    assert said["resources_name1"] == "prefer not to say"
    assert sum((responses(wave)["resources_name1"] == "prefer not to say").sum() for wave in WAVES[1:]) == 1
    for wave in WAVES:
        cells = len(responses(wave)) * (len(roster(wave)) - 1)
        assert 0 <= 1 - len(advice(wave)) / cells < 0.015


def test_one_wave_holds_words_beside_codes() -> None:
    for wave in WAVES:
        cells = responses(wave).filter(regex="^advice_").stack()
        assert cells.isin(list(FREQUENCY)).any() == (wave == "2020")
    assert (responses("2020").filter(regex="^advice_").stack() == "weekly").any()


# il-cop: the ties --------------------------------------------------------------------------------


def test_ties_are_denser_within_school_and_within_level() -> None:
    people = roster("2022")
    schools = people[people["level"].isin(["elementary", "middle", "high"])]
    pairs = [(i, j) for i in schools.index for j in schools.index if i != j]
    same = [(i, j) for i, j in pairs if people.at[i, "school"] == people.at[j, "school"]]
    other = [(i, j) for i, j in pairs if people.at[i, "school"] != people.at[j, "school"]]
    level = [(i, j) for i, j in other if people.at[i, "level"] == people.at[j, "level"]]
    cross = [(i, j) for i, j in other if people.at[i, "level"] != people.at[j, "level"]]
    assert density("2022", same) > 4 * density("2022", other)
    assert density("2022", level) > 1.3 * density("2022", cross)


@pytest.mark.parametrize("wave", WAVES)
def test_advice_is_reciprocated_more_than_chance(wave: str) -> None:
    answered = set(responses(wave).index)
    among = {(i, j) for i, j in ties(wave) if i in answered and j in answered}
    returned = sum((j, i) in among for i, j in among) / len(among)
    assert returned > 1.5 * len(among) / (len(answered) * (len(answered) - 1))


def test_in_degree_is_skewed_toward_three_experienced_principals() -> None:
    named = pd.Series([j for _, j in ties("2022")]).value_counts()
    top = named.index[:3]
    assert set(roster("2022").loc[top, "role"]) == {"principal"}
    assert (roster("2022").loc[top, "years_in_role"].astype(int) >= 12).all()
    assert named.iloc[:3].sum() > 0.15 * len(ties("2022"))
    assert set(top) <= set(responses("2022").index)


@pytest.mark.parametrize("wave", ["2021", "2022"])
def test_two_schools_are_bridged_by_one_vice_principal_only(wave: str) -> None:
    school = roster(wave)["school"]
    between = {arc for arc in ties(wave) if {school[arc[0]], school[arc[1]]} == {"Orchard School", "Summit School"}}
    bridge = roster(wave).query("school == 'Orchard School' and role == 'vice principal'").index[0]
    assert len(between) >= 3
    assert all(bridge in arc for arc in between)
    assert {i == bridge for i, _ in between} == {True, False}


def test_cut_off_school_names_only_itself_in_every_relation() -> None:
    people = roster("2022")
    inside = set(people.query("school == 'Lakeview School'").index)
    assert len(inside) == 5
    assert inside <= set(responses("2022").index)
    assert [arc for arc in ties("2022") if len(inside & set(arc)) == 1] == []
    assert len([arc for arc in ties("2022") if inside >= set(arc)]) >= 8
    assert [a for a, v in values("2022", "trust", AGREEMENT).items() if v >= 4 and len(inside & set(a)) == 1] == []
    own = set(people.loc[sorted(inside), "name"])
    chosen = responses("2022").filter(regex="^expert_.*_name")
    for ego, row in chosen.iterrows():
        named = set(row) - {"", "nobody"}
        assert named <= own if ego in inside else not named & own
    meant = table(IL / "names.csv").set_index("typed")["actor_id"]
    ids = {plain(name): who for who, name in people["name"].items()}
    for ego, row in responses("2022").filter(regex="^resources_name").iterrows():
        received = {meant.get(text, ids.get(plain(text), "")) for text in row} - {""}
        assert received <= inside if ego in inside else not received & inside
    linked_before = set(roster("2021").query("school == 'Lakeview School'").index)
    assert len([arc for arc in ties("2021") if len(linked_before & set(arc)) == 1]) >= 5


def test_cut_off_school_comes_less_and_less() -> None:
    inside = set(roster("2022").query("school == 'Lakeview School'").index)
    signed = table(IL / "attendance.csv")
    came = signed[signed["actor_id"].isin(inside)]["event_id"].value_counts()
    first, last = (sum(came.get(f"plenary-{n}", 0) for n in months) for months in (range(1, 6), range(6, 11)))
    assert last < 0.6 * first


def test_isolates_and_people_nobody_names() -> None:
    answered, named = set(responses("2022").index), {j for _, j in ties("2022")}
    naming = {i for i, _ in ties("2022")}
    isolates = answered - named - naming
    assert len(isolates) == 2
    assert len((answered & naming) - named) >= 1
    for who in isolates:
        assert set(responses("2022").loc[who].filter(regex="_name1$")) <= {"nobody", "Nobody", "no one", "none"}


def test_cross_school_advice_among_stayers_grows() -> None:
    stayers = [w for w in responses("2019").index if w in responses("2022").index]
    school = roster("2022")["school"]
    pairs = [(i, j) for i in stayers for j in stayers if school[i] != school[j]]
    assert len(stayers) == 8
    assert set(roster("2022").loc[stayers, "role"]) == {"principal", "coach"}
    assert density("2022", pairs) > 1.4 * density("2019", pairs)


@pytest.mark.parametrize("wave", WAVES)
def test_trust_goes_with_advice(wave: str) -> None:
    trust = values(wave, "trust", AGREEMENT)
    both = [arc for arc in trust if arc in advice(wave)]
    rank = pd.DataFrame({"t": [trust[a] for a in both], "a": [advice(wave)[a] for a in both]}).rank()
    assert rank["t"].corr(rank["a"]) > 0.4


def test_two_people_are_experts_in_everything_and_the_others_differ_by_topic() -> None:
    rows, leading = responses("2022"), []
    for topic in IL_TOPICS:
        leading.append(set(nominations(rows, topic).index[:4]))
    everywhere = set.intersection(*leading)
    assert len(everywhere) == 2
    assert {len(top - everywhere) for top in leading} == {2}
    assert len(set.union(*leading) - everywhere) == 12


def test_readme_names_the_people_it_means() -> None:
    text = " ".join((SURVEYS / "README.md").read_text(encoding="utf-8").split())
    rows = responses("2022")
    refuser = roster("2022").query("consent == 'refused'").index[0]
    skipper = rows.query("answered_trust == 'no'").index[0]
    discreet = rows.query("answered_trust == 'refused'").index[0]
    bridge = roster("2022").query("school == 'Orchard School' and role == 'vice principal'").index[0]
    assert f"{refuser} answered and then refused consent" in text
    assert f"{skipper} stopped after the first question" in text
    assert f"{discreet} preferred not to say" in text
    assert f"one vice principal, {bridge}" in text
    before, after = roster("2021"), roster("2022")
    both = before.index.intersection(after.index)
    promoted = next(w for w in both if before.loc[w, "role"] != after.loc[w, "role"])
    assert f"vice principal ({promoted}) becomes principal" in text
    named, naming = {j for _, j in ties("2022")}, {i for i, _ in ties("2022")}
    alone = sorted(set(rows.index) - named - naming)
    unnamed = sorted((set(rows.index) & naming) - named)
    assert f"{' and '.join(alone)} answered in 2022, named nobody and are named by nobody" in text
    assert f"{' and '.join(unnamed)} name others and are named by nobody" in text
    counts = pd.Series([j for _, j in ties("2022")]).value_counts()
    assert f"({', '.join(sorted(counts.index[:3]))}) are named most" in text


# il-cop: typed names -----------------------------------------------------------------------------


def test_every_typed_name_is_on_the_roster_of_its_wave_or_explained() -> None:
    explained = table(IL / "names.csv")
    meant = dict(zip(explained["typed"], explained["actor_id"], strict=True))
    used, normalised = set(), 0
    for wave in WAVES[1:]:
        people = {plain(name): who for who, name in roster(wave)["name"].items()}
        exact = set(roster(wave)["name"])
        for ego, row in responses(wave).filter(regex="^resources_name").iterrows():
            named = []
            for text in row:
                if not text or text.lower() in {"nobody", "no one", "none", "prefer not to say"}:
                    continue
                if text in meant:
                    used.add(text)
                    assert plain(text) not in people
                    assert meant[text] == "outside" or meant[text] in roster(wave).index
                    named.append(meant[text])
                else:
                    normalised += text not in exact
                    named.append(people[plain(text)])
            inside = [who for who in named if who != "outside"]
            assert ego not in inside
            assert len(inside) == len(set(inside))
    assert used == set(meant)
    assert normalised >= 30
    assert set(explained["note"]) == {
        "misspelling",
        "last name first",
        "nickname",
        "title and surname",
        "not on the roster",
    }


# il-cop: meetings and contacts -------------------------------------------------------------------


def test_il_cop_events_and_sign_in() -> None:
    events, signed = table(IL / "events.csv").set_index("event_id"), table(IL / "attendance.csv")
    assert events["kind"].value_counts().to_dict() == {"plenary required": 10, "small group": 6, "online": 4}
    assert set(events.index) - set(signed["event_id"]) == {"small-4"}
    assert not signed.duplicated(["actor_id", "event_id"]).any()
    assert set(signed["actor_id"]) <= set(roster("2022").index)
    plenary = signed[signed["event_id"].str.startswith("plenary")]
    share = plenary["actor_id"].map(roster("2022")["role"]).value_counts() / roster("2022")["role"].value_counts() / 10
    assert share["partner"] < 0.5
    assert 0.65 < share["teacher leader"] < share["principal"]
    clock = pd.to_datetime(signed["arrived"], format="%H:%M")
    start = pd.to_datetime(signed["event_id"].map(events["start"]), format="%H:%M")
    late = ((clock - start).dt.total_seconds() / 60 > 10).mean()
    assert 0.05 < late < 0.2
    assert 0 < (signed["left"] == "").sum() < 15
    groups = signed["event_id"].map(events["group"])
    roles = signed["actor_id"].map(roster("2022")["role"])
    guests = [g and r not in g.split(";") for g, r in zip(groups, roles, strict=True)]
    assert sum(map(bool, guests)) == 1


def test_contacts_dry_up_for_four_principals() -> None:
    log = table(IL / "contacts.csv")
    assert set(log["who"]) == set(roster("2022").query("role == 'coach'").index)
    assert set(log["whom"]) == set(roster("2022").query("role == 'principal'").index)
    spring = log[log["date"] >= "2021-12-01"]["whom"].value_counts()
    spring = spring.reindex(roster("2022").query("role == 'principal'").index, fill_value=0)
    assert sorted(spring)[:4] == [0, 0, 0, 1]
    assert sorted(spring)[4] >= 7


# pplc --------------------------------------------------------------------------------------------

SIZES = {"PPLC E1": 15, "PPLC E2": 18, "PPLC M1": 10, "PPLC M2": 9, "PPLC H1": 11, "PPLC H2": 13}


@cache
def district() -> pd.DataFrame:
    """The pplc roster by actor_id."""
    return table(PPLC / "roster.csv").set_index("actor_id")


@cache
def spring() -> pd.DataFrame:
    """The pplc responses by actor_id."""
    return table(PPLC / "responses_spring.csv").set_index("actor_id")


def concentration(community: str) -> tuple[float, float, int]:
    """Share of the three most named over all topics; mean overlap of two topics' top three; people never named."""
    mine = spring()[spring().index.map(district()["community"]) == community]
    by_topic = {topic: nominations(mine, topic) for topic in PPLC_TOPICS}
    pooled = pd.concat(by_topic.values()).groupby(level=0).sum().sort_values(ascending=False)
    tops = [set(counts.index[:3]) for counts in by_topic.values()]
    overlap = [len(a & b) / 3 for n, a in enumerate(tops) for b in tops[:n]]
    return pooled.iloc[:3].sum() / pooled.sum(), sum(overlap) / len(overlap), SIZES[community] - len(pooled)


def test_pplc_people_and_answers() -> None:
    people = district()
    assert people.query("role == 'principal'")["community"].value_counts().to_dict() == SIZES
    assert people.query("role == 'facilitator'")["community"].value_counts().to_dict() == dict.fromkeys(SIZES, 1)
    assert people["name"].is_unique
    assert people.query("role == 'principal'")["school"].is_unique
    assert len(spring()) / len(people) == pytest.approx(0.902, abs=0.001)
    assert set(spring().index) <= set(people.index)


def test_pplc_advice_is_a_tie_list_in_which_one_respondent_names_nobody() -> None:
    rows = table(PPLC / "ties_advice.csv")
    assert len(set(spring().index) - set(rows["ego_id"])) == 1
    assert set(rows["ego_id"]) <= set(spring().index)
    assert set(rows["frequency"]) == {"1", "2", "3", "4"}
    community = district()["community"]
    present = rows[rows["frequency"].astype(int) >= 2]
    inside = present["ego_id"].map(community) == present["alter_id"].map(community)
    assert 0.75 < inside.mean() < 0.97


def test_pplc_trust_is_a_square_matrix_with_empty_rows_for_the_silent() -> None:
    square = table(PPLC / "matrix_trust.csv").set_index("actor_id")
    assert list(square.index) == list(square.columns) == list(district().index)
    empty = {who for who, row in square.iterrows() if set(row) == {""}}
    silent = set(district().index) - set(spring().index)
    assert silent < empty
    assert len(empty - silent) == 1
    cells = square.drop(index=sorted(empty)).stack()
    assert set(cells) == {"", "0", "1", "2", "3", "4", "5"}
    gaps = [(i, j) for (i, j), cell in cells.items() if cell == "" and i != j]
    assert 0 < len(gaps) < 0.005 * len(cells)


@pytest.mark.parametrize("community", ["PPLC E1", "PPLC M1"])
def test_expertise_spread_by_task(community: str) -> None:
    top, overlap, never = concentration(community)
    assert top < 0.45
    assert overlap < 0.25
    assert never == 0


@pytest.mark.parametrize("community", ["PPLC E2", "PPLC H2"])
def test_expertise_fixed_on_the_same_few(community: str) -> None:
    top, overlap, _ = concentration(community)
    assert top > 0.8
    assert overlap > 0.6


@pytest.mark.parametrize("community", ["PPLC H1", "PPLC M2"])
def test_expertise_mixed(community: str) -> None:
    spread = max(concentration(c)[0] for c in ("PPLC E1", "PPLC M1"))
    fixed = min(concentration(c)[0] for c in ("PPLC E2", "PPLC H2"))
    assert spread < concentration(community)[0] < fixed


def shares() -> pd.DataFrame:
    """Community, meeting number and share of time of each principal at each recorded meeting for them."""
    grid, events = table(PPLC / "attendance_grid.csv").set_index("actor_id"), table(PPLC / "events.csv")
    rows = []
    for event in events.itertuples():
        if (grid[event.event_id] == "").all():
            continue
        for who, mark in grid[event.event_id].items():
            person = district().loc[who]
            if person["community"] not in event.group.split(";"):
                assert mark == ""
            elif person["role"] == "principal":
                share = int(mark) / int(event.minutes) if mark.isdigit() else float(mark in {"P", "X"})
                number = int(event.event_id.split("-")[-1])
                rows.append((person["community"], event.event_id, number, share, mark, int(event.minutes)))
    return pd.DataFrame(rows, columns=["community", "event", "number", "share", "mark", "minutes"])


def test_attendance_is_high_in_four_communities_and_falls_in_two() -> None:
    seen = shares()
    for community, rows in seen.groupby("community"):
        first, last = rows[rows["number"] <= 5]["share"].mean(), rows[rows["number"] > 15]["share"].mean()
        if community in {"PPLC E2", "PPLC H2"}:
            assert first > 0.85
            assert last < first - 0.2
        else:
            assert rows["share"].mean() > 0.88
            assert abs(first - last) < 0.1


def test_over_a_quarter_left_an_hour_early_at_one_meeting() -> None:
    rows = shares().query("event == 'E2-17'")
    early = rows[rows["mark"].str.isdigit()]
    hour = early[early["mark"].astype(int) <= early["minutes"] - 60]
    came = rows[rows["mark"].ne("A") & rows["mark"].ne("E")]
    assert len(hour) / len(came) > 0.25


def test_each_community_meets_twenty_times_three_of_them_jointly() -> None:
    groups = table(PPLC / "events.csv")["group"]
    for community in SIZES:
        mine = groups[[community in group.split(";") for group in groups]]
        assert len(mine) == 20
        assert mine.str.contains(";").sum() == 3
    grid = table(PPLC / "attendance_grid.csv").set_index("actor_id")
    assert [event for event in grid if (grid[event] == "").all()] == ["H1-13"]
