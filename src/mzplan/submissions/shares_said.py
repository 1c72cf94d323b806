"""What a note says of a ratio beside it: its share, that all are in it, that some are left, how many its part has.

Words are of the ratio where they are made of the words of its name and its parts; of other things a note may say what
it likes, and of what is to come.
"""

from collections.abc import Sequence

from mzplan.figures import SCALE
from mzplan.reading.patterns import late
from mzplan.submissions.amounts import Stated
from mzplan.submissions.another import names_another_month
from mzplan.submissions.clauses import clauses_of, is_of_earlier
from mzplan.submissions.figures_said import NOW, is_made_of
from mzplan.submissions.row import Row

_TO_COME = late("去年|上年|明年|下[月步]|年[底末]|[需将须拟]|应(?!用)|预计|计划|目标|任务|力争|争取|确保|要求")
_ALL = late(
    "(?:(?:已经?|均|都|实现|累计\\d+[个家项人名处所])+(?:全覆盖|全员|全部)|^全部|全覆盖)(?P<done>[^,，\\d]{0,8}?)了?$"
)
_EACH = late(
    "^(?:(?:全部|所有|各)(?P<who>[^,，\\d]{0,8}?)|(?P<count>\\d+)[个项家所处人名][^,，\\d]{0,8}?)(?:均|都)?已经?(?P<done>[^,，\\d]{1,8}?)了?$"
)
"""Each of them, or all that are counted, have done so."""
_WHAT_IS_DONE = late("(?:培训|参训|覆盖|建成|纳入|完成|达标)*")
_STILL = late("(?:目前|现)?(?P<still>[还尚仍]?[有差剩缺余]?)")
_LEFT = late("[个项家所处人名](?P<what>[^,，]{0,8}?)(?:[还尚仍都]*(?P<not_yet>未|没有?)(?P<done>[^,，]{1,4}))?$")
_DONE = late("[建纳培参覆完达]")
_THING = late("^(?:[个项家所处人名]|$)|成?了?$")
WORDS = (_ALL, _EACH)


def more_left(row: Row, numbers: Sequence[Stated]) -> tuple[Stated, int] | None:
    """How many a note says are left of the whole of a ratio where by its parts there are fewer, and how many those are.

    The second is in millionths, as figures are.
    """
    if (left := _left(row)) is None:
        return None
    counted = (each for each in numbers if not each.is_percent and each.low > left)
    return next(((each, left) for each in counted if _is_now(each) and _is_left(each, row)), None)


def says_who_is_left(clause: str, row: Row, numbers: Sequence[Stated]) -> bool:
    """Whether a clause says of as many as are left of the whole what has not been done: none is missing in the figure.

    4个单位未上报 beside 31/35 names those that are not among the 31.
    """
    left, own = _left(row) or 0, (each for each in numbers if each.clause == clause and _STILL.fullmatch(each.before))
    return left > 0 and any(
        each.is_about(left) and (said := _LEFT.match(each.behind)) is not None and bool(said["not_yet"]) for each in own
    )


def _left(row: Row) -> int | None:
    """How many, in millionths, are not in the part of a ratio's whole; None for what has no such parts."""
    ratio, figure = row.ratio, row.figure
    if ratio is None or not ratio.part_of_whole or figure is None or figure.value is None or not figure.denominator:
        return None
    return figure.denominator - figure.value


def _is_now(number: Stated) -> bool:
    return not (_TO_COME.search(number.clause) or is_of_earlier(number.clause))


def is_of_another_share(row: Row, numbers: Sequence[Stated]) -> bool:
    """Whether a note says of a ratio that is a part of a whole or a rate what its parts do not."""
    ratio, figure = row.ratio, row.figure
    if ratio is None or figure is None or figure.value is None or not figure.denominator:
        return False
    above, below = figure.value, figure.denominator
    if ratio.part_of_whole and above < below and any(_is_all(clause, row) for clause in clauses_of(row.note)):
        return True
    share = above * ratio.scale * SCALE // below
    for each in numbers:
        if not _is_now(each):
            continue
        if (
            each.is_percent
            and ratio.scale == 100
            and not each.behind
            and each.before.endswith(("率", "率达", "率已达", "率为"))
        ):
            if is_made_of(each.before, ratio.name) and not each.low - SCALE < share < each.high + SCALE:
                return True
        elif not each.is_percent and each.low > above and each.before and _THING.match(each.behind):
            words = each.before + _THING.sub("", each.behind)
            is_of_above = is_made_of(words, ratio.numerator) and not is_made_of(words, ratio.denominator)
            if is_of_above and not (each.behind.startswith("%") or each.is_about(below)):
                return True
    return False


def _is_all(clause: str, row: Row) -> bool:
    each, ratio = _EACH.match(clause), row.ratio
    said = each or _ALL.search(clause)
    if said is None or ratio is None or _TO_COME.search(clause) or is_of_earlier(clause):
        return False
    if row.period is not None and names_another_month(clause, row.period.month):
        return False
    if not (_WHAT_IS_DONE.fullmatch(said["done"]) or ("已" in ratio.numerator and said["done"] in ratio.numerator)):
        return False
    if each:
        who, figure = each["who"], row.figure
        is_whole = figure is not None and figure.denominator == int(each["count"] or 0) * SCALE
        return is_whole if who is None else who in ("", "单位") or is_made_of(who, ratio.denominator)
    before = clause[: said.start()]
    return not NOW.sub("", before) or is_made_of(before, ratio.name, ratio.numerator)


def _is_left(number: Stated, row: Row) -> bool:
    """Whether so many of what the whole counts are said to be left."""
    still, left, ratio = _STILL.fullmatch(number.before), _LEFT.match(number.behind), row.ratio
    if still is None or left is None or ratio is None or not (still["still"] or left["not_yet"]):
        return False
    if left["done"] and not (_DONE.match(left["done"]) or is_made_of(left["done"], ratio.name, ratio.numerator)):
        return False
    is_told = left["not_yet"] or (left["what"] and still["still"][-1:] in "差剩缺余")
    return bool(is_told) and (
        left["what"] in ("", "单位") or is_made_of(left["what"], ratio.denominator, ratio.numerator)
    )
