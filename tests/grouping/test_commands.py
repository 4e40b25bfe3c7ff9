"""`sna pair` and `sna groups`: what they print, write and refuse."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

import sna
from sna.cli import main
from tests.grouping.small import grouping_study


class Done(NamedTuple):
    """How a command ended."""

    code: object
    out: str
    err: str


class Run(Protocol):
    """Runs `sna …`."""

    def __call__(self, *words: str | Path) -> Done: ...


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def called(*words: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["sna", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Done(ended.value.code, said.out, said.err)

    return called


def test_the_command_prints_what_python_says(tmp_path: Path, run: Run) -> None:
    folder, out = grouping_study(tmp_path / "s"), tmp_path / "pairs.csv"
    done = run("pair", folder, "--topic", "feedback", "--rounds", "2", "--seed", "4", "--out", out)
    assert (done.code, done.err) == (0, f"Written: {out}\n")
    found = sna.suggest_pairs(folder, "feedback", 2, seed=4)
    assert done.out == f"{found.text()}\n"
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1 + len(found.table)


def test_groups_as_json(tmp_path: Path, run: Run) -> None:
    folder = grouping_study(tmp_path / "s")
    words = ("--topic", "data", "--topic", "feedback", "--size", "3", "--rounds", "2", "--audience", "manager")
    done = run("groups", folder, *words, "--format", "json")
    assert (done.code, done.err) == (0, "")
    found = sna.suggest_groups(folder, ["data", "feedback"], 3, 2, audience="manager")
    assert json.loads(done.out) == json.loads(found.json())


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("pair",), 2, "Missing option '--topic'"),
        (("pair", "--topic", "feedbock"), 1, 'Close match: "feedback"'),
        (("groups", "--size", "12"), 1, "too few for a group of 12"),
        (("groups", "--size", "1"), 2, "--size"),
        (("groups", "--format", "xml"), 2, "use text or json"),
        (("groups", "--audience", "everybody"), 2, "use researcher, manager"),
        (("groups", "--audience", "public"), 2, "the public gets none"),
        (("groups", "--out", "groups.doc"), 2, "ends in .csv"),
    ],
)
def test_what_cannot_be_is_a_sentence(tmp_path: Path, run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    command, *rest = words
    done = run(command, grouping_study(tmp_path / "s"), *rest)
    assert done.code == code
    assert said in done.err
    assert "Traceback" not in done.err
    assert done.out == ""
