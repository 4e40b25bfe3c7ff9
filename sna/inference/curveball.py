"""Tables of yes and no shuffled so that every sum stays: who came how often, and how full every event was.

Tables are held as words of 64 bits, (people, chains, words): many chains are shuffled at a time, each by itself. Two
people trade: of the events at which just one of them was, and at which both may be, as many as before are dealt to each
anew (curveball). People are matched at random and all pairs trade at once.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sna.networks.network import Bools

Words = npt.NDArray[np.uint64]
Places = npt.NDArray[np.intp]
# Trades for each person before the first draw, and between draws of one chain.
BURN_IN, THINNING = 20, 10
# With fewer chains than this, most of the time would go into going from one step to the next.
CHAINS, MOST_A_CHAIN = 500, 10
# Rings turned after each matching, where trades alone may not do.
RINGS = 4
TURNED = 0.5
ALL, NONE = np.uint64(2**64 - 1), np.uint64(0)
# BIT[byte, r]: the r-th bit that is set in a byte, as a byte; 0 where there is none.
BIT = np.zeros((256, 8), dtype=np.uint8)
for _byte in range(256):
    _set = [1 << place for place in range(8) if _byte >> place & 1]
    BIT[_byte, : len(_set)] = _set


def packed(table: Bools) -> Words:
    """n × m booleans as n × words."""
    n, m = table.shape
    bits = np.zeros((n, max(-(-m // 64), 1) * 64), dtype=bool)
    bits[:, :m] = table
    return np.packbits(bits, axis=1, bitorder="little").view(np.uint64)


def unpacked(words: Words, m: int) -> Bools:
    """Words along the last axis as m booleans.

    >>> table = np.array([[True, False, True]])
    >>> unpacked(packed(table), 3).tolist()
    [[True, False, True]]
    """
    bits = np.unpackbits(np.ascontiguousarray(words).view(np.uint8), axis=-1, bitorder="little")
    return np.asarray(bits[..., :m], dtype=bool)


def counted(words: Words) -> npt.NDArray[np.int16]:
    """How many bits are set along the last axis."""
    found = np.bitwise_count(words[..., 0]).astype(np.int16)
    for at in range(1, words.shape[-1]):
        found += np.bitwise_count(words[..., at])
    return found


def shuffled(table: Bools, free: Bools, rng: np.random.Generator, draws: int) -> Words:
    """Draws from all tables with the sums of `table` that agree with it outside `free`, each as likely as any other.

    Args:
        table: n × m.
        free: n × m; the cells that can change, of one part (`sna.metrics.free_cells`).
        rng: deals.
        draws: how many. Each chain begins with `table`, makes 20 trades a person, and gives ten draws at most, with 10
            trades a person between them.

    Returns:
        (n, draws, words).

    Small n:
        where trades alone cannot come from every table to every other (`trades_suffice`), each matching is followed by
        exchanges around rings of people and events.
    Reference:
        Strona, Nappo, Boccacci, Fattorini & San-Miguel-Ayanz (2014), Nature Communications 5:4114,
        doi:10.1038/ncomms5114; all pairs at once: Carstens, Berger & Strona (2016), arXiv:1609.05137; how many trades:
        Neal (2023), arXiv:2305.04937.
    """
    people = np.flatnonzero(free.any(axis=1))
    each = min(-(-draws // CHAINS), MOST_A_CHAIN)
    chains = -(-draws // each)
    words, free = np.repeat(packed(table[people])[:, None], chains, axis=1), free[people]
    may, rings = packed(free)[:, None], 0 if trades_suffice(free) else RINGS
    found = np.repeat(packed(table)[:, None], chains * each, axis=1)
    for at in range(each):
        # A matching is n / 2 trades.
        for _ in range(2 * (THINNING if at else BURN_IN)):
            _trade(words, may, rng)
            for _ in range(rings):
                _turn_rings(words, free, rng)
        found[people, at * chains : (at + 1) * chains] = words
    return found[:, :draws]


def _trade(words: Words, free: Words, rng: np.random.Generator) -> None:
    """Everybody trades with somebody drawn at random; if the people are odd in number, one stays out."""
    order = rng.permutation(len(words))
    half = len(order) // 2
    one, other = order[:half], order[half : 2 * half]
    apart = (words[one] ^ words[other]) & free[one] & free[other]
    mine = words[one] & apart
    flat = (half * words.shape[1], words.shape[2])
    moved = mine ^ dealt(mine.reshape(flat), apart.reshape(flat), rng).reshape(mine.shape)
    words[one] ^= moved
    words[other] ^= moved


def dealt(mine: Words, apart: Words, rng: np.random.Generator) -> Words:
    """As many bits of `apart` as `mine` has, every choice as likely as any other.

    Each bit is drawn with about the right chance; of what is then too much or too little, bits are taken away or added
    one by one, each as likely as any other.

    Args:
        mine, apart: (trades, words); `mine` has no other bits than `apart`.
        rng: draws.
    """
    size, needed = counted(apart), counted(mine)
    found = mine.copy()
    open_ = np.flatnonzero((needed > 0) & (needed < size))
    apart, needed = apart[open_], needed[open_]
    eighths = np.clip(np.rint(8 * needed / size[open_]), 1, 7).astype(np.int8)
    drawn = _bits(eighths, apart.shape, rng) & apart
    over = counted(drawn) - needed
    left = np.flatnonzero(over)
    these, among, over = drawn[left], apart[left], over[left]
    while len(left):
        _toggle_one(these, np.where((over > 0)[:, None], these, among & ~these), rng)
        over -= np.sign(over)
        done, more = over == 0, over != 0
        drawn[left[done]] = these[done]
        left, these, among, over = left[more], these[more], among[more], over[more]
    found[open_] = drawn
    return found


def _bits(eighths: npt.NDArray[np.int8], shape: tuple[int, ...], rng: np.random.Generator) -> Words:
    """Random words of which each bit is set with the chance `eighths` / 8."""
    found = np.zeros(shape, dtype=np.uint64)
    # From the lowest binary digit of the chance up: a digit 1 halves the chance of a bit not to be set, 0 to be set.
    for digit in (1, 2, 4):
        up = np.where(eighths & digit, ALL, NONE)[:, None]
        fresh = rng.integers(0, ALL, shape, dtype=np.uint64, endpoint=True)
        found = (found & fresh) | (up & (found | fresh))
    return found


def _toggle_one(words: Words, among: Words, rng: np.random.Generator) -> None:
    """Change one bit of each row of `words`, any of those set in `among` as likely as any other."""
    octets = among.view(np.uint8)
    each = np.bitwise_count(octets)
    risen = np.cumsum(each, axis=1, dtype=np.int16)
    lot = (rng.random(len(octets)) * risen[:, -1]).astype(np.int16)
    at, rows = (risen <= lot[:, None]).sum(axis=1), np.arange(len(octets))
    words.view(np.uint8)[rows, at] ^= BIT[octets[rows, at], lot - risen[rows, at] + each[rows, at]]


def trades_suffice(free: Bools) -> bool:
    """Whether trades between two people are sure to lead from every table to every other.

    They are where every ring of three or more people and as many events has a shortcut (chordal bipartite): when
    everybody could come to everything, when people join and leave, when groups lie within groups. Then, and only then,
    people and events can be taken out one after another of whose neighbours each has all the neighbours of the one
    before.

    Reference:
        Hammer, Maffray & Preissmann (1989), A characterization of chordal bipartite graphs, RUTCOR Report 16-89.

    >>> trades_suffice(np.ones((3, 3), dtype=bool)), trades_suffice(~np.eye(3, dtype=bool))
    (True, False)
    """
    left, before = free, -1
    while left.size != before:
        before = left.size
        for _ in range(2):
            left = np.unique(left, axis=0).T
            left = left[[not _nested(left[:, neighbours]) for neighbours in left]]
    return not left.size


def _nested(sets: Bools) -> bool:
    """Whether of the columns each holds all that a smaller one holds."""
    rising = sets[:, np.argsort(sets.sum(axis=0), kind="stable")]
    return not bool((rising[:, :-1] & ~rising[:, 1:]).any())


def _turn_rings(words: Words, free: Bools, rng: np.random.Generator) -> None:
    """In every other chain, turn a ring: people who came to an event stay away, and those next in the ring come.

    A walk goes from a person to an event they came to, and on to a person who could have come and did not, each as
    likely as any other, until it comes back to where it has been. Turning the ring that is closed leaves everybody as
    many ways to go on as before, so that the way back is as likely as the way there.
    """
    (n, m), chains = free.shape, words.shape[1]
    at = rng.choice(np.flatnonzero(free.any(axis=1)), chains)
    seen = np.full((chains, n + m), -1)
    closed = np.full(chains, -1)
    walking = np.arange(chains)
    seen[walking, at] = 0
    steps: list[tuple[Places, Places, Places]] = []
    while len(walking):
        if len(steps) % 2:
            word, bit = at // 64, (at % 64).astype(np.uint64)
            came = (words[:, walking, word] >> bit & np.uint64(1)).astype(bool)
            reached = _any_of((free[:, at] & ~came).T, rng)
            steps.append((walking, reached, at))
            place = reached
        else:
            reached = _any_of(unpacked(words[at, walking], m) & free[at], rng)
            steps.append((walking, at, reached))
            place = n + reached
        been = seen[walking, place]
        closed[walking] = been
        seen[walking, place] = len(steps)
        walking, at = walking[been < 0], reached[been < 0]
    turned = np.asarray(rng.random((chains,)) < TURNED)
    for step, (chain, person, event) in enumerate(steps):
        go = np.flatnonzero(turned[chain] & (closed[chain] <= step))
        at = event[go]
        words[person[go], chain[go], at // 64] ^= np.uint64(1) << (at % 64).astype(np.uint64)


def _any_of(options: Bools, rng: np.random.Generator) -> Places:
    """For each row one of the columns that are true, each as likely as any other."""
    return np.asarray(
        np.where(options, rng.random(options.shape, dtype=np.float32), np.float32(-1)).argmax(axis=1), dtype=np.intp
    )
