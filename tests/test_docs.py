"""What the pages of documentation say is so: generated pages are fresh, the README's lines run, keys are all used."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from dataclasses import fields
from fnmatch import fnmatch
from pathlib import Path

import pandas as pd
import pytest

import sna
from sna import analyses, study
from sna.study_sections import SECTIONS
from tests.small_study import small_study

ROOT = Path(__file__).resolve().parent.parent


def blocks(text: str, fence: str) -> list[str]:
    return re.findall(rf"```{fence}\n(.*?)```", text, re.DOTALL)


def test_pages_made_from_the_code_are_fresh() -> None:
    assert runpy.run_path(str(ROOT / "docs" / "make_docs.py"))["stale"]() == []


def test_the_readme_python_runs_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (code,) = blocks((ROOT / "README.md").read_text(encoding="utf-8"), "python")
    names: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), names)
    assert (tmp_path / "outputs" / "my-study" / "index.html").is_file()
    assert (tmp_path / "for-the-website" / "index.html").is_file()
    assert isinstance(names["network"], sna.Network)


def test_the_readme_commands_run_as_they_stand(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = [line.split("#")[0].strip() for line in text.splitlines() if line.startswith("    sna ")]
    assert len(lines) == 9
    export = ROOT / "tests" / "corpus" / "google_forms" / "same_answers" / "responses.csv"
    (tmp_path / "answers.csv").write_bytes(export.read_bytes())
    for line in lines:
        # The draft and the person who withdraws are of another study than the one to fill in.
        words = line.replace("my-study --from", "drafted --from").replace("P107", "P4").split()[1:]
        command = [sys.executable, "-m", "sna.cli", *words]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (line, done.stderr)


def test_the_readme_names_files_that_are_there() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), ROOT / "surveys" / "README.md"]:
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), (page.name, link)


def test_every_key_of_study_toml_reaches_the_study() -> None:
    homes = {"study": study.Study, "consent": study.Consent, "waves": study.Wave, "relations": study.Relation}
    homes |= {"attendance": study.Attendance, "contacts": study.Contacts}
    homes |= {"activities": study.Activities, "homework": study.Homework}
    homes |= {name: getattr(analyses, name.capitalize()) for name in study.ANALYSES}
    for section in SECTIONS:
        held = {field.name for field in fields(homes[section.name])}
        assert {key.name for key in section.keys} <= held, section.name


@pytest.mark.parametrize(
    "table", ["actors", "ties", "answered", "events", "attendance", "contacts", "outside", "accounting"]
)
def test_tables_have_the_columns_the_data_model_promises(tmp_path: Path, table: str) -> None:
    text = (ROOT / "docs" / "data-model.md").read_text(encoding="utf-8")
    part = text.split(f"### {table}: ", 1)[1].split("\n### ", 1)[0].split("\n## ", 1)[0]
    promised = {
        name for row in re.findall(r"^\| (`[^|]*`) \|", part, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
    }
    if table == "contacts":
        promised = {"date", "who_id", "whom_id", "minutes", "about"}
    found = getattr(sna.measure_study(small_study(tmp_path / "s")).tables, table)
    assert isinstance(found, pd.DataFrame)
    assert promised <= set(found.columns)
    assert promised


def test_examples_are_fresh() -> None:
    done = subprocess.run([sys.executable, "surveys/make_examples.py", "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0


def test_no_tracked_file_names_a_place_of_a_machine_or_a_registry() -> None:
    git = shutil.which("git")
    assert git is not None
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    places = re.compile(r"/(?:home|root|Users|work|tmp)/\w|pypi\.org|files\.pythonhosted|registry\.npmjs")
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file() and path.suffix not in {".xlsx", ".png"} and path != Path(__file__):
            found = places.search(path.read_bytes().decode("latin-1"))
            assert found is None, (name, found)


def test_every_example_of_the_guide_to_files_is_a_study_that_runs(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "guides" / "files.md").read_text(encoding="utf-8")
    files: dict[str, str] = {}
    relations = attended = logged = 0
    for number, (kind, name, content) in enumerate(re.findall(r"```(csv|toml) ?(\S*)\n(.*?)```", text, re.DOTALL)):
        if kind == "csv":
            files[name] = content
            continue
        folder = tmp_path / str(number)
        folder.mkdir()
        head = '[study]\nname = "Guide"\nroster = "roster.csv"\naudience = "researcher"\n[consent]\ndefault = "full"\n'
        responses = 'responses = "responses.csv"\n' if "columns" in content else ""
        rest = "" if "[[relations]]" in content or "[[attendance]]" in content else GUIDE_TIES
        named = re.findall(r'"([^"]+\.csv)"', (head + responses + content + rest).replace("{event_id}", "*"))
        used = {file for file in files if any(fnmatch(file, name) for name in named)}
        for file in used:
            (folder / file).write_text(files[file], encoding="utf-8")
        (folder / "study.toml").write_text(f'{head}[[waves]]\nid = "w"\n{responses}{rest}{content}', encoding="utf-8")
        results = sna.measure_study(folder)
        assert not any(p.severity in ("stops", "left out") for p in results.tables.problems), number
        if "[[relations]]" in content:
            relations += 1
            (network,) = results.networks.values()
            assert network.state("P1", "P2") == "present", number
            assert network.state("P3", "P1") == "unknown", number
        attended += len(results.engagement) > 0
        logged += len(results.tables.contacts)
    assert (relations, attended, logged) == (5, 3, 1)


GUIDE_TIES = '[[relations]]\nid = "advice"\nform = "ties"\nfile = "ties.csv"\nstrength = "times"\n'


def test_the_guide_to_questions_uses_sections_and_keys_that_exist() -> None:
    text = (ROOT / "docs" / "guides" / "questions.md").read_text(encoding="utf-8")
    known = {section.name: {key.name for key in section.keys} for section in SECTIONS}
    asked = {}
    for content in re.findall(r"```toml\n(.*?)```", text, re.DOTALL):
        for name, values in tomllib.loads(content).items():
            held = values[0] if isinstance(values, list) else values
            assert set(held) <= known[name], name
            asked[name] = held
    assert set(study.ANALYSES) - set(asked) == {"grouping"}
