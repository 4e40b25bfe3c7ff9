"""The pages about exports say what is so: the files they show, read as they say, make a study that runs."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path

import pytest

import sna
from sna.study_paths import EACH_EVENT, files_named
from sna.tables.exports import FORMATS
from sna.tables.grid import Grid, read_grid
from sna.tables.problems import Problems
from tests.corpus.workbook import workbook

PAGES = sorted((Path(__file__).resolve().parent.parent / "docs" / "guides" / "exports").glob("*.md"))
# Pages about sheets and lists that no product makes, and how their files are read.
NOT_OF_A_PRODUCT = {"sign-in-sheets": {"sign-in-grid", "plain"}, "calendars": {"plain"}}
SURVEYS = [known for known in FORMATS if known.kind == "survey"]


def examples(page: Path) -> list[tuple[dict[str, str], str]]:
    """Each study.toml of a page, with the files above it that it names; a file's name may be followed by a sheet's."""
    files: dict[str, str] = {}
    found = []
    text = page.read_text(encoding="utf-8")
    for kind, name, content in re.findall(r"```(csv|toml) ?([^\n]*)\n(.*?)```", text, re.DOTALL):
        if kind == "csv":
            files[name] = content
        else:
            named = re.findall(r'= "([^"]+\.\w+)"', content.replace(EACH_EVENT, "*"))
            used = {file: rows for file, rows in files.items() if any(fnmatch(file.split(" ")[0], n) for n in named)}
            found.append((used, content))
    return found


def write_files(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Write the files of an example; sheets of one workbook are put together. Returns the names of the files."""
    sheets: dict[str, dict[str, list[list[str]]]] = {}
    for name, content in files.items():
        file, _, sheet = name.partition(" ")
        if file.endswith(".xlsx"):
            sheets.setdefault(file, {})[sheet] = list(csv.reader(content.splitlines()))
        else:
            (folder / file).write_text(content, encoding="utf-8")
    for file, content in sheets.items():
        (title, rows), *others = content.items()
        (folder / file).write_bytes(workbook(rows, title=title, sheets=dict(others)))
    return list(dict.fromkeys(name.split(" ")[0] for name in files))


@pytest.mark.parametrize("known", SURVEYS, ids=lambda known: known.name)
def test_every_survey_product_has_a_page(known: object) -> None:
    name = known.name  # type: ignore[attr-defined]
    assert {page.stem.replace("_", "-") for page in PAGES} >= {name}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_example_is_a_study_that_runs(tmp_path: Path, page: Path) -> None:
    studies = examples(page)
    assert studies or page.stem == "README"
    for number, (files, toml) in enumerate(studies):
        folder = tmp_path / str(number)
        folder.mkdir()
        names = write_files(folder, files)
        (folder / "study.toml").write_text(toml, encoding="utf-8")
        checked = sna.check_study(folder)
        assert checked.tables is not None, [str(problem) for problem in checked.stops]
        assert {file for name in checked.tables.files for file in files_named(folder, name)} >= set(names)
        problems = Problems()
        grids = [read_grid(folder, name, problems, kind=kind) for name in names for kind in ("survey", "attendance")]
        formats = {grid.format for grid in grids if isinstance(grid, Grid)}
        name = NOT_OF_A_PRODUCT.get(page.stem, {page.stem})
        assert {found.replace("_", "-") for found in formats} & {known.replace("_", "-") for known in name}
        assert sna.measure_study(folder).networks or len(checked.tables.attendance)


@pytest.mark.parametrize("name", ["qualtrics", "surveymonkey", "limesurvey", "redcap"])
def test_the_example_says_what_the_page_says(tmp_path: Path, name: str) -> None:
    (page,) = [page for page in PAGES if page.stem == name]
    ((files, toml),) = examples(page)
    for file, content in files.items():
        (tmp_path / file).write_text(content, encoding="utf-8")
    (tmp_path / "study.toml").write_text(toml, encoding="utf-8")
    networks = sna.measure_study(tmp_path).networks
    wave = next(iter(networks))[0]
    advice, helped, trust = (networks[(wave, relation)] for relation in ("advice", "help", "trust"))
    assert [network.state("P1", "P2") for network in (advice, helped, trust)] == ["present"] * 3
    assert advice.state("P1", "P3") == "absent"
    assert trust.state("P1", "P3") == "present"
    # What Ben Okafor said, and that Chen Wei said nothing.
    assert helped.state("P2", "P3") == {"limesurvey": "unknown"}.get(name, "present")
    assert trust.state("P2", "P1") == {"redcap": "unknown"}.get(name, "absent")
    assert advice.state("P3", "P1") == "unknown"


@pytest.mark.parametrize("name", ["google-forms", "microsoft-forms", "kobotoolbox", "network-canvas"])
def test_every_question_of_the_examples_is_read(tmp_path: Path, name: str) -> None:
    """Ana Lopez named Ben Okafor in every one, and Dana Novak answered none."""
    (page,) = [page for page in PAGES if page.stem == name]
    for number, (files, toml) in enumerate(examples(page)):
        folder = tmp_path / str(number)
        folder.mkdir()
        write_files(folder, files)
        (folder / "study.toml").write_text(toml, encoding="utf-8")
        for (_, relation), network in sna.measure_study(folder).networks.items():
            assert network.state("P1", "P2") == "present", relation
            assert {network.state("P4", other) for other in ("P1", "P2", "P3")} == {"unknown"}, relation


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("zoom", [{"P1": 112.3, "P2": 114.3, "P3": 69.4, "P4": 120.0}] * 2),
        ("teams", [{"P1": 112.3, "P4": 120.0}]),
        ("google-meet", [{"P1": 112.0, "P2": 115.0, "P3": 70.0}]),
        ("sign-in-sheets", [{"P1": 120.0, "P2": 120.0, "P3": 70.0}, {"P1": 113.0, "P2": 115.0}]),
        ("calendars", [{"P1": 120.0, "P2": 120.0}]),
    ],
)
def test_the_minutes_of_the_first_event_of_each_page_about_attendance(
    tmp_path: Path, name: str, found: list[dict[str, float]]
) -> None:
    (page,) = [page for page in PAGES if page.stem == name]
    for number, ((files, toml), minutes) in enumerate(zip(examples(page), found, strict=True)):
        folder = tmp_path / str(number)
        folder.mkdir()
        write_files(folder, files)
        (folder / "study.toml").write_text(toml, encoding="utf-8")
        table = sna.measure_study(folder).tables.attendance
        first = table[(table["event_id"] == table["event_id"].iloc[0]) & (table["status"] == "present")]
        assert {str(a): round(float(m), 1) for a, m in zip(first["actor_id"], first["minutes"], strict=True)} == minutes
