"""The same answers through every form, CSV and XLSX, become the identical network; silence stays silence."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sna

IDS = ("P1", "P2", "P3", "P4", "P5")
NAMES = ("Ana Lopez", "Ben Okafor", "Chén Wei", "Dana O'Brien", "Eli Haddad")
Rows = list[list[str]]

# ego → (alter → strength), for those who answered; P4 did not, P5 answered "nobody".
ANSWERS: dict[str, dict[str, int]] = {"P1": {"P2": 2, "P3": 1}, "P2": {"P1": 2}, "P3": {"P4": 1, "P1": 1}, "P5": {}}


def text(rows: Iterable[Iterable[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def study(folder: Path, relation: str, files: Mapping[str, Rows], *, xlsx: bool = False) -> Path:
    """A study of one relation; `relation` holds its keys."""
    folder.mkdir(parents=True)
    ending = ".xlsx" if xlsx else ".csv"
    tables = {"roster": [["actor_id", "name"], *map(list, zip(IDS, NAMES, strict=True))], **files}
    for name, rows in tables.items():
        if xlsx:
            book = openpyxl.Workbook()
            for row in rows:
                book.active.append([int(cell) if cell.isdigit() else cell or None for cell in row])
            book.save(folder / f"{name}.xlsx")
        else:
            (folder / f"{name}.csv").write_text(text(rows), encoding="utf-8")
    responses = f'responses = "responses{ending}"\n' if "responses" in files else ""
    toml = (
        f'[study]\nname = "Forms"\nroster = "roster{ending}"\naudience = "researcher"\n[consent]\ndefault = "full"\n'
        f'[[waves]]\nid = "w"\n{responses}[[relations]]\nid = "advice"\npresent_from = 1\n'
        + relation.replace(".csv", ending)
    )
    (folder / "study.toml").write_text(toml, encoding="utf-8")
    return folder


def roster_form(answers: Mapping[str, Mapping[str, int]]) -> tuple[str, dict[str, Rows]]:
    rows = [["actor_id", *(f"a_{alter}" for alter in IDS)]]
    rows += [[ego, *("" if a == ego else str(named.get(a, 0)) for a in IDS)] for ego, named in answers.items()]
    scale = '{ 0 = "never", 1 = "some", 2 = "much" }'
    return f'form = "roster"\ncolumns = "a_{{actor_id}}"\nscale = {scale}\n', {"responses": rows}


def pairs_form(answers: Mapping[str, Mapping[str, int]]) -> tuple[str, dict[str, Rows]]:
    rows = [["ego_id", "alter_id", "value"]]
    rows += [[ego, a, str(named.get(a, 0))] for ego, named in answers.items() for a in IDS if a != ego]
    scale = '{ 0 = "never", 1 = "some", 2 = "much" }'
    return f'form = "roster"\nfile = "pairs.csv"\nstrength = "value"\nscale = {scale}\n', {"pairs": rows}


def names_form(answers: Mapping[str, Mapping[str, int]]) -> tuple[str, dict[str, Rows]]:
    name_of = dict(zip(IDS, NAMES, strict=True))
    rows = [["actor_id", *(f"n{k}" for k in range(1, 5)), *(f"v{k}" for k in range(1, 5))]]
    for ego, named in answers.items():
        people = [name_of[a] for a in named] or ["nobody"]
        values = [str(v) for v in named.values()]
        rows.append([ego, *(people + [""] * 4)[:4], *(values + [""] * 4)[:4]])
    return 'form = "names"\ncolumns = "n{n}"\nstrength = "v{n}"\nscale = { 1 = "some", 2 = "much" }\n', {
        "responses": rows
    }


def ties_form(answers: Mapping[str, Mapping[str, int]]) -> tuple[str, dict[str, Rows]]:
    ties = [["ego_id", "alter_id", "times"]]
    ties += [[ego, alter, str(v)] for ego, named in answers.items() for alter, v in named.items()]
    responses = [["actor_id", "comment"], *([ego, "yes"] for ego in answers)]
    keys = 'form = "ties"\nfile = "ties.csv"\nstrength = "times"\nrespondents = "responses"\n'
    # A file needs a row: a tie of strength 0 is a plain no.
    if len(ties) == 1 and answers:
        ego = next(iter(answers))
        ties.append([ego, next(a for a in IDS if a != ego), "0"])
    return keys, {"ties": ties, "responses": responses}


def matrix_form(answers: Mapping[str, Mapping[str, int]]) -> tuple[str, dict[str, Rows]]:
    rows = [["", *NAMES]]
    for ego, name in zip(IDS, NAMES, strict=True):
        given = answers.get(ego)
        rows.append([name, *("" if given is None or a == ego else str(given.get(a, 0)) for a in IDS)])
    return 'form = "matrix"\nfile = "matrix.csv"\n', {"matrix": rows}


FORMS = {"roster": roster_form, "pairs": pairs_form, "names": names_form, "ties": ties_form, "matrix": matrix_form}


def network_of(folder: Path) -> sna.Network:
    return sna.measure_study(folder).networks[("w", "advice")]


def same(network: sna.Network, answers: Mapping[str, Mapping[str, int]]) -> None:
    """The network holds exactly these answers and no others."""
    assert network.actors == IDS
    assert [a for a, yes in zip(IDS, network.answered, strict=True) if yes] == [a for a in IDS if a in answers]
    expected = np.zeros((5, 5))
    for ego, named in answers.items():
        for alter, value in named.items():
            expected[IDS.index(ego), IDS.index(alter)] = value
    assert np.array_equal(network.strengths.toarray(), expected)
    assert np.array_equal(network.matrix.toarray(), (expected >= 1).astype(float))
    assert network.unknown_cells.nnz == 0
    assert network.observed_count == 4 * len(answers)


@pytest.mark.parametrize("xlsx", [False, True], ids=["csv", "xlsx"])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_network(tmp_path: Path, form: str, xlsx: bool) -> None:
    keys, files = FORMS[form](ANSWERS)
    same(network_of(study(tmp_path / "s", keys, files, xlsx=xlsx)), ANSWERS)


@st.composite
def some_answers(draw: st.DrawFn) -> dict[str, dict[str, int]]:
    egos = draw(st.lists(st.sampled_from(IDS), unique=True, min_size=1))
    return {
        ego: draw(st.dictionaries(st.sampled_from([a for a in IDS if a != ego]), st.sampled_from([1, 2]), max_size=4))
        for ego in sorted(egos)
    }


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None, max_examples=25, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=some_answers())
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, form: str, answers: dict[str, dict[str, int]]
) -> None:
    keys, files = FORMS[form](answers)
    same(network_of(study(tmp_path_factory.mktemp("written") / "s", keys, files)), answers)


def roster_study(tmp_path: Path, keys: str, *rows: str) -> sna.Network:
    """A roster question about P1 … P3 with a column that says whether it was answered."""
    head = ["actor_id", "a_P1", "a_P2", "a_P3", "a_P4", "a_P5", "said"]
    form = f'form = "roster"\ncolumns = "a_{{actor_id}}"\n{keys}'
    return network_of(study(tmp_path / "s", form, {"responses": [head, *(row.split(",") for row in rows)]}))


SCALE = 'scale = { 0 = "never", 1 = "some" }\n'


def test_blank_on_a_scale_is_unknown(tmp_path: Path) -> None:
    network = roster_study(tmp_path, SCALE, "P1,,1,,0,0,", "P2,,,,,,")
    assert [network.state("P1", a) for a in IDS] == ["impossible", "present", "unknown", "absent", "absent"]
    assert [network.state("P2", a) for a in IDS] == ["unknown", "impossible", "unknown", "unknown", "unknown"]


def test_blank_tick_is_no_if_anything_was_ticked(tmp_path: Path) -> None:
    network = roster_study(tmp_path, "", "P1,,x,,,,", "P2,,,,,,")
    assert [network.state("P1", a) for a in IDS] == ["impossible", "present", "absent", "absent", "absent"]
    assert network.state("P2", "P1") == "unknown"


def test_blank_is_no_when_the_study_says_so(tmp_path: Path) -> None:
    network = roster_study(tmp_path, 'blank = "absent"\n', "P1,,,,,,")
    assert network.state("P1", "P2") == "absent"
    assert network.state("P3", "P2") == "unknown"


@pytest.mark.parametrize(
    ("said", "state", "status"),
    [
        ("yes", "absent", "answered"),
        ("nobody", "absent", "answered"),
        ("no", "unknown", "skipped"),
        ("prefer not to say", "unknown", "refused"),
        ("", "unknown", "skipped"),
    ],
)
def test_a_column_may_say_whether_a_question_was_answered(tmp_path: Path, said: str, state: str, status: str) -> None:
    head = ["actor_id", "a_P1", "a_P2", "said"]
    keys = 'form = "roster"\ncolumns = "a_{actor_id}"\nanswered = "said"\n'
    folder = study(tmp_path / "s", keys, {"responses": [head, ["P1", "", "", said]]})
    results = sna.measure_study(folder)
    assert results.networks[("w", "advice")].state("P1", "P2") == state
    answered = results.tables.answered.set_index("actor_id")
    assert answered.loc["P1", "status"] == status
    assert answered.loc["P2", "status"] == "no_response"


def test_one_refused_cell_is_one_unknown_cell(tmp_path: Path) -> None:
    network = roster_study(tmp_path, SCALE, "P1,,1,prefer not to say,0,0,")
    assert network.state("P1", "P3") == "unknown"
    assert network.state("P1", "P4") == "absent"


def test_a_person_without_a_column_is_unknown_to_everybody(tmp_path: Path) -> None:
    keys = 'form = "roster"\ncolumns = "a_{actor_id}"\n' + SCALE
    folder = study(
        tmp_path / "s", keys, {"responses": [["actor_id", "a_P1", "a_P2"], ["P1", "", "1"], ["P2", "0", ""]]}
    )
    network = network_of(folder)
    assert network.state("P1", "P2") == "present"
    assert network.state("P2", "P5") == "unknown"
    used = [p for p in sna.check_study(folder).problems if p.severity == "used"]
    assert {p.value for p in used} == {"P3", "P4", "P5"}


def test_listed_egos_alone_answered_a_tie_list(tmp_path: Path) -> None:
    keys = 'form = "ties"\nfile = "ties.csv"\n'
    files = {"ties": [["ego_id", "alter_id"], ["P1", "P2"]]}
    network = network_of(study(tmp_path / "listed", keys, files))
    assert (network.state("P1", "P3"), network.state("P2", "P1")) == ("absent", "unknown")
    network = network_of(study(tmp_path / "everyone", keys + 'respondents = "everyone"\n', files))
    assert (network.state("P1", "P3"), network.state("P2", "P1")) == ("absent", "absent")


def test_below_the_threshold_is_reported_and_absent(tmp_path: Path) -> None:
    keys = 'form = "ties"\nfile = "ties.csv"\nstrength = "value"\nrespondents = "everyone"\n'
    folder = study(
        tmp_path / "s", keys, {"ties": [["ego_id", "alter_id", "value"], ["P1", "P2", "0.5"], ["P1", "P3", "3"]]}
    )
    results = sna.measure_study(folder)
    assert results.networks[("w", "advice")].state("P1", "P2") == "absent"
    assert results.tables.ties[["alter_id", "strength", "state"]].to_numpy().tolist() == [
        ["P2", 0.5, "absent"],
        ["P3", 3.0, "present"],
    ]


def test_follow_ups_are_kept_and_can_split_a_question(tmp_path: Path) -> None:
    rows = [["actor_id", "n1", "t1", "n2", "t2"], ["P1", "P2", "Data", "P3", "staff"], ["P2", "P3", "staff", "", ""]]
    keys = 'form = "names"\ncolumns = "n{n}"\nfollow_up = { about = "t{n}" }\n'
    results = sna.measure_study(study(tmp_path / "all", keys, {"responses": rows}))
    assert results.tables.ties["about"].tolist() == ["Data", "staff", "staff"]
    network = network_of(study(tmp_path / "one", keys + 'where = { about = "data" }\n', {"responses": rows}))
    assert network.matrix.nnz == 1
    assert network.state("P2", "P3") == "absent", "P2 answered, about something else"


def test_self_nominations_and_repeats_are_noted(tmp_path: Path) -> None:
    rows = [["actor_id", "n1", "n2", "n3"], ["P1", "P1", "P2", "ANA  LOPEZ"], ["P2", "P3", "P3", ""]]
    folder = study(tmp_path / "s", 'form = "names"\ncolumns = "n{n}"\n', {"responses": rows})
    assert network_of(folder).matrix.nnz == 2
    found = [(p.severity, p.row, p.column) for p in sna.check_study(folder).problems]
    assert ("left out", 2, "n1") in found
    assert ("left out", 2, "n3") in found
    assert ("used", 3, "n2") in found


def test_more_names_than_the_cap_are_noted(tmp_path: Path) -> None:
    rows = [["actor_id", "n1", "n2"], ["P1", "P2", "P3"]]
    folder = study(tmp_path / "s", 'form = "names"\ncolumns = "n{n}"\ncap = 1\n', {"responses": rows})
    assert any("cap of 1" in p.problem for p in sna.check_study(folder).problems)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(tmp_path: Path, encoding: str, separator: str) -> None:
    keys, files = matrix_form(ANSWERS)
    folder = study(tmp_path / "s", keys, files)
    for name in ("roster.csv", "matrix.csv"):
        rows = list(csv.reader(io.StringIO((folder / name).read_text(encoding="utf-8"))))
        stream = io.StringIO()
        csv.writer(stream, delimiter=separator, lineterminator="\r\n").writerows(rows)
        (folder / name).write_bytes(stream.getvalue().encode(encoding))
    same(network_of(folder), ANSWERS)


def test_words_of_the_scale_and_codes_mean_the_same(tmp_path: Path) -> None:
    network = roster_study(tmp_path, SCALE, "P1,,Some,NEVER,1,0,", "P2,1.0,,some ,never,0,")
    assert network.matrix.toarray()[:2].tolist() == [[0, 1, 0, 1, 0], [1, 0, 1, 0, 0]]


VALUED = 'strength = "v{n}"\nscale = { 1 = "some", 2 = "much" }\n'
PAIRS = 'file = "ties.csv"\n{keys}respondents = "responses"\n'
FIRST = [["actor_id"], ["P1"]]
ONESELF: dict[str, tuple[str, dict[str, Rows]]] = {
    "roster": (
        'form = "roster"\ncolumns = "a_{actor_id}"\n',
        {"responses": [["actor_id", "a_P1", "a_P2"], ["P1", "1", "1"]]},
    ),
    "names": (
        'form = "names"\ncolumns = "n{n}"\n',
        {"responses": [["actor_id", "n1", "n2"], ["P1", NAMES[0], NAMES[1]]]},
    ),
    "names without a value": (
        f'form = "names"\ncolumns = "n{{n}}"\n{VALUED}',
        {"responses": [["actor_id", "n1", "v1", "n2", "v2"], ["P1", "P1", "", "P2", "2"]]},
    ),
    "names kept out": (
        'form = "names"\ncolumns = "n{n}"\nfollow_up = { kind = "k{n}" }\nwhere = { kind = "x" }\n',
        {"responses": [["actor_id", "n1", "k1", "n2", "k2"], ["P1", "P1", "y", "P2", "x"]]},
    ),
    "ties": (
        f'form = "ties"\n{PAIRS.format(keys="")}',
        {"responses": FIRST, "ties": [["ego_id", "alter_id"], ["P1", "P1"], ["P1", "P2"]]},
    ),
    "ties without a value": (
        f'form = "ties"\n{PAIRS.format(keys=VALUED.replace("v{n}", "value"))}',
        {"responses": FIRST, "ties": [["ego_id", "alter_id", "value"], ["P1", "P1", ""], ["P1", "P2", "2"]]},
    ),
    "pairs": (
        'form = "roster"\nfile = "ties.csv"\nstrength = "value"\n',
        {"responses": FIRST, "ties": [["ego_id", "alter_id", "value"], ["P1", "P1", "1"], ["P1", "P2", "1"]]},
    ),
    "matrix": (
        'form = "matrix"\nfile = "m.csv"\n',
        {"responses": FIRST, "m": [["", *IDS], ["P1", "1", "1", "0", "0", "0"]]},
    ),
}


@pytest.mark.parametrize("form", list(ONESELF))
def test_a_persons_own_name_is_no_name_given(tmp_path: Path, form: str) -> None:
    relation, files = ONESELF[form]
    tables = sna.measure_study(study(tmp_path / "s", f"cap = 1\n{relation}", files)).tables
    (answer,) = tables.answered[tables.answered["actor_id"] == "P1"].to_dict("records")
    assert (answer["given"], answer["named"]) == (1, 1)
    told = [p.problem for p in tables.problems if p.row is not None and p.severity in ("left out", "used")]
    assert [what for what in told if "themselves" not in what and "no column" not in what] == []
    # What `where` keeps out is of another relation, which tells it.
    assert ("A person named themselves." in told) == (form != "names kept out")
