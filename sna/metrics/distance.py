"""How far people are from one another: the one conversion of strength to distance, and shortest paths in steps."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from sna.networks.network import Floats


def strength_to_distance(strength: npt.ArrayLike) -> Floats:
    """Turn strength (more is closer) into distance (more is farther): distance = 1 / strength.

    The only place where this is done; no path measure of the catalogue uses it, because they count steps.

    Args:
        strength: any shape, ≥ 0.

    Returns:
        The same shape; infinite where strength is 0.

    Reference:
        Newman (2001), Physical Review E 64:016132, doi:10.1103/PhysRevE.64.016132.

    >>> strength_to_distance([4, 0.5, 0]).tolist()
    [0.25, 2.0, inf]
    """
    values = np.asarray(strength, dtype=float)
    if (values < 0).any():
        raise ValueError("strength cannot be negative")
    distance = np.full(values.shape, np.inf)
    np.divide(1.0, values, out=distance, where=values > 0)
    return distance


def geodesics(matrix: sparse.csr_array) -> tuple[Floats, Floats]:
    """Steps between all ordered pairs, and how many shortest paths there are.

    Breadth-first from everybody at once: one sparse product a step.

    Args:
        matrix: n × n sparse 0/1.

    Returns:
        Two n × n arrays: steps (0 on the diagonal, infinite where there is no path) and numbers of shortest paths
        (1 on the diagonal, 0 where there is none).

    >>> steps, paths = geodesics(sparse.csr_array([[0, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0]]))
    >>> steps[0].tolist(), paths[0].tolist()
    ([0.0, 1.0, 1.0, 2.0], [1.0, 1.0, 1.0, 2.0])
    """
    n = matrix.shape[0]
    front = np.eye(n)
    paths = np.eye(n)
    steps = np.where(np.eye(n, dtype=bool), 0.0, np.inf)
    length = 0
    while front.any():
        length += 1
        front = np.asarray(front @ matrix, dtype=float)
        front[np.isfinite(steps)] = 0.0
        reached = front > 0
        steps[reached] = length
        paths[reached] = front[reached]
    return steps, paths
