"""What a person's name looks like, as far as a text alone can tell."""

from __future__ import annotations

import re

from sna.tables.values import fold

WORD = r"[^\W\d_][\w'’.-]*"
WORDS = re.compile(rf"{WORD}([ _]{WORD}){{1,4}}|{WORD}( {WORD})*, {WORD}( {WORD})*")
LONGEST, MOST_WORDS = 60, 4
# Small words within names, which count as none.
SMALL = "al ap bin bint da das de del della den der di do dos du e el ibn la las le los st ter ten van vom von y zu"
PARTICLES = frozenset(SMALL.split())
# Words of sentences, scales and subjects that are nobody's name. "An", "My" and "Will" are left out: some people's are.
OTHER = (
    "i we our you your they their this that these the and or of for with from not is are was were am be been have has "
    "feel feels know knows think need needs want how what who when where why all every each other none never always "
    "agree disagree strongly somewhat neither neutral sure applicable response comments "
    "assessment assessments attendance behavior behaviour budget classroom community communication content coaching "
    "curriculum data development digital discipline engagement equity evaluation family feedback formative grading "
    "homework inclusion instruction instructional language leadership learning lesson lessons literacy management math "
    "mathematics mentoring network numeracy parent parents pedagogy planning policy practice professional reading "
    "research resources safety scheduling school schools science skills social special staff strategies student "
    "students subject supervision support teachers teaching team teams technology testing time tools topic "
    "training wellbeing work writing"
)
NO_NAMES = frozenset(OTHER.split())


def like_words(text: str) -> bool:
    """Whether a text is two to five words, as a name typed in a hurry is, and much else.

    >>> like_words("chen wei"), like_words("Lesson planning"), like_words("Ana")
    (True, True, False)
    """
    return bool(WORDS.fullmatch(text.strip())) and len(text) <= LONGEST


def like_a_name(text: str) -> bool:
    """Whether a text is written as a name: two to four words with capitals, none of which belongs to a sentence.

    >>> like_a_name("Ana de la Cruz"), like_a_name("LOPEZ, Ana"), like_a_name("O'Brien Jr., Pat")
    (True, True, True)
    >>> like_a_name("Lesson planning"), like_a_name("Lesson Planning"), like_a_name("I feel supported")
    (False, False, False)
    """
    words = [word for word in re.split(r"[\s_,]+", text.strip()) if word and word not in PARTICLES]
    return (
        like_words(text)
        and 1 < len(words) <= MOST_WORDS
        and not any(word[0].islower() or fold(word).rstrip(".") in NO_NAMES for word in words)
    )
