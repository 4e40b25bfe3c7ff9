"""How often the planted communities of `surveys/pplc` are told for what they are, when their answers are drawn anew.

    python benchmarks/recover_pplc.py [SEEDS]

The study is made again with the seeds 1, 2, 3, … (`surveys/_pplc.py`), written to a folder, read, and looked at as a
run looks at it, but with 499 draws instead of 4,999. Of the six communities two are planted with the same few for
everything, two with experts by task, two with both. Prints the tables of docs/simulations.md.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import sna
from sna.expertise import compute_expertise
from sna.inference.fixity import LABELS
from sna.networks import build_networks

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "surveys"))
import _pplc  # noqa: E402

DRAWS, SEEDS = 499, 50
PLANTED = {
    **dict.fromkeys(_pplc.FIXED, "fixed few"),
    **dict.fromkeys(_pplc.MIXED, "partly fixed"),
    **dict.fromkeys(_pplc.SPREAD, "by task"),
}


def labels(seed: int) -> dict[tuple[str, str], str]:
    """(nominees, community) → label, of the study made with this seed."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, content in _pplc.build(seed).items():
            (folder / name).write_bytes(content)
        (folder / "study.toml").write_bytes((ROOT / "surveys" / "pplc" / "study.toml").read_bytes())
        checked = sna.check_study(folder)
    if checked.study is None or checked.tables is None or checked.study.expertise is None:
        raise SystemExit("\n".join(map(str, checked.stops)))
    study = replace(checked.study, expertise=replace(checked.study.expertise, draws=DRAWS))
    table = compute_expertise(study, build_networks(study, checked.tables)).fixity
    return {(row.nominees, row.community): str(row.label) for row in table.itertuples()}


def main() -> None:
    """Print both tables."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    found: Counter[tuple[str, str, str]] = Counter()
    for seed in range(1, seeds + 1):
        found.update((*key, label) for key, label in labels(seed).items())
    print(f"{seeds} seeds, {DRAWS} draws of each null.\n")
    for nominees in ("principal", "everyone"):
        print(f"| nominees: {nominees} | people | planted | recovered | {' | '.join(LABELS)} |")
        print(f"|---|---|---|---|{'---|' * len(LABELS)}")
        for community, planted in sorted(PLANTED.items(), key=lambda one: (list(LABELS).index(one[1]), one[0])):
            times = [found[nominees, community, label] for label in LABELS]
            right = found[nominees, community, planted] / seeds
            size = _pplc.SIZES[community]
            print(f"| {community} | {size} | {planted} | {right:.0%} | {' | '.join(map(str, times))} |")
        for planted in dict.fromkeys(PLANTED.values()):
            those = [community for community, label in PLANTED.items() if label == planted]
            times = [sum(found[nominees, community, label] for community in those) for label in LABELS]
            right = times[list(LABELS).index(planted)] / (seeds * len(those))
            print(f"| both | | {planted} | {right:.0%} | {' | '.join(map(str, times))} |")
        print()


if __name__ == "__main__":
    main()
