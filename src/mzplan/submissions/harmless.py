"""Whether a line that is no record may go without loss: every word of it is known to say nothing of the figures.

A title, a heading of the plan's areas and tasks, a total, who signed and when, a page's number, a mark of a column. The
question is asked this way round because nobody can list what people say of their figures (以元计, 暂估, 分子分母填反):
a line with any other word in it stays, and is told.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence

from mzplan.period import TIME, Period, in_digits, is_day, stretches_ended
from mzplan.plan.model import Plan
from mzplan.reading.patterns import late
from mzplan.submissions.header import Header, is_answered, meant_field
from mzplan.submissions.labels import MEASURE, UNTIL
from mzplan.submissions.names import HAN, Names, matched_form, trimmed
from mzplan.submissions.reasons import admits
from mzplan.submissions.remarks import FIGURE_CELLS, indicators_in, number_in, said_in
from mzplan.submissions.signatures import begins_signed, is_signature, without_signatures
from mzplan.submissions.standing_words import GETS, HEADING_COUNT, OF_ITSELF, OF_NUMBERS, PLAIN, claiming

_YEAR = late(r"(?a:(20\d\d)年)")
_REFERENCE = late(
    rf"^(?:备注|附注|注|(?:填[表报]|编制)?说明|(?:批准|备案|发)?文\s*号)?[:：]?\s*(?:详?见)?\s*(?:{HAN}{{1,6}}[〔\[(【](?a:\d{{4}})[〕\])】]第?(?a:\d{{1,5}})号(?:文件?)?|附件)$"
)
_PREFIX = late(
    r"^\s*(?:(?:备注|附注|注|(?:填[表报]|编制)?说明)(?:\s*[:：]|\s|$)|//|#)?\s*(?:\(?\d{1,2}[、.)](?=\s*\D))?"
)
_SENTENCES = late("[;。]")
_MADE = late(
    r"(?a:\((?:20\d\d年)?\d{1,2}月\d{1,2}日?(?:编?制表?|印发?|填?报|报送|上报|汇总|统计)?\))"
    r"|\((?:[终定]稿|最终稿?|正式稿?|[上呈]?报送?稿|盖章[版件]|电子版|纸质版)\)"
)
"""When it was made and which of its versions it is, in brackets behind its name: the title ends before."""
_REPLACES = late(
    r"\((?:补报|重报|重新报送|更新|更正|修[改订正]|[已经]?(?:修[改订正]|更[新正]))(?:后|版|稿|件|后报送)?\)"
    r"|(?:补报|重报|更新|更正|修[改订正])(?=(?:后的?)?(?:数据)?报?表\s*$)"
)
_LABELLED = late(
    rf"^\s*(?:{GETS}|附[件表]?\s*[:：]|编者按|备注|附注|注|(?:填[表报]|编制)?说明|数据来源|[本此该]表|//|#)"
)
"""How a remark begins."""
_LABEL_ALONE = late("备?注|附注|(?:填[表报]|编制)?说明|编者按")
"""What stands in a cell before that of a remark."""
_OF_THESE = late(
    r"(?:以[上下]|上述|下列|[本此该][表报]|这[张份些]|表[中内]|所[填报列]|数据?(?!来源))[^,，。;；]{0,8}?(?:[为是属]|系(?!统))|截[至止]"
    r"|[表数据][^,，。;；]{0,4}由[^,，。;；]{0,12}(?:填[报写]|编制|报送|上报|汇总)"
    r"|(?a:\d{1,2}月份?[底末]?的?(?:当月|累计)?数据?)(?=[\W_]|$)"
)
"""What a sentence says of the figures that it stands beside: 以上为9月数, 本表由永康市填报."""
_PAGE = late(
    r"第\s*\d{1,3}\s*页|共\s*\d{1,3}\s*页|共\s*\d{1,5}\s*条(?:记录|数据)?$|(?:填[报表]|制表|打印|[报上]送|上报|报出|导出|生成)?(?:日期|时间)[:\s]"
    r"|(?:(?a:(?:20\d\d\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日|20\d\d([-/.])\d{1,2}\1\d{1,2})"
    r"|\(?(?:单位|局|部门)?(?:盖章|公章|签章|签字)\)?|\(?(?:以下空白|(?:以下|[此本]页)无正文)\)?|附[件表]\s*[\d一二三四五六七八九十]{0,2}(?:\s+说明)?)$"
)
"""Its page and its end: the day, the seal, what is attached."""
_ORDINAL = late(
    r"(?a:(?:第[\d一二三四五六七八九十]{1,3}(?:部分|[章节篇类项]|板块)"
    r"|(?:专栏|(?:专项)?行动|(?:重点)?任务|板块|类别|专题|部分|领域|项目)[\d一二三四五六七八九十]{1,3}(?![\d.]\d)"
    r"|\([\d一二三四五六七八九十]{1,3}\)|\d{1,2}(?:\.\d{1,2}){1,2}(?=[、.:\s]\D)|[\d一二三四五六七八九十]{1,3}(?=[、.:\s]\s*\D)"
    r"|[A-Z](?=[、.:\s])|[IVX]{1,4}(?=[、.:\s]))[、.:\s]*){1,2}"
)
_OFFICE = late(
    rf"(?:(?![归由给交在到])(?!来自){HAN}){{2,14}}(?<![一二两三四五六七八九十百几多各本此别好坏用出])[处科股]室?$"
)
_LONGEST_HEADING = 16
_OF_FIGURES = late(
    rf"{OF_NUMBERS}|未(?!成年)|无(?!障)|应(?!急)|补(?![贴助])|改(?![造革善])|为(?!老)|日(?!间)|(?<!协)同|(?<!优)待(?!遇)|(?<!多)元|(?<![老青成少])年"
    "|[不没错误暂估核更按填报漏缺仅只请已含算据值月是换反串见照废约差另删停]|分[子母]|口径|合并|除外|包括|调整|当前|草稿|测试|样[表例]"
    "|重复|统计|上期|累计|实际|预计|目标|完成"
)
"""What may be said of figures: no heading has it that the plan does not have."""
_MARK = late(
    r"\((?:必填|选填|可不填|自动计?算|年月|yyyy-mm|人次|社区|街道|[个人名家张户件次场所处项床座组支对套篇期份亩村镇%‰])\)",
    re.I,
)
_CODE = late(r"(?a:编号[:：]?\s*[A-Za-z\d-]+|(?<![A-Za-z\d])[A-Za-z]\d{1,3}(?![\w-]))")
_TIME = late(TIME)
_WORDS = late(
    "|".join(
        (
            # what a table is called
            "民政|重点|发展|工作|任务|目标|指标|计划|规划|要点|完成|进展|进度|落实|推进|执行|情况|统计|计数|汇总|填[报表]|制表|上报|报送|报告|通报|简报|快报|月报|季报|报表|报出",
            "本(?=表)|打印|编制|附件|附表|清单|台账|明细|分解|一览|主要|有关|事业|综合|表|报|局|处|科|股|数据(?=统计|填报|上报|报送|报表|汇总|表|截)",
            # what stands over several of its columns
            "基本|信息|说明|材料|参考",
            # for whom and when
            "县|市|区|各|全市|全县|全区|本级|单位(?!错|不|有|没)|名称|年度|年|月份|月底前?|月|日期|日前?|时间|期间|季度|期限?|上半年|下半年|报告期|截[至止]|(?<=[日月])至|累计|度|份",
            # parts of it, totals, its end
            "任务|第|部分|板块|专题|类别|类|其中|合计|小计|总计|共计|总数|共|页|续|以下空白|以下无正文|(?i:total|sum|page|of)",
            "[一二三四五六七八九十]+(?=[、.)年月日季])|(?<=[表件])[一二三四五六七八九十]+(?=[:\\s]|$)|的|及|和|与",
            "盖章|公章|签章|签字|签名|科长|局长|主任|[此本]页无正文",
            # the letter that hands it over
            "关于(?=报送|上报|呈报|填报|[\\W\\d])|呈报|函(?=\\W*$)",
        )
    )
)
_OF_TARGETS = late(
    "(?:目标|任务|计划|指标)分解|(?:目标|计划)(?:任务|数|值)*(?:一览)?(?:表|清单|书)|(?:目标|计划)[数值]|预计|预期"
)
_OF_RESULTS = late("完成|进展|进度|落实|推进|执行|情况|统计|填报|上报|报送|报告|[月季]报|报表")
_LEAST_PIECE = 3
"""Characters of a piece of the plan's own titles; a shorter one is known where it stands alone."""
_TITLE_END = late("(?:数据表?|表|统计|情况|汇总|进展|进度|台账|[月季]报)$")
"""How a title ends; 数据 says what stands below it, and nothing of it."""
_DOUBTFUL = late("[未不十百千万亿]")
"""What no piece of two characters is known by: 未成, 千万."""
_RUN = late(r"[^\W\d_]+")
_BARE = late(r"(?a:[\d.]+(?:/\d+)?)")
"""A day or a figure, nobody knows but by the column."""
_LABEL = late("^(?:计量|金额)?单位[:为是]?")
_SEVERAL = late("[、/,，和]")


def is_harmless(cells: Sequence[str], names: Names, *, is_above: bool = False) -> bool:
    """Whether a line says nothing that anybody would miss, figures aside.

    Above a table, what ends as a title does may name in two characters what the plan's own titles are about (养老), and
    what heads a column of ours is the upper row of a header in two (指标名称 over merged cells, 完成值 over the units).
    """
    text = _MADE.sub("", said_in(cells))
    text = " ".join(each for each in text.split() if not meant_field(each)) if is_above else text
    is_title = is_above and bool(_TITLE_END.search(matched_form(text)))
    text = stretches_ended(text) or in_digits(text)
    if _REFERENCE.match(text):
        return True
    if any(indicators_in(text, names)):
        return False
    measures = names.measures
    text = MEASURE.sub(lambda said: "\n" if _is_known(said, measures) else said[0], text)
    if admits(text) or (_OF_TARGETS.search(text) and not _OF_RESULTS.search(text)):
        return False
    year = names.plan.year
    if _is_plain(text, year):
        return True
    text = "\n".join(each for each in text.split() if not _is_plain(each, year))
    text = without_signatures(text)
    for known in (OF_ITSELF, _PREFIX, _MARK, _CODE, _TIME):
        text = known.sub("\n", text)
    text = names.with_the_city(names.without_units(text))
    titles = "\n".join(_titles(names.plan))
    text = _TITLE_END.sub("", text.rstrip()) if is_title else text
    least = 2 if is_title else _LEAST_PIECE
    rest = "".join(_RUN.sub(lambda run: _unknown(run[0], titles, least), text))
    return not any(map(str.isalpha, _WORDS.sub("\n", rest)))


def only_replaces(cells: Sequence[str], names: Names) -> bool:
    """Whether all that a title says beside what is harmless is that the table is there instead of an earlier one."""
    texts = [said_in([cell]) for cell in cells]
    plain = [_REPLACES.sub("", text) for text in texts]
    return plain != texts and is_harmless(plain, names, is_above=True)


def speaks_of_table(cells: Sequence[str], names: Names, *, is_above: bool = False) -> bool:
    """Whether a line may say whose a table is and for when: a title, a label, or a sentence about its figures.

    What other words say of a unit or a month (磐安县数据另行报送) is told as words.
    """
    text = claiming(in_digits(said_in(cells))).strip()
    is_note = is_labelled(text)
    if is_note and any(indicators_in(text, names)):
        return False
    is_title = _TITLE_END.search(matched_form(text)) and not is_note
    return bool(text) and bool(is_title or _OF_THESE.search(text) or is_harmless(cells, names, is_above=is_above))


def is_labelled(text: str) -> bool:
    """Whether a line begins as a remark does, and no title."""
    return bool(_LABELLED.match(text))


def is_aside(cell: str, names: Names) -> bool:
    """Whether what stands above a table is a remark that says nothing of whose it is, and for when."""
    text = said_in([cell])
    return (is_labelled(text) or not claiming(in_digits(text)).strip()) and not speaks_of_table(
        [cell], names, is_above=True
    )


def is_numbered_heading(cells: Sequence[str], header: Header, names: Names) -> bool:
    """Whether a line says few words of no figure behind an ordinal (第一部分, 一、) or before a count, or an office."""
    filled = [each for each in cells if trimmed(each)]
    whole = said_in(filled).strip()
    count, text = HEADING_COUNT.search(whole), without_count(whole)
    ordinal = _ORDINAL.match(text)
    is_marked = ordinal is not None or count or _OFFICE.fullmatch(text)
    if len(filled) != 1 or not is_marked or admits(text) or any(indicators_in(text, names)):
        return False
    rest = text[ordinal.end() if ordinal else 0 :].strip()
    is_short = len(rest) <= _LONGEST_HEADING and not any(map(str.isdigit, rest))
    if count and not (rest or ordinal) and (not count["all"] or any(header.arranged(cells)[FIGURE_CELLS])):
        return False  # a number alone may be anything's
    return is_short and not (_OF_FIGURES.search(rest) or number_in(rest, names))


def is_date_alone(cells: Sequence[str], header: Header, names: Names) -> bool:
    """Whether all that a line says is the day on which it was signed, with the office, a page or a telephone."""
    filled, own = [*filter(trimmed, cells)], header.arranged(cells)
    if not 1 <= len(filled) <= 2 or any(own[FIGURE_CELLS]):
        return False
    text = matched_form(filled[0])
    if len(filled) == 2:
        rest = [*filter(trimmed, without_days(cells, header, names))]
        is_begun = bool(names.months(own[0]) or trimmed(own[2]))
        return len(rest) == 1 and not (is_begun or number_in(said_in(rest), names)) and is_harmless(rest, names)
    if _BARE.fullmatch(text) and not own[0]:
        return False
    is_mark = any(map(str.isdigit, text)) and not (any(map(str.isalpha, text)) or number_in(text, names))
    return is_day(text, names.plan.year) or (is_mark and names.period(text)[0] is None)


def without_days(cells: Sequence[str], header: Header, names: Names) -> Sequence[str]:
    """A line with "" for each cell that can only be a day; among figures it may have been one."""
    figures, year = header.positions[FIGURE_CELLS], names.plan.year
    forms = [*map(matched_form, cells)]
    days = {at for at, text in enumerate(forms) if not _BARE.fullmatch(text) and is_day(text, year)}
    return ["" if at in days.difference(figures) else cell for at, cell in enumerate(cells)]


def without_own_end(cell: str, period: Period | None) -> str:
    """A title without the last day of its own month in brackets (截至10月31日); another day stays."""
    if period is None:
        return cell
    ends = {monthrange(period.year, period.month)[1], None}

    def of_own(said: re.Match[str]) -> str:
        year, month, day = (int(each) if each else None for each in said.groups())
        is_own = month == period.month and year in (period.year, None) and day in ends
        return "" if is_own else said[0]

    return UNTIL.sub(of_own, cell)


def without_count(text: str) -> str:
    """A heading or the word of a total without how many indicators stand below it."""
    return HEADING_COUNT.sub("", text)


def is_remark(cells: Sequence[str]) -> bool:
    """Whether a line tells of the sheet (who signed, made and gets it, its page) and names nothing that is in it."""
    text = in_digits(said_in(cells))
    is_known = begins_signed(text) or any(each.match(text) for each in (_PAGE, _REFERENCE))
    first = next(filter(trimmed, cells), "")
    is_known = is_known or bool(_LABEL_ALONE.fullmatch(trimmed(first)))
    return is_known or is_answered(cells) or _is_plain(text, None) or is_signature(next(filter(None, cells), ""))


def _is_plain(text: str, year: int | None) -> bool:
    """Whether all its sentences are such; of no other year than that one, where there is one."""
    text = _YEAR.sub(lambda said: "本年" if year in (int(said[1]), None) else said[0], text)
    return all(PLAIN.fullmatch(_PREFIX.sub("", each)) for each in _SENTENCES.split(text) if each.strip())


def _is_known(said: re.Match[str], measures: frozenset[str]) -> bool:
    """Whether a label of measures names only such as the plan has."""
    named = _LABEL.sub("", next(filter(None, said.groups())))
    return all(each in measures for each in filter(None, _SEVERAL.split(named)))


def _unknown(run: str, titles: str, least: int) -> str:
    """What of a run of words is not in the plan's own titles, pieces of at least so many characters."""
    if len(run) > 1 and run in titles:
        return ""
    at, rest = 0, []
    while at < len(run):
        ends = range(len(run), at + least - 1, -1)
        end = next((end for end in ends if run[at:end] in titles and _is_piece(run[at:end])), at)
        rest.append(run[at] if end == at else "\n")
        at = max(end, at + 1)
    return "".join(rest)


def _is_piece(text: str) -> bool:
    return len(text) >= _LEAST_PIECE or not _DOUBTFUL.search(text)


def _titles(plan: Plan) -> Iterator[str]:
    """What the plan calls itself, its areas and its tasks."""
    named = [plan.title, plan.city, plan.publisher, plan.safeguards_name]
    named += [text for area in plan.action_areas for text in (area.name, area.short)]
    named += [task.name for area in plan.action_areas for task in area.tasks] + [task.name for task in plan.safeguards]
    yield from map(matched_form, named)
