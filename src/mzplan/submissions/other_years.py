"""What of another year a note takes out of a figure: the best reason that there is for a lower one, in whatever order.

That last year's were counted and are taken off (核减去年取证15人, 15人为2022年取证，予以核减, 误含去年15人) is of this
year's figure. That another year's figures were wrong (2022年9月多报15人) is not.
"""

import re
from collections.abc import Iterator, Sequence

from mzplan.reading.patterns import late
from mzplan.submissions.amounts import IS_TAKEN_OFF, NOT_TO_COUNT_WORDS
from mzplan.submissions.slips import MEND, OVER, OVER_WORDS, SLIP, TAKEN_OFF_WORDS, UNDER
from mzplan.submissions.steps import ARRIVED_WORDS

YEAR_WORDS = "(?:(?<!\\d)(?P<year>20\\d\\d)年|[去上前往]年|历年(?![来最新]))度?"
_YEAR = late(YEAR_WORDS)
_TAKES_OUT_WORDS = f"{TAKEN_OFF_WORDS}|{NOT_TO_COUNT_WORDS}|误(?:[将把含]|[^,，]{{0,3}}?[计列算纳]入)"
_TAKES_OUT = late(f"{_TAKES_OUT_WORDS}|{OVER_WORDS}")
"""Something was counted and is not, or should not have been."""
_TAKEN_OUT = late(
    f"(?P<between>.*?(?:\\d[\\d.]*(?![\\d.]*月)|的|{ARRIVED_WORDS}|结转|上报|服务).*?)(?:{_TAKES_OUT_WORDS})"
)
"""The same of what is named behind the year; with nothing between them that was done in that year."""
_LESS = late("[更改订修]正|减少|减到")
_IS_OF = late("[系为是属于]$")
"""Before the year of which something is."""
_AS_IN = late("[与和跟同]$")
_IS_IN = late("(?<!误)[含包]")
_AMOUNT = late(r"\d+(?:\.\d+)?(?![\d.]*[年月])")


def names_another_year(clause: str, year: int, words: re.Pattern[str] = _YEAR) -> re.Match[str] | None:
    """Where a clause names another year, in such words; None where it does not, or no year of the plan is known."""
    said = words.search(clause)
    return said if year and said is not None and said["year"] != str(year) else None


def taken_out(clauses: Sequence[str], year: int) -> set[int]:
    """The places of the clauses that name what is of another year, and which the note takes out of the figure."""
    named = {at: said for at, each in enumerate(clauses) if (said := names_another_year(each, year))}
    others = [each for at, each in enumerate(clauses) if at not in named]
    return {at for at, said in named.items() if _is_out_itself(said) or any(_are_out(said, others))}


def _is_out_itself(said: re.Match[str]) -> bool:
    """Whether a clause takes out itself what it names of a year."""
    before, behind = said.string[: said.start()], said.string[said.end() :]
    if _TAKES_OUT.search(before) or (_AS_IN.search(before) and OVER.search(behind)):
        return True
    found = _TAKEN_OUT.match(behind)
    return found is not None and not any(words.search(found["between"]) for words in (OVER, UNDER, SLIP))


def _are_out(said: re.Match[str], others: Sequence[str]) -> Iterator[bool]:
    """Of each other clause whether it takes out what one names of a year: with no other number than it."""
    own = said.string
    if any(words.search(own, said.end()) for words in (OVER, UNDER, SLIP, MEND)):
        return
    numbers = {*_AMOUNT.findall(own)}
    for each in others:
        theirs = {*_AMOUNT.findall(each)}
        is_of_them = not (numbers and theirs) or bool(numbers & theirs)
        takes_out = _TAKES_OUT.search(each) or (_LESS.search(each) and _IS_OF.search(own, 0, said.start()))
        yield bool(IS_TAKEN_OFF.fullmatch(each) or (is_of_them and takes_out and not _IS_IN.search(own)))
