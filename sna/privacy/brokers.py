"""The page about brokers as one audience may see it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sna.brokers import groups_of, simulated
from sna.findings import brokers as said
from sna.findings.expertise import signed
from sna.metrics.mixing import groups_reached_1, groups_reached_2
from sna.metrics.succession import lost_contact
from sna.networks import Network
from sna.privacy.sheet import Block, Listing, Part, Sheet, Span, Spans
from sna.results import Results

# Of so many relations and groupings at most there is a part; of so many waves a line; so many people are listed.
MOST_PARTS, MOST_WAVES, MOST_LISTED = 8, 6, 10
QUESTION = (
    "Do ties stay inside groups or cross between them? Who links people of different groups: stands between two who "
    "are not tied themselves? And which groups would lose contact with each other if one person went?"
)
CHANCE = (
    "Chance is asked twice: what if as many ties stood anywhere among those who could have reported them; and what if "
    "the ties stayed and people were shuffled among the groups (those who answered with one another). Who links groups "
    "is corrected for how many people were looked at (q, Benjamini–Hochberg): first whether they stand between more "
    "people than others do, then, of those, whether between different groups."
)
UNSEEN = (
    "Some took part for research only. So nobody is named as a link, and what follows is told without them and their "
    "ties."
)
BOTH, ARCS = "both ways", "ties anywhere only"
FEW = "Too few people to show without pointing at somebody."


@dataclass(frozen=True)
class _View:
    """One relation in one wave by one grouping, and who looks at it.

    Attributes:
        numbers: names and numbers are told.
        network: everybody.
        seen: the people whom the audience may see, and their answers about one another.
        labels: actor id → what the person is called.
    """

    results: Results
    numbers: bool
    network: Network
    seen: Network
    group: str
    labels: dict[str, str]

    @property
    def whole(self) -> bool:
        """Nobody is hidden."""
        return self.seen.n == self.network.n

    @property
    def small(self) -> bool:
        """Too few people for anything to be told."""
        return not self.numbers and self.seen.respondents < self.results.study.suppress_below

    def groups(self, network: Network) -> pd.Series[str]:
        declared = self.results.study.brokerage
        return groups_of(declared, network)[self.group] if declared is not None else pd.Series(dtype="str")

    def rows(self, table: str, wave: str | None = None) -> pd.DataFrame:
        """The rows of one table, of this wave or another."""
        found = self.results.analyses[table]
        mine = (found["wave"] == (wave or self.network.wave)) & (found["relation"] == self.network.relation)
        return found[mine & (found["group"] == self.group)]


def brokers_sheet(results: Results, audience: str, hidden: Collection[tuple[str, str]]) -> Sheet | None:
    """The page; None where study.toml asks for none, or none of its relations was asked.

    Args:
        results: everything computed.
        audience: `researcher` sees names and numbers; `manager` words, and the names of people who agreed to it.
        hidden: (wave id, actor id) of people who may not be seen in any way. In a network with such people nobody is
            said to stand between others, and what depends on who is joined to whom is looked up without them.
    """
    tests = results.analyses.get("broker_tests")
    if tests is None or not len(tests) or audience == "public":
        return None
    views = _views(results, audience == "researcher", hidden)
    parts = [_part(view) for view in views[:MOST_PARTS]]
    left = len(views) - len(parts)
    more = (f"There are {left} more relations and groupings in group_ties.csv, brokers.csv and succession.csv.",)
    method = (CHANCE,) if audience == "researcher" else ()
    return Sheet(
        name="brokerage",
        title="Who connects whom",
        question=QUESTION,
        short=tuple((part.heading, _short(view)) for part, view in zip(parts, views, strict=False)),
        parts=tuple(parts),
        cautions=(*said.CAUTIONS, *method, *(more if left and audience == "researcher" else ())),
    )


def _views(results: Results, numbers: bool, hidden: Collection[tuple[str, str]]) -> list[_View]:
    """Each relation in the last wave in which it was asked and something can be said, by each of its groupings."""
    tests = results.analyses["broker_tests"]
    labels = _labels(results, numbers)
    given = results.analyses["group_ties"]
    given = given[~given["reason"].isin(["nonresponse"])]
    found = []
    for relation in dict.fromkeys(tests["relation"]):
        asked = list(dict.fromkeys(tests.loc[tests["relation"] == relation, "wave"]))
        answered = [wave for wave in asked if ((given["wave"] == wave) & (given["relation"] == relation)).any()]
        wave = (answered or asked)[-1]
        network = results.networks[wave, relation]
        gone = {actor for actor in network.actors if (wave, actor) in hidden}
        seen = network.among(set(network.actors) - gone) if gone else network
        mine = tests[(tests["relation"] == relation) & (tests["wave"] == wave)]
        found += [_View(results, numbers, network, seen, group, labels) for group in dict.fromkeys(mine["group"])]
    return found


def _labels(results: Results, numbers: bool) -> dict[str, str]:
    """What each person is called: by name for researchers, or with full consent in every wave; else a member of X."""
    actors, cluster = results.tables.actors, results.study.cluster
    ids = [str(actor) for actor in actors["actor_id"]]
    states: dict[str, set[str]] = {}
    for actor, state in zip(ids, actors["consent"], strict=True):
        states.setdefault(actor, set()).add(state)
    # Later rows overwrite earlier ones: the last name and the last cluster count.
    names = dict(zip(ids, actors["name"], strict=True))
    where = dict(zip(ids, actors[cluster] if cluster else [None] * len(ids), strict=True))
    return {
        actor: str(name)
        if numbers or states[actor] == {"full"}
        else "A member"
        if pd.isna(where[actor])
        else f"A member of {where[actor]}"
        for actor, name in names.items()
    }


def _part(view: _View) -> Part:
    study = view.results.study
    relation, wave = study.relation(view.network.relation), study.wave(view.network.wave)
    when = f", {wave.label}" if len(study.waves) > 1 else ""
    heading = f"{relation.label[:1].upper()}{relation.label[1:]}, by {view.group}{when}"
    if view.small:
        return Part(heading, (FEW,))
    overall = _index(view)
    sentences = [said.mixing(overall, view.group, numbers=view.numbers)]
    blocks: list[Block] = [block for block in [_spans(view)] if block is not None]
    people = view.rows("brokers")
    if simulated(study, view.network):
        sentences += said.standing(people, view.rows("broker_tests"), view.group, numbers=view.numbers)
        listed = _listed(view, people)
        blocks += [listed] if listed is not None else []
    if not view.whole:
        sentences.append(UNSEEN)
    told, hangs = _contact(view)
    sentences.append(told)
    blocks += [hangs] if hangs is not None else []
    met = _met(view)
    if met is not None:
        sentences.append(said.meeting(met[0], numbers=view.numbers))
        blocks.append(_reached(view, *met))
    if "flagged" in set(view.rows("broker_tests")["verdict"]) | {overall["verdict"]}:
        sentences.append("Take this with care: some did not answer.")
    return Part(heading, tuple(sentences), tuple(blocks))


def _index(view: _View, wave: str | None = None) -> dict[str, Any]:
    """The row of the E-I index."""
    rows = view.rows("group_ties", wave)
    found = rows[rows["measure"] == "ei_index"].to_dict("records")[0]
    return {str(key): value for key, value in found.items()}


def _short(view: _View) -> str:
    """What is found, in a few words."""
    if view.small:
        return "too few people to show"
    words = [said.SHORT[said.tendency(_index(view))]]
    if len(said.beyond(view.rows("brokers"))):
        words.append("some link groups, beyond chance")
    if _contact(view)[1] is not None:
        words.append("some contact hangs on one person")
    return "; ".join(words)


def _spans(view: _View) -> Spans | None:
    """The E-I index of each wave beside chance, the last first."""
    study = view.results.study
    tests = view.results.analyses["broker_tests"]
    mine = tests[(tests["relation"] == view.network.relation) & (tests["group"] == view.group)]
    rows = []
    for wave in list(dict.fromkeys(mine["wave"]))[::-1][:MOST_WAVES]:
        row, network = _index(view, wave), view.results.networks[wave, view.network.relation]
        which = said.tendency(row)
        known = which is not None and (view.numbers or _may_count(view, network))
        value = float(row["value"]) if known else None
        words = said.SHORT[which]
        rows.append(
            Span(
                label=study.wave(wave).label,
                value=value,
                low=None,
                high=None,
                chance_low=float(row["chance_05"]) if known else None,
                chance_high=float(row["chance_95"]) if known else None,
                text=f"{signed(value)}: {words}" if value is not None else words,
            )
        )
    if all(row.value is None for row in rows):
        return None
    return Spans(
        title="Ties within and across groups (E-I index)",
        spans=tuple(rows),
        ticks=((-1.0, "all within"), (0.0, "half and half"), (1.0, "all across")),
        corner="Wave",
        heading="In words",
        note="Where chance lies depends on the sizes of the groups: many small groups put it far to the right.",
    )


def _may_count(view: _View, network: Network) -> bool:
    """Whether a manager may see a number about this network: nobody is hidden, and no group has few people."""
    sizes = view.groups(network).value_counts()
    everybody = view.whole and network.wave == view.network.wave
    return everybody and len(sizes) > 0 and int(sizes.min()) >= view.results.study.suppress_below


def _listed(view: _View, people: pd.DataFrame) -> Listing | None:
    """Who stands between groups beyond chance: for researchers with numbers, else in words."""
    title = f"Who links {said.linked(view.group)}, beyond chance"
    both, more = said.beyond(people), said.busy(people)
    if not view.whole:
        return None
    if not view.numbers:
        rows = tuple((view.labels[actor], "more often than chance would have it") for actor in both["actor_id"])
        return Listing(title, ("Person", "Links them"), tuple(sorted(rows)[:MOST_LISTED])) if rows else None
    told = [(row, BOTH) for row in both.to_dict("records")] + [(row, ARCS) for row in more.to_dict("records")]
    if not told:
        return None
    rest = len(told) - MOST_LISTED
    return Listing(
        title,
        (
            "Person",
            view.group,
            "Beyond chance",
            "Pairs",
            "Across",
            "q, anywhere",
            "q, shuffled",
            "Groups met",
            "In two steps",
        ),
        tuple(
            (
                view.labels[row["actor_id"]],
                str(row["value"]),
                how,
                f"{row['total']:.0f}",
                f"{row['across']:.0f}",
                _p(row["q_arcs"]),
                _p(row["q_labels"]),
                _whole(row["groups_reached_1"]),
                _whole(row["groups_reached_2"]),
            )
            for row, how in told[:MOST_LISTED]
        ),
        numbers=(3, 4, 5, 6, 7, 8),
        note=f"{rest} more in brokers.csv." if rest > 0 else "The roles of everybody are in brokers.csv.",
    )


def _p(value: float) -> str:
    return "–" if pd.isna(value) else f"{value:.4f}"


def _whole(value: float) -> str:
    return "–" if pd.isna(value) else f"{value:.0f}"


def _contact(view: _View) -> tuple[str, Listing | None]:
    """Whether contact between groups hangs on single people, and on whom."""
    table = view.rows("succession")
    if not view.whole and table["reason"].isin(["no_loss"]).any() | table["actor_id"].notna().any():
        # Whether a person who is not shown joins two groups must not be told.
        found = lost_contact(view.seen, view.groups(view.seen))
        table = found.lost.assign(pairs=found.pairs, reason=None)
        if not len(table):
            table = pd.DataFrame([{"actor_id": None, "pairs": found.pairs, "reason": found.reason or "no_loss"}])
    told = said.in_contact(table)
    named = table[table["actor_id"].notna()]
    if not len(named):
        return told, None
    by_person = {
        str(actor): list(zip(rows["from_value"], rows["to_value"], strict=True))
        for actor, rows in named.groupby("actor_id", sort=False)
    }
    order = sorted(by_person, key=lambda actor: -len(by_person[actor]))
    rows = [(view.labels[actor], *said.losses(by_person[actor])) for actor in order[:MOST_LISTED]]
    rest = len(order) - len(rows)
    notes = [f"{rest} more in succession.csv."] if rest and view.numbers else []
    notes += ["On whom the network as a whole depends: key_people.csv."] if view.numbers else []
    listing = Listing(
        "What hangs on one person",
        ("Without", "What would be lost", "What would help"),
        tuple(rows),
        note=" ".join(notes),
    )
    return told, listing


def _met(view: _View) -> tuple[pd.Series[float], pd.Series[float]] | None:
    """How many other groups each person meets, in one step and in two; None where too few answered."""
    people = view.rows("brokers")
    if people["groups_reached_1"].isna().all():
        return None
    group = view.groups(view.seen)
    near, far = groups_reached_1(view.seen, group), groups_reached_2(view.seen, group)
    return near, far if people["groups_reached_2"].notna().any() else far * float("nan")


def _reached(view: _View, near: pd.Series[float], far: pd.Series[float]) -> Listing:
    columns = [said.reached(values, numbers=view.numbers) for values in (near, far)]
    if far.isna().all():
        columns[1] = ["–"] * len(said.REACHED)
    most = view.groups(view.seen).nunique() - 1
    rows = [
        row for start, row in zip(said.FROM, zip(said.REACHED, *columns, strict=True), strict=True) if start <= most
    ]
    how = "people" if view.numbers else "what part of the people"
    return Listing(
        title=f"Other groups reached: {how}",
        headings=("Groups reached", "By a tie", "Within two steps"),
        rows=tuple(rows),
        numbers=(1, 2) if view.numbers else (),
        note="Of people who answered or were named; the least it can be, since silent people’s ties are missing.",
    )


__all__ = ["brokers_sheet"]
