"""Where everybody stands: computed once for the study, the same in every picture.

Stress majorisation on the ties of all pictures together, people of one cluster group drawn close, nobody on top of
anybody else, and people without any tie in a strip along the bottom.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from sna.privacy.release import Release

Points = NDArray[np.float64]

FRAME = (1100.0, 640.0)
BOX = np.array([108.0, 54.0])  # the room one circle with its name takes
SAME_GROUP = 0.6  # distances inside a cluster group are shortened to this share
FARTHEST = 6.0  # no two people are laid out as further apart than this many steps
CLUSTER_MARGIN = np.array([20.0, 34.0])  # room around a cluster group, its name included
STRIP_GAP = 62.0


def tied_people(release: Release) -> frozenset[int]:
    """Keys of people with at least one tie in at least one picture; everybody else stands in the strip."""
    return frozenset(key for picture in release.pictures for tie in picture.ties for key in tie[:2])


def homes(release: Release) -> dict[int, str]:
    """The cluster group of each tied person who has the same one in all pictures.

    Somebody who moved from one group to another has no home, and stands outside all of them.
    """
    if release.cluster is None:
        return {}
    seen: dict[int, set[str]] = {}
    for picture in release.pictures:
        for member in picture.members:
            value = member.groups.get(release.cluster)
            if value is not None:
                seen.setdefault(member.person, set()).add(value)
    tied = tied_people(release)
    return {key: next(iter(values)) for key, values in sorted(seen.items()) if len(values) == 1 and key in tied}


def lay_out(release: Release, rng: np.random.Generator) -> dict[int, tuple[float, float]]:
    """Position of every person of the release, by key.

    Args:
        release: what one audience may see.
        rng: breaks ties between people whose ties are alike; the only randomness.
    """
    tied = tied_people(release)
    keys = [person.key for person in release.people]
    inside = [key for key in keys if key in tied]
    home = homes(release)
    main = _main(inside, _lengths(release, inside), [home.get(key) for key in inside], rng)
    places = dict(zip(inside, main, strict=True))
    places |= _strip([key for key in keys if key not in tied], main)
    stretch = _stretch(np.array([places[key] for key in keys]).reshape(-1, 2))
    places = {key: place * stretch for key, place in places.items()}
    return {key: (round(float(places[key][0]), 2), round(float(places[key][1]), 2)) for key in keys}


def _stretch(points: Points) -> Points:
    """How much wider or higher everything can stand so that the whole, names included, has the shape of the frame."""
    if len(points) < 3:
        return np.ones(2)
    wide, high = points.max(axis=0) - points.min(axis=0) + BOX
    missing = high * FRAME[0] / FRAME[1] / wide
    return np.asarray(np.clip([missing, 1 / missing], 1.0, 1.5), dtype=float)


def _lengths(release: Release, keys: list[int]) -> csr_array:
    """How long each tie wants to be: shorter, the more often two people are tied in the study."""
    index = {key: i for i, key in enumerate(keys)}
    times: dict[tuple[int, int], int] = {}
    for picture in release.pictures:
        for ego, alter, _ in picture.ties:
            a, b = sorted((index[ego], index[alter]))
            if a != b:
                times[a, b] = times.get((a, b), 0) + 1
    pairs = np.array(list(times), dtype=np.intp).reshape(-1, 2)
    lengths = np.array(list(times.values()), dtype=np.float64) ** -0.3
    return csr_array((lengths, (pairs[:, 0], pairs[:, 1])), shape=(len(keys), len(keys)))


def _main(keys: list[int], lengths: csr_array, home: list[str | None], rng: np.random.Generator) -> Points:
    """Everybody who has a tie, centred on (0, 0)."""
    n = len(keys)
    if n < 2:
        return np.zeros((n, 2))
    distance = np.minimum(np.asarray(dijkstra(lengths, directed=False)), FARTHEST)
    codes = {value: code for code, value in enumerate(sorted({value for value in home if value is not None}))}
    group = np.array([-1 if value is None else codes[value] for value in home])
    if len(codes) > 1:
        together = (group[:, None] == group[None, :]) & (group >= 0)
        distance = np.where(together, distance * SAME_GROUP, distance)
    points = _stress(distance, _start(distance, rng))
    points = _landscape(points, n)
    if len(codes) > 1:
        points = _separate_groups(points, group, distance, (lengths.toarray() > 0).astype(np.float64))
    else:
        points = push_apart(points, BOX)
    return _fill_frame(points)


def _start(distance: Points, rng: np.random.Generator) -> Points:
    """Classical scaling, with a jitter that tells apart people whose distances are equal."""
    n = len(distance)
    square = distance**2
    centred = -0.5 * (square - square.mean(axis=0) - square.mean(axis=1)[:, None] + square.mean())
    values, vectors = np.linalg.eigh(centred)
    top = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 1e-9))
    signs = np.sign(top[np.abs(top).argmax(axis=0), np.arange(2)])
    return np.asarray(top * np.where(signs == 0, 1.0, signs) + rng.normal(scale=0.05, size=(n, 2)))


def _stress(distance: Points, points: Points) -> Points:
    """SMACOF: each round brings distances on the page nearer to those wished for, near ones counting most."""
    n = len(distance)
    off = ~np.eye(n, dtype=bool)
    weights = np.zeros_like(distance)
    weights[off] = np.maximum(distance[off], 1e-3) ** -2
    wished = weights * distance
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.inv(laplacian + 1.0 / n)
    for _ in range(int(np.clip(1e8 / n**2, 15, 150))):
        x, y = points[:, 0], points[:, 1]
        drawn = np.hypot(x[:, None] - x, y[:, None] - y)
        ratio = wished / np.maximum(drawn, 1e-9)
        moved = inverse @ (ratio.sum(axis=1)[:, None] * points - ratio @ points)
        step = float(np.abs(moved - points).max())
        points = moved
        if step < 2e-3:
            break
    return points


def _landscape(points: Points, n: int) -> Points:
    """Turned so that the long side lies flat, and stretched to a frame with room for everybody."""
    points = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(points.T @ points)
    axes = axes[:, ::-1]
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), np.arange(2)] < 0, -1.0, 1.0)
    points = points @ axes
    room = max(1.0, n * float(BOX.prod()) / (0.45 * FRAME[0] * FRAME[1])) ** 0.5
    spread = np.maximum(np.abs(points).max(axis=0), 1e-6)
    stretch = np.array(FRAME) / 2 * room / spread
    return np.asarray(points * np.minimum(stretch, stretch.min() * 1.6))


def push_apart(points: Points, box: Points) -> Points:
    """Moved as little as need be until no two boxes of this size, centred on the points, overlap."""
    scaled = points / box
    for attempt in range(400):
        pairs = cKDTree(scaled).query_pairs(1.0 - 1e-6, p=np.inf, output_type="ndarray")
        if len(pairs) == 0:
            break
        if attempt % 50 == 49:
            scaled = scaled * 1.08
            continue
        scaled = scaled + _shifts(scaled, pairs, np.ones((len(scaled), 2)), box)
    return np.asarray(scaled * box)


def _shifts(centres: Points, pairs: NDArray[np.intp], sizes: Points, unit: Points) -> Points:
    """How each overlapping pair of boxes moves apart: half the overlap each, along the shorter way."""
    first, second = pairs[:, 0], pairs[:, 1]
    between = centres[second] - centres[first]
    overlap = (sizes[first] + sizes[second]) / 2 - np.abs(between)
    direction = np.where(between == 0, 1.0, np.sign(between))
    rows = np.arange(len(pairs))
    axis = (overlap * unit).argmin(axis=1)
    push = np.zeros_like(between)
    push[rows, axis] = (0.5 * overlap + 1e-4)[rows, axis] * direction[rows, axis]
    shift = np.zeros_like(centres)
    np.add.at(shift, first, -push)
    np.add.at(shift, second, push)
    return np.asarray(np.clip(shift, -0.6 * sizes, 0.6 * sizes))


def _separate_groups(points: Points, group: NDArray[np.intp], distance: Points, tied: Points) -> Points:
    """Each cluster group laid out as one block, the blocks side by side in rows: no area covers another.

    People outside all groups make a block of their own, without an area.
    """
    blocks = [np.flatnonzero(group == code) for code in np.unique(group)]
    centres = np.array([points[block].mean(axis=0) for block in blocks])
    sizes = np.empty((len(blocks), 2))
    local: list[Points] = []
    for b, block in enumerate(blocks):
        inner = _inner(points[block] - centres[b], distance[np.ix_(block, block)])
        low, high = inner.min(axis=0), inner.max(axis=0)
        local.append(inner - (low + high) / 2)
        sizes[b] = high - low + BOX + CLUSTER_MARGIN
    tied = tied + tied.T
    between = np.array([[float(tied[np.ix_(a, b)].sum()) for b in blocks] for a in blocks])
    centres = _shelves(centres, sizes, between)
    placed = np.empty_like(points)
    for b, block in enumerate(blocks):
        placed[block] = centres[b] + local[b] + np.array([0.0, CLUSTER_MARGIN[1] / 2 - 8.0])
    return placed


def _inner(points: Points, distance: Points) -> Points:
    """The people of one group, as compact as their names allow."""
    if len(points) < 2:
        return points
    if len(points) > 2:
        points = _stress(distance, points)
        points = points - points.mean(axis=0)
    reach = np.maximum(np.abs(points).max(axis=0), 1e-6)
    side = BOX * np.maximum((len(points) / 0.72) ** 0.5 - 1, 0.5) / 2
    return push_apart(points * np.minimum(side / reach, (side / reach).min() * 3.0), BOX)


def _shelves(centres: Points, sizes: Points, between: Points) -> Points:
    """Boxes in rows, near to where they were; boxes with many ties between them are brought closer by swapping."""
    rows = _rows(centres, sizes)
    best = _place(rows, sizes)
    order = np.concatenate(rows)
    for _ in range(4 if len(order) <= 60 else 0):
        swapped = False
        for i in range(len(order)):
            for j in range(i + 1, len(order)):
                a, b = order[i], order[j]
                before = _pull(best, between, a, b)
                best[[a, b]] = best[[b, a]]
                if _pull(best, between, a, b) < before - 1e-6:
                    order[i], order[j] = b, a
                    swapped = True
                else:
                    best[[a, b]] = best[[b, a]]
        if not swapped:
            break
    ends = np.cumsum([len(row) for row in rows])[:-1]
    return _place(np.split(order, ends), sizes)


def _pull(centres: Points, between: Points, a: int, b: int) -> float:
    """How far the ties of two boxes reach, all taken together."""
    return float(sum((between[c] * np.hypot(*(centres - centres[c]).T)).sum() for c in (a, b)))


def _rows(centres: Points, sizes: Points) -> list[NDArray[np.intp]]:
    """Boxes cut into rows from top to bottom so that the whole fits the frame best; left to right in each."""
    order = np.argsort(centres[:, 1], kind="stable")
    widths = np.cumsum(sizes[order, 0]) - sizes[order, 0] / 2
    found: list[NDArray[np.intp]] = []
    smallest = np.inf
    for count in range(1, len(order) + 1):
        row_of = np.minimum((widths / sizes[:, 0].sum() * count).astype(int), count - 1)
        rows = [order[row_of == row] for row in range(count)]
        rows = [row for row in rows if len(row)]
        wide = max(float(sizes[row, 0].sum()) for row in rows)
        high = sum(float(sizes[row, 1].max()) for row in rows)
        scale = max(wide / FRAME[0], high / FRAME[1])
        if scale < smallest:
            smallest = scale
            found = [row[np.argsort(centres[row, 0], kind="stable")] for row in rows]
    return found


def _place(rows: list[NDArray[np.intp]], sizes: Points) -> Points:
    """Centres of the boxes of these rows; what is left of a row's width is shared between its boxes."""
    centres = np.empty_like(sizes)
    wide = max(float(sizes[row, 0].sum()) for row in rows)
    top = 0.0
    for row in rows:
        spare = (wide - float(sizes[row, 0].sum())) / len(row)
        ends = np.cumsum(sizes[row, 0] + spare)
        high = float(sizes[row, 1].max())
        centres[row, 0] = ends - (sizes[row, 0] + spare) / 2
        centres[row, 1] = top + high / 2
        top += high
    return centres


def _fill_frame(points: Points) -> Points:
    """Centred; a small picture is enlarged towards the frame, a large one keeps the room it needs."""
    low, high = points.min(axis=0), points.max(axis=0)
    points = points - (low + high) / 2
    factor = float((np.array(FRAME) / np.maximum(high - low, 1.0)).min())
    return np.asarray(points * float(np.clip(factor, 1.0, 1.5)))


def _strip(keys: list[int], main: Points) -> dict[int, Points]:
    """Rows below the picture, left to right in key order."""
    if not keys:
        return {}
    left, right, bottom = -FRAME[0] / 2, FRAME[0] / 2, -STRIP_GAP
    if len(main):
        left, right = min(float(main[:, 0].min()), -300.0), max(float(main[:, 0].max()), 300.0)
        bottom = float(main[:, 1].max())
    columns = max(1, int((right - left) // BOX[0]) + 1)
    return {
        key: np.array([left + (i % columns) * BOX[0], bottom + STRIP_GAP + BOX[1] / 2 + (i // columns) * BOX[1]])
        for i, key in enumerate(keys)
    }


def hull(points: Points, pad: tuple[float, float] = (30.0, 26.0), below: float = 12.0) -> list[tuple[float, float]]:
    """Outline of an area around these points, with room for circles and the names under them, clockwise."""
    angles = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    ring = np.column_stack([np.cos(angles) * pad[0], np.sin(angles) * pad[1]])
    ring[:, 1] += np.where(ring[:, 1] > 0, below, 0.0)
    around = sorted({(float(x), float(y)) for x, y in np.round((points[:, None, :] + ring).reshape(-1, 2), 1)})
    return _half(around) + _half(around[::-1])


def _half(ordered: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """One side of the convex hull of points in order (Andrew's monotone chain), without its last point."""
    chain: list[tuple[float, float]] = []
    for point in ordered:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain[:-1]


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
