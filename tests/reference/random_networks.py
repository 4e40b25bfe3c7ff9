"""Random networks as a study meets them: silent people, single unknown cells, strengths, groups with gaps."""

from __future__ import annotations

import pandas as pd
from hypothesis import strategies as st

from sna.networks.network import Network

GROUPS = ("x", "y", "z", None)


@st.composite
def networks(draw: st.DrawFn, max_people: int = 7, complete: bool = False, min_people: int = 0) -> Network:
    """A network with attribute `group`; `complete`: everybody answered everything and has a group."""
    n = draw(st.integers(min_people, max_people))
    actors = [f"p{i}" for i in range(n)]
    pairs = [(a, b) for a in actors for b in actors if a != b]
    silent = 0 if complete else draw(st.sampled_from([0, 0, 0.2, 0.5]))
    answered = [a for a in actors if complete or draw(st.floats(0, 1)) >= silent]
    # Strength 1 lies below the threshold: it is stored, and is no tie.
    density = draw(st.sampled_from([0.1, 0.3, 0.6]))
    palette = [0.0] * round(10 * (1 - density)) + [1.0, 2.0, 3.0] * round(10 * density / 3 + 1)
    if not complete:
        palette.append(-1.0)
    cells = draw(st.lists(st.sampled_from(palette), min_size=len(pairs), max_size=len(pairs)))
    told = [(a, b, s) for (a, b), s in zip(pairs, cells, strict=True) if a in answered]
    labels = GROUPS[:3] if complete else GROUPS
    group = draw(st.lists(st.sampled_from(labels), min_size=n, max_size=n))
    return Network.from_ties(
        actors,
        [tie for tie in told if tie[2] > 0],
        present_from=2,
        answered=answered,
        unknown=[(a, b) for a, b, s in told if s < 0],
        attributes=pd.DataFrame({"group": pd.Series(group, index=actors, dtype="str")}, index=actors),
        flow=draw(st.sampled_from(["against", "along", "none"])),
    )
