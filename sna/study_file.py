"""Reads `study.toml`. Everything wrong with it is found in one go, each fault with its key and what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from sna.errors import Problem, StudyError, hint
from sna.study import Activities, Attendance, Consent, Contacts, Homework, Relation, Study, Wave
from sna.study_analyses import ANALYSES
from sna.study_analyses_file import Analyses, columns_named
from sna.study_keys import REQUIRED, Key, Section, typed_value
from sna.study_paths import path_fault
from sna.study_relations import default_blank, relation_faults
from sna.study_sections import SECTION

FILE = "study.toml"
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")
MEANINGS = ("present", "absent", "excused")


def read_study(path: str | Path) -> Study:
    """Read and check a study's declaration.

    Args:
        path: the study folder, or its `study.toml`.

    Returns:
        The frozen `Study`. The files it names exist; what is in them is checked by `sna.check_study`.

    Raises:
        StudyError: with every fault of `study.toml`, each naming key and remedy.
    """
    study, problems = load_study(path)
    stops = [p for p in problems if p.severity == "stops"]
    if study is None or stops:
        raise StudyError(stops)
    return study


def load_study(path: str | Path) -> tuple[Study | None, list[Problem]]:
    """As `read_study`, but returns the faults, and the study as far as it can be understood in spite of them.

    The study is None when nothing can be made of the file.
    """
    folder, problem = _folder(Path(path))
    if problem:
        return None, [problem]
    try:
        content = tomllib.loads((folder / FILE).read_bytes().decode("utf-8-sig"))
    except RecursionError:
        return None, [_stop("Tables or lists are nested too deeply.", "Write it as in docs/study-file.md.")]
    except UnicodeDecodeError:
        return None, [_stop("The file is not UTF-8 text.", "Save it as plain text, UTF-8.")]
    except ValueError as error:
        return None, [_syntax(str(error))]
    return _Reader(folder, content).read()


def _folder(path: Path) -> tuple[Path, Problem | None]:
    """The study folder, or why there is none."""
    folder = path.parent if path.name == FILE and not path.is_dir() else path
    if not folder.is_dir():
        return folder, Problem("stops", str(path), "There is no such folder.", "Name the folder that holds study.toml.")
    if not (folder / FILE).is_file():
        return folder, Problem(
            "stops",
            str(path),
            f"There is no {FILE} in this folder.",
            "`sna new FOLDER` makes a commented one to fill in.",
        )
    return folder, None


def _stop(problem: str, remedy: str, key: str | None = None, value: Any = None, row: int | None = None) -> Problem:
    return Problem("stops", FILE, problem, remedy, row, key, None if value is None else str(value))


def _syntax(message: str) -> Problem:
    found = re.search(r"\(at line (\d+), column \d+\)", message)
    row = int(found[1]) if found else None
    what = re.sub(r"\s*\(at .*\)$", "", message)
    return _stop(
        f"The file breaks the rules of TOML: {what}.",
        "Look at this line and the one before it: a missing quotation mark, bracket or equals sign is the usual cause.",
        row=row,
    )


class _Reader:
    """Turns the parsed file into a `Study`, noting faults on the way."""

    def __init__(self, folder: Path, content: Mapping[str, Any]) -> None:
        self.folder = folder
        self.content = content
        self.problems: list[Problem] = []
        self.lost_responses: set[str] = set()

    def read(self) -> tuple[Study | None, list[Problem]]:
        for name in self.content:
            if name not in SECTION:
                near = hint(name, SECTION).replace("Close match", "Did you mean")
                self.problems.append(_stop("There is no such section.", f"Remove it or mend its name.{near}", name))
        top = self.section("study")
        consent = self.section("consent") if "consent" in self.content else None
        waves = self.waves(top["respondent"] if top else "")
        relations = self.relations(waves)
        attendance = self.attendance(waves)
        contacts = tuple(Contacts(**values) for _, values, _ in self.tables("contacts"))
        activities = tuple(Activities(**values) for _, values, _ in self.tables("activities"))
        homework = tuple(Homework(**values) for _, values, _ in self.tables("homework"))
        analyses = self.analyses(relations, tuple(top["groups"]) if top else (), waves)
        if top is None or top["roster"] is None:
            return None, self.problems
        groups = tuple(top["groups"])
        cluster = top["cluster"] or (groups[-1] if groups else None)
        names = top["names"] or ("names.csv" if (self.folder / "names.csv").is_file() else None)
        own = {top["id_column"], top["name_column"], top["wave_column"], "asked", "joined", "left"}
        own |= {consent["column"]} if consent else set()
        named: list[tuple[str, Sequence[str]]]
        named = [("study.groups", groups), ("study.cluster", [cluster] if cluster and cluster not in groups else [])]
        named += [(where, sorted({*columns} - {*groups})) for where, columns in columns_named(analyses)]
        for where, columns in named:
            for column in dict.fromkeys(columns):
                if column in own:
                    remedy = "Name a column that says what people have in common, such as role or school."
                    self.problems.append(_stop("This column is not a group.", remedy, where, column))
        if top["suppress_below"] < 2:
            self.problems.append(
                _stop("A group of one is a person.", "Use 2 or more.", "study.suppress_below", top["suppress_below"])
            )
        study = Study(
            folder=self.folder,
            name=top["name"] or self.folder.name,
            note=top["note"],
            roster=top["roster"],
            id_column=top["id_column"],
            name_column=top["name_column"],
            wave_column=top["wave_column"],
            respondent=top["respondent"],
            names=names,
            unresolved=top["unresolved"],
            answered_twice=top["answered_twice"],
            dates=top["dates"],
            groups=groups,
            cluster=cluster,
            seed=top["seed"],
            audience=top["audience"],
            suppress_below=top["suppress_below"],
            response_gate=top["response_gate"],
            exact=top["exact"],
            consent=Consent(consent["column"] or None, consent["default"]) if consent else Consent(None, "unknown"),
            waves=waves,
            relations=relations,
            attendance=attendance,
            contacts=contacts,
            activities=activities,
            homework=homework,
            **analyses,
        )
        return study, self.problems

    def section(self, name: str) -> dict[str, Any] | None:
        """The values of a section that stands once, or None when it is missing."""
        found = self.content.get(name)
        section = SECTION[name]
        if not isinstance(found, dict):
            word = "missing" if found is None else "not a table"
            remedy = "Add it." if found is None else f"Write {section.heading} on a line of its own, its keys below."
            self.problems.append(_stop(f"The section {section.heading} is {word}.", remedy, name))
            return None
        return self.values(section, found, name)

    def tables(self, name: str) -> list[tuple[str, dict[str, Any], frozenset[str]]]:
        """(place, values, keys as written) of each repetition; those that lack a required key are left out."""
        found = self.content.get(name, [])
        section = SECTION[name]
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            self.problems.append(
                _stop(f"{name} must be written as {section.heading}.", "Use double square brackets.", name)
            )
            return []
        result = []
        for number, item in enumerate(found, 1):
            place = f"{name}[{item.get('id', number)}]"
            values = self.values(section, item, place)
            required = [key.name for key in section.keys if key.default is REQUIRED]
            if all(values[key] is not None for key in required):
                result.append((place, values, frozenset(item)))
        return result

    def values(self, section: Section, found: Mapping[str, Any], place: str) -> dict[str, Any]:
        """Every key of a section with its value or default; None for a required key without a usable value."""
        known = {key.name: key for key in section.keys}
        for name in found:
            if name not in known:
                near = hint(name, known).replace("Close match", "Did you mean")
                self.problems.append(
                    _stop("There is no such key.", f"Remove it or mend its name.{near}", f"{place}.{name}")
                )
        values: dict[str, Any] = {}
        for key in section.keys:
            where = f"{place}.{key.name}"
            if key.name in found:
                values[key.name] = self.value(key, found[key.name], where)
            elif key.default is REQUIRED:
                values[key.name] = None
                self.problems.append(_stop("This key is missing.", f"Add it: {key.meaning}", where))
            else:
                values[key.name] = key.default
        return values

    def value(self, key: Key, raw: Any, where: str) -> Any:
        """A value in its own type; the default (None when required) when it is of another."""
        fallback = None if key.default is REQUIRED else key.default
        typed, good = typed_value(key, raw)
        if not good:
            self.problems.append(_stop("The value is of the wrong kind.", f"Write {key.words}.", where, raw))
            return fallback
        if key.choices and typed not in key.choices:
            near = hint(str(typed), key.choices)
            words = ", ".join(f'"{choice}"' for choice in key.choices)
            self.problems.append(_stop("This value is not known here.", f"Use one of {words}.{near}", where, raw))
            return fallback
        if key.default is REQUIRED and typed == "":
            self.problems.append(_stop("The value is empty.", f"Fill it in: {key.meaning}", where))
            return None
        patterned = where.startswith(("relations", "attendance")) and "{" in str(typed)
        if key.path and typed and not patterned and not self.usable(typed, where, key.many):
            return fallback
        return typed

    def usable(self, name: str, where: str, many: bool = False) -> bool:
        """Whether a file named in the study lies inside its folder and exists; with `*`, whether any does."""
        fault = path_fault(self.folder, name, many)
        if fault:
            self.problems.append(_stop(*fault, where, name))
        return fault is None

    def faulty(self, place: str, key: str) -> bool:
        """Whether a key has been found faulty, so that nothing that follows from it is worth saying."""
        return any(p.column == f"{place}.{key}" for p in self.problems)

    def waves(self, respondent: str) -> tuple[Wave, ...]:
        found = self.tables("waves")
        for place, v, _ in found:
            if not v["responses"] and self.faulty(place, "responses"):
                self.lost_responses.add(v["id"])
        waves = [(place, _wave(v, respondent)) for place, v, _ in found]
        if not waves and not any(p.column and p.column.startswith("waves") for p in self.problems):
            self.problems.append(
                _stop("No wave is declared.", "Add a [[waves]] section, also for a single survey.", "waves")
            )
        kept = self.unique([(place, wave.id) for place, wave in waves])
        return tuple(wave for place, wave in waves if place in kept)

    def unique(self, ids: list[tuple[str, str]]) -> set[str]:
        """The places whose id is well formed and new."""
        seen: set[str] = set()
        kept: set[str] = set()
        for place, name in ids:
            if not ID.fullmatch(name):
                self.problems.append(
                    _stop(
                        "An id may hold up to 60 letters, digits, `_`, `-` and `.`.",
                        "Put other words into `label`.",
                        f"{place}.id",
                        name,
                    )
                )
            elif name.casefold() in seen:
                self.problems.append(_stop("This id stands twice.", "Give each its own.", f"{place}.id", name))
            else:
                seen.add(name.casefold())
                kept.add(place)
        return kept

    def relations(self, waves: tuple[Wave, ...]) -> tuple[Relation, ...]:
        found = self.tables("relations")
        kept = self.unique([(place, values["id"]) for place, values, _ in found])
        if not self.content.get("relations") and not self.content.get("attendance"):
            self.problems.append(
                _stop(
                    "Neither a relation nor attendance is declared.",
                    "Add [[relations]] or [[attendance]].",
                    "relations",
                )
            )
        read = [self.relation(place, v, written, waves) for place, v, written in found if place in kept]
        return tuple(relation for relation in read if relation is not None)

    def relation(
        self, place: str, v: dict[str, Any], written: frozenset[str], waves: tuple[Wave, ...]
    ) -> Relation | None:
        before = len(self.problems)
        asked = self.wave_ids(v["waves"], waves, f"{place}.waves")
        # What follows from a scale or a file that cannot be read is not worth saying.
        unknown = self.faulty(place, "scale") or self.faulty(place, "file")
        faults = () if unknown else relation_faults(v, written, len(asked))
        for fault in faults:
            self.problems.append(_stop(fault.problem, fault.remedy, f"{place}.{fault.key}", fault.value))
        self.files(place, v, asked, {wave.id: wave for wave in waves})
        if len(self.problems) > before or self.faulty(place, "file") or self.faulty(place, "scale"):
            return None
        optional = {key: v[key] or None for key in ("columns", "file", "topic", "answered", "strength", "wave_column")}
        lists = {key: tuple(v[key]) for key in ("nobody", "refused")}
        said = {"label": v["label"] or v["id"], "waves": asked, "blank": v["blank"] or default_blank(v)}
        return Relation(**{**v, **optional, **lists, **said})

    def files(self, place: str, v: dict[str, Any], asked: tuple[str, ...], waves: Mapping[str, Wave]) -> None:
        """Check that the files of a relation exist in every wave."""
        for wave_id in asked:
            filled = v["file"].replace("{wave}", wave_id).replace("{relation}", v["id"])
            if filled != v["file"] and "{" not in filled:
                self.usable(filled, f"{place}.file", many=True)
            needed = not v["file"] or v["respondents"] == "responses"
            if needed and not waves[wave_id].responses and wave_id not in self.lost_responses:
                self.problems.append(
                    _stop(
                        "This wave has no responses file, which this relation needs.",
                        "Add `responses` to the wave, or `file` to the relation.",
                        f"waves[{wave_id}].responses",
                    )
                )

    def wave_ids(self, wanted: tuple[str, ...], waves: tuple[Wave, ...], where: str) -> tuple[str, ...]:
        known = [w.id for w in waves]
        for name in wanted:
            if name not in known:
                self.problems.append(
                    _stop("No such wave is declared.", f"Use the id of a wave.{hint(name, known)}", where, name)
                )
        return tuple(name for name in known if not wanted or name in wanted)

    def attendance(self, waves: tuple[Wave, ...]) -> tuple[Attendance, ...]:
        result = []
        for place, v, _ in self.tables("attendance"):
            if v["wave"]:
                self.wave_ids((v["wave"],), waves, f"{place}.wave")
            for mark, meaning in v["status"].items():
                if meaning not in MEANINGS:
                    words = ", ".join(MEANINGS)
                    self.problems.append(
                        _stop("A mark means something else.", f"Use one of {words}.", f"{place}.status.{mark}", meaning)
                    )
            if "{" in v["file"]:
                self.usable(v["file"], f"{place}.file", many=True)
            self.zones(place, v)
            result.append(Attendance(**{**v, "wave": v["wave"] or None, "group": v["group"] or None}))
        return tuple(result)

    def analyses(
        self, relations: tuple[Relation, ...], groups: tuple[str, ...], waves: tuple[Wave, ...]
    ) -> dict[str, Any]:
        """Field of `Study` → declaration, for each section that asks for more than networks."""

        def tell(problem: str, remedy: str, key: str, value: Any) -> None:
            self.problems.append(_stop(problem, remedy, key, value))

        there = {section.name: self.section(section.name) for section in ANALYSES if section.name in self.content}
        if facilitation := there.get("facilitation"):
            self.wave_ids(tuple(facilitation["waves"]), waves, "facilitation.waves")
        made = Analyses(relations, groups, tell).read(there)
        looks = made["facilitation"]
        for section, needed, other in (
            ("engagement", "attendance", False),
            ("facilitation", "contacts", looks is not None and bool(looks.resources or looks.demands)),
        ):
            if made[section] is not None and needed not in self.content and not other:
                what = f"There is no [[{needed}]], so there is nothing to look at."
                remedy = "Add it, or take this section out."
                self.problems.append(Problem("note", FILE, what, remedy, column=section))
        return made

    def zones(self, place: str, v: dict[str, Any]) -> None:
        """Check that zones exist, and that there is one to change times to."""
        for key in ("time_zone", "local_zone"):
            if v[key] and v[key] not in available_timezones():
                remedy = f'Use a name such as "Europe/Vienna" or "UTC".{hint(v[key], available_timezones())}'
                self.problems.append(_stop("There is no such time zone.", remedy, f"{place}.{key}", v[key]))
        if v["time_zone"] and not v["local_zone"]:
            remedy = 'Add it: local_zone = "…".'
            self.problems.append(_stop("The zone of the events is not stated.", remedy, f"{place}.local_zone"))


def _wave(v: dict[str, Any], respondent: str) -> Wave:
    said = {"label": v["label"] or v["id"], "responses": v["responses"] or None}
    return Wave(**{**v, **said, "respondent": v["respondent"] or respondent})
