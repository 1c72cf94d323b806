"""What a draft says of itself: lists against stated counts, shares of one whole, words against the data's verdicts."""

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from mzplan.bulletin.facts import Facts
from mzplan.bulletin.groups import is_early
from mzplan.bulletin.model import Subject
from mzplan.bulletin.phrases import UNCLEAR
from mzplan.bulletin.verify.names import Mention, normalised
from mzplan.bulletin.verify.reading import Bound, Passage
from mzplan.diagnostics import Rule, show
from mzplan.figures import rounded
from mzplan.rules.draft import LIST_MISMATCH, SHARES_NOT_WHOLE, WRONG_WAY_ROUND
from mzplan.scoring.progress import STATUS_ZH, Progress, Status
from mzplan.zh import joined

_COUNTED = frozenset({"count", "addends", "reporters"})

_NOT_AMONG = "{name}不在其中：按数据，{what}的是{members}"
_NOBODY = "没有"
_MISCOUNTED = "说是{stated}，列出的是{listed}个"
_SUM = "分项{parts}合计{sum}，与总数{total}不符"
_NOT_WHOLE = "各项占比合计{sum}%，不是100%"
_WRONG_SHARE = "{part}占{total}的{right}%，不是{said}%"
_NOT_SO = "{name}按数据是“{status}”，不能说“{claim}”"
_TIED = "位次有并列，应写“并列”"
_NOT_TIED = "位次没有并列，不能写“并列”"


class Slip(NamedTuple):
    """Something a draft contradicts itself or the data in, beyond a single number."""

    rule: Rule
    place: tuple[int, int]
    message: str
    value: str
    hint: str = ""


def lists(bound: Bound, facts: Facts) -> Iterator[Slip]:
    """The names that follow a count, in brackets or after a colon, against the count and against the data."""
    ref = bound.ref
    if ref is None or bound.in_cell or ref.field not in _COUNTED or bound.reading is None:
        return
    listed = _following(bound)
    if listed is None:
        return
    names, open_ended = listed
    if not names:
        return
    members = {normalised(name)[0] for name in facts.members(ref)}
    plain = [_text(bound.passage, mention) for mention in names]
    for mention, name in zip(names, plain, strict=True):
        if not _names_of(facts, mention) & members:
            what = bound.passage.text[bound.reading.phrase_start : bound.reading.phrase_end]
            known = joined(facts.members(ref), 5) or _NOBODY
            message = _NOT_AMONG.format(name=show(name), what=f"“{show(what)}”", members=known)
            yield Slip(LIST_MISMATCH, bound.passage.places[mention.start], message, name)
    stated = int(Fraction(bound.text))
    if stated < len(names) or (not open_ended and stated != len(names)):
        message = _MISCOUNTED.format(stated=stated, listed=len(names))
        yield Slip(LIST_MISMATCH, bound.place, message, bound.text, "增减名单或改数目，未列全的在末尾加“等”。")


def _following(bound: Bound) -> tuple[list[Mention], bool] | None:
    """The names listed right after the phrase of a count, and whether the list ends in 等; None for no list."""
    if bound.reading is None:
        return None
    text = bound.passage.text
    start = bound.reading.phrase_end
    opener = text[start : start + 1]
    if opener == "（":
        end = text.find("）", start)
    elif opener == "：":
        end = next((match.start() for match in re.finditer(r"[；。]", text[start:])), len(text) - start) + start
    else:
        return None
    end = len(text) if end < 0 else end
    inside = text[start + 1 : end]
    names = [mention for mention in bound.passage.mentions if start < mention.start and mention.end <= end]
    rest = inside
    for mention in reversed(names):
        rest = rest[: mention.start - start - 1] + rest[mention.end - start - 1 :]
    if re.search(r"[^、和及与；，“”等项个家]", rest):
        return None
    return [mention for mention in names if mention.kind in ("indicator", "unit")], inside.endswith("等")


def _names_of(facts: Facts, mention: Mention) -> set[str]:
    plan = facts.plan
    if mention.kind == "unit":
        return {normalised(plan.units[one].name)[0] for one in mention.ids}
    return {normalised(plan.indicators[one].name)[0] for one in mention.ids}


def _text(passage: Passage, mention: Mention) -> str:
    return passage.text[mention.start : mention.end]


_PAIR = re.compile(r"([0-9]+)(项|个|家|件|条|户|人|名)[^。；0-9]{0,12}?占(?:比)?(?:为)?([0-9]+(?:\.[0-9]+)?)%")
_WHOLE = re.compile(r"(?<![0-9.])([0-9]+)(项|个|家|件|条|户|人|名)")


def shares(passage: Passage) -> Iterator[Slip]:
    """Counts with shares in one sentence: the shares make 100, the counts the total, each share its count's."""
    pairs = list(_PAIR.finditer(passage.text))
    if len(pairs) < 2:
        return
    counts = [int(pair[1]) for pair in pairs]
    whole = _stated_whole(passage.text[: pairs[0].start()], pairs[0][2])
    total = whole[0] if whole is not None else sum(counts)
    said: list[Fraction] = [Fraction(pair[3]) for pair in pairs]
    together = sum(said, Fraction(0))
    if whole is not None and sum(counts) != total and _fit(pairs, sum(counts)):
        yield _sum_slip(passage, whole, counts)
        return
    covers = sum(counts) == total or whole is None
    wrong = [pair for pair in pairs if not _is_share(int(pair[1]), total, pair[3])]
    for pair in wrong:
        right = rounded(Fraction(int(pair[1]) * 100, total), _decimals(pair[3])) if total else "0"
        message = _WRONG_SHARE.format(part=pair[1] + pair[2], total=f"{total}{pair[2]}", right=right, said=pair[3])
        yield Slip(SHARES_NOT_WHOLE, passage.places[pair.start(3)], message, pair[3])
    slack = sum((Fraction(1, 2 * 10 ** _decimals(pair[3])) for pair in pairs), Fraction(0))
    if not covers and sum(counts) > total and whole is not None:
        yield _sum_slip(passage, whole, counts)
    if covers and abs(together - 100) > slack:
        message = _NOT_WHOLE.format(sum=rounded(together, max(_decimals(pair[3]) for pair in pairs)))
        yield Slip(SHARES_NOT_WHOLE, passage.places[pairs[0].start(3)], message, pairs[0][3])


def _fit(pairs: Sequence[re.Match[str]], total: int) -> bool:
    """Whether every share is its count's of that total."""
    return all(_is_share(int(pair[1]), total, pair[3]) for pair in pairs)


def _sum_slip(passage: Passage, whole: tuple[int, int], counts: Sequence[int]) -> Slip:
    total, start = whole
    message = _SUM.format(parts="+".join(map(str, counts)), sum=sum(counts), total=total)
    return Slip(LIST_MISMATCH, passage.places[start], message, str(total))


def _stated_whole(text: str, measure: str) -> tuple[int, int] | None:
    """The total that the parts are of: the last count of the same measure before them, and where it stands."""
    stated = [match for match in _WHOLE.finditer(text) if match[2] == measure]
    return (int(stated[-1][1]), stated[-1].start()) if stated else None


def _is_share(count: int, total: int, said: str) -> bool:
    """Within one unit of the last decimal: largest remainders may move a share by less than that."""
    if not total:
        return False
    return abs(Fraction(count * 100, total) - Fraction(said)) < Fraction(1, 10 ** _decimals(said))


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


Claim = Callable[[Progress, Facts], bool]


def _over(row: Progress) -> bool:
    return row.completion is not None and row.completion > 1


_TASK = r"(?:年度|全年)(?:目标)?(?:任务)?"

CLAIMS: tuple[tuple[re.Pattern[str], Claim], ...] = (
    (
        re.compile(rf"提前超额完成{_TASK}"),
        lambda row, facts: is_early(row, facts.period) and _over(row),
    ),
    (re.compile(rf"提前完成{_TASK}|已提前完成"), lambda row, facts: is_early(row, facts.period)),
    (
        re.compile(rf"(?<!提前)超额完成{_TASK}"),
        lambda row, _: row.status is Status.MET and _over(row),
    ),
    (re.compile(r"(?<!超额)(?<!提前)完成年度任务(?![的0-9])"), lambda row, _: row.status is Status.MET),
    (re.compile(r"(?<!尚未)(?<!提前)已(?:全部|全面)?完成(?![0-9年])"), lambda row, _: row.status is Status.MET),
    (
        re.compile(r"(?:未|没有)完成年度(?:任务|目标)"),
        lambda row, _: not row.is_kept and row.status is not Status.MISSING,
    ),
    (re.compile(rf"{STATUS_ZH[Status.FAR_BEHIND]}(?![0-9])"), lambda row, _: row.status is Status.FAR_BEHIND),
    (re.compile(r"进度滞后(?![0-9])"), lambda row, _: row.is_lagging),
    (re.compile(r"到期未完成(?![0-9])"), lambda row, _: row.status is Status.OVERDUE),
    (re.compile(r"已超上限(?![0-9])"), lambda row, _: row.status is Status.EXCEEDED),
    (re.compile(r"保持达标(?![0-9])"), lambda row, _: row.status is Status.HOLDING),
    (re.compile(r"全部达标"), lambda row, _: row.is_kept and row.reported == row.reporting),
    (re.compile(r"与序时进度持平"), lambda row, _: row.gap is not None and abs(row.gap) < Fraction(1, 1000)),
    (re.compile(f"{STATUS_ZH[Status.UNDEFINED]}|{UNCLEAR}"), lambda row, _: row.status is Status.UNDEFINED),
)
"""What may be said of an indicator in words, and when it is so."""
_OF_UNITS = re.compile(r"[0-9]家")
"""What is said of so and so many units is not said of the indicator as a whole."""


def claims(passage: Passage, facts: Facts) -> Iterator[Slip]:
    """Words about one indicator that its status does not bear out; sentences about none or about groups are let be."""
    for start, end in _clauses(passage.text):
        inside = [mention for mention in passage.mentions if start <= mention.start < end]
        named = [mention for mention in inside if mention.kind == "indicator"]
        if not named or "（" in passage.text[start : named[0].start]:
            continue
        units = [mention for mention in inside if mention.kind == "unit"]
        for pattern, holds in CLAIMS:
            match = pattern.search(passage.text, named[0].end, end)
            if match is None:
                continue
            for mention in named:
                if mention.end > match.start() or _OF_UNITS.search(passage.text, mention.end, match.start()):
                    continue
                rows = [row for row in _rows(mention, units, passage, facts) if row is not None]
                if rows and not any(holds(row, facts) for row in rows):
                    yield _claim_slip(passage, mention, match, rows[0])


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer(r"[；。]|$", text):
        yield start, match.end()
        start = match.end()


def _rows(mention: Mention, units: Sequence[Mention], passage: Passage, facts: Facts) -> Iterator[Progress | None]:
    before = [one for one in units if one.end <= mention.end]
    unit = before[-1].ids[0] if before else passage.scope.unit
    for identifier in mention.ids:
        row = facts.row(Subject(identifier, unit))
        yield row if row is not None else facts.row(Subject(identifier))


def _claim_slip(passage: Passage, mention: Mention, match: re.Match[str], row: Progress) -> Slip:
    message = _NOT_SO.format(name=show(_text(passage, mention)), status=row.status_text, claim=match[0])
    return Slip(WRONG_WAY_ROUND, passage.places[match.start()], message, match[0])


def ties(bound: Bound, facts: Facts) -> Iterator[Slip]:
    """并列 where the place is shared, and not where it is not."""
    if bound.ref is None or bound.ref.field != "rank" or bound.in_cell or bound.reading is None:
        return
    standing = facts.card.units.get(bound.ref.subject.unit)
    if standing is None or standing.rank is None:
        return
    said = "并列" in bound.passage.text[max(0, bound.reading.phrase_start - 2) : bound.start]
    if said != (standing.ties > 1):
        yield Slip(WRONG_WAY_ROUND, bound.place, _NOT_TIED if said else _TIED, bound.text)
