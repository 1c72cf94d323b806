"""What the headings of a sheet of units × indicators are called that are no unit of the plan."""

import re

from mzplan.submissions.names import matched_form

_OTHER_KIND = re.compile(
    r"(?:全年|年度|本?年)?(?:目标|计划|任务|预计|预期|上年|去年|同期|上期|当月|本月|单月|当期|本期|新增|增量)+[完成值数量]*"
    r"|(?:上[月期年]|去年)(?:同期)?[底末]?(?:累计)?(?:完成)?[值数量情况]*"
)
"""What figures are called that are not those from January up to the month."""
_OF_MONTHS = re.compile(r"(?a:(?:20\d\d[年.-])?(?:\d{1,2}月?[-—~至到])?\d{1,2}月?(?:份|底|末|累计|当月)*)")
_FOR_THE_EYE = re.compile(
    r"(?:序号|备注|说明|计量单位|单位|口径|任务|重点任务|类别|行动|全市.*|.*[合总小]计|.*目标.*|指标.*|编码|名称|项目|上.*|汇总|[Tt]otal"
    r"|平均[数值]?|均值|中位数|最[大小高低]值?|排[名序位]|[名位]次|占比|比重)?"
)
_LIKE_UNITS = re.compile(r"[\u4e00-\u9fff]{2,}(?:[市县区旗州局]|开发区|本级)")


def names_other_kind(heading: str) -> bool:
    """Whether figures below it are not those from January up to the month."""
    return bool(_OTHER_KIND.fullmatch(matched_form(heading)))


def is_of_months(heading: str) -> bool:
    """Whether it is a month, or several."""
    return bool(_OF_MONTHS.fullmatch(matched_form(heading)))


def is_of_month(heading: str) -> bool:
    """Whether it is a month, be it of totals, or several, and no number."""
    return "月" in heading and is_of_months(heading)


def is_for_the_eye(heading: str) -> bool:
    """Whether it is that of totals, or of words beside the figures."""
    return bool(_FOR_THE_EYE.fullmatch("".join(matched_form(heading).split())))


def is_like_unit(heading: str) -> bool:
    """Whether it ends as the names of units do."""
    return bool(_LIKE_UNITS.fullmatch(matched_form(heading)))
