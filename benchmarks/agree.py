"""Compares our numbers with reference values from R on real networks: `python benchmarks/agree.py DATA_FOLDER [--all]`.

Every value of every golden.json falls into one class. It agrees to 1e-9 (Monte Carlo values: within five standard
errors); or it differs for a documented reason; or no measure of ours computes it yet; or it is wrong. Directed networks
of at most 500 people go the whole way: files → tables → networks → measures; of the others each tie is read both ways.
Exits 1 when a value is wrong or nothing says what it is to us. `--all` prints every measure of every data set.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import agree_groups
import agree_people
import agree_sets
import agree_whole
from agree_cells import AGREE, CLASSES, DOCUMENTED, NO_RULE, NOT_BUILT, REST, TOLERANCE, WRONG, Later, Tally
from agree_data import Graph, graphs
from agree_later import LATER

RULES = {**agree_people.RULES, **agree_whole.RULES, **agree_groups.RULES}
# These take longest, so they start first.
SLOW = ("uc_irvine_messages", "health_department_leaders", "mooc_ed_dlt1", "physicians_ckm", "conference_contacts_ws16")
MOST_WRONG = 40


def main(folder: Path, every: bool) -> int:
    """Compare every data set; return the exit code."""
    if not (folder / "open").is_dir():
        print(f"agreement with reference data: {folder} is not there; nothing was compared")
        return 0
    start = time.perf_counter()
    sources = sorted(source for source in (folder / "open").iterdir() if (source / "golden.json").is_file())
    sources.sort(key=lambda source: SLOW.index(source.name) if source.name in SLOW else len(SLOW))
    total = Tally()
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1)) as workers:
        for tally in workers.map(compared, sources):
            total.merge(tally)
    _print(total, len(sources), every)
    print(f"\n{time.perf_counter() - start:.0f} seconds")
    return 1 if total.wrong or not total.counts else 0


def compared(source: Path) -> Tally:
    """Every reference value of one data set."""
    tally = Tally()
    by_key = {graph.key: graph for graph in graphs(source)}
    for graph in by_key.values():
        _compare(tally, graph)
    agree_sets.several(tally, source, by_key)
    return tally


def _compare(tally: Tally, graph: Graph) -> None:
    for name, item in graph.golden.items():
        if "value" not in item:
            continue
        measure, _, group = name.partition("__")
        if measure in LATER:
            tally.add(graph.data, graph.key, measure, item["value"], {REST: Later(LATER[measure])})
            continue
        rule, read = RULES.get(measure), graph.as_r_reads
        ours = rule(graph, group, item["value"]) if rule else {}
        unread = rule(read, group, item["value"]) if rule and read and not measure.startswith("observed") else None
        tally.add(graph.data, graph.key, measure, item["value"], ours, unread)


def _print(total: Tally, sets: int, every: bool) -> None:
    by_measure: dict[str, Counter[str]] = defaultdict(Counter)
    in_sets: dict[str, set[str]] = defaultdict(set)
    classes: Counter[str] = Counter()
    for (measure, data, verdict), count in sorted(total.counts.items()):
        by_measure[measure][verdict] += count
        in_sets[measure].add(data)
        classes[verdict] += count
    print(f"{'measure of the reference':<44}{'data sets':>10}" + "".join(f"{name:>12}" for name in CLASSES))
    for measure, counts in by_measure.items():
        numbers = "".join(f"{counts[name] or '·':>12}" for name in CLASSES)
        print(f"{measure:<44}{len(in_sets[measure]):>10}{numbers}")
        if every:
            for data in sorted(in_sets[measure]):
                print(f"  {data:<52}" + "".join(f"{total.counts[measure, data, name] or '·':>12}" for name in CLASSES))
    print(f"{'all':<44}{sets:>10}" + "".join(f"{classes[name] or '·':>12}" for name in CLASSES))
    for verdict, title in ((DOCUMENTED, "Different for a reason"), (NOT_BUILT, "Not built")):
        print(f"\n{title}:")
        reasons: dict[str, Counter[str]] = defaultdict(Counter)
        for (kind, measure, reason), count in total.reasons.items():
            if kind == verdict:
                reasons[reason][measure] += count
        for reason, measures in sorted(reasons.items(), key=lambda pair: -pair[1].total()):
            print(f"  {measures.total():>7}  {reason}\n           in {', '.join(sorted(measures))}")
    for line in total.wrong[: None if every else MOST_WRONG]:
        print(f"  {WRONG}: {line}")
    if len(total.wrong) > MOST_WRONG and not every:
        print(f"  … and {len(total.wrong) - MOST_WRONG} more (--all)")
    print(f"\nLargest difference among those that {AGREE} to {TOLERANCE:g}: {total.worst:.1e}; {NO_RULE}: ", end="")
    print(sum(count for (kind, _, reason), count in total.reasons.items() if kind == WRONG and reason == NO_RULE))


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--all"]
    if len(arguments) != 1:
        sys.exit("usage: python benchmarks/agree.py DATA_FOLDER [--all]")
    sys.exit(main(Path(arguments[0]), "--all" in sys.argv[1:]))
