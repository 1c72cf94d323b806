"""What a sheet says of itself, in its headings and in every line that is no record, set against its place and plan."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import BinaryIO, NamedTuple

from mzplan.diagnostics import column_letters, show
from mzplan.period import Period, in_digits
from mzplan.reading.around import OtherSheet
from mzplan.reading.csv_border import Numbered
from mzplan.reading.flaws import Defect, Flaw
from mzplan.reading.patterns import late
from mzplan.said import say
from mzplan.submissions.header import FIELDS, FIGURES, MEASURE_HEADINGS, MOST_ROWS, Header, meant_field
from mzplan.submissions.measures import SCALED, is_other_scale
from mzplan.submissions.names import Names, matched_form
from mzplan.submissions.opening import table_of
from mzplan.submissions.places import Place
from mzplan.submissions.remarks import said_in
from mzplan.submissions.signatures import WHEN
from mzplan.submissions.standing_words import claiming

_MONTHS = late(
    r"(?a:(?:(?P<year>\d{4})年)?(?:\d{1,2}月?份?[-—–−~至到]+)?(?<!\d)(?P<month>\d{1,2})月(?!\d*日)"
    r"|(?<!\d)(?P<year2>20\d\d)[-/.](?P<month2>0?[1-9]|1[0-2])(?![-/.\d]))"
)
_DAYS = late(
    r"(?a:(?P<until>(?<!报)(?<!送)截[至止]到?\D{0,4})?(?<![\d-])"
    r"(?:(?:(?P<year>20\d\d)[-/.年])?(?P<month>0?[1-9]|1[0-2])月(?:0?[1-9]|[12]\d|3[01])日"
    r"|(?P<year2>20\d\d)[-/.年](?P<month2>0?[1-9]|1[0-2])[-/.月](?:0?[1-9]|[12]\d|3[01])(?![-/.\d])))"
)
"""A day, be it the one up to which the figures are counted."""
UNTIL = late(r"(?a:[(（]截[至止](?:到)?(?:(20\d\d)年)?(\d{1,2})月(?:(\d{1,2})日|[底末])?[)）])")
"""The same in brackets, of which it is all."""
_STATED = late(r"(?a:[此本该]?(?:表|数据?|内容)(?:仍|还)?[为是系](?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?!\d*日))")
"""What says of which month the figures are, whatever else is named beside: 10月（此表为9月数据）."""
_QUARTERS = late(r"第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年")
_YEARS = late(r"(?a:(?<!\d)(20\d\d)年)")
_DATED = late(rf"{WHEN}\s*:?$")
_SIGNED = late(f"(?:填报人|填表人?|制表人?|审核人?|负责人|单位负责人|联系人|联系电话|经办人|{WHEN})")
"""Who filled it in and when, which is another month."""
_PROSE = late(r"(?:备?注|说明|#|//)")
_CORRECTED = late(
    r"(?:备?注|说明)[:：\s]*[^\W\d_以本此该为是系]{0,10}(?a:(?:\d{4}年)?\d{1,2}月)份?底?的?(?:数据?|报表)"
    r"(?:有误|(?:填报|录入)错误)?[,，]?现?已[经于]?(?:(?a:\d{1,2}月)份?)?(?:更正|改正|订正|修正)[。;；\s]*"
)
"""A note that an earlier month was put right, which says nothing of which month the figures beside it are."""
EXCEPTS = late("除|其[余他它]|[以之]外")
"""Words that name units go on beyond them."""
_OF_DATA = late(r"[数表]|截[至止]|报告期|期间|所属|情况|统计|累计|填报|月报|上报|日期|时间")
"""What makes of a month or unit in a line below the header one that the figures are of: 注：以上为9月数."""
MEASURE = late(
    r"(?:计量|金额)?单位(?:[:：]|为|是)?\s*([^\s,，;；()（）]{1,20})|以([^\s,，;；]{1,6})为单位|\(([^()]{1,6})\)"
)
"""A label of measures: 单位：万元, （万元）."""
_IN_HEADING = late(r"\(([^()]{1,12})\)$")
_ALL_MEASURES = "计划规定的计量单位"
_OF_COVER = late(
    "报告期|报告月份|填报月份|月份|期间|(?:填报|报送|上报|单位|填表)单位|单位名称|(?:计量|金额|数据)?单位[:：]?$|(?:计量|金额|数据)单位"
)
"""What labels of a sheet before the table speak of the table."""
_AT_CELL = "工作表“{sheet}”的 {cell} "
_CODE = FIELDS.index("indicator")
SIGNED_WITHIN = 2
"""A report is signed so many months after its own at the latest."""


class LabelClaim(NamedTuple):
    """What a line says of the figures, and what it should."""

    text: str
    meant: str
    is_region: bool = False


def contradictions(
    above: Sequence[Numbered],
    asides: Collection[int],
    header: Header,
    headings: Sequence[str],
    names: Names,
    place: Place,
) -> list[Defect]:
    """What the titles and headings say that the file's place or the plan's measure units do not.

    A title that is taken off with such a word in it would leave figures of which nobody knows any longer what they are.
    `asides` are the lines that speak of no figure's month and unit.
    """
    found = [
        Defect(Flaw.LABEL, line, 1, *said)
        for line, cells in above
        for said in otherwise(cells, names, place.unit, place.period, is_title=True, is_aside=line in asides)
    ]
    measures = names.measures
    for at, cell in enumerate(headings):
        if meant_field(cell) not in FIGURES or not (said := _IN_HEADING.search(matched_form(cell))):
            continue
        said_of = next(of_another(said[1], names, place.unit, place.period), None)
        if said_of or _is_other_measure(said[1], measures):
            meant = said_of.meant if said_of else _ALL_MEASURES
            found.append(Defect(Flaw.LABEL, header.line, 0, cell, meant, at + 1))
    return found


def on_covers(others: Iterable[OtherSheet], names: Names, place: Place) -> Iterator[tuple[Sequence[str], Defect]]:
    """The lines of the sheets before the table that speak of it, and what its place and plan say otherwise."""
    sheets = [each for each in others if each.is_before]
    lines = ((sheet.name, *each) for sheet in sheets for each in zip(sheet.lines, sheet.rows, strict=True))
    before = [each for each in lines if any(each[-1])]
    for at, (sheet, line, row) in enumerate(before):
        cells = [cell for cell in row if cell]
        if at == 0 or _OF_COVER.match(matched_form("".join(cells[:1]))):
            for said in otherwise(cells, names, place.unit, place.period, is_title=True):
                column = max(at for at, cell in enumerate(row, start=1) if cell)
                where = say(_AT_CELL, sheet=show(sheet, 40), cell=f"{column_letters(column)}{line}")
                yield row, Defect(Flaw.LABEL, 0, 0, said.text, said.meant, where=where)


def measures_beside(
    opened: Callable[[], BinaryIO], header: Header, headings: Sequence[str], names: Names
) -> Iterator[Defect]:
    """What a column of measures says that the plan does not: one defect for each of its words, with all its lines."""
    at = next((at for at, cell in enumerate(headings) if matched_form(cell) in MEASURE_HEADINGS), None)
    if at is None:
        return
    found: dict[tuple[str, str], list[int]] = {}
    with opened() as stream:
        for count, (line, row) in enumerate(chain.from_iterable(table_of(stream).batches())):
            if count > MOST_ROWS:
                return
            code = names.indicator(header.arranged(row)[_CODE]).id if len(row) > at else None
            if code is None or line == header.line or not (said := matched_form(row[at])):
                continue
            meant = matched_form(names.plan.indicators[code].unit)
            if is_other_scale(said, meant):
                found.setdefault((row[at], names.plan.indicators[code].unit), []).append(line)
    for (text, unit), lines in found.items():
        yield Defect(Flaw.LABEL, lines[0], 0, text, unit, at + 1, tuple(lines))


def otherwise(
    cells: Sequence[str],
    names: Names,
    unit: str | None,
    period: Period | None,
    *,
    is_title: bool = False,
    is_aside: bool = False,
) -> Iterator[LabelClaim]:
    """What a line that is no record says of month, unit and measure that the file's place and the plan do not.

    An aside says nothing of month and unit, whichever it names.
    """
    text = claiming(in_digits(said_in(cells)), names.plan.year)
    yield from () if is_aside else of_another(text, names, unit, period, is_title=is_title)
    measures = names.measures
    for said in MEASURE.finditer(text):
        if _is_other_measure(next(filter(None, said.groups())), measures):
            yield LabelClaim(said[0], _ALL_MEASURES)


def of_another(
    text: str, names: Names, unit: str | None, period: Period | None, *, is_title: bool = True
) -> Iterator[LabelClaim]:
    """The month and the unit that a line or a name tells, where none is the file's."""
    if _CORRECTED.fullmatch(text):
        return
    is_of_data = is_title or bool(_OF_DATA.search(text)) or not re.search(r"\w{3}", _MONTHS.sub("", text))
    if period is not None and is_of_data and (said := _other_month(text, period, is_title=is_title)):
        yield LabelClaim(said, str(period))
    if _PROSE.match(text) and not is_of_data:
        return
    found = names.unit_in(text)
    is_exception = EXCEPTS.search(text)
    if found and not is_exception and unit not in ("", None, found) and names.plan.units[found].kind != "bureau":
        yield LabelClaim(names.plan.units[found].name, names.plan.units[str(unit)].name)
    region = names.region_in(text)
    if region and not is_exception and unit and unit not in names.plan.members[region]:
        yield LabelClaim(names.plan.units_and_regions[region].name, names.plan.units[unit].name, is_region=True)


def mended(cells: Sequence[str], claims: Iterable[LabelClaim], names: Names, own: Period | None) -> list[str]:
    """A line with what it claims put right; a unit that is called otherwise there too."""
    right = [in_digits(said_in([cell])) for cell in cells]
    units = {unit.name: (unit.name, *unit.aliases) for unit in names.plan.units.values()}
    for claim in claims:
        spelled = units.get(claim.text, (claim.text,))
        text = next((each for each in spelled if any(each in cell for cell in right)), claim.text)
        right = [cell.replace(text, _put_right(claim, own)) for cell in right]
    return right


def _put_right(claim: LabelClaim, own: Period | None) -> str:
    """The words of a claim as they should be, a month in the way in which it stands there; a measure goes."""
    if claim.meant == _ALL_MEASURES:
        return ""
    if own is None or claim.meant != str(own) or "月" not in claim.text:
        return claim.meant
    return re.sub(r"(?a:\d{1,2}(?=月))", str(own.month), re.sub(r"20\d\d", str(own.year), claim.text))


def _other_month(text: str, own: Period, *, is_title: bool) -> str:
    """The last month that a text names, if it is neither the file's nor that of a signature; empty for none."""
    named = sorted((said for each in (_MONTHS, _DAYS) for said in each.finditer(text)), key=lambda said: said.end())
    months = [_month_of(said, own) for said in named]
    if stated := next((said for said in _STATED.finditer(text) if _month_of(said, own) != own), None):
        return stated[0]
    ends = [said for said in UNTIL.finditer(text) if is_title and (int(said[1] or own.year), int(said[2])) < own[:2]]
    if own in months:
        return ends[-1][0].strip("()") if ends else ""
    if named:
        said = named[-1]
        is_signed = _SIGNED.search(text) or (said.re.pattern == _DAYS.pattern and not said["until"])
        return "" if is_signed and own < months[-1] <= own.shift(SIGNED_WITHIN) else said[0]
    if quarter := _QUARTERS.search(text):
        return "" if own.month in _months_of(quarter) else quarter[0]
    if not is_title:
        return ""
    years = list(_YEARS.finditer(text))
    return years[-1][0] if years and str(own.year) not in (year[1] for year in years) else ""


def _month_of(said: re.Match[str], own: Period) -> Period:
    parts = said.groupdict()
    year, month = parts.get("year") or parts.get("year2") or own.year, parts["month"] or parts.get("month2") or 0
    return Period(int(year), int(month))


def _months_of(said: re.Match[str]) -> range:
    """The months of a quarter or a half."""
    if said["half"]:
        return range(1, 7) if said["half"] == "上" else range(7, 13)
    quarter = "一二三四".find(said["quarter"]) + 1 or int(said["quarter"])
    return range(3 * quarter - 2, 3 * quarter + 1)


def as_title(text: str) -> str:
    """What of a line above a table is its title: all before who signed it and when; empty for a note."""
    plain = matched_form(text)
    return "" if _PROSE.match(plain) else claiming(_SIGNED.split(plain, maxsplit=1)[0])


def answered(cells: Sequence[str]) -> Iterator[str]:
    """The filled cells of a line, each behind the one before it where that asks when the table was signed."""
    before = ""
    for cell in filter(str.strip, cells):
        yield f"{before} {cell}" if _DATED.search(matched_form(before)) else cell
        before = cell


def _is_other_measure(measure: str, known: frozenset[str]) -> bool:
    """Whether a label names money, or many of something at a time, in a measure that no figure of the plan has.

    Yuan for ten thousands of yuan, ten thousands of people for people. A measure that the plan has contradicts nothing,
    be it over all columns: which figure has which measure the plan says, not the sheet.
    """
    named = set(SCALED.findall(measure))
    return bool(named) and measure not in known and named.isdisjoint(known)
