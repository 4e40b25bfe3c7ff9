"""Runs: the same bytes twice, whole or not at all, nothing lost, nothing written where it should not be."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import sna
from sna import pipeline
from tests.small_study import RESPONSES, STUDY, changed, small_study

ROOT = Path(__file__).resolve().parent.parent
# Tables in which chance has a part.
CHANCE = (
    *("divisions", "memberships", "together"),
    *("concentration", "fixity", "fixity_pooled", "lorenz", "most_named"),
    *("broker_tests", "brokers", "group_ties", "communities", "community_differences"),
    *("community_trends", "leading", "group_repeats"),
)


def digests(folder: Path) -> dict[str, str]:
    """Path inside the folder → hash, for every file."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def run_apart(study: Path, out: Path, **environment: str) -> None:
    """Run the command line in a process of its own."""
    subprocess.run(
        [sys.executable, "-m", "sna.cli", "run", str(study), "--out", str(out)],
        check=True,
        capture_output=True,
        env={**os.environ, **environment},
    )


def test_the_files_of_a_result(tmp_path: Path) -> None:
    page = sna.run_study(small_study(tmp_path / "s"), tmp_path / "out")
    assert page == tmp_path / "out" / "index.html"
    assert set(digests(tmp_path / "out")) == {
        "index.html",
        "networks/advice-w1.html",
        "networks/help-w1.html",
        "graphs/advice-w1.graphml",
        "graphs/help-w1.graphml",
        "provenance.json",
        *(
            f"tables/{name}.csv"
            for name in (
                "accounting",
                "actor_metrics",
                "actors",
                "answered",
                "attendance",
                "brokerage",
                "co_attendance",
                "columns",
                "contacts",
                "divisions",
                "engagement",
                "events",
                "gate",
                "homophily",
                "key_people",
                "memberships",
                "mixing",
                "network_metrics",
                "outside",
                "overlap",
                "problems",
                "response",
                "response_by_group",
                "sampled",
                "tie_metrics",
                "thresholds",
                "ties",
                "together",
                "triads",
                "undefined",
            )
        ),
    }


def test_same_inputs_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    study = ROOT / "surveys" / "il-cop"
    run_apart(study, tmp_path / "one", SOURCE_DATE_EPOCH="1600000000", PYTHONHASHSEED="1")
    run_apart(study, tmp_path / "two", SOURCE_DATE_EPOCH="1600000000", PYTHONHASHSEED="2", OPENBLAS_NUM_THREADS="1")
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    provenance = json.loads((tmp_path / "one" / "provenance.json").read_text(encoding="utf-8"))
    assert provenance["time"] == "2020-09-13T12:26:40Z"


def test_only_the_time_differs_without_source_date_epoch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = small_study(tmp_path / "s")
    times = iter(["2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z"])
    monkeypatch.setattr("sna.provenance.time_of_run", lambda: next(times))
    sna.run_study(study, tmp_path / "one")
    sna.run_study(study, tmp_path / "two")
    one, two = digests(tmp_path / "one"), digests(tmp_path / "two")
    assert {name for name in one if one[name] != two[name]} == {"provenance.json"}


def test_another_seed_gives_other_positions_and_the_same_tables_but_those_of_random_starts(tmp_path: Path) -> None:
    study = ROOT / "surveys" / "pplc"
    sna.run_study(study, tmp_path / "one")
    sna.run_study(study, tmp_path / "two", seed=99)
    one, two = digests(tmp_path / "one"), digests(tmp_path / "two")
    unlike = {name for name in one if one[name] != two[name]}
    assert "networks/advice-spring.html" in unlike
    drawn = {f"tables/{name}.csv" for name in CHANCE}
    assert {name for name in unlike if name.startswith(("tables/", "graphs/"))} <= drawn


def test_provenance_names_inputs_by_hash_and_no_place_of_this_machine(tmp_path: Path) -> None:
    study = small_study(tmp_path / "s")
    sna.run_study(study, tmp_path / "out", seed=7)
    text = (tmp_path / "out" / "provenance.json").read_text(encoding="utf-8")
    found = json.loads(text)
    assert found["parameters"]["seed"] == 7
    assert found["inputs"]["roster.csv"]["sha256"] == hashlib.sha256((study / "roster.csv").read_bytes()).hexdigest()
    assert set(found["inputs"]) == {"study.toml", "roster.csv", "responses.csv", "events.csv", "attendance.csv"}
    assert str(tmp_path) not in text
    for path in (tmp_path / "out").rglob("*"):
        if path.is_file():
            assert str(tmp_path).encode() not in path.read_bytes(), path


def test_the_study_folder_is_never_written(tmp_path: Path) -> None:
    study = small_study(tmp_path / "s")
    before = digests(study)
    sna.run_study(study, tmp_path / "out")
    assert digests(study) == before


def test_a_run_replaces_an_earlier_result_whole(tmp_path: Path) -> None:
    study, out = small_study(tmp_path / "s"), tmp_path / "out"
    sna.run_study(study, out)
    (out / "tables" / "left-over.csv").write_text("old")
    sna.run_study(study, out)
    assert "tables/left-over.csv" not in digests(out)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "s"]


@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError, MemoryError])
def test_a_run_that_fails_while_writing_leaves_the_earlier_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: type[BaseException]
) -> None:
    study, out = small_study(tmp_path / "s"), tmp_path / "out"
    sna.run_study(study, out)
    before = digests(out)
    written = []
    write_bytes = Path.write_bytes

    def failing(path: Path, content: bytes) -> int:
        written.append(path)
        if len(written) == 9:
            raise fault
        return write_bytes(path, content)

    monkeypatch.setattr(Path, "write_bytes", failing)
    with pytest.raises((fault, sna.OutputError)):
        sna.run_study(study, out)
    assert len(written) == 9
    assert digests(out) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "s"]


KILLERS = {
    "partial": """
real, count = Path.write_bytes, []
def write(path, content):
    count.append(path)
    if len(count) == 9:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(path, content)
Path.write_bytes = write
""",
    "earlier": """
real = Path.rename
def rename(path, target):
    if path.name.endswith(".partial"):
        os.kill(os.getpid(), signal.SIGKILL)
    return real(path, target)
Path.rename = rename
""",
}


@pytest.mark.parametrize("moment", KILLERS)
def test_a_run_that_is_killed_leaves_the_earlier_result(tmp_path: Path, moment: str) -> None:
    """SIGKILL while the new folder is being filled, and between the two renames."""
    study, out = small_study(tmp_path / "s"), tmp_path / "out"
    sna.run_study(study, out)
    before = digests(out)
    script = "import os, signal, sys\nfrom pathlib import Path\nimport sna\n" + KILLERS[moment]
    command = [sys.executable, "-c", script + "sna.run_study(sys.argv[1], sys.argv[2])", str(study), str(out)]
    killed = subprocess.run(command, check=False)
    assert killed.returncode == -signal.SIGKILL
    if moment == "partial":
        assert digests(out) == before
    else:
        assert digests(tmp_path / ".out.earlier") == before
        (study / "responses.csv").write_text(changed(RESPONSES, "Jon Smith", "Nobody Known"))
        with pytest.raises(sna.StudyError):
            sna.run_study(study, out)
        assert digests(out) == before, "the next run puts it back, even one that fails"
        (study / "responses.csv").write_text(RESPONSES)
    sna.run_study(study, out)
    assert set(digests(out)) == set(before)


@pytest.mark.parametrize("inside", [".", "results", ".."])
def test_results_never_go_into_the_study_folder_or_above_it(tmp_path: Path, inside: str) -> None:
    study = small_study(tmp_path / "s")
    with pytest.raises(sna.OutputError, match="study folder"):
        sna.run_study(study, study / inside)


def test_a_folder_of_somebody_else_is_not_replaced(tmp_path: Path) -> None:
    study, out = small_study(tmp_path / "s"), tmp_path / "documents"
    out.mkdir()
    (out / "thesis.txt").write_text("years of work")
    with pytest.raises(sna.OutputError, match="something else"):
        sna.run_study(study, out)
    assert digests(out).keys() == {"thesis.txt"}
    (tmp_path / "file").write_text("")
    with pytest.raises(sna.OutputError, match="is a file"):
        sna.run_study(study, tmp_path / "file")


def test_the_root_and_negative_seeds_are_refused(tmp_path: Path) -> None:
    study = small_study(tmp_path / "s")
    with pytest.raises(sna.OutputError, match="folder of their own"):
        sna.run_study(study, Path(tmp_path.anchor))
    with pytest.raises(ValueError, match="seed"):
        sna.run_study(study, tmp_path / "out", seed=-1)


def test_a_link_as_output_keeps_being_a_link(tmp_path: Path) -> None:
    study, real, link = small_study(tmp_path / "s"), tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real, target_is_directory=True)
    for _ in range(2):
        assert sna.run_study(study, link) == link / "index.html"
    assert link.is_symlink()
    sna.run_study(study, real)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link", "real", "s"]


def test_networks_of_like_names_keep_files_of_their_own(tmp_path: Path) -> None:
    toml = (
        changed(STUDY, 'id = "w1"', 'id = "b-c"')
        .replace('id = "advice"', 'id = "a"')
        .replace('id = "help"', 'id = "a-b"')
    )
    toml = changed(
        toml, '[[relations]]\nid = "a"', '[[waves]]\nid = "c"\nresponses = "responses.csv"\n[[relations]]\nid = "a"'
    )
    sna.run_study(small_study(tmp_path / "s", toml=toml), tmp_path / "out")
    for folder, ending in (("networks", "html"), ("graphs", "graphml")):
        assert len(list((tmp_path / "out" / folder).glob(f"*.{ending}"))) == 4


def test_a_place_that_cannot_be_made_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(sna.OutputError, match="cannot be written"):
        sna.run_study(small_study(tmp_path / "s"), tmp_path / "file" / "out")


def test_the_default_place_is_outputs_and_the_folder_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = small_study(tmp_path / "my-study")
    monkeypatch.chdir(tmp_path)
    assert sna.run_study(study) == Path("outputs/my-study/index.html")
    monkeypatch.chdir(study)
    with pytest.raises(sna.OutputError):
        sna.run_study(".")


def test_an_unknown_audience_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="researcher"):
        sna.run_study(small_study(tmp_path / "s"), tmp_path / "out", audience="everybody")


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    sna.run_study(small_study(tmp_path / "s"), tmp_path / "out", progress=told.append)
    assert told == ["advice, wave w1", "help, wave w1", "pages and tables"]


def test_a_study_of_nobody_who_answered_still_runs(tmp_path: Path) -> None:
    study = small_study(
        tmp_path / "s", responses="actor_id,advice_P1,advice_P2,advice_P3,advice_P4,help_name1,help_name2\nP1,,,,,,\n"
    )
    sna.run_study(study, tmp_path / "out")
    assert "Nobody answered" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_a_partial_folder_of_a_killed_run_does_no_harm(tmp_path: Path) -> None:
    study, out = small_study(tmp_path / "s"), tmp_path / "out"
    (tmp_path / ".out.abc.partial").mkdir()
    sna.run_study(study, out)
    assert (out / "index.html").is_file()


def test_output_files_are_a_function_of_release_and_seed(tmp_path: Path) -> None:
    from sna.privacy.build import release

    results = sna.measure_study(small_study(tmp_path / "s"))
    seen = release(results, "researcher", {"time": "fixed"})
    started = time.process_time()
    assert pipeline.output_files(seen, 3) == pipeline.output_files(seen, 3)
    assert time.process_time() > started
