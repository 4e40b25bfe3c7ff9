"""Slow, obvious versions of what is said about support: one person, one pair after the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations, product

import pandas as pd

from sna.networks import Network

Group = dict[str, str | None]


def group_of(network: Network, group: pd.Series) -> Group:
    return {a: None if pd.isna(group.get(a)) else str(group[a]) for a in network.actors}


def states(network: Network, ego: str) -> dict[str, str]:
    """What is known of each other person from this one."""
    return {alter: network.state(ego, alter) for alter in network.actors if alter != ego}


def receipt(network: Network, ego: str, level: Group, school: Group) -> dict[str, object]:
    """One person's row."""
    said = states(network, ego)
    givers = [alter for alter, state in said.items() if state == "present"]
    unknown = [alter for alter, state in said.items() if state == "unknown"]
    row: dict[str, object] = {"not_said": len(unknown), "sole_source": None}
    if len(unknown) == len(said):
        row |= {"status": "unknown", "givers": None, "levels": None, "schools": None, "own_school": None}
        return row
    row["status"] = "has" if givers else "unknown" if unknown else "lacks"
    row["givers"] = len(givers)
    row["levels"] = len({level[a] for a in givers if level[a] is not None})
    mine = school[ego]
    row["schools"] = None if mine is None else len({school[a] for a in givers if school[a] not in (None, mine)})
    row["own_school"] = None if mine is None else sum(school[a] == mine for a in givers)
    if len(givers) == 1 and not unknown:
        row["sole_source"] = givers[0]
    return row


def left_without(network: Network, gone: str) -> tuple[int, int, int, bool]:
    """Left without, one of several, not known, and whether nobody else gives anything."""
    alone = several = unsure = 0
    others = False
    for ego in network.actors:
        said = states(network, ego)
        givers = {alter for alter, state in said.items() if state == "present"}
        others |= bool(givers - {gone})
        if gone in givers:
            if len(givers) > 1:
                several += 1
            elif "unknown" in said.values():
                unsure += 1
            else:
                alone += 1
    return alone, several, unsure, not others


def layers(networks: Sequence[Network]) -> dict[tuple[str, str], tuple[int, str, int]]:
    """Pair → kinds, which, kinds unknown; pairs with any known tie only."""
    found = {}
    for ego, alter in product(networks[0].actors, repeat=2):
        said = {network.relation: network.state(ego, alter) for network in networks}
        which = [relation for relation, state in said.items() if state == "present"]
        if which:
            found[ego, alter] = len(which), ", ".join(which), list(said.values()).count("unknown")
    return found


def kinds_per_tie(networks: Sequence[Network]) -> list[int]:
    """Ties with exactly 1 … L kinds, over pairs known in all."""
    counts = [0] * len(networks)
    for ego, alter in product(networks[0].actors, repeat=2):
        said = [network.state(ego, alter) for network in networks]
        times = said.count("present")
        if "unknown" not in said and times:
            counts[times - 1] += 1
    return counts


def share_across(network: Network, level: Group) -> float | None:
    """Of ties between people with a level, those between two levels."""
    ties = [(network.actors[i], network.actors[j]) for i, j, _ in network.ties()]
    stated = [(level[a], level[b]) for a, b in ties if level[a] is not None and level[b] is not None]
    return sum(a != b for a, b in stated) / len(stated) if stated else None


def moved(network: Network, order: dict[str, str]) -> Network:
    """The network with everybody in somebody else's place."""
    pairs = [(a, b) for a, b in product(network.actors, repeat=2) if a != b]
    place = network.position
    holes = [(order[a], order[b]) for a, b in pairs if network.unknown_cells[place(a), place(b)]]
    return Network.from_ties(
        network.actors,
        [(order[network.actors[i]], order[network.actors[j]]) for i, j, _ in network.ties()],
        answered=[order[a] for a, yes in zip(network.actors, network.answered, strict=True) if yes],
        unknown=holes,
        relation=network.relation,
    )


def shuffled_layers(networks: Sequence[Network]) -> list[list[int]]:
    """Ties by kinds under every way to shuffle all kinds but the first, among those who answered alike."""
    people = networks[0].actors
    spoke = [a for i, a in enumerate(people) if all(network.answered[i] for network in networks)]
    silent = [a for a in people if a not in spoke]
    orders = [
        {**dict(zip(spoke, some, strict=True)), **dict(zip(silent, others, strict=True))}
        for some in permutations(spoke)
        for others in permutations(silent)
    ]
    found = []
    for chosen in product(orders, repeat=len(networks) - 1):
        rest = [moved(network, order) for network, order in zip(networks[1:], chosen, strict=True)]
        found.append(kinds_per_tie_among([networks[0], *rest], spoke))
    return found


def kinds_per_tie_among(networks: Sequence[Network], rows: Sequence[str]) -> list[int]:
    """As `kinds_per_tie`, with the receivers given."""
    counts = [0] * len(networks)
    for ego, alter in product(rows, networks[0].actors):
        said = [network.state(ego, alter) for network in networks]
        times = said.count("present")
        if "unknown" not in said and times:
            counts[times - 1] += 1
    return counts
