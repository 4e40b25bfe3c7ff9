"""What was done at the observed meetings of the six communities, who brought homework, and who sat with whom.

What is planted, each recovered from the files by tests/surveys/:

- Where expertise varies by task (E1, M1) most time is joint work, modelling, tools and members as resources, led by
  principals in turn who volunteer; where it is fixed (E2, H2) most is announcements and presentations, led by the
  facilitator and the same few, who are assigned. H1 and M2 lie between. Joint meetings are led from both communities.
- At `E2-01` three of the 18 principals brought what they had been asked for; elsewhere most did.
- Groups: in E1 and M1 re-made at each of six meetings with people who have not met, in H1 and M2 drawn at every
  second, in E2 and H2 kept all year. The two pairs of `APART` have not met in a group.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from _common import Cell, Dice, Table

SEED, GROUP_SEED = 20131, 20132
OBSERVED = (
    *("E1-02", "E1-08", "E1-16", "E2-01", "E2-12", "E2-17", "M1-04", "M1-14", "M1-19", "M2-07", "M2-17"),
    *("H1-03", "H1-16", "H2-02", "H2-11", "H2-18"),
)
LUNCH = 40
# Activity, practice, share of the time that is left after lunch, who leads it: everybody in turn, few, the facilitator.
Part = tuple[str, str, int, str]
BY_TASK: tuple[Part, ...] = (
    ("announcements", "", 5, "facilitator"),
    ("looking at student work", "joint work", 30, "turn"),
    ("practising a feedback conversation", "modelling", 15, "turn"),
    ("working with a tool", "tools", 20, "turn"),
    ("a case from a member's school", "members as resources", 22, "turn"),
    ("guest from the central office", "brokering", 8, "facilitator"),
)
BETWEEN: tuple[Part, ...] = (
    ("announcements", "", 20, "facilitator"),
    ("presentation", "", 20, "few"),
    ("looking at student work", "joint work", 20, "turn"),
    ("working with a tool", "tools", 20, "few"),
    ("a case from a member's school", "members as resources", 20, "turn"),
)
ALWAYS_THE_SAME: tuple[Part, ...] = (
    ("announcements", "", 35, "facilitator"),
    ("presentation", "", 35, "few"),
    ("working with a tool", "tools", 12, "facilitator"),
    ("a case from a member's school", "members as resources", 18, "few"),
)
BROUGHT = {"E1": 0.92, "M1": 0.95, "M2": 0.82, "H1": 0.8, "H2": 0.7, "E2": 0.75}
HOMEWORK = (
    *("E1-02", "E1-08", "E1-16", "E2-01", "E2-12", "M1-04", "M1-14", "M2-07", "M2-17", "H1-03", "H1-16"),
    *("H2-02", "H2-11"),
)
BARELY, BARELY_BROUGHT = "E2-01", 3
GROUPED = (2, 4, 7, 11, 14, 18)  # the meetings at which people sat in groups
REMADE = {"E1": 1, "M1": 1, "H1": 2, "M2": 2}  # at every such meeting, at every second (by lot); elsewhere never
APART = (("M1-03", "M1-08"), ("E2-04", "E2-11"))
STARTS = 12
Groups = list[list[str]]


def activities(
    lengths: Mapping[str, int], communities: Mapping[str, Sequence[str]], members: Mapping[str, Sequence[str]]
) -> Table:
    """The coded log of the 25 observed meetings, joint ones among them.

    Args:
        lengths: event → minutes.
        communities: event → short names of the communities that meet.
        members: short name → ids of its principals, the few who are always asked first.
    """
    dice = Dice(SEED)
    turn = {name: dice.shuffled(ids) for name, ids in members.items()}
    rows: list[list[Cell]] = [["event_id", "minutes", "activity", "practice", "led_by", "how"]]
    for event, minutes in lengths.items():
        if event not in OBSERVED and len(communities[event]) == 1:
            continue
        left = minutes - LUNCH
        parts = _parts(communities[event])
        for n, (activity, practice, share, led) in enumerate(parts):
            part = left if n == len(parts) - 1 else (minutes - LUNCH) * share // 500 * 5
            left -= part
            leaders: list[str] = []
            for name in communities[event]:
                if led == "facilitator":
                    leaders.append(f"{name}-F")
                elif name in ("E2", "H2") or (led == "few" and name in REMADE and REMADE[name] > 1):
                    leaders.append(dice.pick(members[name][:3]))
                else:
                    leaders.append(turn[name][0])
                    turn[name] = [*turn[name][1:], turn[name][0]]
            how = "" if led == "facilitator" else "volunteered" if led == "turn" else "assigned"
            rows.append([event, part, activity, practice, ";".join(leaders), how])
        rows.insert(len(rows) - len(parts) // 2, [event, LUNCH, "lunch", "", "", ""])
    return rows


def _parts(names: Sequence[str]) -> tuple[Part, ...]:
    if len(names) > 1 or names[0] in ("H1", "M2"):
        return BETWEEN
    return ALWAYS_THE_SAME if names[0] in ("E2", "H2") else BY_TASK


def homework(there: Mapping[str, Sequence[str]]) -> Table:
    """Who of those present brought what they had been asked for.

    Args:
        there: event → ids of the principals who came.
    """
    dice = Dice(SEED + 10)
    rows: list[list[Cell]] = [["actor_id", "event_id", "brought"]]
    for event in HOMEWORK:
        few = dice.shuffled(there[event])[:BARELY_BROUGHT]
        for who in there[event]:
            brought = who in few if event == BARELY else dice.chance(BROUGHT[event[:2]])
            unseen = event != BARELY and dice.chance(0.03)
            rows.append([who, event, "" if unseen else "yes" if brought else "no"])
    return rows


def past_groups(dates: Mapping[str, str], members: Mapping[str, Sequence[str]]) -> Table:
    """Who was put with whom at six meetings of each community.

    Args:
        dates: event → ISO date.
        members: short name → ids of its principals.
    """
    dice = Dice(GROUP_SEED)
    rows: list[list[Cell]] = [["date", "group", "actor_id"]]
    for name, ids in members.items():
        met: dict[frozenset[str], int] = {frozenset(pair): 99 for pair in APART}
        minded = REMADE.get(name) == 1
        groups: Groups = []
        for n, number in enumerate(GROUPED):
            if n % REMADE.get(name, len(GROUPED)) == 0:
                groups = _fresh(dice, ids, met, STARTS if minded else 0)
            for letter, group in zip("abcdefgh", groups, strict=False):
                rows += [[dates[f"{name}-{number:02d}"], f"{name} {letter}", who] for who in group]
            for pair in _pairs(groups):
                met[pair] = met.get(pair, 0) + 1
    head, *rest = rows
    return [head, *sorted(rest, key=lambda row: (str(row[0]), str(row[1])))]


def _pairs(groups: Groups) -> list[frozenset[str]]:
    return [frozenset((one, other)) for group in groups for one in group for other in group if one < other]


def _fresh(dice: Dice, ids: Sequence[str], met: Mapping[frozenset[str], int], starts: int) -> Groups:
    """Groups of three, or four where it does not come out even.

    Args:
        dice: as everywhere.
        ids: who is put into groups.
        met: how often two have met.
        starts: of so many drawn groups, each bettered by swaps of two people until no swap leaves fewer who have met,
            the best; 0: as drawn, but for those who are kept apart.
    """
    found: list[tuple[int, Groups]] = []
    while len(found) < max(starts, 1):
        groups: Groups = [[] for _ in range(len(ids) // 3)]
        for n, who in enumerate(dice.shuffled(ids)):
            groups[n % len(groups)].append(who)
        again = _repeats(groups, met)
        while starts and (better := _swapped(groups, met, again)):
            again, groups = better
        if not any(frozenset(pair) in _pairs(groups) for pair in APART):
            found.append((again, [sorted(group) for group in groups]))
    return min(found, key=lambda one: one[0])[1]


def _repeats(groups: Groups, met: Mapping[frozenset[str], int]) -> int:
    """Pairs who have met, and beside that how often."""
    times = [met.get(pair, 0) for pair in _pairs(groups)]
    return sum(100 * (n > 0) + n * n for n in times)


def _swapped(groups: Groups, met: Mapping[frozenset[str], int], again: int) -> tuple[int, Groups] | None:
    """The first swap of two people that leaves fewer who have met; None when there is none."""
    for one, first in enumerate(groups):
        for other in range(one + 1, len(groups)):
            for i in range(len(first)):
                for j in range(len(groups[other])):
                    tried = [list(group) for group in groups]
                    tried[one][i], tried[other][j] = tried[other][j], tried[one][i]
                    # Only these two groups differ.
                    change = _repeats([tried[one], tried[other]], met) - _repeats([first, groups[other]], met)
                    if change < 0:
                        return again + change, tried
    return None


def apart() -> Table:
    """Pairs whom their facilitators keep apart."""
    return [["actor_id", "other_id"], *([one, other] for one, other in APART)]
