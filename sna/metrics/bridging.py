"""How a facilitator passes resources on to the people they serve, and how far they keep demands away from them.

Two networks are read in the direction in which things pass (`Network.flow_matrix`): resources and demands, each from a
source to a facilitator or member, and from the facilitator to a member. A proposal of this project.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from sna.metrics.frames import ratio
from sna.networks.network import Floats, Network


def places(network: Network, actors: Collection[str]) -> list[int]:
    """Positions of people, in roster order; KeyError when somebody is not on the roster."""
    return sorted({network.position(actor) for actor in actors})


def passed(network: Network, givers: list[int], takers: list[int]) -> Floats:
    """Givers × takers: 1 where something is known to pass, 0 where known not to, NaN where nobody can say."""
    turned = network.flow == "against"
    ego, alter = (takers, givers) if turned else (givers, takers)
    values = network.matrix[ego][:, alter].toarray().astype(float)
    unknown = network.unknown_cells[ego][:, alter].toarray().astype(bool)
    unknown |= ~network.answered[ego][:, None] | (np.array(ego)[:, None] == np.array(alter)[None, :])
    values[unknown] = np.nan
    return np.asarray(values.T if turned else values, dtype=float)


def apart(facilitator: str, **sets: Collection[str]) -> None:
    """Nobody can be two things at once."""
    seen = {facilitator: "facilitator"}
    for name, people in sets.items():
        for person in set(people):
            if person in seen:
                raise ValueError(f"{person} is given both as {seen[person]} and in {name}")
            seen[person] = name


def _both(first: Floats, second: Floats) -> Floats:
    """1 where both are 1, 0 where either is 0, else NaN."""
    known_not = (first == 0) | (second == 0)
    return np.where(known_not, 0.0, first * second)


def _either(first: Floats, second: Floats) -> Floats:
    """1 where either is 1, 0 where both are 0, else NaN."""
    return 1 - _both(1 - first, 1 - second)


def _mean(values: Floats) -> float:
    """Mean of what is known; NaN when nothing is."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def bridged_pairs(
    resources: Network, sources: Collection[str], facilitator: str, members: Collection[str]
) -> tuple[Floats, Floats]:
    """Which pairs of a source that is known to reach the facilitator, and a member, are bridged.

    Returns:
        Two arrays, sources × members in roster order: 1 bridged, 0 not, NaN not known; and the same with each bridged
        pair shared among all who stand between.
    """
    apart(facilitator, sources=sources, members=members)
    given, served, middle = places(resources, sources), places(resources, members), [resources.position(facilitator)]
    reach = passed(resources, given, middle)[:, 0] == 1
    given = [place for place, reached in zip(given, reach, strict=True) if reached]
    onward = np.broadcast_to(passed(resources, middle, served), (len(given), len(served)))
    bridged = _both(onward, 1 - passed(resources, given, served))
    passing = resources.flow_matrix
    between = (passing[given] @ passing[:, served]).toarray()
    return bridged, np.where(bridged == 1, ratio(bridged, between), bridged)


def bridging(resources: Network, sources: Collection[str], facilitator: str, members: Collection[str]) -> float:
    """Of the pairs of a source the facilitator reaches and a member, the share joined by the facilitator alone.

    Formula:
        B_f = Σ_{e,m} R_ef R_fm (1 − R_em) / Σ_{e,m} R_ef, over sources e and members m. "Alone" means without a
        direct tie from source to member; others may stand between them too: see `bridging_shared`.
    Direction and strength:
        The way resources pass: source → facilitator → member. Strength not used.

    Args:
        resources: one relation in one wave; its `flow` says which way nominations are read.
        sources: those from whom resources come (central office, partners outside).
        facilitator: one person.
        members: the people the facilitator serves.

    Returns:
        share, 0–1.

    Undefined when:
        no source is known to give the facilitator anything, or there are no members. A pair counts only when it is
        known whether it is bridged: R_fm = 0 or R_em = 1 is enough to know that it is not.
    Small n:
        with a handful of sources and members one tie moves it far; compare with shuffled membership.
    Reference:
        A proposal of this project, on the idea of Honig & Rainey (2014), Teachers College Record 116(4).

    Raises:
        KeyError: somebody is not on the roster. ValueError: somebody is named in two parts.

    >>> ties = [("e", "f"), ("f", "m1"), ("f", "m2"), ("e", "m1")]
    >>> resources = Network.from_ties(["e", "f", "m1", "m2"], ties, flow="along")
    >>> bridging(resources, ["e"], "f", ["m1", "m2"])
    0.5
    """
    return _mean(bridged_pairs(resources, sources, facilitator, members)[0])


def bridging_shared(resources: Network, sources: Collection[str], facilitator: str, members: Collection[str]) -> float:
    """`bridging`, with each pair shared among all who stand between the source and the member.

    Formula:
        Σ_{e,m} R_ef R_fm (1 − R_em) / n_em, over Σ_{e,m} R_ef; n_em = #{q: R_eq R_qm = 1}, the facilitator included.
    Direction and strength:
        As `bridging`.

    Args:
        resources: one relation in one wave; its `flow` says which way nominations are read.
        sources: those from whom resources come.
        facilitator: one person.
        members: the people the facilitator serves.

    Returns:
        share, 0–1; at most `bridging`, and equal to it when nobody else stands in between.

    Undefined when:
        as for `bridging`. Only people known to stand in between are counted: with silence the value may be too high,
        never too low.
    Small n:
        as for `bridging`.
    Reference:
        As for `bridging`.

    >>> ties = [("e", "f"), ("f", "m"), ("e", "g"), ("g", "m")]
    >>> resources = Network.from_ties(["e", "f", "g", "m"], ties, flow="along")
    >>> bridging(resources, ["e"], "f", ["m"]), bridging_shared(resources, ["e"], "f", ["m"])
    (1.0, 0.5)
    """
    return _mean(bridged_pairs(resources, sources, facilitator, members)[1])


def exposure(demands: Network, sources: Collection[str], facilitator: str, members: Collection[str]) -> pd.DataFrame:
    """Whether each source's demands get to each member, directly or through the facilitator.

    Formula:
        x_em = max(D_em, D_ef D_fm).
    Direction and strength:
        The way demands pass: source → facilitator → member. Strength not used. D_fm is "passes on demands of
        others", not any request of the facilitator.

    Args:
        demands: one relation in one wave; its `flow` says which way nominations are read.
        sources: those from whom demands come.
        facilitator: one person.
        members: the people the facilitator serves.

    Returns:
        DataFrame, one row per source (index source_id) and one column per member, both in roster order; 1 exposed,
        0 not.

    Undefined when:
        it cannot be known: one way is unknown and the other not known to be open.
    Small n:
        a fact about one source and one member, not an estimate.
    Reference:
        A proposal of this project, on the idea of Honig & Rainey (2014), Teachers College Record 116(4).

    Raises:
        KeyError: somebody is not on the roster. ValueError: somebody is named in two parts.

    >>> demands = Network.from_ties(["e", "f", "m1", "m2"], [("e", "f"), ("f", "m1")], flow="along")
    >>> exposure(demands, ["e"], "f", ["m1", "m2"]).loc["e"].tolist()
    [1.0, 0.0]
    """
    apart(facilitator, sources=sources, members=members)
    given, served, middle = places(demands, sources), places(demands, members), [demands.position(facilitator)]
    through = _both(passed(demands, given, middle), passed(demands, middle, served))
    exposed = _either(passed(demands, given, served), through)
    index = pd.Index([demands.actors[i] for i in given], dtype="str", name="source_id")
    return pd.DataFrame(exposed, index=index, columns=[demands.actors[j] for j in served])


def demands_on(
    demands: Network, sources: Collection[str], facilitator: str, people: Collection[str]
) -> tuple[Floats, Floats]:
    """What of the sources whose demands are known to come to the facilitator gets to people.

    Returns:
        Two arrays, sources × people in roster order: `exposure`, as for members; and demands that come directly, as for
        the people they are compared with. 1, 0, or NaN where nobody can say.
    """
    exposed = exposure(demands, sources, facilitator, people).to_numpy(dtype=float)
    given = places(demands, sources)
    reach = passed(demands, given, [demands.position(facilitator)])[:, 0] == 1
    return exposed[reach], passed(demands, given, places(demands, people))[reach]


def _demanding(
    demands: Network,
    sources: Collection[str],
    facilitator: str,
    members: Collection[str],
    comparison: Collection[str],
) -> tuple[Floats, Floats]:
    """Exposure of members, and direct demands on the people they are compared with."""
    apart(facilitator, sources=sources, members=members, comparison=comparison)
    exposed, _ = demands_on(demands, sources, facilitator, members)
    return exposed, demands_on(demands, sources, facilitator, comparison)[1]


def raw_buffering(
    demands: Network,
    sources: Collection[str],
    facilitator: str,
    members: Collection[str],
    comparison: Collection[str],
) -> float:
    """Of the demands that come to the facilitator, the share that does not get to members.

    Formula:
        U_f = mean of 1 − x_em over members m and the sources e with D_ef = 1; x as `exposure`.
    Direction and strength:
        As `exposure`.

    Args:
        demands: one relation in one wave; its `flow` says which way nominations are read.
        sources: those from whom demands come.
        facilitator: one person.
        members: the people the facilitator serves.
        comparison: principals whom the facilitator does not serve; they do not enter the value, but without them it
            cannot be read as buffering.

    Returns:
        share, 0–1.

    Undefined when:
        not identifiable: there are no comparison principals, or nothing is known of demands on them. Nor when no
        source is known to demand anything of the facilitator, or no exposure of a member to one is known.
    Small n:
        a member nobody would have asked anything looks protected: read `adjusted_buffering` instead.
    Reference:
        A proposal of this project, on the idea of Honig & Rainey (2014), Teachers College Record 116(4).

    Raises:
        KeyError: somebody is not on the roster. ValueError: somebody is named in two parts.

    >>> demands = Network.from_ties(["e", "f", "m1", "m2", "c"], [("e", "f"), ("f", "m1"), ("e", "c")], flow="along")
    >>> raw_buffering(demands, ["e"], "f", ["m1", "m2"], ["c"]), raw_buffering(demands, ["e"], "f", ["m1", "m2"], [])
    (0.5, nan)
    """
    exposed, compared = _demanding(demands, sources, facilitator, members, comparison)
    return _mean(1 - exposed) if not np.isnan(compared).all() else float("nan")


def adjusted_buffering(
    demands: Network,
    sources: Collection[str],
    facilitator: str,
    members: Collection[str],
    comparison: Collection[str],
) -> float:
    """How much less members are exposed to demands than principals the facilitator does not serve.

    Formula:
        U*_f = mean over the sources e with D_ef = 1 of (mean_c D_ec − mean_m x_em); x as `exposure`.
    Direction and strength:
        As `exposure`.

    Args:
        demands: one relation in one wave; its `flow` says which way nominations are read.
        sources: those from whom demands come.
        facilitator: one person.
        members: the people the facilitator serves.
        comparison: principals whom the facilitator does not serve, otherwise like the members.

    Returns:
        −1 … 1; above 0 members are less exposed than the others.

    Undefined when:
        not identifiable: there are no comparison principals. Each mean is over what is known; a source of which
        either mean is unknown is left out, and when none is left the value is undefined.
    Small n:
        with a handful of people one tie moves it far; compare with shuffled membership within a level of school.
    Reference:
        A proposal of this project, on the idea of Honig & Rainey (2014), Teachers College Record 116(4).

    Raises:
        KeyError: somebody is not on the roster. ValueError: somebody is named in two parts.

    >>> demands = Network.from_ties(["e", "f", "m1", "m2", "c"], [("e", "f"), ("f", "m1"), ("e", "c")], flow="along")
    >>> adjusted_buffering(demands, ["e"], "f", ["m1", "m2"], ["c"])
    0.5
    """
    exposed, compared = _demanding(demands, sources, facilitator, members, comparison)
    return _mean(np.array([_mean(c) - _mean(x) for c, x in zip(compared, exposed, strict=True)]))
