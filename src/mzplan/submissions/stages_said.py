"""What a note says of the stage beside it: that something is left, open or for later, or else that all is done.

A clause speaks of the milestone where around its words stand only the milestone's own, words for work, for its time,
and while it is open for its document. Of another thing (配套, 下一步, 经费) it may say what it likes.
"""

from mzplan.reading.patterns import late
from mzplan.submissions.clauses import clauses_of
from mzplan.submissions.row import Row
from mzplan.submissions.steps import BEGUN_WORDS, NOT

_WORK = late(
    "目前|结果|工作|任务|项目|实际|[本当]月|现|整体|总体|仪式|活动|[本该此]项|事项|[全正]部|全面|所有|正式|顺利|圆满|如期|预计|计划|力争|争取|确保"
    r"|(?:[改定放安]|推迟|延期?|安?排)(?=[到至在于])|\d{1,2}月份?|\d{1,2}[日号]|[上中下]旬|[拟将需须应要可能才再完到至在于前底初末内的暂并了均都]"
)
_DOCUMENT = late(
    "文件|办法|方案|意见|细则|材料|规划|标准|清单|制度|文本|报告|手续|[省市县](?:[里厅局]|政府)?|刚|上去|[已报]"
)
_OTHER = late("经费|资金|款|补[助贴]|配套|附属|二期|后续|下一|其他")
_APART = late("不(?:在|属|计)|另行")
_END = "完成|结束|竣工|完工|收尾|办结|印发|出台|发文|发布|公布|举行|举办|召开|建成|启动|开展|实施|上市"
_LEFT = late(
    r"(?:还|尚|仍)(?:剩|差|余|缺)|[还尚仍]有[^,，]*[未没]|\d[^,，]{1,6}(?:[未没]有?)(?:完成|治理|整治|整改|结束|[完竣]工)"
)
_NOT_YET = late(
    f"{NOT}(?:获|被)?(?:全部|全面|正式|实际|整体)?(?:{_END}|{BEGUN_WORDS}|批|审|出|定稿|上会|通过)[复准下来完定]*$"
)
_OPEN = late(
    "[在处](?:于)?(?P<what>推进|进行|实施|办理|建设|施工|治理|整治|整改|起草|修[改订]|征求(?:意见)?|审[批核]|报批|论证|研究|制定|编制|评审)(?:当?中|阶段)?$"
    "|(?:推进|进行|实施|办理|建设|施工|起草|修改|审[批核]|报批|编制|评审)(?:当?中|阶段)$"
    "|(?:[等待]|有待)[^,，]{0,6}?(?:批[复准]|审[批定]|印发|出台|发文|上会|签发|报批|同意|结束|[完竣]工|收尾)$|(?:初稿|草案|讨论稿|(?:征求意见|送审)稿)(?:已?形成)?$"
)
_GOING = late(
    "在(?:推进|实施|建设|施工|治理|整治|征求(?:意见)?)(?:当?中)?$|(?:初稿|草案|讨论稿|(?:征求意见|送审)稿)(?:已经?)?(?:形成|完成)$"
)
"""What is not yet done, but has begun."""
_ABOVE = late("[省市部国]|上级")
"""Others' work."""
_AND = late("[和与及、]")
_LATER = late(r"(?P<month>\d{1,2})月份?|(?P<end>年[底末])|明年|下个?[月季]")
_ENDS = late(_END)
_DONE = late("已经?|业已")
_FINISHED = late("完成|[竣完]工|办结|结束|收尾|到位|建成")
_WITH_IT = late("验收|发文|印发|投用|交付")
_ALL_DONE = late("已(?:经|全部|全面)*(?:完成|办结)(?:了|本项|该项|工作|任务)*$")
_NOT_BEGUN = late(f"{NOT}(?:正式|实际)?(?:{BEGUN_WORDS})$")
_STILL = late("[仍还尚正]")
WORDS = (_LEFT, _NOT_YET, _OPEN, _LATER, _DONE)


def is_another_stage(clause: str, row: Row) -> bool:
    """Whether a clause says that the stage of a record is another one."""
    if row.stage == len(row.stages) - 1:
        return not (_OTHER.search(clause) or _APART.search(row.note)) and (
            bool(_LEFT.search(clause)) or _is_open(clause, row) or _is_later(clause, row)
        )
    said = _ALL_DONE.search(clause) or (_NOT_BEGUN.search(clause) if row.stage else None)
    return said is not None and not _WORK.sub("", _STILL.sub("", clause[: said.start()]))


def may_be_done(row: Row) -> bool:
    """Whether a note says of a milestone that is reported as unfinished that it is finished."""
    clauses = clauses_of(row.note)
    is_left = any(_NOT_YET.search(clause) or _is_to_come(clause, row) for clause in clauses)
    return row.stage != len(row.stages) - 1 and not is_left and any(_is_done(clause, row) for clause in clauses)


def has_begun(row: Row) -> bool:
    """Whether a note says of a milestone that is reported as not begun that it is under way."""
    return row.stage == 0 and any(
        (said := _GOING.search(clause))
        and not _ABOVE.search(clause)
        and _is_of_it(_DOCUMENT.sub("", _STILL.sub("", clause[: said.start()])), row)
        for clause in clauses_of(row.note)
    )


def _is_to_come(clause: str, row: Row) -> bool:
    """Whether a clause names a time after the record's month."""
    when = _LATER.search(clause)
    return when is not None and row.period is not None and int(when["month"] or 13) > row.period.month


def _is_open(clause: str, row: Row) -> bool:
    said = _NOT_YET.search(clause) or _OPEN.search(clause)
    return said is not None and _is_of_it(_DOCUMENT.sub("", _STILL.sub("", clause[: said.start()])), row)


def _is_later(clause: str, row: Row) -> bool:
    """Whether the milestone, or what ends it, is said to be in a month after the record's."""
    when = _LATER.search(clause)
    if when is None or row.period is None or "原" in clause:
        return False
    month = int(when["month"] or 12 if when["month"] or when["end"] else 13)
    around = clause[: when.start()] + clause[when.end() :]
    return month > row.period.month and bool(_ENDS.search(around)) and _is_of_it(_ENDS.sub("", around), row)


def _is_done(clause: str, row: Row) -> bool:
    done = _DONE.search(clause)
    behind = clause[done.end() :] if done else ""
    if done is None or not _FINISHED.search(behind):
        return False
    words = clause[: done.start()] + _WITH_IT.sub("", _FINISHED.sub("", behind))
    return _is_of_it(words, row) and not _is_of_a_part(words, row)


def _is_of_a_part(words: str, row: Row) -> bool:
    """Whether words name one of the things that the milestone's name joins, and not the others."""
    things = _AND.split(row.indicator.name) if row.indicator else []
    named = [bool(set(words) & set(each[:2])) for each in things]  # what they share stands behind the last
    return any(named) and not all(named)


def _is_of_it(words: str, row: Row) -> bool:
    """Whether words are of the milestone itself, or none."""
    return row.indicator is not None and set(_WORK.sub("", words)) <= set(row.indicator.name)
