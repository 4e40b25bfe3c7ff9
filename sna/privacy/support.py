"""The page about support as one audience may see it.

For managers everything that is counted is counted without the people whom they may not see, without names that are not
theirs to know, and in bands: somebody to lean on, or nobody, is among the most sensitive things a survey asks.
"""

from __future__ import annotations

from collections.abc import Collection

from sna.findings import support as said
from sna.findings.words import in_words, people
from sna.metrics.support import known_in_all
from sna.privacy import support_parts as parts
from sna.privacy.sheet import Part, Sheet
from sna.privacy.support_view import View, views
from sna.results import Results

QUESTION = (
    "Who receives which kind of support from whom, who has nobody for some kind, and what would be missing if one "
    "person left?"
)
MOST_KINDS = 6
HANGS = "Would have nobody left if one person went"


def support_sheet(results: Results, audience: str, hidden: Collection[tuple[str, str]]) -> Sheet | None:
    """The page; None where study.toml asks for none, no kind was asked about, or the audience is the public.

    Args:
        results: everything computed.
        audience: `researcher` sees names and numbers; `manager` bands, and names only of those who agreed to them.
        hidden: (wave id, actor id) of people who may not be seen in any way.
    """
    if results.study.support is None or audience == "public":
        return None
    found = views(results, audience, hidden)
    if not found:
        return None
    latest = found[0]
    if latest.small:
        made: list[Part | None] = [Part(f"Who receives what, {latest.wave_label}", (said.NOT_SHOWN,))]
    else:
        made = [
            parts.receiving(latest),
            parts.lacking(latest) if latest.numbers else None,
            parts.hanging(latest),
            parts.together(latest),
            parts.levels(latest),
        ]
    made.append(parts.over_time(found))
    if not latest.small:
        made.append(parts.acting(latest))
    return Sheet(
        name="support",
        title="Web of support",
        question=QUESTION,
        short=_short(latest),
        parts=tuple(part for part in made if part is not None),
        cautions=said.CAUTIONS,
    )


def _short(view: View) -> tuple[tuple[str, str], ...]:
    """What is found, kind by kind and of the whole, in a few words."""
    if view.small:
        return ((view.wave_label, said.TOO_FEW),)
    rows = []
    for at, label in list(enumerate(view.labels))[:MOST_KINDS]:
        has, lacks, _ = view.counted(at)
        much = f"{lacks} of {has + lacks}" if view.numbers else said.band(lacks, has + lacks, view.least)
        rows.append((f"Nobody for {said.named(label)}", much))
    web = next((row for row in parts.rows_of(view, "support_layers") if row["kinds"] == 2), None)
    if web is not None and int(known_in_all(view.kinds)[0].sum()) >= view.least:
        rows.append(("The same ties for several kinds", said.web_in_short(web)))
    if not parts.told_of(view):
        return (*rows, (HANGS, "too few answered"))
    most = parts.most_on_one(view)
    some = f"up to {people(most)}, for one kind" if most else "nobody"
    if not view.numbers:
        many = f"{in_words(view.least).lower()} people or more"
        some = f"{many}, for one kind" if most >= view.least else f"never {many}"
    return (*rows, (HANGS, some))
