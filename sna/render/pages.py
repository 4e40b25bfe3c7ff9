"""A release as self-contained pages: a first page, and one page for each picture."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from sna.privacy.release import Blocks, ExpertisePage, Explanation, Picture, Release, ResponseLine
from sna.privacy.sheet import Sheet
from sna.privacy.stems import stems
from sna.render.expertise_page import EXPERTISE, expertise_data
from sna.render.layout import lay_out
from sna.render.pyvis_page import drawing_script, network_data
from sna.render.sheet_page import sheet_data
from sna.render.view import STATUS_WORDS, Shared, edges, nodes, share, strength_words, view

TEMPLATES = Path(__file__).parent / "templates"
SCRIPTS = ("look.js", "picture.js", "labels.js", "panels.js", "network.js")
ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True)
class Link:
    """A choice in a page's navigation; `href` is empty where there is no such picture."""

    label: str
    href: str
    current: bool

    @property
    def width(self) -> int:
        """How much room it takes, in characters."""
        return len(self.label) + 3


def render_pages(release: Release, seed: int) -> dict[str, str]:
    """Path → text of every page of a release, `index.html` first. The same release and seed give the same pages."""
    names = file_names((picture.relation, picture.wave) for picture in release.pictures)
    pages = {"index.html": _index(release, names)}
    if release.expertise is not None:
        pages[EXPERTISE] = _expertise(release, release.expertise)
    for sheet in release.sheets:
        pages[f"{sheet.name}.html"] = _sheet(release, sheet)
    if release.pictures:
        shared = share(release, lay_out(release, np.random.default_rng(seed)))
        for picture in release.pictures:
            pages[f"networks/{names[picture.relation, picture.wave]}"] = _network(release, picture, shared, names)
    return pages


def file_names(pictures: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """A safe and unique file name for each (relation, wave)."""
    return {network: f"{stem}.html" for network, stem in stems(pictures).items()}


def island(data: Mapping[str, Any]) -> Markup:
    """Data as JSON that cannot end the script element it stands in; NaN and infinity are refused."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(re.sub("[<>&\u2028\u2029]", lambda found: ESCAPED[found.group()], text))


def policy(scripts: Sequence[str]) -> str:
    """Content security policy: these inline scripts and nothing else; no request of any kind."""
    allowed = " ".join(f"'sha256-{_digest(script)}'" for script in scripts) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> Markup:
    return Markup((TEMPLATES / "style.css").read_text(encoding="utf-8"))


@cache
def page_script() -> str:
    """The script of a network page: our files, one after the other, in one scope of their own."""
    parts = [(TEMPLATES / name).read_text(encoding="utf-8") for name in SCRIPTS]
    return "(() => {\n" + '"use strict";\n' + "\n".join(parts) + "})();\n"


@cache
def _network_policy() -> str:
    return policy((drawing_script(), page_script()))


def _title(*parts: str) -> str:
    return " – ".join(part if len(part) <= 120 else part[:119] + "…" for part in parts)


def _ordered(listed: Iterable[tuple[str, str]], drawn: Iterable[tuple[str, str]]) -> dict[str, str]:
    """id → label in study order, those of pictures the overview does not list last."""
    found = dict(listed)
    for key, label in drawn:
        found.setdefault(key, label)
    return found


def _index(release: Release, names: Mapping[tuple[str, str], str]) -> str:
    overview = release.overview
    pictures = {(picture.relation, picture.wave): picture for picture in release.pictures}
    lines = {(line.relation, line.wave): line for line in overview.response}
    waves = _ordered(overview.waves, ((p.wave, p.wave_label) for p in release.pictures))
    relations = _ordered(overview.relations, ((p.relation, p.relation_label) for p in release.pictures))
    rows = [
        {
            "label": label,
            "cells": [
                _tile(pictures.get((relation, wave)), lines.get((relation, wave)), names)
                if (relation, wave) in {*pictures, *release.undrawn}
                else None
                for wave in waves
            ],
        }
        for relation, label in relations.items()
    ]
    return (
        _environment()
        .get_template("index.html.j2")
        .render(
            title=_title(overview.title),
            csp=policy(()),
            style=_style(),
            overview=overview,
            waves=list(waves.values()),
            rows=rows if pictures or release.undrawn else [],
            blocks=_by_network(release),
            cautions=any(line.caution for line in overview.response),
            ties=release.explanations.get("ties"),
            expertise=_in_short(release.expertise),
            sheets=release.sheets,
        )
    )


def _in_short(page: ExpertisePage | None) -> list[tuple[str, str]]:
    """(community, what is found in a few words) for the first page; empty without a page about expertise."""
    return [] if page is None else [(part["heading"], part["picture"].short) for part in expertise_data(page)["parts"]]


def _expertise(release: Release, page: ExpertisePage) -> str:
    study = _title(release.overview.title)
    title = _title("Who is asked about what", release.overview.title)
    data = expertise_data(page)
    return (
        _environment()
        .get_template("expertise.html.j2")
        .render(title=title, csp=policy(()), style=_style(), study=study, **data)
    )


def _sheet(release: Release, sheet: Sheet) -> str:
    study, title = _title(release.overview.title), _title(sheet.title, release.overview.title)
    return (
        _environment()
        .get_template("sheet.html.j2")
        .render(title=title, csp=policy(()), style=_style(), study=study, **sheet_data(sheet))
    )


def _by_network(release: Release) -> list[tuple[str, list[Blocks]]]:
    """The matrices of each network under its name."""
    found: dict[str, list[Blocks]] = {}
    for block in release.blocks:
        found.setdefault(f"{block.relation_label}, {block.wave_label}", []).append(block)
    return list(found.items())


def _tile(picture: Picture | None, line: ResponseLine | None, names: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    """One network on the first page; without a picture where it has too many people."""
    ties = line.ties if line is not None else f"{len(picture.ties):,}" if picture is not None else ""
    return {
        "href": f"networks/{names[picture.relation, picture.wave]}" if picture is not None else "",
        "ties": f"{ties} tie" if ties == "1" else f"{ties} ties",
        "response": f"{line.answered} of {line.asked} answered, {line.rate}" if line is not None else "",
        "caution": line.caution if line is not None else "",
    }


def _network(release: Release, picture: Picture, shared: Shared, names: Mapping[tuple[str, str], str]) -> str:
    here = f"{picture.relation_label}, {picture.wave_label}"
    data = {
        "network": network_data(nodes(picture, shared), edges(picture)),
        "page": view(release, picture, shared)
        | {"title": here, "arrow": picture.arrow, "sizeMeans": picture.size_means, "numbers": picture.numbers},
    }
    return (
        _environment()
        .get_template("network.html.j2")
        .render(
            title=_title(here, release.overview.title),
            csp=_network_policy(),
            style=_style(),
            study=_title(release.overview.title),
            picture=picture,
            explained=_explained(release, picture),
            described=described(picture),
            waves=_links(release, picture, names, by_wave=True),
            relations=_links(release, picture, names, by_wave=False),
            groups=release.groups,
            people=_people_rows(release, picture, shared),
            ties=_tie_rows(picture, shared),
            island=island(data),
            vis=Markup(drawing_script()),
            script=Markup(page_script()),
        )
    )


def _explained(release: Release, picture: Picture) -> dict[str, Explanation]:
    """What a reader of this page can ask about; how often a person is named only where it is told in numbers."""
    named = ["indegree"] if picture.numbers else []
    told = [*picture.tells.values(), *(figure.measure for figure in picture.figures), *named]
    return {name: release.explanations[name] for name in dict.fromkeys(told) if name in release.explanations}


def described(picture: Picture) -> str:
    """What the picture shows, for somebody who cannot see it."""
    silent = sum(member.status == "silent" for member in picture.members)
    parts = [
        f"Picture of {picture.relation_label}, {picture.wave_label}: {len(picture.members):,} people and "
        f"{len(picture.ties):,} ties; {silent:,} did not answer.",
        *picture.headline[:2],
        "The same as tables below.",
    ]
    return " ".join(part if len(part) <= 400 else part[:399] + "…" for part in parts)


def _links(release: Release, picture: Picture, names: Mapping[tuple[str, str], str], *, by_wave: bool) -> list[Link]:
    """The same relation in every wave, or every relation in the same wave."""
    if by_wave:
        choices = _ordered(release.overview.waves, ((p.wave, p.wave_label) for p in release.pictures))
        found = {key: names.get((picture.relation, key), "") for key in choices}
    else:
        choices = _ordered(release.overview.relations, ((p.relation, p.relation_label) for p in release.pictures))
        found = {key: names.get((key, picture.wave), "") for key in choices}
    here = picture.wave if by_wave else picture.relation
    return [Link(label.strip() or "(no name)", found[key], key == here) for key, label in choices.items()]


def _people_rows(release: Release, picture: Picture, shared: Shared) -> list[dict[str, Any]]:
    return [
        {
            "id": int(member.person),
            "label": shared.labels[member.person],
            "groups": [member.groups.get(group) or "not stated" for group in release.groups],
            "status": STATUS_WORDS[member.status],
            "standing": member.standing,
        }
        for member in picture.members
    ]


def _tie_rows(picture: Picture, shared: Shared) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for ego, alter, strength in picture.ties:
        words = strength_words(picture, strength)
        names = (shared.labels[ego], shared.labels[alter])
        rows.append(names if words is None else (*names, words))
    return rows
