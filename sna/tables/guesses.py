"""What the columns of an export seem to be: who answered, questions about people, scales. For a person to correct."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from sna.tables.grid import Grid
from sna.tables.name_shapes import like_a_name, like_words
from sna.tables.people import fold_name
from sna.tables.values import NO, YES, fold, number_of

# Headings under which exports say who answered, the best first.
WHO_ANSWERED = (
    r"actor.?id",
    r"external.*reference",
    r"recipient.*e-?mail",
    r".*e-?mail.*",
    r"username",
    r"(your|respondent.?s?|full).?name.*",
    r"name",
    r".*your name.*",
    r"networkcanvascaseid",
    r".*(survey.identifier|participant|respondent).*",
    r"token|access code",
    r"custom data.*",
)
# Words of frequency and agreement, from least to most; a scale whose words stand here needs no ordering by hand.
ORDERS = (
    "never|once|yearly|once a year|a few times a year|quarterly|monthly|once a month|every two weeks|fortnightly|"
    "weekly|once a week|weekly or more|a few times a week|daily",
    "never|rarely|sometimes|often|very often|always",
    "never|seldom|sometimes|often|almost always|always",
    "not at all|rarely|occasionally|frequently|always",
    "strongly disagree|disagree|somewhat disagree|neither agree nor disagree|neutral|somewhat agree|agree|"
    "strongly agree",
    "none|a little|slightly|somewhat|moderately|quite a bit|very|a lot|very much|extremely",
    "no|yes",
    "low|medium|high",
    "very little|little|some|much|very much",
)
NAMES_OF_PEOPLE = re.compile(r"((your|full|respondent.?s?|participant.?s?) )?name", re.IGNORECASE)
# Headings in which a product writes what one row of a grid, or one choice, is about.
OF_A_GRID = re.compile(r"(\[|\(choice=|\s-\s|/|:\s)\{name\}")
WAVE_COLUMN = re.compile(r"redcap_event_name|event name|wave|round|survey|year|time ?point", re.IGNORECASE)
MOST_ON_A_SCALE = 12


@dataclass(frozen=True)
class Question:
    """A question about people, as it seems to be.

    Attributes:
        text: what was asked, or the heading.
        form: `roster`, `names`; `pairs` or `ties` where the answers stand in a file of their own.
        columns: the pattern for study.toml; in a file of its own the column with the value, if there is one.
        people: whom the columns or choices are about, as the file calls them, in order.
        scale: words or codes from least to most; empty for ticks and names.
        ordered: whether that order is certain.
        separator: what stands between names in one cell; empty for one name per cell.
        cap: how many could be named; 0 when the file does not say.
        coded: `people` are codes, such as the numbers of choices, and not names.
        file: the file of its own, or empty.
        name: its column with the person named.
    """

    text: str
    form: str
    columns: str
    people: tuple[str, ...] = ()
    scale: tuple[str, ...] = ()
    ordered: bool = True
    separator: str = ""
    cap: int = 0
    coded: bool = False
    file: str = ""
    name: str = ""


@dataclass
class Guess:
    """What a responses file seems to hold.

    Attributes:
        respondent: the column that says who answered; empty when none does.
        questions: those about people.
        unused: headings of the other columns.
        doubtful: those of `unused` that are laid out as a question about people is, about what is no name: topics or
            statements.
    """

    respondent: str
    questions: list[Question] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)


def guess(grid: Grid) -> Guess:
    """Look at the columns of a responses file."""
    values = {h: [row.cells[at] for row in grid.rows if row.cells[at]] for at, h in enumerate(grid.header) if h}
    guessed = Guess(_respondent(grid, values))
    taken = _with_columns(grid, values, guessed)
    known = {fold_name(person) for question in guessed.questions for person in question.people}
    known |= {fold_name(value) for value in values.get(guessed.respondent, [])}
    for template, members in _numbered(grid, taken).items():
        question = _typed(grid, template, members, values, known)
        if question is not None and not taken & set(members):
            guessed.questions.append(question)
            taken |= set(members)
    for template, codes in _coded(grid, taken, values).items():
        if not taken & set(codes):
            guessed.questions.append(_of_codes(template, codes, values))
            taken |= set(codes)
    for heading, texts in values.items():
        if heading in taken or heading == guessed.respondent:
            continue
        question = _listed(grid, heading, texts, known, like_a_name)
        if question is not None:
            guessed.questions.append(question)
            taken.add(heading)
        elif _listed(grid, heading, texts, known, like_words) is not None:
            guessed.doubtful.append(heading)
    place = {heading: at for at, heading in enumerate(grid.header)}
    guessed.questions.sort(key=lambda q: min((place[h] for h in taken if _fits(grid, q, h)), default=0))
    guessed.unused = [h for h in values if h not in taken and h != guessed.respondent]
    guessed.doubtful = [h for h in guessed.unused if h in guessed.doubtful]
    return guessed


def _with_columns(grid: Grid, values: dict[str, list[str]], guessed: Guess) -> set[str]:
    """Enter the questions with a column for each person, and what looks like one but for its names.

    Returns:
        The headings of the questions.
    """
    taken: set[str] = set()
    called = _names_told(grid, values, guessed.respondent)
    for template, members in _families(grid).items():
        question = _about_people(grid, template, members, values)
        if question is None or taken & set(members):
            continue
        if _are_people(question.people, called):
            guessed.questions.append(question)
            taken |= set(members)
        elif OF_A_GRID.search(template) or _share(like_words, question.people) >= 0.7:
            guessed.doubtful += members
    plain = _bare(grid, taken, values, like_a_name)
    if plain is not None:
        guessed.questions.append(plain[0])
        taken |= plain[1]
    elif (other := _bare(grid, taken, values, like_words)) is not None:
        guessed.doubtful += other[1]
    return taken


def _names_told(grid: Grid, values: dict[str, list[str]], respondent: str) -> frozenset[str]:
    """Folded, what people are called where the file says who answered."""
    columns = [h for h in values if h == respondent or NAMES_OF_PEOPLE.fullmatch(fold(_label(grid, h)))]
    return frozenset(fold_name(text) for heading in columns for text in values.get(heading, []))


def _are_people(whom: Sequence[str], called: frozenset[str]) -> bool:
    """Whether those whom columns are about are people: they look it, or the file calls them so where it says who."""
    return _share(like_a_name, whom) >= 0.7 or _share(lambda who: fold_name(who) in called, whom) >= 0.5


def _share(fits: Callable[[str], bool], texts: Sequence[str]) -> float:
    return sum(map(fits, texts)) / len(texts) if texts else 0.0


def _fits(grid: Grid, question: Question, heading: str) -> bool:
    parts = re.split(r"\{\w+\}", question.columns)
    return any(text.startswith(parts[0]) and text.endswith(parts[-1]) for text in (heading, _label(grid, heading)))


def _label(grid: Grid, heading: str) -> str:
    at = grid.header.index(heading)
    return grid.labels[at] if at < len(grid.labels) and grid.labels[at] else heading


def _respondent(grid: Grid, values: dict[str, list[str]]) -> str:
    """The column that seems to say who answered: filled and different in nearly every row."""
    rounds = next((at for at, h in enumerate(grid.header) if WAVE_COLUMN.fullmatch(h)), None)
    apart = [row.cells[rounds] if rounds is not None else "" for row in grid.rows]
    whole = []
    for at, heading in enumerate(grid.header):
        said = [(row.cells[at], wave) for row, wave in zip(grid.rows, apart, strict=True) if row.cells[at]]
        if heading and at != rounds and said and len(set(said)) >= 0.9 * len(said) >= 0.8 * len(grid.rows):
            whole.append(heading)
    for pattern in WHO_ANSWERED:
        for heading in whole:
            fits = any(re.fullmatch(pattern, fold(text)) for text in (heading, _label(grid, heading)))
            # A question about e-mail is not a column of addresses.
            if fits and ("mail" not in pattern or all("@" in text for text in values[heading])):
                return heading
    named = [h for h in whole if all(map(like_words, values[h]))]
    return named[0] if named else whole[0] if whole and not values[whole[0]][0].count(":") else ""


def _families(grid: Grid) -> dict[str, dict[str, str]]:
    """Pattern → heading → whom it is about: columns alike but for the person each is about."""
    found: dict[str, dict[str, str]] = {}
    for at, heading in enumerate(grid.header):
        about = grid.about[at] if at < len(grid.about) else ""
        for text in dict.fromkeys((heading, _label(grid, heading) if heading else "")):
            for who in (about,) if about and about in text else _tails(text):
                start = text.rindex(who)
                template = text[:start] + "{name}" + text[start + len(who) :]
                found.setdefault(template, {}).setdefault(heading, who)
        if about and re.search(r"\d+$", heading):
            found.setdefault(re.sub(r"\d+$", "{n}", heading), {}).setdefault(heading, about)
    families = {template: members for template, members in found.items() if len(members) > 1}
    # A larger family goes before a smaller, a pattern that says whom a column is about before one that needs labels.
    return dict(sorted(families.items(), key=lambda item: (-len(item[1]), "{n}" in item[0])))


def _tails(text: str) -> list[str]:
    """What may stand for a person at the end of a heading."""
    found = [match[1] for mark in (r"\[([^\[\]]+)\]", r"\(choice=(.+)\)") if (match := re.search(mark + "$", text))]
    for mark in ("___", " - ", "/", ": ", ".", "_"):
        head, _, tail = text.rpartition(mark)
        if head and tail:
            found.append(tail)
    return found


def _about_people(grid: Grid, template: str, members: dict[str, str], values: dict[str, list[str]]) -> Question | None:
    """A question with a column for each person, if that is what a family of columns is and they are people."""
    whom = tuple(dict.fromkeys(members.values()))
    if len(whom) < 2:
        return None
    said = list(dict.fromkeys(text for heading in members for text in values.get(heading, [])))
    text = re.sub(r"[\s:.\-–/_\[(]*(\{\w+\}|choice=\{name\})[\])]*$", "", _question(grid, template, members)).strip()
    if _ticks(said, members):
        return Question(text or template, "roster", template, whom)
    if len(said) > MOST_ON_A_SCALE:
        return None
    words, ordered = in_order(said)
    return Question(text or template, "roster", template, whom, words, ordered)


def _question(grid: Grid, template: str, members: dict[str, str]) -> str:
    """What was asked: the label of the first column without the person."""
    heading, who = next(iter(members.items()))
    label = _label(grid, heading)
    return template if label == heading else label.replace(who, "{name}")


def _ticks(said: Sequence[str], members: dict[str, str]) -> bool:
    """Whether these answers are ticks: the same mark everywhere, or the choice itself."""
    own = {fold(who) for who in members.values()}
    return all(fold(text) in YES | NO | own for text in said)


def in_order(words: Iterable[str]) -> tuple[tuple[str, ...], bool]:
    """Answers from least to most, and whether that is certain.

    >>> in_order(["often", "never", "sometimes"])
    (('never', 'sometimes', 'often'), True)
    >>> in_order(["plenty", "never"])
    (('plenty', 'never'), False)
    """
    texts = list(words)
    numbers = {text: number_of(text) for text in texts}
    if all(number is not None for number in numbers.values()):
        # A number far from the others, such as 99, may mean that there was no answer.
        far = max((number or 0.0 for number in numbers.values()), default=0.0) > 2 * len(texts) + 3
        return tuple(sorted(texts, key=lambda text: numbers[text] or 0.0)), not far
    for order in ORDERS:
        known = order.split("|")
        if all(fold(text) in known for text in texts):
            return tuple(sorted(texts, key=lambda text: known.index(fold(text)))), True
    return tuple(texts), False


def _bare(
    grid: Grid, taken: set[str], values: dict[str, list[str]], like: Callable[[str], bool]
) -> tuple[Question, set[str]] | None:
    """A question whose columns are headed by people's names alone, and its headings; `like` says what is a name."""
    alike = {
        heading: grid.whom(heading) or heading
        for heading, texts in values.items()
        if heading not in taken and like(heading) and all(len(text) <= 40 for text in texts)
    }
    said = Counter(text for heading in alike for text in set(values[heading]))
    # Names stand over answers that other columns have too; a column of dates or of its own texts is no person's.
    alike = {h: who for h, who in alike.items() if values[h] and all(said[text] > 1 for text in values[h])}
    found = list(dict.fromkeys(text for heading in alike for text in values[heading]))
    if len(alike) < 3 or not 1 < len(found) <= MOST_ON_A_SCALE or any(map(like_a_name, found)):
        return None
    words, ordered = in_order(found)
    question = Question("", "roster", "{name}", tuple(dict.fromkeys(alike.values())), words, ordered)
    return question, set(alike)


def _coded(grid: Grid, taken: set[str], values: dict[str, list[str]]) -> dict[str, dict[str, str]]:
    """Pattern with {code} → heading → code: boxes to tick that have codes, and questions with the same codes."""
    found: dict[str, dict[str, str]] = {}
    for heading in grid.header:
        match = re.fullmatch(r"(.+?)(___|_|\[)([A-Za-z]{0,4}\d+)(\]?)", heading) if heading not in taken else None
        if match:
            found.setdefault(f"{match[1]}{match[2]}{{code}}{match[4]}", {})[heading] = match[3]
    boxes = {
        tuple(members.values())
        for template, members in found.items()
        if len(members) > 2 and _ticks([t for h in members for t in values.get(h, [])], {}) and "___" in template
    }
    counts = Counter(tuple(members.values()) for members in found.values())
    alike = boxes | {codes for codes, times in counts.items() if times > 1 and len(codes) > 3}
    return {template: members for template, members in found.items() if tuple(members.values()) in alike}


def _of_codes(template: str, members: dict[str, str], values: dict[str, list[str]]) -> Question:
    said = list(dict.fromkeys(text for heading in members for text in values.get(heading, [])))
    words, ordered = ((), True) if _ticks(said, {}) else in_order(said)
    text = re.sub(r"[_\[]*\{code\}\]?$", "", template)
    return Question(text, "roster", template, tuple(members.values()), words, ordered, coded=True)


def _numbered(grid: Grid, taken: set[str]) -> dict[str, dict[str, str]]:
    """Pattern with {n} → heading → number: columns alike but for a number in them."""
    found: dict[str, dict[str, str]] = {}
    for heading in grid.header:
        for text in dict.fromkeys((heading, _label(grid, heading))) if heading and heading not in taken else ():
            for match in re.finditer(r"\d+", text):
                template = f"{text[: match.start()]}{{n}}{text[match.end() :]}"
                found.setdefault(template, {})[heading] = match[0]
    families = {template: members for template, members in found.items() if len(set(members.values())) > 1}
    return dict(sorted(families.items(), key=lambda item: -len(item[1])))


def _typed(
    grid: Grid, template: str, members: dict[str, str], values: dict[str, list[str]], known: set[str]
) -> Question | None:
    """A question with typed names, if that is what numbered columns hold."""
    texts = [text for heading in members for text in values.get(heading, [])]
    hits = sum(fold_name(text) in known for text in texts)
    if not texts or max(hits, sum(map(like_words, texts))) < 0.5 * len(texts):
        return None
    # The heading is the shorter pattern; the question is what its label says before the part that is numbered.
    label = _label(grid, next(iter(members)))
    text = re.sub(r"(\s-\s|\[|\(|/|:)[^\[\]()/]*\d+[\])]*$|[\s_]*\d+$", "", label).strip(" -–:_")
    return Question(text or template, "names", template, cap=len(members))


def _listed(
    grid: Grid, heading: str, texts: list[str], known: set[str], like: Callable[[str], bool]
) -> Question | None:
    """A question whose answers stand in one cell, if its cells are lists of people; `like` says what is a name."""
    for separator in (";", ", ", ",", " "):
        parts = [part.strip() for text in texts for part in text.split(separator) if part.strip()]
        several = sum(len([p for p in text.split(separator) if p.strip()]) > 1 for text in texts)
        whole = sum(fold_name(part) in known for part in parts)
        recurring = sum(times for times in Counter(parts).values() if times > 1)
        names = separator != " " and sum(map(like, parts)) >= 0.8 * len(parts) and recurring
        if several and parts and (whole >= 0.5 * len(parts) or names):
            offered = tuple(dict.fromkeys(parts)) if separator != ", " else ()
            return Question(_label(grid, heading), "names", heading, offered, separator=separator)
    return None
