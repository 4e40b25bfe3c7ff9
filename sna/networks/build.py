"""Tables → networks: one per relation and wave, on everybody who was on that wave's roster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from sna.networks.network import Flow, Network
from sna.study import Relation, Study
from sna.tables import Tables

NOT_ATTRIBUTES = ("wave", "actor_id", "asked", "consent", "joined", "left")


@dataclass(frozen=True)
class Multiplex:
    """Several relations on the same people in one wave.

    Attributes:
        wave: wave id.
        networks: relation id → network, in study order; all on the same actors in the same order.
    """

    wave: str
    networks: Mapping[str, Network]

    def __post_init__(self) -> None:
        if len({network.actors for network in self.networks.values()}) > 1:
            raise ValueError("the networks of a multiplex set must have the same actors in the same order")

    def __getitem__(self, relation: str) -> Network:
        return self.networks[relation]


def build_networks(study: Study, tables: Tables) -> dict[tuple[str, str], Network]:
    """Every network of a study.

    Args:
        study: the declaration.
        tables: its tables.

    Returns:
        (wave id, relation id) → `Network`, by wave and then relation in study order. The actors are the wave's whole
        roster in roster order (people who refused consent are in no table).
    """
    networks = {}
    for wave in study.waves:
        actors = tables.actors[tables.actors["wave"] == wave.id]
        for relation in study.relations_in(wave.id):
            networks[(wave.id, relation.id)] = _network(study, tables, wave.id, relation, actors)
    return networks


def multiplex_sets(networks: Mapping[tuple[str, str], Network]) -> dict[str, Multiplex]:
    """wave id → the relations of that wave."""
    waves: dict[str, dict[str, Network]] = {}
    for (wave, relation), network in networks.items():
        waves.setdefault(wave, {})[relation] = network
    return {wave: Multiplex(wave, found) for wave, found in waves.items()}


def _network(study: Study, tables: Tables, wave: str, relation: Relation, actors: pd.DataFrame) -> Network:
    ties = tables.ties[(tables.ties["wave"] == wave) & (tables.ties["relation"] == relation.id)]
    answered = tables.answered[(tables.answered["wave"] == wave) & (tables.answered["relation"] == relation.id)]
    known = ties[ties["state"] != "unknown"]
    unknown = ties[ties["state"] == "unknown"]
    flow: Flow = "along" if relation.flow == "along" else "none" if relation.flow == "none" else "against"
    attributes = actors.set_index("actor_id")
    strengths = [(str(e), str(a), float(s)) for e, a, s in known[["ego_id", "alter_id", "strength"]].to_numpy()]
    return Network.from_ties(
        [str(actor) for actor in actors["actor_id"]],
        strengths,
        relation=relation.id,
        wave=wave,
        present_from=relation.present_from,
        answered=[str(a) for a in answered.loc[answered["status"] == "answered", "actor_id"]],
        # Who sent a row was asked, whatever the roster says.
        asked=[str(a) for a in answered.loc[answered["status"] != "not_asked", "actor_id"]],
        unknown=[(str(e), str(a)) for e, a in unknown[["ego_id", "alter_id"]].to_numpy()],
        attributes=attributes.drop(columns=[c for c in NOT_ATTRIBUTES if c in attributes.columns]),
        flow=flow,
        cap=relation.cap,
    )
