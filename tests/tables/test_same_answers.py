"""The same answers, exported by every product, give the same tables and networks: those written out here."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

import sna
from sna.tables.exports import FORMATS
from sna.terms import SURVEY_FORMATS
from tests.corpus.workbook import workbook

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
STUDIES = sorted(folder.parent.name for folder in CORPUS.glob("*/same_answers"))
# Products that export workbooks too. REDCap and Network Canvas write CSV only.
WITH_WORKBOOKS = {"google_forms", "kobotoolbox", "limesurvey", "microsoft_forms", "qualtrics", "surveymonkey"}
OURS = {"roster.csv", "names.csv"}

# relation, ego, alter, strength, state. A plain no has no row; an empty strength is unknown.
TIES = """
advice P1 P2 2 present
advice P1 P4 1 present
advice P2 P1 1 present
advice P2 P3 2 present
advice P3 P1 2 present
advice P3 P2 - unknown
help P1 P2 1 present
help P1 P3 1 present
help P2 P4 1 present
trust P1 P2 1 present
trust P1 P3 1 present
trust P2 P4 1 present
"""
# relation, person, status, named, named outside, named unresolved, cells unknown.
ANSWERED = """
advice P1 answered 2 0 0 0
advice P2 answered 2 0 0 0
advice P3 answered 1 0 0 1
advice P4 no_response - - - -
help P1 answered 2 0 0 0
help P2 answered 1 0 0 0
help P3 skipped - - - -
help P4 no_response - - - -
trust P1 answered 2 0 0 0
trust P2 answered 1 0 0 0
trust P3 answered 0 0 0 0
trust P4 no_response - - - -
"""
# What is known of each ordered pair: present, absent, unknown, impossible. Rows are those who answered.
NETWORKS = {
    "advice": ["ipap", "pipa", "puia", "uuui"],
    "help": ["ippa", "aiap", "uuiu", "uuui"],
    "trust": ["ippa", "aiap", "aaia", "uuui"],
}


def rows_of(text: str) -> list[list[str]]:
    return [line.split(" ") for line in text.strip().splitlines()]


def with_workbooks(source: Path, target: Path) -> Path:
    """A study whose exports are workbooks; `x.xlsx.csv` holds the rows of a workbook laid out in another way."""
    shutil.copytree(source, target)
    toml = (target / "study.toml").read_text(encoding="utf-8")
    for path in sorted(target.glob("*.?sv")):
        if path.name in OURS or path.name.endswith(".xlsx.csv"):
            continue
        other = path.with_name(f"{path.stem}.xlsx.csv")
        text = (other if other.is_file() else path).read_text(encoding="utf-8-sig")
        delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        path.with_suffix(".xlsx").write_bytes(workbook(rows))
        path.unlink()
        assert f'"{path.name}"' in toml
        toml = toml.replace(f'"{path.name}"', f'"{path.stem}.xlsx"')
    (target / "study.toml").write_text(toml, encoding="utf-8")
    return target


CASES = [(name, kind) for name in STUDIES for kind in ("csv", "xlsx") if kind == "csv" or name in WITH_WORKBOOKS]


@pytest.mark.parametrize(("product", "kind"), CASES)
def test_the_same_answers_give_the_same_tables(tmp_path: Path, product: str, kind: str) -> None:
    folder = CORPUS / product / "same_answers"
    checked = sna.check_study(with_workbooks(folder, tmp_path / "s") if kind == "xlsx" else folder)
    assert checked.tables is not None, checked.stops
    ties = [
        [
            row.relation,
            row.ego_id,
            row.alter_id,
            "-" if row.strength != row.strength else f"{row.strength:g}",
            row.state,
        ]
        for row in checked.tables.ties.itertuples()
        # "Never" is reported and below what counts as a tie; where the scale has no 0 it has a row.
        if row.state != "absent"
    ]
    assert ties == rows_of(TIES)
    counts = ["named", "named_outside", "named_unresolved", "cells_unknown"]
    answered = checked.tables.answered[["relation", "actor_id", "status", *counts]].astype(object)
    assert answered.where(answered.notna(), "-").astype(str).to_numpy().tolist() == rows_of(ANSWERED)
    results = sna.measure_study(checked.study.folder if checked.study else folder)
    for relation, states in NETWORKS.items():
        network = results.networks["w1", relation]
        people = network.actors
        found = ["".join(network.state(ego, alter)[0] for alter in people) for ego in people]
        assert found == states, relation
    label = next(known.label for known in FORMATS if known.name == product.replace("_", "-"))
    assert any(label in problem.problem for problem in checked.problems if problem.severity == "note")


def test_every_product_is_covered() -> None:
    assert {name.replace("_", "-") for name in STUDIES} == set(SURVEY_FORMATS) - {"plain"}
    assert set(STUDIES) >= WITH_WORKBOOKS
