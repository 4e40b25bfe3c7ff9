"""From a study to groups: who takes part, who is sought and who seeks, what cannot be, and what is told of whom."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sna
from sna.errors import OutputError, StudyError
from sna.grouping import arrange as arranging
from sna.grouping import candidates
from sna.grouping.candidates import Gathering, gather
from sna.networks import build_networks
from sna.privacy.suggestion import COLUMNS, Suggestion
from tests.grouping.small import PAST, ROSTER, SECOND, STUDY, grouping_study
from tests.small_study import changed

ROOT = Path(__file__).resolve().parents[2]
PPLC = ROOT / "surveys" / "pplc"


def gathered(folder: Path, *topics: str) -> Gathering:
    found = sna.check_study(folder)
    assert found.study is not None
    assert found.tables is not None, found.stops
    return gather(found.study, found.tables, build_networks(found.study, found.tables), topics)


def stops(error: pytest.ExceptionInfo[StudyError]) -> list[str]:
    return [str(problem) for problem in error.value.problems]


def test_who_is_sought_and_who_seeks(tmp_path: Path) -> None:
    """From the latest wave that asked; who took part for research only is neither placed nor counted."""
    (one,) = gathered(grouping_study(tmp_path / "s"), "feedback", "data").communities
    assert one.people == tuple("ABCDEFI")
    feedback, data = one.topics["feedback"], one.topics["data"]
    assert (feedback.wave, data.wave) == ("w2", "w1")
    # Hana named Dana and Ana: that is not counted. Finn did not answer: it is not known whether he seeks.
    assert feedback.standing.asked.tolist() == [4, 1, 2, 0, 0, 0, 0]
    assert feedback.names.tolist() == [1, 2, 1, 2, 1, 0, 0]
    assert feedback.heard.tolist() == [True, True, True, True, True, False, True]
    assert feedback.standing.seeks.tolist() == [True, True, True, True, True, False, True]
    # In the first wave Ben named nobody, and is sought: he does not seek. Eva, Finn and Ida were not heard.
    assert data.standing.asked.tolist() == [1, 3, 1, 0, 0, 0, 0]
    assert data.standing.seeks.tolist() == [True, False, True, True, False, False, False]
    assert (feedback.verdict, data.verdict) == ("allowed", "flagged")


def test_who_met_and_who_is_kept_apart(tmp_path: Path) -> None:
    found = gathered(grouping_study(tmp_path / "s"), "feedback")
    (one,) = found.communities
    at = one.people.index
    assert one.met[at("A"), at("B")] == one.met[at("B"), at("A")] == 2
    assert str(one.last_met(at("A"), at("B"))) == "2022-03-14"
    assert str(one.last_met(at("C"), at("D"))) == "2022-02-07"
    assert one.last_met(at("A"), at("F")) is None
    assert one.met.diagonal().tolist() == [0] * 7
    assert np.argwhere(one.apart).tolist() == [[at("A"), at("D")], [at("D"), at("A")]]
    assert found.unplaced == {"research_only": ("H",), "left": ("G",), "no_community": (), "alone": ()}
    assert [str(date) for date in found.dates or ()] == ["2022-02-07", "2022-03-14"]


def test_only_people_of_one_value_meet(tmp_path: Path) -> None:
    roster = changed(ROSTER, "E,Eva,,Oak,", "E,Eva,,,")
    toml = STUDY.replace('across = "school"', 'within = "school"')
    found = gathered(grouping_study(tmp_path / "s", roster=roster, toml=toml), "feedback")
    assert [(one.name, one.people) for one in found.communities] == [("Cedar", ("A", "B")), ("Elm", ("C", "D"))]
    assert (found.unplaced["no_community"], found.unplaced["alone"]) == (("E",), ("F", "I"))
    cedar, elm = (one.topics["feedback"].standing.asked.tolist() for one in found.communities)
    assert (cedar, elm) == ([1, 1], [1, 0]), "only names given within the community count"


def test_only_members_take_part_and_everybody_is_asked_for_names(tmp_path: Path) -> None:
    toml = STUDY + 'column = "role"\nmembers = ["principal"]\n'
    (one,) = gathered(grouping_study(tmp_path / "s", toml=toml), "feedback").communities
    assert one.people == tuple("ABCEI")
    assert one.topics["feedback"].standing.asked.tolist() == [4, 1, 2, 0, 0], "Dana, a coach, named Ana and Chen"


def test_too_few_answers_say_nothing_of_who_is_sought(tmp_path: Path) -> None:
    few = SECOND.split("C,Ana")[0]
    folder = grouping_study(tmp_path / "s", second=few)
    assert gathered(folder, "feedback").communities[0].topics["feedback"].verdict == "withheld"
    with pytest.raises(StudyError) as error:
        sna.suggest_pairs(folder, "feedback")
    assert "Too few answered to say who is sought on giving feedback." in stops(error)[0]
    both = sna.suggest_groups(folder, rounds=2)
    assert [one.relation for one in both.rounds] == ["data", "data"]
    assert "No round on giving feedback: too few answered." in both.notes
    open_ = grouping_study(tmp_path / "t", second=few, toml=STUDY.replace('e = "rese', 'e = "rese', 1))
    toml = (
        (open_ / "study.toml")
        .read_text(encoding="utf-8")
        .replace("suppress_below", "response_gate = false\nsuppress_below")
    )
    (open_ / "study.toml").write_text(toml, encoding="utf-8")
    assert sna.suggest_pairs(open_, "feedback").rounds[0].relation == "feedback"


def test_next_year_is_planned_from_the_last_answers_there_are(tmp_path: Path) -> None:
    """The roster of a wave to come, without answers yet: who is sought is known from the wave before."""
    toml = changed(STUDY, '[[relations]]\nid = "feedback"', '[[waves]]\nid = "w3"\n[[relations]]\nid = "feedback"')
    toml = changed(toml, 'columns = "feedback{n}"', 'columns = "feedback{n}"\nwaves = ["w1", "w2"]')
    roster = ROSTER + "J,Jo,w3,Fir,principal,full,\n"
    folder = grouping_study(tmp_path / "s", toml=toml, roster=roster)
    (one,) = gathered(folder, "feedback").communities
    assert one.people == tuple("ABCDEFJ"), "Ida is on the roster of the second wave only"
    assert one.topics["feedback"].standing.asked.tolist() == [4, 1, 2, 0, 0, 0, 0]
    assert not one.topics["feedback"].heard[-1]
    assert "The latest answers about giving feedback are those of w2." in sna.suggest_pairs(folder, "feedback").notes


@pytest.mark.parametrize("wanted", ["feedback", "Giving Feedback", "feedb"])
def test_topics_are_found_by_id_or_words(tmp_path: Path, wanted: str) -> None:
    assert sna.suggest_pairs(grouping_study(tmp_path / "s"), wanted).rounds[0].relation == "feedback"


@pytest.mark.parametrize(
    ("topics", "words"),
    [
        (["feedbock"], 'This is none of the topics. Use one of feedback, data. Close match: "feedback".'),
        (["ing"], "Several topics have these words. Use one of feedback, data."),
        (["", "nothing"], "This is none of the topics."),
    ],
)
def test_topics_that_are_none(tmp_path: Path, topics: list[str], words: str) -> None:
    with pytest.raises(StudyError) as error:
        sna.suggest_groups(grouping_study(tmp_path / "s"), topics)
    assert len(stops(error)) == len(topics)
    assert words in stops(error)[0]


BEGIN = STUDY.split("[grouping]")[0]


NOBODY = "actor_id,feedback1,data1\n" + "".join(f"{one},Ana,nobody\n" for one in "BCDEF")
APART = "actor_id,other_id\n"
FROM_ALL = APART + "".join(f"A,{one}\n" for one in "BCDEFI")
FOUR = APART + "A,B\nA,C\nB,C\nA,D\nB,D\nC,D\n"
NO_TOPIC = {"toml": BEGIN.replace("topic =", "label ="), "past": None, "apart": None}
DEANS = STUDY + 'column = "role"\nmembers = ["dean"]\n'


@pytest.mark.parametrize(
    ("changes", "size", "words"),
    [
        ({"first": NOBODY}, 2, "Of those who take part nobody is named on using data."),
        ({}, 9, "There are 7 people who may sit together: too few for a group of 9."),
        ({"toml": DEANS}, 2, "There are no two people who may sit together."),
        ({"apart": FROM_ALL}, 2, '"A": This person is kept apart from everybody with whom they could sit.'),
        ({"apart": FOUR}, 3, "There is no way to seat the 7 people in groups of 3, 4 as they are kept apart."),
        (NO_TOPIC, 2, "No relation has a topic."),
    ],
)
def test_what_cannot_be_is_named(tmp_path: Path, changes: dict[str, str | None], size: int, words: str) -> None:
    folder = grouping_study(tmp_path / "s", **changes)
    with pytest.raises(StudyError) as error:
        sna.suggest_groups(folder, ["data"] if "first" in changes else [], size, 1)
    assert words in "\n".join(stops(error))


def test_too_many_people_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (arranging, candidates):
        monkeypatch.setattr(module, "MOST_PEOPLE", 6)
    with pytest.raises(StudyError, match="7 people cannot be seated at once"):
        sna.suggest_groups(grouping_study(tmp_path / "s"))


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ({"size": 1}, "size must be 2 to 20"),
        ({"rounds": 0}, "rounds must be 1 to 52"),
        ({"seed": -1}, "seed must be 0 or more"),
        ({"audience": "all"}, "audience must be one of"),
    ],
)
def test_numbers_that_cannot_be(tmp_path: Path, wishes: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        sna.suggest_groups(grouping_study(tmp_path / "s"), **wishes)  # type: ignore[arg-type]


def test_without_a_section_everybody_may_meet(tmp_path: Path) -> None:
    found = sna.suggest_pairs(grouping_study(tmp_path / "s", toml=BEGIN, past=None, apart=None), "feedback")
    assert len(found.table) == 8 - 1
    assert "Nothing is known of past groups: nobody is kept from meeting somebody again." in found.notes
    assert not any("met in a group" in group.why for one in found.rounds for group in one.groups)
    assert not any(who.place for one in found.rounds for group in one.groups for who in group.people)


def test_everybody_of_one_school_is_told(tmp_path: Path) -> None:
    roster = "\n".join(
        ",".join([*line.split(",")[:3], "Elm", *line.split(",")[4:]])
        if "," in line and not line.startswith("actor")
        else line
        for line in ROSTER.splitlines()
    )
    found = sna.suggest_pairs(grouping_study(tmp_path / "s", roster=roster + "\n"), "feedback")
    assert "Everybody has the same school, Elm: nobody can be mixed." in found.notes


def test_pairs_are_explained(tmp_path: Path) -> None:
    found = sna.suggest_pairs(
        grouping_study(tmp_path / "s", past=PAST + "2022-03-21,x,A\n2022-03-21,x,F\n"), "feedback"
    )
    why = {who.name: group.why for group in found.rounds[0].groups for who in group.people}
    assert why["Ben"] == (
        "Ben is asked about giving feedback by one person and asks two; Dana asks two. "
        "They have not met in a group before."
    )
    assert "Ana is asked about giving feedback by four people and asks one" in why["Ana"]
    assert "whether Finn asks is not known" in why["Finn"].lower().replace("finn", "Finn")
    # Eva does not want to be displayed by name: nothing is said of her but that she is there.
    assert "Eva" not in why["Eva"]
    text = found.text()
    assert "Round 1: giving feedback\n" in text
    assert "Ben (Cedar) · Dana (Elm)" in text
    assert "1 person: not placed, because they took part for research only; what they said is not counted." in text
    assert "Gus: not placed, because they left." in text
    assert "Hana" not in text


def test_when_people_met_is_told(tmp_path: Path) -> None:
    everybody = [f"2022-0{month}-01,x,{one}" for month in (3, 4) for one in "ABCDEFI"]
    past = "date,group,actor_id\n" + "\n".join(everybody) + "\n"
    found = sna.suggest_pairs(grouping_study(tmp_path / "s", past=past), "feedback", 2)
    first, second = found.rounds
    assert all("not met in a group since 1 April 2022" in group.why for group in first.groups)
    assert any("sat together in round 1" in group.why for group in second.groups) or all(
        "since 1 April 2022" in group.why for group in second.groups
    )


def test_an_empty_file_of_past_groups_says_nothing(tmp_path: Path) -> None:
    found = sna.suggest_pairs(grouping_study(tmp_path / "s", past="date,group,actor_id\n"), "feedback")
    assert "Nothing is known of past groups: nobody is kept from meeting somebody again." in found.notes
    assert not any("met in a group" in group.why for one in found.rounds for group in one.groups)


def test_managers_get_no_numbers_and_the_public_gets_nothing(tmp_path: Path) -> None:
    folder = grouping_study(tmp_path / "s")
    found = sna.suggest_groups(folder, ["feedback"], 3, 2, audience="manager")
    said = " ".join(group.why for one in found.rounds for group in one.groups)
    for number in ("one person", "two", "four people", "people and asks"):
        assert number not in said
    assert "Ana is asked about giving feedback and asks others" in said
    # Ida was never asked for consent, Eva does not want to be named: nothing is said of them.
    assert "Ida asks" not in said
    assert "Eva is asked" not in said
    assert "Eva asks" not in said
    assert not any("named by nobody" in note for note in found.notes)
    assert all(one.least for one in found.reached)
    with pytest.raises(OutputError, match="the public gets none"):
        sna.suggest_groups(folder, audience="public")


def test_neither_order_nor_silence_tells_a_manager_who_is_sought(tmp_path: Path) -> None:
    # Ana, whom everybody names on feedback, did not agree to be named, and is the last on the roster.
    ana = "A,Ana,,Cedar,principal,full,\n"
    roster = ROSTER.replace(ana, "") + ana.replace("full", "no_named_display")
    folder = grouping_study(tmp_path / "s", roster=roster)
    found = {one: sna.suggest_groups(folder, ["feedback"], 3, 2, audience=one) for one in ("researcher", "manager")}
    groups = [group for one in found["manager"].rounds for group in one.groups]
    seated = [[who.name for who in group.people] for group in groups if "Ana" in [who.name for who in group.people]]
    assert seated
    assert all(names[-1] == "Ana" for names in seated)
    assert not any("Ana is asked" in group.why for group in groups)
    untold = {"Ana", "Eva", "Ida"}
    for group in groups:
        if untold & {who.name for who in group.people}:
            assert "nobody here is asked" not in group.why, "where it is not said, it would follow who is asked"


def test_the_table_can_be_past_groups(tmp_path: Path) -> None:
    """Written, dated, and read again: those who sat together met."""
    folder, out = grouping_study(tmp_path / "s"), tmp_path / "made" / "groups.csv"
    found = sna.suggest_groups(folder, rounds=3, out=out)
    assert list(found.table.columns) == list(COLUMNS)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3 * 7 == len(found.table)
    dates = {"1": "2022-09-01", "2": "2022-09-01", "3": "2022-10-01"}
    with (folder / "past.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows({**row, "date": dates[row["round"]]} for row in rows)
    (one,) = gathered(folder, "feedback").communities
    table = found.table
    together = sum(len(those) * (len(those) - 1) for _, those in table.groupby(["round", "group"]))
    assert one.met.sum() == together


def test_nothing_is_written_over_what_somebody_made(tmp_path: Path) -> None:
    folder, out = grouping_study(tmp_path / "s"), tmp_path / "groups.csv"
    first = sna.suggest_pairs(folder, "feedback", out=out)
    sna.suggest_pairs(folder, "feedback", seed=5, out=out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["groups.csv", "s"]
    text = out.read_text(encoding="utf-8")
    out.write_text(text.replace("1,,", "1,2022-09-01,", 1), encoding="utf-8")
    for target, words in (
        (out, "filled in its column date"),
        (folder / "groups.csv", "study folder"),
        (tmp_path / "groups.txt", "ends in .csv"),
        (tmp_path / "s.csv", "this is a folder"),
    ):
        if target.name == "s.csv":
            target.mkdir()
        with pytest.raises(OutputError, match=words):
            sna.suggest_pairs(folder, "feedback", out=target)
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(OutputError, match="something else"):
        sna.suggest_pairs(folder, "feedback", out=other)
    assert first.seed == 1


def test_names_that_look_like_formulas_are_text(tmp_path: Path) -> None:
    folder = grouping_study(tmp_path / "s", roster=ROSTER.replace("Finn", "=1+1\x1b[31m"))
    out = tmp_path / "groups.csv"
    found = sna.suggest_pairs(folder, "feedback", out=out)
    with out.open(encoding="utf-8", newline="") as file:
        names = {row["name"] for row in csv.DictReader(file)}
    assert not [name for name in names if name.startswith("=")]
    assert "\x1b" not in found.text()


def test_json_says_what_python_says(tmp_path: Path) -> None:
    found = sna.suggest_groups(grouping_study(tmp_path / "s"), rounds=2)
    said = json.loads(found.json())
    assert [one["topic"] for one in said["rounds"]] == ["giving feedback", "using data"]
    assert said["rounds"][0]["groups"][0]["people"][0].keys() == {"actor_id", "name", "place"}
    assert [one["value"] for one in said["reached"]] == [one.value for one in found.reached]
    assert said["notes"] == list(found.notes)


@pytest.fixture(scope="module")
def pplc() -> Suggestion:
    return sna.suggest_pairs(PPLC, "feedback", 2)


def test_the_six_communities_are_seated_by_themselves(pplc: Suggestion) -> None:
    """Checked from the files alone: everybody once a round, nobody kept apart together, sizes even, nobody hidden."""
    tables = sna.check_study(PPLC).tables
    assert tables is not None
    actors = tables.actors.set_index("actor_id")
    community, consent = actors["community"], actors["consent"]
    placed = actors.index[(actors["role"] == "principal") & (consent != "research_only")]
    apart = {frozenset(pair) for pair in tables.apart.to_numpy().tolist()}
    assert apart
    for number, held in pplc.table.groupby("round"):
        assert sorted(held["actor_id"]) == sorted(placed), number
        for _, those in held.groupby("group"):
            ids = those["actor_id"].tolist()
            assert len({community[one] for one in ids}) == 1
            assert set(those["community"]) == {community[ids[0]]}
            assert not [pair for pair in apart if pair <= set(ids)]
        sizes = held.groupby(["community", "group"]).size()
        assert (sizes.groupby("community").max() - sizes.groupby("community").min() <= 1).all()
        assert sizes.min() >= 2


def test_what_is_reached_is_told_with_its_bound(pplc: Suggestion) -> None:
    repeats = next(one for one in pplc.reached if "sit together" in one.what)
    assert repeats.bound <= repeats.value <= repeats.of
    assert all(one.bound <= one.value if one.least else one.value <= one.bound <= one.of for one in pplc.reached)


def test_the_same_seed_gives_the_same_groups(tmp_path: Path) -> None:
    folder = grouping_study(tmp_path / "s", past=None, toml=STUDY.replace('past = "past.csv"', ""))
    once, again, other = (sna.suggest_pairs(folder, "feedback", seed=seed) for seed in (1, 1, 3))
    pd.testing.assert_frame_equal(once.table, again.table)
    assert once == again
    assert (once.seed, other.seed) == (1, 3)


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ("actor_id,feedback1\nA,nobody\n", "nobody is named on giving feedback"),
        ("actor_id,feedback1\nF,Ana\n", "Ana is asked about giving feedback by one person"),
        (
            "actor_id,feedback1,feedback2,feedback3,feedback4,feedback5,feedback6\n"
            + "".join(f"{one},{','.join(other for other in 'ABCDEFI' if other != one)}\n" for one in "ABCDEFI"),
            "nobody here is asked more than another who asks",
        ),
    ],
)
@pytest.mark.filterwarnings("error")
def test_one_answer_or_everybody_tied(tmp_path: Path, second: str, words: str) -> None:
    toml = changed(STUDY, "suppress_below = 3", "suppress_below = 3\nresponse_gate = false")
    folder = grouping_study(tmp_path / "s", toml=toml, second=second)
    if words.startswith("nobody is named"):
        with pytest.raises(StudyError, match=words):
            sna.suggest_pairs(folder, "feedback")
    else:
        found = sna.suggest_pairs(folder, "feedback", 2)
        assert words in " ".join(group.why for one in found.rounds for group in one.groups)


@pytest.mark.filterwarnings("error")
def test_two_people_are_one_pair_round_after_round(tmp_path: Path) -> None:
    roster = "\n".join(ROSTER.splitlines()[:3]) + "\n"
    answers = "actor_id,feedback1,data1\nA,Ben,nobody\nB,nobody,nobody\n"
    past = "date,group,actor_id\n"
    folder = grouping_study(tmp_path / "s", roster=roster, first=answers, second=answers, past=past, apart=APART)
    found = sna.suggest_pairs(folder, "feedback", 3)
    assert [len(one.groups) for one in found.rounds] == [1, 1, 1]
    assert "All 2 people are one group, round after round: there are too few for more." in found.notes
    assert found.reached[0].sentence().endswith("2 of 3, which no plan can better")
