"""What docs/guides/groups.md shows runs as it stands; here on a small study in the place of the example."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest

import sna
from sna.cli import main
from sna.study_sections import SECTION
from tests.grouping.small import grouping_study

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "guides" / "groups.md").read_text(encoding="utf-8")


def blocks(fence: str) -> list[str]:
    return re.findall(rf"```{fence}\n(.*?)```", TEXT, re.DOTALL)


def test_the_commands_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grouping_study(tmp_path / "surveys" / "il-cop")
    lines = [line.strip() for line in TEXT.splitlines() if line.startswith("    sna ")]
    assert len(lines) == 2
    monkeypatch.chdir(tmp_path)
    for line in lines:
        monkeypatch.setattr(sys, "argv", line.split())
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 0, line
    assert (tmp_path / "groups.csv").is_file()


def test_the_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    grouping_study(tmp_path / "surveys" / "il-cop")
    monkeypatch.chdir(tmp_path)
    (code,) = blocks("python")
    names: dict[str, object] = {}
    exec(compile(code, "groups.md", "exec"), names)
    assert isinstance(names["pairs"], sna.Suggestion)
    assert "Round 1: giving feedback" in capsys.readouterr().out


def test_the_keys_are_those_there_are() -> None:
    (toml,) = blocks("toml")
    section = tomllib.loads(toml)["grouping"]
    assert set(section) == {key.name for key in SECTION["grouping"].keys}


def test_the_files_are_read(tmp_path: Path) -> None:
    past, apart = blocks("csv")
    roster = "actor_id,name,wave,school,role,consent\nP1,Ana,,x,a,full\nP2,Ben Okafor,,x,a,full\nP4,Cy,,y,a,full\n"
    answers = "actor_id,feedback1,data1\nP1,Cy,Cy\n"
    folder = grouping_study(tmp_path / "s", past=past, apart=apart, roster=roster, first=answers, second=answers)
    found = sna.check_study(folder)
    assert not found.stops
    assert found.tables is not None
    assert found.tables.past_groups["actor_id"].tolist() == ["P1", "P2"]
    assert found.tables.apart.to_numpy().tolist() == [["P1", "P4"]]
