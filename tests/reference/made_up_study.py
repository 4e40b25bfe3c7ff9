"""A made-up study of four waves whose truth is known: who turns to whom, and whom every typed text means.

Sixty people of twelve schools, some of whom leave, join or move to another school; a roster question (advice) and a
question with typed names (help, up to five). One typed name in twelve is written otherwise than on the roster, in the
ways in which people write names; the same person writes the same name the same way again, more often than not. Some
are of people who are not on the roster, and some of those are called much like somebody who is.

A text never means two people here, nor is it somebody else's name as it stands on the roster: what a slip makes of one
name when it happens to be another ("Jon" for "John") no reader can tell.
"""

from __future__ import annotations

import csv
import random
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

WAVES = ("w1", "w2", "w3", "w4")
RELATIONS = ("advice", "help")
FROM, CAP, PEOPLE, EVERYBODY = 2, 5, 60, 84
OUTSIDE, AS_IT_IS, STRANGER, LIKE = "outside", "as on the roster", "outsider", "outsider like a member"
ROLES = ("principal", "vice principal", "coach", "teacher leader", "teacher leader", "teacher leader")
SCHOOLS = (
    *("Lincoln School", "Cedar School", "Harriet Tubman School", "St. Mary's School", "Lincoln Park School"),
    *("César Chávez Academy", "Oak School", "Riverside School", "Douglass School", "Hilltop School"),
    *("Jane Addams School", "Prairie School"),
)
_GIVEN = """
Robert Katherine William Elizabeth Thomas Michael Jennifer Patrick Samuel Judith Margaret Edward Susan Daniel
Deborah Benjamin Rebecca Nicholas Alexander Christine José Zoë Siobhán Renée Lucía Ngozi Priya Hyun-woo Mei-ling
Jean-Luc Ana-Sofía Søren Łukasz Şükran Jürgen Thị-Mai Bjørn Chloë Inés Oluwaseun Tamika Darnell Guadalupe Aoife
Françoise Fatima Ibrahim Amara Vikram Keisha Luis Carmen Raúl Yusuf Noor Björk Agnieszka Håkon Zeynep Ðuro Ольга 明華
Ewa Ike
"""
_SURNAMES = """
Tessler, Quintero, Abiodun, Raghunath, Álvarez, Okonjo, Fairweather, Lindqvist, O'Dell, D'Arcey, Baek, Whitby,
Nyland, Mattock, Nguyễn, Wiśniewski, Kjær, Öztürk, Müller, Saleh-Karim, Mbeki-Hale, García Márquez, de la Cruz,
van der Berg, Ibáñez Soto, Li, Ng, Ito, Петрова, O'Connor, McAllister, Fitzgerald, Sørensen, Groß, Touré, Núñez,
Piñeiro, Castillon, Delacroix, Haidari, Zhuo, Trinh, Solberg, Umelo, Achterberg, Prewitt, Jalloh, Tanabe, Dunmore,
Bhatti, Sutter, Pacheco, Jastrow, Zamudio, Kitson, Venkatesan, Gauthier, Ledesma, Aasen, Chisolm, Warsame,
Villaseñor, Amponsah, Thornbury, Stanek, Drummond, Arakawa, Blais, Tekle, Rentería, Heffernan, Pascual, Teig,
Fodor, Swann, Calderón, Kroll, Vance, Tierney, Farouqi, Salcedo, Arcand, Hargrave, Khoury, Sallow, Olvera, Wolska,
Mapes, Deshmukh, Kinsey, Hernández-Ruiz, St. John, Ó Briain, Novak, Young, Smith, Lopez, Brown, Petrovska, Oster,
Nakai, Fuentes, Boyce, Sarpong, Plumley
"""
GIVEN = _GIVEN.split()
SURNAMES = [name.strip() for name in _SURNAMES.split(",")]
# Always there: two people of one surname, and names that differ in a letter or two.
PAIRS = (
    *(("Maria", "Young"), ("Marie", "Younge"), ("Denise", "Fairweather"), ("Marcus", "Fairweather")),
    *(("Jon", "Smith"), ("John", "Smith"), ("José", "Álvarez"), ("Rosa", "Álvarez-Peña")),
)
NICKNAMES = {
    **{"Robert": "Bob", "Katherine": "Kate", "William": "Bill", "Elizabeth": "Liz", "Thomas": "Tom", "Michael": "Mike"},
    **{"Jennifer": "Jen", "Patrick": "Pat", "Samuel": "Sam", "Judith": "Judy", "Margaret": "Peggy", "Edward": "Ted"},
    **{"Susan": "Sue", "Daniel": "Danny", "Deborah": "Debbie", "Benjamin": "Ben", "Rebecca": "Becky", "José": "Pepe"},
    **{"Nicholas": "Nick", "Alexander": "Alex", "Christine": "Chris", "Guadalupe": "Lupe", "Luis": "Lucho"},
}
OUTSIDERS = (
    *("Dana Whitlock (district data office)", "D. Whitlock", "Ruben Castellan, State College", "Mrs. Pemberly from HR"),
    *("my husband", "Ms Adjei", "Piotr Zieliński", "the office", "Yaa Asantewaa", "coach from State College"),
)
ASKED = {
    "advice": f"""
[[relations]]
id = "advice"
form = "roster"
columns = "advice_{{actor_id}}"
scale = {{ 0 = "never", 1 = "a few times a year", 2 = "monthly", 3 = "every two weeks", 4 = "weekly" }}
present_from = {FROM}
""",
    "help": f"""
[[relations]]
id = "help"
form = "names"
columns = "help_name{{n}}"
cap = {CAP}
""",
}
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def plain(text: str) -> str:
    """What spellings of one name share whatever their case, accents, punctuation and spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("ł", "l"))
    letters = "".join(c for c in letters if not unicodedata.combining(c) and c not in "'’`´.")
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split()) or text.strip()


@dataclass(frozen=True)
class Person:
    """Somebody who is on the roster of at least one wave."""

    actor_id: str
    given: str
    surname: str
    email: str

    @property
    def name(self) -> str:
        """As it stands on the roster."""
        return f"{self.given} {self.surname}"


@dataclass(frozen=True)
class Typed:
    """A name as typed: whom it means (an actor id or `outside`) and in which way it is written."""

    text: str
    meant: str
    kind: str


@dataclass
class MadeUpStudy:
    """The study and its truth.

    Attributes:
        people: actor id → person, in roster order.
        place: (wave, actor id) → school and role, of everybody on that wave's roster, in roster order.
        advice: (wave, ego) → alter → value 0–4, for everybody, as they would answer.
        help: (wave, ego) → names, as they would type them.
        skipped: (wave, relation, ego): they leave this question empty when they answer the others.
        gaps: (wave, ego, alter): they leave this cell of advice empty.
        means: what texts that are the same share → whom they mean.
    """

    people: dict[str, Person] = field(default_factory=dict)
    place: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    advice: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    help: dict[tuple[str, str], tuple[Typed, ...]] = field(default_factory=dict)
    skipped: set[tuple[str, str, str]] = field(default_factory=set)
    gaps: set[tuple[str, str, str]] = field(default_factory=set)
    means: dict[str, str] = field(default_factory=dict)

    def members(self, wave: str) -> list[str]:
        """Everybody on a wave's roster, in order."""
        return [a for w, a in self.place if w == wave]

    def write(
        self,
        folder: Path,
        waves: int = len(WAVES),
        silent: Collection[tuple[str, str]] = (),
        relations: Collection[str] = RELATIONS,
        extra: str = "",
    ) -> Path:
        """Write the first waves as a study folder; names.csv stays as it is.

        Args:
            folder: where to.
            waves: how many waves.
            silent: (wave, actor id) of people who did not answer: they have no row.
            relations: what was asked.
            extra: further lines of the section [study].
        """
        folder.mkdir(parents=True, exist_ok=True)
        told = WAVES[:waves]
        (folder / "study.toml").write_text(_study_toml(told, relations, extra), encoding="utf-8")
        roster = [
            [wave, a, self.people[a].name, *place, self.people[a].email]
            for (wave, a), place in self.place.items()
            if wave in told
        ]
        _write(folder / "roster.csv", ["wave", "actor_id", "name", "school", "role", "email"], roster)
        for wave in told:
            egos = [ego for ego in self.members(wave) if (wave, ego) not in silent]
            rows = [self.row(wave, ego, relations) for ego in egos]
            _write(folder / f"responses_{wave}.csv", self.heading(wave, relations), rows)
        return folder

    def write_names(self, folder: Path, waves: int = len(WAVES)) -> None:
        """Write names.csv with whom every text of the first waves means."""
        told = [typed for (wave, _), names in self.help.items() if wave in WAVES[:waves] for typed in names]
        rows = {plain(typed.text): [typed.text, typed.meant] for typed in told if typed.kind != AS_IT_IS}
        _write(folder / "names.csv", ["typed", "actor_id"], list(rows.values()))

    def heading(self, wave: str, relations: Collection[str] = RELATIONS) -> list[str]:
        """The headings of a wave's answers."""
        advice = [f"advice_{a}" for a in self.members(wave)] if "advice" in relations else []
        return ["actor_id", *advice, *(f"help_name{n}" for n in range(1, CAP + 1) if "help" in relations)]

    def row(self, wave: str, ego: str, relations: Collection[str] = RELATIONS) -> list[str]:
        """What a person answers in a wave, as it stands in the file."""
        values, members = self.advice[wave, ego], self.members(wave)
        cells = ["" if a == ego or (wave, ego, a) in self.gaps else str(values[a]) for a in members]
        names = [typed.text for typed in self.help[wave, ego]] or ["nobody"]
        if (wave, "advice", ego) in self.skipped:
            cells = [""] * len(cells)
        if (wave, "help", ego) in self.skipped:
            names = []
        names += [""] * (CAP - len(names))
        return [ego, *(cells if "advice" in relations else []), *(names if "help" in relations else [])]


def _write(path: Path, heading: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([heading, *rows])


def _study_toml(waves: Collection[str], relations: Collection[str], extra: str) -> str:
    told = "".join(f'[[waves]]\nid = "{wave}"\nresponses = "responses_{wave}.csv"\n' for wave in waves)
    return f"""[study]
name = "Made up"
roster = "roster.csv"
groups = ["school", "role"]
audience = "researcher"
{extra}
[consent]
default = "full"
{told}{"".join(ASKED[relation] for relation in relations)}"""


def made_up_study(seed: int) -> MadeUpStudy:
    """The study of a seed: the same seed, the same study."""
    rng = random.Random(f"made-up study {seed}")
    study = MadeUpStudy()
    _call(study, rng)
    _place(study, rng)
    typist = _Typist(study, rng)
    for wave in WAVES:
        members = study.members(wave)
        renown = {a: rng.paretovariate(2.5) for a in members}
        for ego in members:
            near = {a: 5.0 if study.place[wave, a][0] == study.place[wave, ego][0] else 0.4 for a in members}
            draw = {a: rng.random() < min(0.9, 0.05 * near[a] * renown[a]) for a in members}
            study.advice[wave, ego] = {a: (rng.choice((1, 2, 3, 4)) if draw[a] else 0) for a in members if a != ego}
            study.help[wave, ego] = typist.names(wave, ego, {a: near[a] * renown[a] for a in members if a != ego})
            study.skipped.update((wave, relation, ego) for relation in RELATIONS if rng.random() < 0.02)
            study.gaps.update((wave, ego, a) for a in members if rng.random() < 0.005)
    return study


def _call(study: MadeUpStudy, rng: random.Random) -> None:
    """Give everybody an id, a name that is nobody else's but for accents, and an e-mail address."""
    names = [*PAIRS, *zip(rng.choices(GIVEN, k=EVERYBODY), rng.sample(SURNAMES, EVERYBODY), strict=True)]
    names += [(rng.choice(GIVEN), rng.choice(names)[1]) for _ in range(6)]
    unique = {plain(f"{given} {surname}"): (given, surname) for given, surname in names}
    called = list(unique.values())[:EVERYBODY]
    rng.shuffle(called)
    for number, (given, surname) in enumerate(called, 1):
        letters = plain(f"{given[:1]} {surname}").encode("ascii", "ignore").decode().replace(" ", "")
        person = Person(f"P{number:02}", given, surname, f"{letters}{number}@district.example")
        study.people[person.actor_id] = person
        study.means[plain(person.name)] = person.actor_id


def _place(study: MadeUpStudy, rng: random.Random) -> None:
    """Who is on which wave's roster, at which school and in which role: people leave, join, come back and move."""
    waiting = list(study.people)
    there = {a: (SCHOOLS[at % len(SCHOOLS)], rng.choice(ROLES)) for at, a in enumerate(waiting[:PEOPLE])}
    del waiting[:PEOPLE]
    for wave in WAVES:
        if wave != WAVES[0]:
            leaving = rng.sample(sorted(there), rng.randint(3, 7))
            joining = [waiting.pop(0) for _ in range(min(len(waiting), rng.randint(3, 7)))]
            waiting += leaving[:1]
            there = {a: place for a, place in there.items() if a not in leaving}
            there |= {a: (rng.choice(SCHOOLS), rng.choice(ROLES)) for a in joining}
            there |= {a: (rng.choice(SCHOOLS), there[a][1]) for a in rng.sample(sorted(there), 2)}
        study.place.update({(wave, a): there[a] for a in sorted(there)})


class _Typist:
    """Types names the way people do, each person in a way of their own."""

    def __init__(self, study: MadeUpStudy, rng: random.Random) -> None:
        self.study = study
        self.rng = rng
        self.habits: dict[tuple[str, str], Typed] = {}
        self.named: dict[str, list[str]] = {}
        like = rng.sample(sorted(study.people), 8)
        self.strangers = [text for text in (*OUTSIDERS, *map(self._like, like)) if plain(text) not in study.means]
        self.kinds = {text: STRANGER if text in OUTSIDERS else LIKE for text in self.strangers}
        study.means.update({plain(text): OUTSIDE for text in self.strangers})

    def _like(self, actor_id: str) -> str:
        """Somebody off the roster who is called much like somebody on it."""
        rng, person = self.rng, self.study.people[actor_id]
        other = self.study.people[rng.choice(sorted(self.study.people))]
        given = person.given[:-1] + {"a": "e", "e": "a"}.get(person.given[-1], person.given[-1] + "a")
        ways = [
            f"{rng.choice(GIVEN)} {person.surname}",
            f"{person.given} {other.surname}",
            f"{given} {person.surname}",
        ]
        ways += [f"{person.given} {person.surname}son", f"{person.surname}, {given}", f"Dr. {given} {person.surname}"]
        ways += [f"{other.given[0]}. {person.surname}", f"Mrs {person.surname}-{other.surname}"]
        return rng.choice(ways)

    def names(self, wave: str, ego: str, liking: Mapping[str, float]) -> tuple[Typed, ...]:
        """Whom a person names in a wave; mostly those of the wave before, sometimes people who left."""
        rng = self.rng
        wanted = [a for a in self.named.get(ego, []) if rng.random() < (0.6 if a in liking else 0.1)]
        room = max(rng.randint(-1, CAP + 2) - len(wanted), 0)
        wanted += rng.choices(list(liking), [*liking.values()], k=room)
        wanted = list(dict.fromkeys(wanted))[:CAP]
        self.named[ego] = wanted
        typed = [self._typed(wave, ego, a) for a in wanted]
        for at in range(len(typed)):
            if rng.random() < 0.03:
                text = rng.choice(self.strangers)
                typed[at] = Typed(text, OUTSIDE, self.kinds[text])
        return tuple({plain(t.text): t for t in typed}.values())

    def _typed(self, wave: str, ego: str, alter: str) -> Typed:
        person = self.study.people[alter]
        habit = self.habits.get((ego, alter))
        if habit is not None and self.rng.random() < 0.6:
            return habit
        if self.rng.random() >= 0.08:
            return Typed(person.name, alter, AS_IT_IS)
        while True:
            kind = self.rng.choice(KINDS)
            text = self._written(kind, person, wave)
            if text != person.name and text and self.study.means.setdefault(plain(text), alter) == alter:
                return self.habits.setdefault((ego, alter), Typed(text, alter, kind))

    def _written(self, kind: str, person: Person, wave: str) -> str:
        """A name in one of the ways in which people write it; empty where this person's cannot be written so."""
        rng, given, surname = self.rng, person.given, person.surname
        school, role = self.study.place.get((wave, person.actor_id), ("", ""))
        title = rng.choice(("Dr. ", "Mrs ", "Mr. ", "Ms. ", "Prof. "))
        title = f"{role.capitalize()} " if role in ("principal", "vice principal", "coach") else title
        unaccented = "".join(c for c in unicodedata.normalize("NFKD", person.name) if not unicodedata.combining(c))
        short = school.removesuffix(" School")
        return {
            "accent": unaccented,
            "capitals": rng.choice((person.name.upper(), person.name.lower())),
            "last, first": f"{surname}, {given}",
            "title": f"{title}{person.name}",
            "e-mail": rng.choice((person.email, person.email.capitalize())),
            "initial": rng.choice((f"{given[0]}. {surname}", f"{given[0]} {surname}")),
            "nickname": f"{NICKNAMES[given]} {surname}" if given in NICKNAMES else "",
            "surname": rng.choice((surname, f"{title}{surname}")),
            "at school": rng.choice((f"{given} at {short}", f"{given} ({school})")) if school else "",
        }.get(kind) or (self._slip(kind, person.name) if kind in SLIPS else "")

    def _slip(self, kind: str, name: str) -> str:
        """A name with one slip of the keys."""
        places = [n for n in range(len(name)) if name[n].isalpha()]
        at = self.rng.choice(places)
        letter, left, right = name[at], name[:at], name[at + 1 :]
        row = next((keys for keys in KEYS if letter.lower() in keys), letter)
        beside = [row[n] for n in (row.find(letter.lower()) - 1, row.find(letter.lower()) + 1) if 0 <= n < len(row)]
        key = self.rng.choice(beside or [letter])
        return {
            "doubled": left + letter + letter.lower() + right,
            "dropped": left + right,
            "swapped": left + right[:1] + letter + right[1:] if right[:1].isalpha() else name,
            "neighbouring key": left + (key.upper() if letter.isupper() else key) + right,
        }[kind]


SLIPS = ("neighbouring key", "doubled", "dropped", "swapped")
OTHER = ("accent", "capitals", "last, first", "title", "e-mail", "initial", "nickname", "surname", "at school")
KINDS = (*SLIPS, *SLIPS, *OTHER)
