"""sna new --from: a draft for each product's export that reads as it is, and finds the questions about people."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

import sna
from sna.tables.guesses import in_order

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
STUDIES = sorted(path.parent for path in CORPUS.glob("*/same_answers/study.toml"))


def in_order_asked(folder: Path) -> tuple[set[tuple[int, str, str]], set[tuple[int, str, str]]]:
    """((place of the relation, ego, alter) of every tie, (place of the relation, person, status)), people by name."""
    checked = sna.check_study(folder)
    assert checked.stops == ()
    assert checked.tables is not None
    assert checked.study is not None
    actors, ties, answered = checked.tables.actors, checked.tables.ties, checked.tables.answered
    name = dict(zip(actors["actor_id"], actors["name"], strict=True))
    at = {relation.id: place for place, relation in enumerate(checked.study.relations)}
    present = {
        (at[t.relation], name[t.ego_id], name[t.alter_id]) for t in ties[ties["state"] == "present"].itertuples()
    }
    return present, {(at[a.relation], name[a.actor_id], a.status) for a in answered.itertuples()}


def drafted(study: Path, folder: Path) -> Path:
    return sna.new_study(folder, sna.read_study(study).folder / export_of(study)).parent


def export_of(study: Path) -> str:
    responses = sna.read_study(study).waves[0].responses
    assert responses is not None
    return sorted(study.glob(responses))[0].name


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.parent.name)
def test_a_draft_is_accepted_as_it_stands(study: Path, tmp_path: Path) -> None:
    folder = drafted(study, tmp_path / "drafted")
    checked = sna.check_study(folder)
    assert checked.stops == ()
    assert checked.study is not None
    assert len(checked.study.relations) == 3


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.parent.name)
def test_with_the_edits_it_lists_a_draft_is_the_study_made_by_hand(study: Path, tmp_path: Path) -> None:
    """The one thing left to do is the roster: who stands behind codes and addresses, and who else could be named."""
    folder = drafted(study, tmp_path / "drafted")
    toml = (folder / "study.toml").read_text(encoding="utf-8")
    to_do = [line.removeprefix("# To do: ") for line in toml.splitlines() if line.startswith("# To do: ")]
    # Nothing else is needed for the networks: the wording of a question is for the pages.
    others = (
        "roster.csv: ",
        "study.toml: take out a relation",
        'study.toml, relation "question_1": the file does not say',
    )
    assert all(line.startswith(others) for line in to_do), to_do
    roster = (study / "roster.csv").read_text(encoding="utf-8-sig")
    (folder / "roster.csv").write_text(roster.replace("redcap_code", "code"), encoding="utf-8")
    assert in_order_asked(folder) == in_order_asked(study)


def test_a_draft_of_codes_says_so(tmp_path: Path) -> None:
    toml = (drafted(CORPUS / "redcap" / "same_answers", tmp_path / "s") / "study.toml").read_text(encoding="utf-8")
    assert "# To do: roster.csv: write the name of each person beside their code (1, 2, 3, 4)." in toml


def test_ids_of_a_draft_are_not_what_the_file_calls_somebody_else(tmp_path: Path) -> None:
    """The interviews of Network Canvas are called P1 to P4; who that is only a person knows."""
    folder = drafted(CORPUS / "network_canvas" / "same_answers", tmp_path / "s")
    tables = sna.check_study(folder).tables
    assert tables is not None
    assert not set(tables.actors["actor_id"]) & {"P1", "P2", "P3", "P4"}
    assert {"Ana Lopez", "P1"} <= set(tables.actors["name"])


def test_a_table_of_ones_own_is_drafted_too(tmp_path: Path) -> None:
    rows = [
        "name,year,advice_Ana Lopez,advice_Ben Ito,advice_Zoë Ng,friends",
        "Ana Lopez,2021,,plenty,now and then,Ben Ito; Zoë Ng",
        "Ben Ito,2021,plenty,,now and then,Ana Lopez",
        "Ana Lopez,2022,,plenty,plenty,Zoë Ng; Ben Ito",
    ]
    (tmp_path / "answers.csv").write_text("\n".join(rows), encoding="utf-8")
    toml = sna.new_study(tmp_path / "s", tmp_path / "answers.csv").read_text(encoding="utf-8")
    study = sna.read_study(tmp_path / "s")
    assert [(w.id, dict(w.where)) for w in study.waves] == [("2021", {"year": "2021"}), ("2022", {"year": "2022"})]
    assert [(r.id, r.form, r.columns, r.separator) for r in study.relations] == [
        ("advice", "roster", "advice_{name}", ""),
        ("friend", "names", "friends", ";"),
    ]
    assert 'relation "advice": put the words of `scale` in order' in toml
    checked = sna.check_study(tmp_path / "s")
    assert checked.tables is not None
    assert len(checked.tables.ties[checked.tables.ties["relation"] == "friend"]) == 5


def test_an_export_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(sna.StudyError, match="no such file"):
        sna.new_study(tmp_path / "s", tmp_path / "missing.csv")
    assert not (tmp_path / "s").exists()


def test_scales_are_put_in_order_where_the_words_are_known() -> None:
    assert in_order(["weekly", "never", "monthly"]) == (("never", "monthly", "weekly"), True)
    assert in_order(["3", "1", "2"]) == (("1", "2", "3"), True)
    assert in_order(["blue", "red"]) == (("blue", "red"), False)


def test_a_scale_of_one_word_is_drafted_too(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,advice_Ana Lopez,advice_Ben Ito\nAna Lopez,,never\nBen Ito,never,\n")
    assert "present_from = 0 " in sna.new_study(tmp_path / "s", tmp_path / "a.csv").read_text(encoding="utf-8")
    assert sna.check_study(tmp_path / "s").stops == ()


def test_the_least_answer_of_a_draft_is_a_tie_unless_it_says_never(tmp_path: Path) -> None:
    rows = ["Your name,Advice [Ana Lopez],Advice [Ben Ito],Comments", "Ana Lopez,,sometimes,x", "Ben Ito,often,,y"]
    (tmp_path / "a.csv").write_text("\n".join(rows).replace("Comments", '"Comments\nplease"'))
    folder = sna.new_study(tmp_path / "s", tmp_path / "a.csv").parent
    tables = sna.check_study(folder).tables
    assert tables is not None
    assert set(tables.ties["state"]) == {"present"}


def test_a_question_about_mail_is_not_who_answered(tmp_path: Path) -> None:
    rows = [
        "Your name,Whom do you e-mail?,Help [Ana Lopez],Help [Ben Ito]",
        "Ana Lopez,Ben Ito,,x",
        "Ben Ito,Cy Poe,x,",
    ]
    (tmp_path / "a.csv").write_text("\n".join(rows))
    assert sna.read_study(sna.new_study(tmp_path / "s", tmp_path / "a.csv")).respondent == "Your name"


def test_an_export_called_like_a_file_of_a_study_is_refused(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("name,advice_Ana Lopez\nAna Lopez,x\n")
    with pytest.raises(sna.StudyError, match="Rename the export"):
        sna.new_study(tmp_path / "s", tmp_path / "roster.csv")


PEOPLE = ("Ana Lopez", "Ben Ito", "Cy Poe")
TOPICS = ("Lesson planning", "Assessment", "Classroom management")
TITLED = ("Lesson Planning", "Student Assessment", "Classroom Management")
STATEMENTS = ("I feel supported", "My ideas are heard", "We work well together.")


def grid_of(whom: Sequence[str], heading: str, names: Sequence[str] = PEOPLE) -> str:
    """An export with one grid, in which everybody answered about everything."""
    columns = [f'"{heading.format(one)}"' for one in whom]
    answers = ["often,never,sometimes", "never,often,often", "sometimes,often,never"]
    return "\n".join([",".join(["Your name", *columns]), *map(",".join, zip(names, answers, strict=True)), ""])


@pytest.mark.parametrize("heading", ["How often? [{}]", "How often? - {}", "often/{}", "{}", "q_{}"])
@pytest.mark.parametrize("whom", [TOPICS, TITLED, STATEMENTS], ids=["topics", "titled", "statements"])
def test_topics_and_statements_are_not_taken_for_people(tmp_path: Path, whom: Sequence[str], heading: str) -> None:
    (tmp_path / "a.csv").write_text(grid_of(whom, heading), encoding="utf-8")
    toml = sna.new_study(tmp_path / "s", tmp_path / "a.csv").read_text(encoding="utf-8")
    assert "relations" not in tomllib.loads(toml)
    unread = [line for line in toml.splitlines() if line.startswith("#   ")]
    assert {line.removeprefix("#   ") for line in unread} == {heading.format(one) for one in whom}
    roster = (tmp_path / "s" / "roster.csv").read_text(encoding="utf-8-sig")
    assert [line.split(",")[1] for line in roster.splitlines()[1:]] == list(PEOPLE)


def test_a_grid_of_topics_is_left_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(grid_of(TOPICS, "How often? [{}]"), encoding="utf-8")
    toml = sna.new_study(tmp_path / "s", tmp_path / "a.csv").read_text(encoding="utf-8")
    reason, unread = toml.index("does not look like people"), toml.index("#   How often? [Lesson planning]")
    assert reason < unread


def test_choices_that_are_topics_are_not_taken_for_people(tmp_path: Path) -> None:
    rows = [f"{name},{one}" for name, one in zip(PEOPLE, ("Lesson planning; Team work",) * 3, strict=True)]
    (tmp_path / "a.csv").write_text("\n".join(["Your name,About what?", *rows, ""]), encoding="utf-8")
    toml = sna.new_study(tmp_path / "s", tmp_path / "a.csv").read_text(encoding="utf-8")
    assert "relations" not in tomllib.loads(toml)


@pytest.mark.parametrize(
    "whom", [PEOPLE, ("LOPEZ ANA", "ITO BEN", "DE LA CRUZ CY"), ("Zoë O'Brien", "Jo van der Aa", "陈 伟")]
)
def test_names_as_people_write_them_are_people(tmp_path: Path, whom: Sequence[str]) -> None:
    (tmp_path / "a.csv").write_text(grid_of(whom, "How often? [{}]"), encoding="utf-8")
    sna.new_study(tmp_path / "s", tmp_path / "a.csv")
    assert [r.columns for r in sna.read_study(tmp_path / "s").relations] == ["How often? [{name}]"]


def test_names_that_look_like_none_are_people_where_the_file_calls_them_so(tmp_path: Path) -> None:
    """Single names, and names without capitals: those who answered are called the same."""
    for number, whom in enumerate([("ana_lopez", "ben_ito", "cy_poe"), ("Ana", "Ben", "Cy")]):
        names = PEOPLE if number == 0 else whom
        (tmp_path / f"{number}.csv").write_text(grid_of(whom, "often/{}", names), encoding="utf-8")
        sna.new_study(tmp_path / f"s{number}", tmp_path / f"{number}.csv")
        assert [r.columns for r in sna.read_study(tmp_path / f"s{number}").relations] == ["often/{name}"]
