"""Trying a draft on past texts: words that a lexicon might get, or a script before it is sent to review. Writes nothing."""

from dataclasses import dataclass

from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.logs.masking import mask_text
from jieqing.recovery.scripts.engine import problems
from jieqing.recovery.scripts.engine.overlap import share, trigrams
from jieqing.recovery.scripts.engine.past_texts import PastText, draft_lexicon
from jieqing.recovery.scripts.engine.scans import excerpt
from jieqing.recovery.scripts.selectors.past_texts import past_texts
from jieqing.trust.wording.engine.scanner import Scanner
from jieqing.trust.wording.selectors import guards_of_lexicon

LIKE_SHOWN_MAX = 5


@dataclass(frozen=True, slots=True)
class Hit:
    past: PastText
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What a draft would have found: among how many texts, in how many contacts."""

    hits: tuple[Hit, ...]
    texts: int
    uses: int

    @property
    def uses_found(self) -> int:
        return sum(hit.past.uses for hit in self.hits)


def try_words(words: str) -> Trial | Problem:
    """Which past texts these words would find, most used first."""
    lexicon = draft_lexicon(words, guards_of_lexicon())
    if isinstance(lexicon, str):
        return Problem.of(problems.WORDS_UNREADABLE, what=lexicon)
    scanner, texts = Scanner(lexicon), past_texts()
    hits = []
    for past in texts:
        found = scanner.scan(past.text).findings
        if found:
            places = tuple(excerpt(past.text, one.start, one.end, mask_text) for one in found)
            hits.append(Hit(past, places))
    return Trial(tuple(hits), len(texts), sum(past.uses for past in texts))


def like_past_texts(body: str) -> list[tuple[PastText, int]]:
    """Past texts that a draft resembles most, with the share of trigrams in percent."""
    own = trigrams(body)
    found = [(past, round(share(own, trigrams(past.text)) * 100)) for past in past_texts()]
    return sorted((one for one in found if one[1] > 0), key=lambda one: -one[1])[:LIKE_SHOWN_MAX]
