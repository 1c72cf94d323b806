"""Every figure, every word that has an opposite and every listed name of a document, turned round one at a time."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import bulletin_cases as cases
from bulletin_cases import Document, Speed
from factory import at_least
from mzplan.bulletin import EVERY, Bulletin, Material, gather
from mzplan.bulletin.model import Annex, BulletinCell, BulletinParagraph, BulletinSection, Cited, Sentence
from mzplan.bulletin.model import Part as Words
from mzplan.bulletin.verify import Account
from mzplan.bulletin.verify.names import DraftNames, normalised
from mzplan.bulletin.verify.passages import Outline, bare, is_frame
from mzplan.bulletin.verify.truth import blocks_of
from mzplan.period import Period
from mzplan.plan.indicator import Figure
from mzplan.plan.lights import PRESETS
from mzplan.plan.model import Part
from mzplan.plan.target import Schedule, Target
from mzplan.render.layout import Look
from mzplan.render.summary import FORMATS

MORE = {str(digit): str(digit + 1) for digit in range(9)} | {"9": "8"}
OPPOSITES = (
    *(("未达到", "达到"), ("已达到", "未达到"), ("(?<![未已])达到", "未达到"), ("快于", "慢于"), ("慢于", "快于")),
    *(("已完成", "未完成"), ("(?<!尚)未完成", "已完成"), ("提前完成", "没有完成"), ("如期完成", "逾期完成")),
    *(
        ("已报", "未报"),
        ("(?<!已)未报", "已报"),
        ("未报齐", "已报齐"),
        ("(?<!未)报齐", "未报齐"),
        ("部分报送", "全部报送"),
    ),
    *(
        ("均", "无一"),
        ("已全部", "均未"),
        ("(?<!已)全部", "部分"),
        ("全部", "大部分"),
        ("另有", "没有"),
        ("其中", "另有"),
    ),
    *(("已达标", "未达标"), ("未达标", "已达标"), ("未到期", "到期"), ("到期", "未到期"), ("应达", "不必达")),
    *(("推进中", "已办结"), ("高于", "低于"), ("低于", "高于"), ("超出", "控制在"), ("控制在", "超出"), ("并列", "")),
    *(("未启动", "已完成"), ("难度较大", "没有难度"), ("可如期", "难如期"), ("严重滞后", "进展较快"), ("滞后", "超前")),
    *(("保持", "没有"), ("尚无", "已有"), ("沿用", "更正"), ("从未", "按时"), ("符合", "超出"), ("不作为", "作为")),
    *(("非正式", "正式"), ("距", "超"), ("参考", "正式"), ("尚未", "已经"), ("需完成", "已完成"), ("最高", "最低")),
    *(
        ("尚差", "超出"),
        ("含本数", "只算整数"),
        ("(?<!不)含本数", "不含本数"),
        ("不含本数", "含本数"),
        ("不计", "计入"),
    ),
    *(
        ("未含", "已含"),
        ("计入", "不计"),
        ("已超上限", "未超上限"),
        ("按已报数", "按全部数"),
        ("以上", "以下"),
        ("以内", "以外"),
    ),
    *(
        ("提前", "推迟"),
        ("办结", "取消"),
        ("不适用", "适用"),
        ("相当于", "不及"),
        ("应", "不应"),
        ("月底", "月初"),
        ("有", "没有"),
    ),
    *(
        ("起", "止"),
        ("增量", "总量"),
        ("压减", "新增"),
        ("未能读取", "已读取"),
        ("前", "后"),
        ("月均", "年均"),
        ("约", "超过"),
    ),
)
"""What a sentence says, and what it may not say then: in each place where the first stands, the second."""


JUNE, NEXT_YEAR = Period(cases.YEAR, 6), Schedule("by_due", Period(cases.YEAR + 1, 6))
BY_JUNE = Schedule("by_due", JUNE)
OF_STAGES = (cases.LINEAR, cases.LINEAR, BY_JUNE, cases.BY_DUE, cases.LINEAR, cases.LINEAR)
STAGED: Mapping[str, Fraction | None] = {"M1": Fraction(2), "M2": Fraction(0), "M3": Fraction(1, 2), "M5": None}
FULL: Mapping[str, Any] = {"target": at_least(100)}
LIMITS: Mapping[str, Mapping[str, Any]] = {
    "C1": {"target": Target("at_most", Fraction(800)), "schedule": cases.BY_DUE},
    "B3": {"target": Target("at_most", Fraction(20000)), "schedule": cases.BY_DUE},
    "C3": {"target": Target("at_most", Fraction(160)), "baseline": Fraction(200)},
}


def staged(last: int, speed: Speed, *schedules: Schedule) -> Material:
    return cases.material(last, speed, cases.plan(only=("B3", "C1"), more=cases.milestones(*schedules)))


def in_part(indicator: str, unit: str, month: int) -> Fraction | None:
    """Everybody leaves out beds since July, 东山县 help in September, and 市本级 reports none of one thing."""
    if indicator in ("C1", "M1") and month >= 7:
        return None
    return None if (indicator, unit, month) in (("B3", "dong", 9), ("C2", "nan", 9)) else Fraction(1)


def never(indicator: str, unit: str, month: int) -> Fraction | None:
    """西河县 has never sent its beds, nor its help since July; since June 东山县 leaves out one thing, 南江市 two."""
    if unit == "xi" and (indicator == "C1" or (indicator == "B3" and month >= 7)):
        return None
    return None if (unit, indicator) in (("dong", "C1"), ("nan", "C1"), ("nan", "C2")) and month >= 6 else Fraction(1)


WIDE = PRESETS["strict"]._replace(name="云川", yellow=Fraction(5), red=Fraction(20), red_inclusive=True)


def inapplicable() -> Material:
    """What 市本级 is to do is no longer to be done; judged by other thresholds."""
    given = cases.plan()
    filled = cases.ledger(given, 9, cases.lagging("C1"))
    filled.write(filled.cell("C4", "bureau", 9), Figure(None))
    return gather(given, filled, Period(cases.YEAR, 9), WIDE)


def reports_unread(last: int, *units: str) -> Material:
    """With parts of its own of the beds, and a report that could not be read, of each of these."""
    given = cases.plan(breakdown="official")
    sent = cases.silent(*units, since=last, pace=Fraction(1, 2))
    filled = cases.ledger(given, last, lambda *of: sent(*of) and (Fraction(9) if of[0] == "B2" else sent(*of)))
    filled.faulty = frozenset((unit, f"{cases.YEAR}-{last:02d}") for unit in units)
    return gather(given, filled, Period(cases.YEAR, last))


OF_REFUSED = {("C1", "xi", 9), ("C2", "nan", 9)}


def two_refused() -> Material:
    """Nobody's row of two things was taken that is not there: all others sent both."""
    given = cases.plan()
    filled = cases.ledger(
        given, 9, lambda key, unit, month: None if (key, unit, month) in OF_REFUSED else Fraction(1, 2)
    )
    filled.refused = frozenset((key, unit, f"{cases.YEAR}-09") for key, unit, _ in OF_REFUSED)
    return gather(given, filled, Period(cases.YEAR, 9), PRESETS["yinchuan-2025"])


def own_dates() -> Material:
    """东山县 is to have its stations by June and has none; the others have until December."""
    given = cases.plan(instead={"B2": {"schedule": cases.LINEAR}})
    part = Part(at_least(4), "official", "关于下达任务的通知", due=JUNE)
    return cases.material(
        9, cases.lagging("B2", "C5", pace=Fraction(0)), replace(given, parts={("B2", "dong"): (part,)})
    )


RARE: Mapping[str, Callable[[], Material]] = {
    "stages": lambda: staged(9, lambda indicator, *_: STAGED.get(indicator, Fraction(1)), *OF_STAGES),
    "stages-met": lambda: staged(9, cases.even(3), *[cases.LINEAR] * 3),
    "stages-on": lambda: staged(9, cases.even(), *[cases.LINEAR] * 3),
    "stages-behind": lambda: staged(9, cases.even(0), *[cases.LINEAR] * 3),
    "stages-overdue": lambda: staged(9, cases.even(Fraction(1, 2)), *[BY_JUNE] * 3),
    "stages-late": lambda: staged(12, lambda _indicator, _unit, month: Fraction(3 * (month > 6)), *[BY_JUNE] * 3),
    "stages-missing": lambda: staged(9, cases.silent("bureau"), *[cases.LINEAR] * 3),
    "stages-idle": lambda: staged(9, cases.even(0), *[cases.BY_DUE] * 3),
    "stages-idle-in-part": lambda: staged(9, cases.lagging("M1", pace=Fraction(0)), *[cases.BY_DUE] * 3),
    "stages-not-due": lambda: staged(9, cases.even(), *[cases.BY_DUE] * 3),
    "limits": lambda: cases.material(9, cases.lagging("B3", pace=Fraction(2)), cases.plan(instead=LIMITS)),
    "limits-slow": lambda: cases.material(
        9, cases.lagging("B1", "C3", pace=Fraction(1, 2)), cases.plan(instead=LIMITS)
    ),
    "limits-rising": lambda: cases.material(9, cases.lagging("C3", pace=Fraction(-1)), cases.plan(instead=LIMITS)),
    "full": lambda: cases.material(9, cases.even(), cases.plan(instead={"C2": FULL})),
    "not-full": lambda: cases.material(
        9, cases.lagging("C2"), cases.plan(instead={"C2": {**FULL, "schedule": BY_JUNE}})
    ),
    "next-year": lambda: cases.material(
        11, cases.mixed, cases.plan(instead={"C4": {"schedule": NEXT_YEAR}, "C2": {"schedule": NEXT_YEAR}})
    ),
    "june-is-over": lambda: cases.material(
        9,
        cases.lagging("B3", "C2"),
        cases.plan(instead={key: {"schedule": BY_JUNE} for key in ("B3", "C2", "C5")}),
    ),
    "one-month-left": lambda: cases.material(11, cases.lagging("B1", "C1"), cases.plan(only=("B1", "C1"))),
    "nothing-due": lambda: cases.material(
        3, cases.even(Fraction(1, 2)), cases.plan(only=("C2", "C4", "C5"), instead={"C4": {"schedule": cases.BY_DUE}})
    ),
    "all-late": lambda: cases.material(9, cases.even(Fraction(1, 2)), cases.plan(only=("B3", "C1", "C3"))),
    "in-part": lambda: cases.material(9, in_part, cases.plan(more=cases.milestones(*[cases.LINEAR] * 3))),
    "never": lambda: cases.material(9, never, cases.plan(breakdown="official")),
    "fast": lambda: cases.material(6, cases.even(Fraction(3, 2))),
    "unread": lambda: reports_unread(9, "xi"),
    "all-unread": lambda: reports_unread(9, "xi", "bureau", "gaoxin"),
    "unread-in-december": lambda: reports_unread(12, "xi"),
    "late-in-december": lambda: cases.material(12, cases.lagging("C1"), cases.plan(breakdown="official")),
    "refused": lambda: cases.refused(9, cases.even(), "C1", "xi"),
    "own-dates": own_dates,
    "two-refused": two_refused,
    "inapplicable": inapplicable,
}
"""What the situations of `bulletin_cases` and its matrix leave unsaid, so that every phrase is written somewhere."""


def documents(given: Material) -> Iterator[Document]:
    """Every document that can be written of a month, the reminders to one unit among them."""
    yield from cases.documents(given)
    yield from (("reminder", unit, EVERY) for unit in given.facts.plan.units)


def figures_turned(cited: Cited) -> Iterator[Cited]:
    """Figures that are other ones: by the last digit, by the first, ten times as much, without the point."""
    text = cited.text
    first = next(at for at, letter in enumerate(text) if letter.isdigit())
    yield replace(cited, text=text[:-1] + MORE[text[-1]])
    if text[first] != text[-1] or len(text) > first + 1:
        yield replace(cited, text=text[:first] + MORE[text[first]] + text[first + 1 :])
    if any(letter in "123456789" for letter in text):
        yield replace(cited, text=text.replace(".", "") if "." in text else f"{text}0")


def sentences_turned(sentence: Sentence, units: tuple[str, ...] = ()) -> Iterator[Sentence]:
    """The sentence with one thing in it turned round, in every way."""
    parts = sentence.parts

    def with_part(position: int, part: Words) -> Sentence:
        return Sentence((*parts[:position], part, *parts[position + 1 :]))

    for position, part in enumerate(parts):
        if isinstance(part, Cited):
            yield from (with_part(position, other) for other in figures_turned(part))
            continue
        for old, new in OPPOSITES:
            for match in re.finditer(old, part):
                yield with_part(position, part[: match.start()] + new + part[match.end() :])
        for match in re.finditer("（([^（）]*)）", part):
            named = match[1].split("、")
            others = [one for one in units if one not in match[1]]
            if set(named) <= set(units) and others:
                yield with_part(
                    position, part[: match.start(1)] + "、".join([*named[1:], others[0]]) + part[match.end(1) :]
                )
    numbers = [position for position, part in enumerate(parts) if isinstance(part, Cited)]
    for one, other in pairwise(numbers):
        first, second = parts[one], parts[other]
        assert isinstance(first, Cited)
        assert isinstance(second, Cited)
        if (first.text, first.unit) != (second.text, second.unit) and first.value != second.value:
            swapped = [*parts]
            swapped[one], swapped[other] = replace(first, text=second.text), replace(second, text=first.text)
            yield Sentence(tuple(swapped))


def documents_turned(bulletin: Bulletin, units: tuple[str, ...]) -> Iterator[Bulletin]:
    """The document with one more thing in every sentence turned round, until there is none."""
    ways: dict[int, Iterator[Sentence]] = {}
    turned: list[Sentence] = []

    def paragraph(one: BulletinParagraph) -> BulletinParagraph:
        sentences = []
        for sentence in one.sentences:
            other = next(ways.setdefault(id(sentence), sentences_turned(sentence, units)), None)
            turned.extend([other] if other else [])
            sentences.append(other or sentence)
        return replace(one, sentences=tuple(sentences))

    def section(one: BulletinSection) -> BulletinSection:
        return replace(
            one, paragraphs=tuple(map(paragraph, one.paragraphs)), sections=tuple(map(section, one.sections))
        )

    def annex(one: Annex) -> Annex:
        return replace(
            one, paragraphs=tuple(map(paragraph, one.paragraphs)), sections=tuple(map(section, one.sections))
        )

    while True:
        turned.clear()
        other = replace(
            bulletin,
            lead=tuple(map(paragraph, bulletin.lead)),
            sections=tuple(map(section, bulletin.sections)),
            annexes=tuple(map(annex, bulletin.annexes)),
            notes=paragraph(BulletinParagraph(bulletin.notes)).sentences,
        )
        if not turned:
            return
        yield other


def said_in(bulletin: Bulletin, names: DraftNames) -> set[str]:
    """The sentences of a document, as they are read."""
    outline = Outline(names)
    blocks = [block for block in blocks_of(bulletin) if not is_frame(block)]
    return {bare(passage.text) for block in blocks for passage in outline.passages(block)}


WORDS_IN_CELLS = {"已完成": "未启动", "严重滞后": "达序时", "未报": "已完成", "未到期": "滞后", "—": "9"}


def cells_turned(bulletin: Bulletin, column: int) -> tuple[Bulletin, list[str]]:
    """The document with the figure or the word in that column of every annex turned round, and the rows it is in."""
    changed: list[str] = []

    def row(cells: tuple[BulletinCell, ...]) -> tuple[BulletinCell, ...]:
        if column >= len(cells):
            return cells
        part = cells[column].parts[0]
        other: Words = WORDS_IN_CELLS.get(part, part) if isinstance(part, str) else next(figures_turned(part))
        if other == part:
            return cells
        changed.append(normalised(str(cells[0]))[0])
        return (*cells[:column], BulletinCell((other, *cells[column].parts[1:])), *cells[column + 1 :])

    annexes = tuple(replace(one, rows=tuple(map(row, one.rows))) for one in bulletin.annexes)
    return replace(bulletin, annexes=annexes), changed


def right_in(bulletin: Bulletin, material: Material) -> set[str]:
    """The sentences and rows of a document in print that pass with 一致."""
    text = FORMATS["text"](bulletin, Look())
    assert isinstance(text, str)
    report = cases.verified("draft.txt", text.encode(), material)
    return {one.text for one in report.statements if one.account is Account.RIGHT}


def passed(material: Material, bulletin: Bulletin) -> Iterator[str]:
    """The sentences and rows that still pass after something in them was turned round."""
    plan = material.facts.plan
    names, units = DraftNames(plan), tuple(material.facts.unit_names(plan.units))
    said = said_in(bulletin, names)
    assert said <= set(map(bare, right_in(bulletin, material)))
    for other in documents_turned(bulletin, units):
        yield from (said_in(other, names) - said).intersection(map(bare, right_in(other, material)))
    for column in range(1, 12):
        other, changed = cells_turned(bulletin, column)
        if changed:
            yield from (f"{column}: {label}" for label in right_in(other, material).intersection(changed))
