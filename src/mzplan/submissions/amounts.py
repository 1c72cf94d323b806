"""The one reader of the numbers that a note states: which, in what measure unit, with what words before and behind.

What a number is said to be (a change, a total, what the figure should be) follows from these words. Dates, ordinals and
numbers of clauses are none. A number is as exact as it is written: 1.5万 is from 14500 to 15500.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from mzplan.figures import SCALE
from mzplan.reading.misread import chinese_value
from mzplan.reading.number import MeasureUnit, plain_number
from mzplan.reading.patterns import late
from mzplan.submissions.clauses import clauses_of
from mzplan.submissions.slips import DOWN, ENTER, MADE_UP_WORDS, TAKEN_OFF_WORDS, UP, way_of, wrongly_counted
from mzplan.zh import POWERS

_POWER = "|".join(sorted(POWERS, key=len, reverse=True))
_NUMBER = late(
    rf"(?<![\d.第〔\[])(?:(?P<digits>\d{{1,12}}(?:\.\d{{1,6}})?)(?P<power>{_POWER})?(?P<percent>%|个?百分点)?"
    "|(?P<words>[一二两三四五六七八九十百千万零]{1,9})(?=[个家名人张户所处件次项条份支辆座起位]))"
    r"(?!个?月|日|年|号|[时点](?!位)|[期季届批]|次?性|[-~—至到]+\d+[月日年号]|A|\d|\.\d)"
)
_CHANGE_WORDS = late("净?[增减]加?少?|[净新]增|提高|上升|下降|降低|[降减增][到至为]|[了均都各共由从]")
NOT_TO_COUNT_WORDS = "不(?:[应宜予能得]|该)*[计列算纳]入"
IS_TAKEN_OFF = late(
    rf"(?:[已均现故应全并都]|予以|全部|本月|\d{{1,2}}月)*(?:{TAKEN_OFF_WORDS}|注销|{NOT_TO_COUNT_WORDS}(?:[本今]年|20\d\d年)?)(?:处理)?了?"
)
"""A clause that says no more than that what was named is taken off."""
IS_MADE_UP = late(
    rf"(?:[已均现故应全并都再]|予以?|一并|集中|全部|此次|[本今这]次?月?|\d{{1,2}}月份?)*(?:{MADE_UP_WORDS})(?:入|进行|完成)?了?"
)
"""The same of what was missing and is there now."""
_WRONGLY = "误计"
"""What is said in other words of those who were counted and should not have been."""
_NET = late(r"净[增减]|环比|[比较][^\d]{0,2}(?:上|前|\d{1,2}月)")
"""By so much one figure differs from another, whatever came and went between them."""
_TOTAL_WORDS = "(?:累计|[共总合]计?|[实现应][际在]?有?|[为是有存剩余达到])*"
_AFTERWARDS = late(f"^.*后(?={_TOTAL_WORDS}$)")
"""What went before the number came to be all that there are: 剔除重复后共 says nothing of its way."""
_COUNTED_ANEW = late(
    f"后{_TOTAL_WORDS}$|(?:更正|[订修]正|调整|改)[为成到至]$|实(?:际|[为是有])[数为是有]*$|有效[^,，\\d]{{0,4}}[为是有共]?$"
)
"""Before the number that is true."""
_RESULT = late("(?:应该?当?|[更订修]正|改|调整|实)[为是成到至有]$")
"""Before what a figure should be, or has come to when it was put right."""
_ANOTHERS = late(r"\d月|[上前下]个?[月次期季]|去年|上年|同期")
"""Before what is said of another month or year."""
_TAKEN_FOR = late(
    rf"(?:[将把](?:人?数|总数)?\d[\d.]*[^\d,，]{{0,2}}|\d[\d.]*[^\d,，]{{0,2}}[误错])(?:{ENTER}|[统登][计记]|录入|填[报写])[成为作]了?$"
    r"|\d[\d.]*[^\d,，]{0,2}[写抄打输]成了?$"
    rf"|[误错]{ENTER}+[成为作]了?$"
)
"""What stands before a number that was written in place of another."""
_SOURCE = late(
    "^[^未没无不]*?(?:去重|(?:剔|[扣去]除|去掉)[^,，]{0,2}重复|重复[^,，]{0,4}剔除|(?:系统|平台|部门|[局厅部委](?!领导|长)|数据库|台账|[名清]单|名册|花名册|档案|证书|身份证)[^,，]{0,6}(?:核[对查验]|比对|对照|复核|校验)"
    "|(?:核[对查验]|比对|对照|复核|校验)了?[^,，]{0,6}(?:系统|平台|数据库|台账|[名清]单|名册|档案|证书|身份证))[^未没无不]*$"
)
"""By what it is known: the same counted once, or a register that it was held against."""
_ABOUT = late("[约近超]$")
_AND_MORE = late("^(?:余|多|左右)")
_EACH = late("各(?:新?增加?|投用|减少?|拨付?)?$")
"""So many at each of the places that the note names."""
_PLACES = late("[两二三四五六七八九]\\w?(?=[家院镇乡村所处街个])|[\\w]+(?:、\\w+)+")
_OF_ONE_KIND = late("[张床亩套辆台](?![家区])|元|平方米|公里|公顷")
"""Words that count beds, land, flats, machines and money, and no people."""
_PERCENT, _WITHIN = "%", "其中"
ALIKE = "个家所处座项件", "个台套部件", "张床", "人名位"
"""Words that count such things alike: of these one is as good as the other."""

_MONEY = "元"


class Stated(NamedTuple):
    """One number of a note, in millionths of the measure unit that the figure is in."""

    figure: Fraction
    low: Fraction
    """The least that it may stand for, and the most."""
    high: Fraction
    clause: str
    before: str
    """What stands before it in its clause, and behind it."""
    behind: str
    about: str
    """Of its clause the words that say how it changes."""
    is_percent: bool
    unit: bool
    """Whether it is said to count what the figure counts."""
    bare: bool
    """Whether it is not said what it counts."""
    alike: bool
    """Whether it is counted in what such things may be as well: 台 where the figure has 个."""
    is_plain: bool
    """Whether nothing stands behind it but the measure unit at most."""
    is_within: bool
    """Whether it is said to be a part of another one."""

    @property
    def way(self) -> int:
        """1 where the words about it speak of more, -1 of less, 0 of neither or both."""
        return way_of(self.about)

    @property
    def is_of_another_kind(self) -> bool:
        """Whether it is counted in what nothing but such things is, and the figure is not: 34张 of people."""
        return not (self.unit or self.alike) and bool(_OF_ONE_KIND.match(self.behind))

    @property
    def is_rough(self) -> bool:
        """Whether it is said to be no exact number: 约12, 12余."""
        return bool(_ABOUT.search(self.before) or _AND_MORE.match(self.behind))

    @property
    def is_net(self) -> bool:
        """Whether all that came and went is said to come to it."""
        return bool(_NET.search(self.clause))

    @property
    def is_result(self) -> bool:
        """Whether it is given as what the figure should be, or has come to when it was put right, and of no month."""
        return bool(_RESULT.search(self.before)) and not _ANOTHERS.search(self.before)

    @property
    def is_mistaken(self) -> bool:
        """Whether it is said to have been written in place of another one."""
        return bool(_TAKEN_FOR.search(self.before))

    def is_about(self, figure: Fraction | int) -> bool:
        """Whether it is that figure as it would be written."""
        return self.low <= figure <= self.high


def changes_left_out(said: str) -> str:
    """Words without those that say that something has become more or less."""
    return _CHANGE_WORDS.sub("", said)


def counted_anew(note: str, numbers: Sequence[Stated], figure: int) -> bool:
    """Whether a note gives that figure as what is true, and names by what it is known: 经系统比对，更正为13人."""
    true = [each for each in numbers if (each.unit or each.bare) and not each.way and _COUNTED_ANEW.search(each.before)]
    return bool(true) and all(each.is_about(figure) for each in true) and any(map(_SOURCE.search, clauses_of(note)))


def is_taken_for(right: Stated, wrong: Stated) -> bool:
    """Whether a note says of two numbers that the second was written in place of the first: 误将77报成89."""
    return right.clause == wrong.clause and wrong.is_mistaken


def has_number(note: str) -> bool:
    """Whether a note states any number."""
    return any(map(_NUMBER.search, clauses_of(note)))


@lru_cache(1000)  # of one record several things are asked
def stated(note: str, unit: str, decimals: int = 6) -> Sequence[Stated]:
    """The numbers of a note about a figure in that measure unit, which has so many decimals at most."""
    return tuple(_stated(note, unit, decimals))


def _stated(note: str, unit: str, decimals: int) -> Iterator[Stated]:
    measure, note = MeasureUnit.of(unit), note.replace("分子、分母", "分子分母")
    parts = list(_parts(note))
    wrong = wrongly_counted([clause for clause, _ in parts])
    for place, (clause, is_within) in enumerate(parts):
        behind_it = (each for at, (each, _) in enumerate(parts) if at > place and not {place, at} <= wrong)
        following = next(behind_it, "")
        is_done = any(each.fullmatch(following) for each in (IS_TAKEN_OFF, IS_MADE_UP))
        done = following if is_done else _WRONGLY if place in wrong else ""
        all_found = list(_NUMBER.finditer(clause))
        for at, found in enumerate(all_found):
            if (written := _written(found)) is None:
                continue
            amount, places = written
            before, behind, is_percent = clause[: found.start()], clause[found.end() :], bool(found["percent"])
            power = POWERS.get(found["power"] or "", 0)
            if measure.power and (power or measure.counts(behind)):
                power -= measure.power
            times = Fraction(10) ** power * (_places(note) if _EACH.search(before) else 1)
            half = Fraction(SCALE, 2 * 10**places)
            if found["digits"] and (_ABOUT.search(before) or _AND_MORE.match(behind)):
                half = max(half, Fraction(10 ** _zeros(amount), 2))
            elif places - power >= decimals and not is_percent:
                half = Fraction(0)
            named = _AND_MORE.sub("", behind)
            single = measure.single.partition("/")[0]
            units = _names_of(single)
            is_of_times = named[1:2] == "次" and "次" not in unit
            is_unit = named.startswith(units) and not is_of_times and not (measure.power and power < 0)
            yield Stated(
                figure=amount * times,
                low=(amount - half) * times,
                high=(amount + half) * times,
                clause=clause,
                before=before,
                behind=behind,
                about=_about(clause, all_found, at, done),
                is_percent=is_percent,
                unit=is_unit or (unit == _PERCENT and is_percent),
                alike=any(single in each and named[:1] in each for each in (*ALIKE, _MONEY) if single and named)
                and not is_of_times,
                bare=not re.match(r"\w", named),
                is_plain=behind in {"", unit, *_names_of(measure.single)},
                is_within=is_within or _WITHIN in before,
            )


def _written(found: re.Match[str]) -> tuple[int, int] | None:
    """A number as it stands, in millionths, and its decimals; None for what looks like one and is none."""
    if found["words"]:
        counted = chinese_value(found["words"])
        return None if counted is None else (counted * SCALE, 0)
    number = plain_number(found["digits"])
    return None if number is None or number.figure is None else (number.figure, number.decimals)


def _parts(note: str) -> Iterator[tuple[str, bool]]:
    """The clauses of a note, those that 、 parts one by one, and whether 其中 stands before in them."""
    for clause in clauses_of(note):
        is_within = False
        for part in clause.split("、"):
            yield part, is_within
            is_within = is_within or _WITHIN in part


def _places(note: str) -> int:
    """At how many places something has come about, as a note counts or lists them."""
    said = _PLACES.search(note)
    if said is None:
        return 1
    return said[0].count("、") + 1 if "、" in said[0] else int(chinese_value(said[0][0]) or 1)


def _about(clause: str, numbers: Sequence[re.Match[str]], at: int, behind: str) -> str:
    """The words before a number, or where they name no change, those behind it, as far as the numbers beside it.

    `behind` is the next clause where it says no more than that what was named is taken off, or made up for.
    """
    before = clause[numbers[at - 1].end() if at else 0 : numbers[at].start()]
    if UP.search(before) or DOWN.search(before):
        return _AFTERWARDS.sub("", before)
    return clause[numbers[at].end() : numbers[at + 1].start() if at + 1 < len(numbers) else len(clause)] + behind


def _zeros(amount: int) -> int:
    """How many places from the right of a figure in millionths hold nothing."""
    text = str(amount)
    return len(text) - len(text.rstrip("0")) if amount else 0


def _names_of(thing: str) -> tuple[str, ...]:
    """The words that count such things."""
    return tuple(ALIKE[-1]) if thing in ALIKE[-1] and thing else (thing,) if thing else ()
