"""How long measures take beside the same measures in other packages, on the same networks. Ratios, not seconds, count.

    python benchmarks/bench_measures.py [--largest N] [--limit SECONDS] [--rounds N] [--measures a,b]
                                        [--peers igraph,networkit] [--from FOLDER]

Directed networks of 50, 500, 5,000 and 100,000 people, made here from a fixed seed: schools of 25, districts of 10
schools, a few people whom many name, 5 to 6 ties each. Every package measures in processes of its own, one after the
other, in several rounds; `peers.py` says what is timed and what is not. networkx and rustworkx are always there. igraph
and networkit only when asked for: they are put into a folder of their own, or taken from one (`--from`), which only
their processes get to see. igraph is under the GPL: compared with, never a dependency.

Every measure is called at least three times, one that takes longer than 10 seconds once in all; one that
would take longer than the limit, going by the next smaller network, not at all: the table says `≈` and how long. Ratios
are of medians of processor seconds, followed by the lowest and the highest of any round. Where the goal is missed it
says TOO MUCH. Exit code 1 when a goal in `KEPT` is missed by half as much again, or when numbers differ from ours.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from made import make_network
from peers_r import IN_R, in_r, install

SIZES = (50, 500, 5_000, 100_000)
OURS, ALWAYS = "sna", ("networkx", "rustworkx")
WHEN_ASKED = {"igraph": ["igraph", "texttable"], "networkit": ["networkit"], **{name: [] for name in IN_R}}
ONCE = 10.0
TO_IGRAPH, TO_FASTEST, SLACK = 1.2, 0.5, 1.5
EXACT_UP_TO = 5_000


@dataclass(frozen=True)
class Row:
    """One measure: its name in `peers.py` and in the table, and how its time grows with people (a power).

    `part_of` says of which other measure it does so many searches only, where every person makes one.
    """

    name: str
    title: str
    power: float = 1.0
    from_people: int = 0
    to_people: int = 1_000_000
    fastest: bool = False
    goal: bool = True
    part_of: tuple[str, int] = ("", 0)


ROWS = (
    Row("betweenness", "betweenness", 2, to_people=EXACT_UP_TO),
    Row("betweenness_sampled", "betweenness, 200 sources", from_people=EXACT_UP_TO + 1, part_of=("betweenness", 200)),
    Row("tie_betweenness", "tie betweenness", 2, to_people=EXACT_UP_TO),
    Row("harmonic", "harmonic, all", 2, to_people=EXACT_UP_TO, fastest=True),
    Row("harmonic_sampled", "harmonic, 1,000 sources", from_people=EXACT_UP_TO + 1, fastest=True),
    Row("harmonic_more", "harmonic, 6,400 sources", from_people=EXACT_UP_TO + 1, goal=False),
    Row("closeness", "closeness", 2, to_people=EXACT_UP_TO),
    Row("pagerank", "PageRank"),
    Row("eigenvector", "eigenvector"),
    Row("bonacich", "Bonacich power", goal=False),
    Row("core", "k-core"),
    Row("clustering", "local clustering"),
    Row("transitivity", "transitivity, undirected"),
    Row("reciprocity", "reciprocity"),
    Row("constraint", "constraint"),
    Row("holes", "constraint + effective size", fastest=True),
    Row("triads", "triad census", fastest=True),
    Row("brokerage", "Gould–Fernandez, with expectations", fastest=True),
    Row("communities", "communities, 10 starts"),
)
# Goals that are met, and are to stay so: (measure, people, what it is compared with).
KEPT = {
    ("harmonic", 500, "igraph"),
    ("harmonic", 5_000, "igraph"),
    ("harmonic", 5_000, "fastest"),
    ("harmonic_sampled", 100_000, "fastest"),
    ("closeness", 500, "igraph"),
    ("closeness", 5_000, "igraph"),
    ("pagerank", 100_000, "igraph"),
    ("eigenvector", 5_000, "igraph"),
    ("eigenvector", 100_000, "igraph"),
    ("holes", 5_000, "fastest"),
    ("pagerank", 5_000, "igraph"),
    ("constraint", 5_000, "igraph"),
    ("constraint", 100_000, "igraph"),
    ("triads", 500, "igraph"),
    ("triads", 5_000, "fastest"),
    ("triads", 100_000, "fastest"),
}


@dataclass
class Taken:
    """What was measured of one measure in one package at one size: a list of calls for every round."""

    processor: list[list[float]] = field(default_factory=list)
    wall: list[list[float]] = field(default_factory=list)
    same: str = ""
    less: str = ""
    failed: str = ""
    expected: float = 0.0

    def median(self, what: str = "processor") -> float:
        """The median of all calls."""
        return statistics.median(one for calls in getattr(self, what) for one in calls)


Found = dict[tuple[int, str, str], Taken]


def in_a_process(package: str, folder: Path, names: Sequence[str], repeat: int, where: str) -> list[dict[str, Any]]:
    """What a process of its own measures; what it had measured before it failed, if it fails."""
    if package in IN_R:
        return in_r(package, folder, names, repeat)
    script = Path(__file__).with_name("peers.py")
    command = [
        sys.executable,
        str(script),
        package,
        str(folder),
        str(repeat),
        ",".join(names),
        *([where] * bool(where)),
    ]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        print(f"{package} failed:\n{done.stderr}", file=sys.stderr)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def measure_all(asked: argparse.Namespace, packages: Sequence[str], where: str) -> tuple[Found, dict[str, str]]:
    """Every measure at every size in every package."""
    found: Found = {}
    versions = {OURS: ""}
    for before, n in zip((0, *SIZES), SIZES, strict=False):
        if n > asked.largest:
            continue
        rows = [r for r in ROWS if r.from_people <= n <= r.to_people and r.name in (asked.measures or r.name)]
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            make_network(n, folder)
            for turn in range(asked.rounds):
                for package in packages:
                    for row in rows:
                        expect(found, row, package, n, before)
                    names = [r.name for r in rows if wanted(found[n, r.name, package], turn, asked.limit)]
                    # Who has nothing to be compared with is not asked.
                    names = [name for name in names if package == OURS or found[n, name, OURS].wall]
                    alone = where if package in WHEN_ASKED else ""
                    for one in in_a_process(package, folder, names, max(1, 3 - asked.rounds + 1), alone):
                        taken = found[n, one["measure"], package]
                        if "failed" in one:
                            taken.failed = one["failed"]
                            continue
                        taken.processor.append(one["processor"])
                        taken.wall.append(one["wall"])
                        taken.same, taken.less = one["same"], one["less"]
                        versions[package] = one["version"]
                    print(f"  round {turn + 1}, {package}", file=sys.stderr, flush=True)
    return found, versions


def expect(found: Found, row: Row, package: str, n: int, before: int) -> None:
    """Make room for what will be measured, with how long it should take going by the next smaller network."""
    if (n, row.name, package) in found:
        return
    other, searches = row.part_of
    smaller = found.get((before, other or row.name, package))
    growth = (n / max(before, 1)) ** row.power * (searches / before if other else 1)
    took = 0.0 if smaller is None else smaller.median("wall") if smaller.wall else smaller.expected
    found[n, row.name, package] = Taken(expected=took * growth)


def wanted(taken: Taken, turn: int, limit: float) -> bool:
    """Whether this round measures it: not when it would take too long, and a long call only once."""
    if taken.failed:
        return False
    if not taken.wall:
        return turn == 0 and taken.expected <= limit
    return taken.median("wall") <= ONCE


@dataclass(frozen=True)
class Ratio:
    """Ours to another package's: of medians, the lowest and the highest of any round, and in wall seconds."""

    to: str
    middle: float
    low: float
    high: float
    wall: float

    def __str__(self) -> str:
        return f"{short(self.middle)} ({short(self.low)}–{short(self.high)})"


def ratio(our: Taken, their: Taken, to: str) -> Ratio:
    """How many times as long ours takes."""
    medians = [[statistics.median(calls) for calls in one.processor] for one in (our, their)]
    rounds = max(map(len, medians))
    # What was measured in one round only stands for it in all.
    pairs = [tuple(m[min(i, len(m) - 1)] for m in medians) for i in range(rounds)]
    each = [ours / theirs for ours, theirs in pairs]
    middle = our.median() / their.median()
    return Ratio(to, middle, min(*each, middle), max(*each, middle), our.median("wall") / their.median("wall"))


def seconds(taken: Taken | None) -> str:
    """Processor seconds as the table shows them."""
    if taken is not None and taken.failed:
        return taken.failed
    if taken is None or not (taken.wall or taken.expected):
        return "–"
    if not taken.wall:
        return f"≈ {short(taken.expected)}"
    return short(taken.median()) + "*" * bool(taken.less or taken.same != "same")


def short(number: float) -> str:
    """Two digits, or all before the point."""
    return f"{number:.2g}" if number < 99.5 else f"{number:,.0f}"


def judged(row: Row, n: int, fastest: Ratio | None, igraph: Ratio | None) -> tuple[str, bool]:
    """What the goals say to one line of the table, and whether a kept goal is missed by far."""
    said: list[str] = []
    broken = False
    goals = [("igraph", igraph, TO_IGRAPH)]
    if row.fastest and n >= EXACT_UP_TO:
        goals.append(("fastest", fastest, TO_FASTEST))
    for to, measured, goal in goals:
        if measured is None or not row.goal:
            continue
        over = measured.middle > goal
        said.append(f"{goal:g} × {to}" + ": TOO MUCH" * over)
        broken |= (row.name, n, to) in KEPT and measured.middle > goal * SLACK
    return "; ".join(said) or "–", broken


def table(found: Found, packages: Sequence[str]) -> bool:
    """Print the table and the notes under it; True when a kept goal is missed by far or numbers differ."""
    peers, broken, lines, notes = packages[1:], False, [], {}
    for row in ROWS:
        for n in sorted({key[0] for key in found if key[1] == row.name}):
            our = found[n, row.name, OURS]
            if not our.wall:
                continue
            ran = {p: t for p in peers if (t := found[n, row.name, p]).wall}
            whole = {p: t for p, t in ran.items() if not t.less}
            ratios = sorted((ratio(our, t, p) for p, t in whole.items()), key=lambda one: -one.middle)
            fastest = ratios[0] if ratios else None
            goal, missed = judged(row, n, fastest, next((one for one in ratios if one.to == "igraph"), None))
            broken |= missed or any(t.same.startswith("O") for t in ran.values())
            cells = [row.title, f"{n:,}", seconds(our).rstrip("*"), *(seconds(found[n, row.name, p]) for p in peers)]
            cells += [f"{fastest} {fastest.to}", short(fastest.wall)] if fastest else ["–", "–"]
            cells += [next((str(one) for one in ratios if one.to == "igraph"), "–"), goal]
            lines.append(cells)
            for peer, taken in ran.items():
                said = "; ".join(word for word in (taken.same, taken.less) if word and word != "same")
                if said:
                    notes.setdefault(f"{row.title}, {peer}: {said}", []).append(f"{n:,}")
    heads = ["measure", "people", OURS, *peers, "ours / fastest", "in wall time", "ours / igraph", "goal"]
    widths = [max(len(line[i]) for line in [heads, *lines]) for i in range(len(heads))]
    for line in [heads, ["-" * width for width in widths], *lines]:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |")
    print("\nProcessor seconds. ≈: would take, so not measured. *: not quite the same work or numbers:\n")
    for note, sizes in notes.items():
        print(f"- {note} ({' and '.join(sizes)} people)")
    return broken


def extrapolated(found: Found) -> None:
    """Print how long the exact harmonic measure would take for everybody, going by the sampled ones."""
    for n in SIZES:
        more, theirs = found.get((n, "harmonic_more", OURS)), found.get((n, "harmonic_sampled", "igraph"))
        if more and more.wall:
            print(f"- harmonic, all, {n:,} people, by extrapolation: sna {more.median() * n / 6_400:.0f} s", end="")
            print(f", igraph {theirs.median() * n / 1_000:,.0f} s" if theirs and theirs.wall else "")


def installed(names: Sequence[str], folder: str) -> str:
    """Install the packages asked for into a folder of their own."""
    wanted = [part for name in names for part in WHEN_ASKED[name]]
    if not wanted:
        return folder
    quiet = ["--quiet", "--disable-pip-version-check", "--no-deps", "--target", folder]
    subprocess.run([sys.executable, "-m", "pip", "install", *quiet, *wanted], check=True)
    return folder


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="no networks of more people than this")
    parser.add_argument("--limit", type=float, default=40.0, help="seconds a call may be expected to take")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--measures", type=lambda text: text.split(","), default=[], help="only these")
    parser.add_argument("--peers", default="", help=f"also these: {','.join(WHEN_ASKED)}")
    parser.add_argument("--from", dest="where", default="", help="a folder in which they are already")
    return parser.parse_args()


def main() -> int:
    """Measure, print the table, and return 1 if a kept goal was missed by far."""
    asked = arguments()
    named = [name for name in asked.peers.split(",") if name] or (["igraph", "networkit"] if asked.where else [])
    if unknown := set(named) - set(WHEN_ASKED):
        sys.exit(f"not known: {', '.join(sorted(unknown))}; there are {', '.join(WHEN_ASKED)}")
    packages = [OURS, *ALWAYS, *named]
    with tempfile.TemporaryDirectory() as empty:
        if set(named) & set(IN_R):
            install()
        where = str(Path(asked.where).resolve()) if asked.where else installed(named, empty) if named else ""
        found, versions = measure_all(asked, packages, where)
    print(f"Python {sys.version.split()[0]}, numpy {version('numpy')}, scipy {version('scipy')}, ", end="")
    print(", ".join(f"{name} {one}" for name, one in versions.items() if one), end="; ")
    print(f"{os.cpu_count()} cores, one BLAS thread, {asked.rounds} rounds.")
    print()
    broken = table(found, packages)
    extrapolated(found)
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
