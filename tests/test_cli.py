"""The command line: what it prints, how it ends, and that Python does the same in the same words."""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

import sna
from sna.cli import app
from tests.small_study import RESPONSES, changed, small_study

ROOT = Path(__file__).resolve().parent.parent
BROKEN = changed(RESPONSES, "Jon Smith", "Jon Smiht")


def run(*words: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m sna.cli …` in a process of its own, in a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "sna.cli", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd or ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )


def test_run_prints_the_page_and_nothing_else_in_a_pipe(tmp_path: Path) -> None:
    done = run("run", small_study(tmp_path / "s"), "--out", tmp_path / "out", "--seed", "5")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{tmp_path / 'out' / 'index.html'}\n"
    assert (tmp_path / "out" / "index.html").is_file()


def test_check_says_what_is_wrong_and_ends_with_1(tmp_path: Path) -> None:
    done = run("check", small_study(tmp_path / "s", responses=BROKEN))
    assert done.returncode == 1
    assert done.stdout.startswith('stops: responses.csv, row 2, column "help_name1": "Jon Smiht": ')
    assert "1 to mend" in done.stderr


def test_check_of_a_sound_study_ends_with_0(tmp_path: Path) -> None:
    done = run("check", small_study(tmp_path / "s"))
    assert (done.returncode, done.stdout) == (0, "")
    assert "Nothing stops this study" in done.stderr


def test_run_of_a_faulty_study_ends_with_1_and_writes_nothing(tmp_path: Path) -> None:
    done = run("run", small_study(tmp_path / "s", responses=BROKEN), "--out", tmp_path / "out")
    assert (done.returncode, done.stdout) == (1, "")
    assert 'Close match: "Jon Smith" (P2)' in done.stderr
    assert "nothing was written" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run",), "Missing argument 'STUDY'"),
        (("run", "surveys/il-cop", "--seed", "soon"), "--seed"),
        (("run", "surveys/il-cop", "--audience", "all"), "researcher, manager, public"),
        (("run", "surveys/il-cop", "--out", "surveys"), "study folder"),
        (("run", "surveys/il-cop", "--audience", "public", "--xlsx"), "The public gets no tables"),
        (("example", "eastern-women", "x"), 'Close match: "southern-women"'),
        (("metrics", "betweeness"), 'Close match: "betweenness"'),
        (("new", "surveys"), "not empty"),
        (("walk",), "No such command"),
    ],
)
def test_wrong_usage_ends_with_2(words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_fault_of_ours_is_a_sentence_and_ends_with_3(tmp_path: Path) -> None:
    breaking = (
        "import sna.checking, sys\n"
        "def broken(*_, **__): raise RuntimeError('boom')\n"
        "sna.checking.check_study = broken\n"
        "from sna.cli import main\n"
        f"sys.argv = ['sna', 'check', {str(tmp_path)!r}]\nmain()\n"
    )
    quiet = subprocess.run([sys.executable, "-c", breaking], capture_output=True, text=True, check=False)
    assert quiet.returncode == 3
    assert "fault of sna" in quiet.stderr
    assert "boom" in quiet.stderr
    assert "Traceback" not in quiet.stderr
    environment = {**os.environ, "SNA_DEBUG": "1"}
    loud = subprocess.run(
        [sys.executable, "-c", breaking], capture_output=True, text=True, env=environment, check=False
    )
    assert "Traceback" in loud.stderr


@pytest.mark.parametrize(
    "command", [(), ("run",), ("check",), ("new",), ("example",), ("metrics",), ("pair",), ("groups",)]
)
def test_help_is_for_a_person_and_loads_nothing_slow(command: tuple[str, ...]) -> None:
    done = run(*command, "--help")
    assert done.returncode == 0
    assert "Usage: " in done.stdout
    script = (
        "import sys\nfrom sna.cli import main\n"
        f"sys.argv = ['sna', *{command!r}, '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "slow = {'numpy', 'pandas', 'networkx', 'scipy', 'pyvis', 'openpyxl', 'jinja2'} & set(sys.modules)\n"
        "print(sorted(slow), file=sys.stderr)\n"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert loaded.stderr.strip() == "[]"


def test_metrics_lists_every_measure_and_explains_one() -> None:
    listed = run("metrics").stdout
    for measure in sna.measures():
        assert re.search(rf"^{measure.name}\s+{measure.level}\s", listed, re.MULTILINE), measure.name
    explained = run("metrics", "constraint").stdout
    for word in ("Formula:", "Direction", "Undefined when:", "Burt"):
        assert word in explained


def test_new_makes_a_study_that_runs(tmp_path: Path) -> None:
    made = run("new", tmp_path / "my-study")
    assert made.returncode == 0
    assert run("check", tmp_path / "my-study").returncode == 0
    assert run("run", tmp_path / "my-study", "--out", tmp_path / "out").returncode == 0


def test_example_writes_a_study_that_runs(tmp_path: Path) -> None:
    assert run("example", "southern-women", tmp_path / "women").returncode == 0
    assert run("run", tmp_path / "women", "--out", tmp_path / "out").returncode == 0
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "18 people" in page
    assert "14 events" in page


def test_cli_py_is_the_same_door() -> None:
    done = subprocess.run([sys.executable, "cli.py", "--version"], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == run("--version").stdout
    assert done.stdout.startswith("sna 0.")


def test_an_old_console_is_no_reason_to_crash(tmp_path: Path) -> None:
    done = run(
        "check",
        small_study(tmp_path / "s", responses=changed(RESPONSES, "Jon Smith", "Zoë Łukasz")),
        PYTHONIOENCODING="ascii",
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_progress_is_shown_on_a_terminal(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom sna.cli import main\nsys.stderr.isatty = lambda: True\n"
        f"sys.argv = ['sna', 'run', {str(small_study(tmp_path / 's'))!r}, '--out', {str(tmp_path / 'out')!r}]\nmain()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=True)
    assert "advice, wave w1 …" in done.stderr
    assert done.stderr.endswith("\033[K"), "the line is cleared at the end"


def test_check_on_a_terminal_groups_problems_and_shows_who_answered(tmp_path: Path) -> None:
    text = changed(changed(RESPONSES, "Jon Smith", "JON SMITH"), "Chen Wei", "chen wei")
    script = (
        "import sys\nfrom sna.cli import main\nsys.stdout.isatty = lambda: True\n"
        f"sys.argv = ['sna', 'check', {str(small_study(tmp_path / 's', responses=text))!r}]\nmain()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=True)
    shown = re.sub(r"\x1b\[\d+m", "", done.stdout)
    assert "used: responses.csv: The name is spelt differently on the roster. (2 times)" in shown
    assert '    row 2, column "help_name1"  "JON SMITH"  Read as "Jon Smith".' in shown
    assert re.search(r"^advice +w1 +4 +4 +3 +75% +33% +–$", shown, re.MULTILINE)
    assert re.search(r"^help +w1 +4 +4 +3 +75% +50% +33%$", shown, re.MULTILINE)


# command → the Python function of the same words; `metrics` prints what `measures()` returns.
TWINS = {
    "new": sna.new_study,
    "example": sna.example_study,
    "check": sna.check_study,
    "run": sna.run_study,
    "names": sna.update_names,
    "forget": sna.forget,
    "pair": sna.suggest_pairs,
    "groups": sna.suggest_groups,
    "metrics": sna.measures,
}


def test_every_command_has_a_twin_with_the_same_options() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    assert set(commands) == set(TWINS)
    for name, command in commands.items():
        if name == "metrics":
            continue
        # How something is printed is the command line's own business: Check has problems, response and json().
        options = {parameter.name for parameter in command.params} - {"help", "format"}
        options = {"path" if option == "study" else option for option in options}
        assert options == set(inspect.signature(TWINS[name]).parameters) - {"progress", "say"}, name


def test_check_as_json_says_what_python_says(tmp_path: Path) -> None:
    done = run("check", small_study(tmp_path / "s"), "--format", "json")
    said = json.loads(done.stdout)
    assert (done.returncode, said["stops"]) == (0, 0)
    assert done.stdout.strip() == sna.check_study(tmp_path / "s").json()
    assert [row["rate"] for row in said["response"]] == [0.75, 0.75]
    assert {row["date"] for row in said["response"]} == {"2022-05-01"}
    assert {row["file"] for row in said["accounting"]} == {
        "roster.csv",
        "responses.csv",
        "events.csv",
        "attendance.csv",
    }
    assert {row["group"] for row in said["response_by_group"]} == {"role", "school"}
    broken = run("check", small_study(tmp_path / "t", responses=BROKEN), "--format", "json")
    said = json.loads(broken.stdout)
    assert (broken.returncode, said["stops"], said["response"]) == (1, 1, None)
    assert said["problems"][0]["row"] == 2


def test_forget_lists_places_and_writes_nothing(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "s")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = run("forget", folder, "Jon Smith")
    assert done.returncode == 0
    assert "  advice w1: 4 → 3 people, 4 → 2 ties, response 75% → 67%" in done.stdout
    assert '    row 2, column "help_name1" "Jon Smith": Write "withdrawn" instead of the name' in done.stdout
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}
    assert run("forget", folder, "Nobody At All").returncode == 1


def test_a_draft_says_what_is_left_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,advice_Ana Lopez,advice_Ben Ito\nAna Lopez,,often\nBen Ito,never,\n")
    done = run("new", tmp_path / "s", "--from", tmp_path / "a.csv")
    assert done.returncode == 0
    assert "  - roster.csv: add everybody else who could be named" in done.stdout
    assert run("check", tmp_path / "s").returncode == 0
    assert run("new", tmp_path / "t", "--from", tmp_path / "none.csv").returncode == 1
