"""Gould–Fernandez brokerage: who stands between whom, by group, and how often chance alone would put them there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import sparse

from sna.metrics.frames import Codes, Direction, group_codes, ratio, turned
from sna.networks.network import Bools, Floats, Network

Role = Literal["coordinator", "gatekeeper", "representative", "consultant", "liaison", "total"]
ROLES: tuple[Role, ...] = ("coordinator", "gatekeeper", "representative", "consultant", "liaison", "total")
Moments = dict[Role, tuple[Floats, Floats]]


@dataclass(frozen=True)
class Brokerage:
    """Brokerage by one group variable.

    Attributes:
        counts: people × roles; NaN for people who did not answer or whose group is not stated.
        expected: the same, under a random digraph of the same size and density with the groups as they are.
        sd: standard deviation under that null.
        z: (counts − expected) / sd; NaN where sd is 0. Far from normal in small networks: not a p-value.
        totals: roles × (count, expected, sd, z) for the network; `count` over the people who answered.
    """

    counts: pd.DataFrame
    expected: pd.DataFrame
    sd: pd.DataFrame
    z: pd.DataFrame
    totals: pd.DataFrame


def _counts(
    flow: sparse.csr_array, unsaid: sparse.csr_array, begins: Bools, ends: Bools, codes: Codes
) -> dict[Role, Floats]:
    """Broker by broker, the pairs a→v→b with a, b known to be apart, by group.

    All pairs are counted from degrees; those that are one person, tied or unknown are taken off again, so that no
    n × n array is needed.

    Args:
        flow: n × n sparse of 0/1, ties in the direction read.
        unsaid: n × n sparse of 0/1, single unknown cells in the direction read.
        begins, ends: people a, and people b, of whom it can be known whether a→b is tied.
        codes: each person's group.
    """
    n = len(codes)
    ego, alter = flow.nonzero()
    within = codes[ego] == codes[alter]

    def square(rows: Codes, columns: Codes) -> sparse.csr_array:
        return sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(n, n))

    inside, outside = (square(ego[which], alter[which]) for which in (within, ~within))
    off = flow + unsaid
    rows, columns = off.nonzero()
    same = codes[rows] == codes[columns]
    off_same = square(rows[same], columns[same])
    group = sparse.csr_array((np.ones(n), (np.arange(n), codes)), shape=(n, int(codes.max(initial=0)) + 1))
    one = sparse.csr_array(np.ones((n, 1)))

    def between(
        first: sparse.csr_array, second: sparse.csr_array, off: sparse.csr_array, by: sparse.csr_array
    ) -> Floats:
        first, second = first.multiply(begins[:, None]).tocsr().T.tocsr(), second.multiply(ends[None, :]).tocsr()
        pairs = (first @ by).multiply(second @ by).sum(axis=1)
        back = first.multiply(second).sum(axis=1)
        return np.asarray(pairs - back - (first @ off).multiply(second).sum(axis=1), dtype=float).ravel()

    consultant = between(outside, outside, off_same, group)
    counts: dict[Role, Floats] = {
        "coordinator": between(inside, inside, off, one),
        "gatekeeper": between(outside, inside, off, one),
        "representative": between(inside, outside, off, one),
        "consultant": consultant,
        "liaison": between(outside, outside, off, one) - consultant,
    }
    return {**counts, "total": np.sum(list(counts.values()), axis=0)}


def _actor_moments(sizes: Floats, people: int, d: float) -> Moments:
    """Expectation and standard deviation by the broker's group; exact."""
    q, u, n, size = d**2 * (1 - d), d**3 * (1 - d) ** 3, float(people), sizes
    others = n - size
    pairs, triples = size * (size - 1), size * (size - 1) * (size - 2)
    mean_triples = 2 * (size - 1) * (size - 2) * (size - 3)
    crossing = (size - 1) * others * (others - 1) / 2 + others * (size - 1) * (size - 2) / 2
    rest = others[:, None] - size[None, :]
    far = size[None, :] * rest * (rest - 1) / 2
    np.fill_diagonal(far, 0.0)
    everyone = np.full(len(size), n)
    rows: dict[Role, tuple[Floats, Floats]] = {
        "coordinator": ((size - 1) * (size - 2), mean_triples),
        "gatekeeper": (others * (size - 1), 2 * crossing),
        "representative": (others * (size - 1), 2 * crossing),
        "consultant": (pairs.sum() - pairs, 2 * (triples.sum() - triples)),
        "liaison": (others**2 - ((size**2).sum() - size**2), 4 * far.sum(axis=1)),
        "total": ((everyone - 1) * (everyone - 2), 2 * (everyone - 1) * (everyone - 2) * (everyone - 3)),
    }
    return {role: (q * a, np.sqrt(np.maximum(q * a * (1 - q) + b * u, 0.0))) for role, (a, b) in rows.items()}


def _total_moments(sizes: Floats, people: int, d: float) -> Moments:
    """Expectation and standard deviation of the network totals; exact.

    R sna 2.7 prints standard deviations that leave out covariances for coordinator, representative, gatekeeper and
    total; these do not. Each row: ordered triples, then the coefficients of u, y and z.
    """
    q, n, size = d**2 * (1 - d), float(people), sizes
    u, y, z = d**3 * (1 - d) ** 3, d**4 * (1 - d) ** 2, d**5 * (1 - d)
    others = n - size
    s2, s3, s4 = (size**2).sum(), (size**3).sum(), (size**4).sum()
    own = size * (size - 1) * (size - 2)
    once = size * others * (size - 1)
    # Sums over three different groups of n_g n_h n_k and of n_g² n_h n_k, without listing the triples.
    apart = n**3 - 3 * n * s2 + 2 * s3
    apart2 = s2 * n**2 - s2**2 - 2 * s3 * n + 2 * s4
    # Σ_{g≠h} n_g n_h (n_g − 1)(2 n_g + 2 n_h − 6), where Σ_{h≠g} n_h² = s2 − n_g².
    consult_u = (size * (size - 1) * (others * (2 * size - 6) + 2 * (s2 - size**2))).sum()
    everybody = n * (n - 1) * (n - 2)
    crossing = (once.sum(), ((n - 3) * once).sum(), -((2 * size - 3) * once).sum(), ((size - 2) * once).sum())
    liaison_uy = (4 * n - 2) * apart - 8 * apart2
    rows: dict[Role, tuple[float, float, float, float]] = {
        "coordinator": (
            own.sum(),
            ((4 * size - 10) * own).sum(),
            -((4 * size - 10) * own).sum(),
            ((size - 3) * own).sum(),
        ),
        "gatekeeper": crossing,
        "representative": crossing,
        "consultant": (once.sum(), consult_u, 0.0, ((others - 1) * once).sum()),
        "liaison": (apart, liaison_uy, -liaison_uy, (n - 1) * apart - 2 * apart2),
        "total": (everybody, (4 * n - 10) * everybody, -(4 * n - 10) * everybody, (n - 3) * everybody),
    }
    result: Moments = {}
    for role, (triples, by_u, by_y, by_z) in rows.items():
        variance = q * triples * (1 - q) + by_u * u + by_y * y + by_z * z
        result[role] = (np.array(q * triples), np.sqrt(max(variance, 0.0)))
    return result


def brokerage(network: Network, group: pd.Series[str], direction: Direction = "flow") -> Brokerage:
    """How often each person stands between two people who are not tied, and between which groups.

    Formula:
        v brokers (a, b) when a→v→b, a ≠ b and a→b is observed absent. By groups of a, v, b: coordinator A A A,
        gatekeeper A B B, representative A A B, consultant A B A, liaison A B C. Null: every tie present with
        probability d = m / (N(N − 1)), independently; exact expectations and standard deviations, per person and for
        the network total.
    Direction and strength:
        On the network as things pass (`flow`) by default, so that a gatekeeper lets things in. `citation` reads
        nominations; that swaps gatekeeper and representative where flow runs against nominations. Strength not used.

    Args:
        network: one relation in one wave, n people.
        group: text indexed by actor_id; null where not stated. Those people and their ties are left out.
        direction: `flow` or `citation`.

    Returns:
        Brokerage; counts are ordered pairs, columns in the order of `ROLES`.

    Undefined when:
        the person did not answer, or their group is not stated, or fewer than three people have a group. Expected,
        sd and z only when everybody with a group answered with no cell unknown. A group of one person cannot have a
        coordinator: expected 0, sd 0, z NaN.
    Small n:
        counts are skewed; take p-values from simulation. A position is not brokering behaviour.
    Reference:
        Gould & Fernandez (1989), Sociological Methodology 19:89–126, doi:10.2307/270949. Node level as in R sna 2.7.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])
    >>> brokerage(network, pd.Series({"a": "x", "b": "y", "c": "y"}), "citation").counts.loc["b"].to_dict()
    {'coordinator': 0.0, 'gatekeeper': 1.0, 'representative': 0.0, 'consultant': 0.0, 'liaison': 0.0, 'total': 1.0}
    """
    codes = group_codes(network, group)
    members = np.flatnonzero(codes >= 0)
    n = len(members)
    codes = codes[members]
    reports = network.matrix[members][:, members]
    unsaid = network.unknown_cells[members][:, members].astype(float)
    replied = network.answered[members]
    everybody = np.ones(n, dtype=bool)
    complete = n >= 3 and bool(replied.all()) and not unsaid.nnz
    if turned(network, direction):
        counts = _counts(reports.T.tocsr(), unsaid.T.tocsr(), everybody, replied, codes)
    else:
        counts = _counts(reports, unsaid, replied, everybody, codes)
    answered = replied & (n >= 3)

    sizes = np.bincount(codes, minlength=1).astype(float)
    density = float(reports.nnz / (n * (n - 1))) if complete else float("nan")
    by_group, overall = _actor_moments(sizes, n, density), _total_moments(sizes, n, density)

    def table(column: Callable[[Role], Floats]) -> pd.DataFrame:
        values = np.full((network.n, len(ROLES)), np.nan)
        values[members] = np.column_stack([column(role) for role in ROLES])
        return pd.DataFrame(values, index=network.index, columns=list(ROLES))

    counted = table(lambda role: np.where(answered, counts[role], np.nan))
    expected = table(lambda role: by_group[role][0][codes])
    sd = table(lambda role: by_group[role][1][codes])
    z = pd.DataFrame(
        ratio(counted.to_numpy() - expected.to_numpy(), sd.to_numpy()), index=counted.index, columns=counted.columns
    )
    totals = pd.DataFrame(
        {
            "count": counted.sum(min_count=1).to_numpy(),
            "expected": [float(overall[role][0]) for role in ROLES],
            "sd": [float(overall[role][1]) for role in ROLES],
        },
        index=pd.Index(ROLES, name="role"),
    )
    totals["z"] = ratio(totals["count"] - totals["expected"], totals["sd"])
    return Brokerage(counts=counted, expected=expected, sd=sd, z=z, totals=totals)


def role_counts(network: Network, group: pd.Series[str], role: Role) -> pd.Series[float]:
    """How often each person stands between two others in one role, on the network as things pass.

    Formula, direction, undefined, small n, reference:
        See `brokerage`.

    Args:
        network: one relation in one wave, n people.
        group: text indexed by actor_id; null where not stated.
        role: one of `ROLES`.

    Returns:
        Series on actor_id; ordered pairs, ≥ 0.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])
    >>> role_counts(network, pd.Series({"a": "x", "b": "x", "c": "x"}), "coordinator").tolist()
    [0.0, 1.0, 0.0]
    """
    return brokerage(network, group).counts[role]
