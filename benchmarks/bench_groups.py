"""How long groups for a year take, and how far they are from what no plan can better.

    python benchmarks/bench_groups.py

Made here from fixed seeds: people of schools of five who name up to three others on each of six topics, a few of them
much oftener than the rest; one in seven does not answer. Each case is one call of `sna.suggest_groups` or
`sna.suggest_pairs` in a process of its own, reading the study included. The promise is 30 seconds of processor time
for groups of three of 60 people in six rounds. Exit code 1 when an allowance is exceeded, when somebody meets somebody
again who need not, or when one in a hundred groups is without anybody sought although all could have one.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import numpy as np
from bench import SNA, measured

TOPICS = ("feedback", "data", "learning", "curriculum", "operations", "families")
SCHOOL, NAMES, SILENT = 5, 3, 1 / 7
# (people, command, what is asked for, seconds allowed)
CASES = (
    (60, "groups", ("--size", "3", "--rounds", "6"), 30.0),
    (60, "groups", ("--size", "4", "--rounds", "6"), 30.0),
    (61, "pair", ("--topic", "feedback", "--rounds", "6"), 30.0),
    (12, "groups", ("--size", "3", "--rounds", "4"), 10.0),
    (300, "groups", ("--size", "3", "--rounds", "6"), 60.0),
)


def made_study(folder: Path, people: int, seed: int) -> Path:
    """A study folder."""
    rng = np.random.default_rng(seed)
    ids = [f"P{at:03d}" for at in range(people)]
    relations = "".join(
        f'[[relations]]\nid = "{topic}"\ntopic = "{topic}"\nform = "names"\ncolumns = "{topic}{{n}}"\n'
        for topic in TOPICS
    )
    (folder / "study.toml").write_text(
        '[study]\nname = "Made"\nroster = "roster.csv"\naudience = "researcher"\n[consent]\ndefault = "full"\n'
        f'[[waves]]\nid = "w"\nresponses = "answers.csv"\n{relations}[grouping]\nacross = "school"\n',
        encoding="utf-8",
    )
    roster = [f"{who},Person {who},School {at // SCHOOL}" for at, who in enumerate(ids)]
    (folder / "roster.csv").write_text("\n".join(["actor_id,name,school", *roster]) + "\n", encoding="utf-8")
    weights = {topic: rng.dirichlet(np.full(people, 0.3)) + 1e-9 for topic in TOPICS}
    heading = [f"{topic}{n}" for topic in TOPICS for n in range(1, NAMES + 1)]
    rows = [",".join(["actor_id", *heading])]
    for at, who in enumerate(ids):
        if rng.random() < SILENT:
            continue
        cells = []
        for topic in TOPICS:
            chances = np.where(np.arange(people) == at, 0.0, weights[topic])
            many = int(rng.integers(1, NAMES + 1))
            those = rng.choice(people, many, replace=False, p=chances / chances.sum()).tolist()
            cells += [*(ids[one] for one in those), *[""] * (NAMES - many)]
        rows.append(",".join([who, *cells]))
    (folder / "answers.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def main() -> int:
    """Measure every case; return the exit code."""
    over = False
    with tempfile.TemporaryDirectory() as place:
        for people, command, wishes, allowed in CASES:
            name = f"{people}-{command}-{wishes[1]}"
            folder = Path(place) / name
            folder.mkdir()
            made_study(folder, people, people)
            said = Path(place) / f"{name}.json"
            line = [*SNA, command, str(folder), *wishes, "--format", "json"]
            # The command says on the standard output what it reached; the one that is timed writes it to a file.
            keep = f"import subprocess, sys; subprocess.run({line!r}, check=True, stdout=open({str(said)!r}, 'wb'))"
            seconds, megabytes = measured([sys.executable, "-c", keep], fresh=False)
            found = json.loads(said.read_text(encoding="utf-8"))
            title = f"{people} people, sna {command} {' '.join(wishes)}"
            print(f"{title}: {seconds:.1f} s of {allowed:.0f}, {megabytes:.0f} MB")
            for one in found["reached"]:
                print(f"  {one['what']}: {one['value']} of {one['of']}, bound {one['bound']}")
            print(f"  {found['proof']}")
            told = {one["what"].split()[0]: one for one in reversed(found["reached"])}
            again, sought = told["pairs"], told["groups"]
            over = over or seconds > allowed
            over = over or again["value"] > again["bound"]
            over = over or (sought["bound"] == sought["of"] and sought["value"] < 0.99 * sought["of"])
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
