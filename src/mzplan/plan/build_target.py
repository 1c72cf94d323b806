"""What an indicator promises: its target, the baseline it starts from, and the targets that come later."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from mzplan.diagnostics import Location
from mzplan.figures import decimal_text
from mzplan.period import Period
from mzplan.plan import file_rules
from mzplan.plan import rules as rule
from mzplan.plan.clause import amounts
from mzplan.plan.findings import Findings, Offer
from mzplan.plan.fineness import check_fineness
from mzplan.plan.form_indicator import IndicatorForm, MeasuredForm, RevisionForm, TargetForm
from mzplan.plan.indicator import CYCLES
from mzplan.plan.scale import MeantFigure, meant_by_clause, meant_by_scale, other_measure_of
from mzplan.plan.target import OPERATOR_SIGNS, Operator, Revision, Target
from mzplan.plan.yaml_border import Cursor

_UNUSED = "写进 note，删去 baseline；要从它算起的，目标写 at_least，或比它低的 at_most"
SAME_KIND = "核对两个数是不是同一口径（存量对存量）"
SAME_MEASURE = "按“{measure}”应是 {meant}；核对两个数是不是同一计量单位"
MESSAGES: Mapping[str, tuple[str, str]] = {
    "target-empty": (
        "目标没有写方向",
        "写成 {{at_least: 数}}、{{at_most: 数}}、{{about: 数, tolerance: 百分数}} 或 {{growth: 百分数}}",
    ),
    "target-several": ("目标写了不止一个方向", "at_least、at_most、about、growth 只能写一个"),
    "target-negative": ("目标是负数 {number}", "核对原文的数"),
    "target-zero": ("{operator}: 0 没有意义：{meaning}", "零目标写成 at_most: 0"),
    "target-over": (
        "目标 {number} 超过 {limit}：分子是分母的一部分，比率到不了",
        "核对数和单位；分子可以大于分母的写 part_of_whole: false",
    ),
    "target-other-scale": ("目标 {number} 像是按{words}写的", "按“{unit}”应是 {meant}；确是这个数的，source 要摘到它"),
    "baseline-other-scale": ("基期值 {number} 像是按{words}写的：目标是 {target}", "按“{unit}”应是 {meant}"),
    "other-scale": ("", "核对这个数和计量单位"),
    "tolerance-missing": ("about 没有写容差", "写上 tolerance: 5（百分之五）这样的容差"),
    "tolerance-alone": ("tolerance 只用于 about", "删去 tolerance，或把方向改成 about"),
    "clause-number": ("目标值 {number} 不是原文里的数：原文写的是 {named}", "核对目标值和计量单位"),
    "clause-growth": ("增长 {number}% 不是原文里的数：原文写的是 {named}", "核对增长的百分数"),
    "clause-points": (
        "growth {number} 是在基期值上增长百分之{number}，原文写的是 {named} 个百分点",
        "百分点直接加在基期值上：目标写 {{at_least: {at_least}}}",
    ),
    "clause-direction": (
        "原文写的是“{words}”，目标写的却是 {operator}",
        "核对方向：“{words}”写作 {{{other}: {number}}}",
    ),
    "tolerance-small": ("容差 {number} 是百分之{number}", "百分之五写作 tolerance: 5"),
    "tolerance-range": ("容差 {number} 不在0到100之间", "写百分数，例如 5 表示上下百分之五"),
    "growth-baseline": ("growth 是在基期值上增长，却没有写 baseline", "补上 baseline: 上年的数"),
    "growth-zero": ("基期值是0，增长多少都还是0", "直接写目标：{{at_least: 数}}"),
    "growth-small": (
        "growth {number} 是百分之{number}",
        "百分之{meant}写作 growth: {meant}；确是这个数的，source 要摘到它",
    ),
    "growth-none": ("增长 0% 就是不低于基期值", "写成 {{at_least: {value}}}，schedule 写 always，删去 baseline"),
    "growth-negative": ("增长 {number}% 是下降", "写成 {{at_most: {value}}}；是增长的，写大于0的百分数"),
    "baseline-negative": ("基期值是负数 {number}", "核对基期值"),
    "baseline-other-measure": ("基期值 {number} 像是按“{written}”写的：目标是 {target}", SAME_MEASURE),
    "baseline-equal": ("基期值等于目标 {number}：一开始就完成了", "核对两个数是不是同一口径"),
    "baseline-beyond": ("基期值 {number} 已经超过目标 {target}", SAME_KIND),
    "baseline-of-about": ("基期值 {number} 不参与计算：约 {target} 不从基期值算起，完成率是完成值÷{target}", _UNUSED),
    "baseline-under-limit": ("基期值 {number} 不参与计算：它不高于上限 {target}，没有可压降的", _UNUSED),
    "baseline-over": ("基期值 {number} 超过 {limit}", "核对数和单位"),
    "baseline-of-count": (
        "累计量从0算起，不用 baseline",
        "删去 baseline，它只用于存量、比率，以及写成 growth 的累计量；或改正 kind",
    ),
    "revision-undefined": ("原目标是 undefined，没有什么可调整", "直接把 target 改成补上的目标"),
    "revision-year": ("调整从 {name} 起，不在 {year} 年", "写本年的月份：从哪一期起按新目标考核"),
    "revision-unused": (
        "{start} 以前没有一期按它前面的目标考核：前面的目标一次也用不上",
        "改正 from；从年初就按新目标的，直接改 target",
    ),
    "revision-order": ("{name} 的调整排在 {before} 的后面", "按月份先后排列，一个月只写一条"),
    "revision-direction": ("调整后的方向是 {now}，原来是 {before}", "方向不变才是调整；不是同一件事就另立指标"),
    "revision-baseline": (
        "调整后的目标 {number} 没有越过基期值 {baseline}：一开始就完成了",
        "核对新目标，是不是同一口径（存量对存量，而不是当年新增）",
    ),
    "revision-same": ("调整后的目标还是 {number}", "核对新目标，或删去这一条"),
}


class Promise(NamedTuple):
    """What can be read of a promise; None for what cannot."""

    target: Target | None
    baseline: Fraction | None
    """None also where there is none, or where completion does not start from it."""
    revisions: tuple[Revision, ...]


_DONE = Promise(Target("at_least", Fraction(1)), None, ())
"""What a milestone promises: the whole of the work."""


class PromiseReader:
    """Reads the promise of one indicator."""

    def __init__(self, found: Findings, form: IndicatorForm, year: int | None, at: Cursor) -> None:
        self.found = found
        self.form = form
        self.year = year
        self.at = at
        ratio = form.ratio if form.ratio is not None and form.ratio.other_scale is None else None
        self.limit = ratio.scale if ratio is not None and ratio.is_part_of_whole else None
        """What no ratio can exceed."""
        self.scale = ratio.scale if ratio is not None and (ratio.unit == "%" or ratio.scale != 100) else None
        """By what a figure may be written otherwise."""
        self.first: Target | None = None
        """What the year begins with, where it has been read."""
        self.baseline = Fraction(given) if (given := getattr(form, "baseline", None)) is not None else None

    def read(self) -> Promise:
        """The promise, its contradictions told."""
        form = self.form
        if not isinstance(form, MeasuredForm):
            return _DONE
        target = Target("undefined") if isinstance(form.target, str) else None
        if isinstance(form.target, TargetForm):
            target = self._target(form.target, self.at.down("target"))
        self.first = target
        revisions = self._revisions(target, form.revisions)
        targets = [target, *(revision.target for revision in revisions)]
        self._check_baseline(target, targets)
        if len(revisions) < len(form.revisions or ()):
            return Promise(None, None, ())  # what the year ends with is not known, nor what its parts come to
        starts = not form.makes.cumulative and any(each and each.has_way_from(self.baseline) for each in targets)
        return Promise(target, self.baseline if starts else None, revisions)

    def _target(self, form: TargetForm, at: Cursor) -> Target | None:
        choices = (*OPERATOR_SIGNS, "growth")
        given = [operator for operator in choices if operator in form.model_fields_set]
        if len(given) != 1:
            self._impossible(at, "target-several" if given else "target-empty")
            return None
        written_as = given[0]
        if written_as != "about" and form.tolerance is not None:
            self._impossible(at.down("tolerance"), "tolerance-alone")
        if written_as == "growth":
            return self._growth(form.growth, at.down("growth"))
        operator: Operator = next(each for each in OPERATOR_SIGNS if each == written_as)
        share = self._tolerance(form, at) if operator == "about" else Fraction(0)
        written: Decimal | None = getattr(form, operator)
        if written is None or share is None:
            return None
        value, place = Fraction(written), at.down(operator)
        number = decimal_text(value)
        self._check_fineness(value, place.place())
        if value < 0:
            self._impossible(place, "target-negative", number=number)
        elif value == 0 and operator != "at_most":
            meaning = "一开始就完成了" if operator == "at_least" else "零没有“左右”"
            self._impossible(place, "target-zero", operator=operator, meaning=meaning)
        elif meant := self._meant(Target(operator, value)):
            named: dict[str, Any] = {"words": meant.words, "unit": self.form.unit or "", **_proposed(meant.figure)}
            self._impossible(place, "target-other-scale", number=number, otherwise="other-scale", **named)
            return None
        elif self.limit is not None and value > self.limit:
            self._impossible(place, "target-over", number=number, limit=self.limit)
        return Target(operator, value, share)

    def _meant(self, target: Target) -> MeantFigure | None:
        """The figure that was meant by one which is written by another scale."""
        if self.scale is None:
            return None
        if self.first is None:
            return meant_by_clause(target, self.scale, self.form.source or "", self.baseline, self.limit)
        return meant_by_scale(target, self.scale, self.first.value, self.limit)

    def _growth(self, written: Decimal | None, at: Cursor) -> Target | None:
        """At least the baseline and so many per cent of it, exact."""
        if "baseline" not in self.form.model_fields_set:
            self._impossible(at, "growth-baseline")
            return None
        if written is None or self.baseline is None:
            return None
        share = Fraction(written) / 100
        value = self.baseline * (1 + share)
        if share <= 0:
            message, named = "growth-negative" if share else "growth-none", {"value": decimal_text(value)}
            self._impossible(at, message, number=decimal_text(share * 100), **named)
            return None
        if self.baseline == 0:
            self._impossible(at, "growth-zero")
        elif self.limit is not None and value > self.limit:
            self._impossible(at, "target-over", number=decimal_text(value), limit=self.limit)
        elif share * 100 < 1 and share * 100 not in {each.value for each in amounts(self.form.source or "")}:
            proposed = _proposed(share * 10_000)
            self._impossible(at, "growth-small", number=decimal_text(share * 100), otherwise="other-scale", **proposed)
            return None
        return Target("at_least", value, growth=share)

    def _tolerance(self, form: TargetForm, at: Cursor) -> Fraction | None:
        if "tolerance" not in form.model_fields_set:
            if form.about is not None:  # else what is wrong with it is told, and what is to stand beside it
                self._impossible(at, "tolerance-missing")
        elif form.tolerance is not None:
            percent = Fraction(form.tolerance)
            if 0 < percent < 1:
                place, number = at.down("tolerance").place(), decimal_text(percent)
                self.found.report(rule.CLAUSE_MISMATCH, place, "tolerance-small", number=number)
            if 0 < percent < 100:
                return percent / 100
            self._impossible(at.down("tolerance"), "tolerance-range", number=decimal_text(percent))
        return None

    def _check_fineness(self, figure: Fraction, place: Location) -> None:
        check_fineness(self.found, place, figure, self.form.promised_decimals, self.form.unit or "")

    def _impossible(self, at: Cursor, message: str, **named: Any) -> None:
        self.found.report(rule.IMPOSSIBLE_TARGET, at.place(), message, **named)

    def _check_baseline(self, first: Target | None, targets: list[Target | None]) -> None:
        """The baseline is no more than can be, and short of the target that the year begins with."""
        value, place = self.baseline, self.at.place("baseline")
        if value is None:
            return
        number = decimal_text(value)
        self._check_fineness(value, place)
        promised = [target for target in targets if target is not None]
        if self.form.makes.cumulative:
            if len(promised) == len(targets) and not any(target.growth for target in promised):
                key = self.at.down("baseline").key_place()
                self.found.report(file_rules.KEY_OF_OTHER_KIND, key, "baseline-of-count")
            return
        if value < 0:
            self.found.report(rule.IMPOSSIBLE_BASELINE, place, "baseline-negative", number=number)
        elif self.limit is not None and value > self.limit:
            self.found.report(rule.IMPOSSIBLE_BASELINE, place, "baseline-over", number=number, limit=self.limit)
        elif self.scale is not None and promised:
            self._check_scale(value, promised[0].value, place)
        if self.form.ratio is None and promised and self._is_other_measure(value, promised[0].value, place):
            return
        if first is not None and first.operator == "at_least" and not first.growth and value >= first.value:
            message = "baseline-equal" if value == first.value else "baseline-beyond"
            goal = decimal_text(first.value)
            self.found.report(rule.IMPOSSIBLE_BASELINE, place, message, number=number, target=goal)
        elif promised and not any(each.operator == "undefined" or each.has_way_from(value) for each in promised):
            message = "baseline-of-about" if promised[0].operator == "about" else "baseline-under-limit"
            goal = decimal_text(promised[0].value)
            self.found.report(rule.UNUSED_BASELINE, place, message, number=number, target=goal)

    def _is_other_measure(self, baseline: Fraction, target: Fraction, place: Location) -> bool:
        """Whether the baseline is near the target by another measure alone (58万 of 600000); told if so."""
        unit = self.form.unit or ""
        other = other_measure_of(unit, baseline, target)
        if other is None:
            return False
        named: dict[str, Any] = {"number": decimal_text(baseline), "target": decimal_text(target)}
        named |= {"written": other.written, "measure": unit, "meant": decimal_text(other.meant)}
        broken = rule.CLAUSE_MISMATCH if other.is_larger else rule.IMPOSSIBLE_BASELINE
        self.found.report(broken, place, "baseline-other-measure", **named)
        return True

    def _check_scale(self, baseline: Fraction, target: Fraction, place: Location) -> None:
        meant = meant_by_scale(Target("at_most", baseline), self.scale or 0, target, self.limit)
        if meant is not None:
            named: dict[str, Any] = {"number": decimal_text(baseline), "target": decimal_text(target)}
            named |= {"words": meant.words, "unit": self.form.unit or "", **_proposed(meant.figure)}
            self.found.report(rule.CLAUSE_MISMATCH, place, "baseline-other-scale", otherwise="other-scale", **named)

    def _revisions(self, first: Target | None, forms: Sequence[RevisionForm | None] | None) -> tuple[Revision, ...]:
        read = []
        for form, at in self.at.members("revisions", forms):
            revision = self._revision(form, at) if form is not None else None
            if revision is not None:
                read.append((revision, at))
        if read and first is not None and first.operator == "undefined":
            self._wrong_revision(read[0][1], "revision-undefined")
            return ()
        for (before, earlier), (after, at) in pairwise(read):
            if after.start <= before.start:
                named = {"name": str(after.start), "before": str(before.start)}
                self._wrong_revision(at.down("from"), "revision-order", related=[earlier.place("from")], **named)
        self._check_use(read)
        target = first
        for revision, at in read:
            if target is not None:
                self._compare(target, revision.target, at.down("target"))
            target = revision.target
        return tuple(revision for revision, _ in read)

    def _check_use(self, read: Sequence[tuple[Revision, Cursor]]) -> None:
        """Each target but the last is in force for a month that is owed."""
        every, before = CYCLES[self.form.report_every or "month"], 1
        own = [(revision, at) for revision, at in read if self.year in (None, revision.start.year)]  # others are told
        for revision, at in own:
            start = revision.start.month
            is_ordered = start > before or revision is own[0][0]
            if is_ordered and not any(month % every == 0 for month in range(before, start)):
                self._wrong_revision(at.down("from"), "revision-unused", start=str(revision.start))
            before = start

    def _revision(self, form: RevisionForm, at: Cursor) -> Revision | None:
        target = self._target(form.target, at.down("target")) if form.target is not None else None
        start = Period.parse(form.start) if form.start is not None else None
        if start is not None and self.year is not None and start.year != self.year:
            self._wrong_revision(at.down("from"), "revision-year", name=str(start), year=self.year)
        if start is None or target is None or form.source is None:
            return None
        return Revision(start, target, form.source, form.note or "")

    def _compare(self, before: Target, now: Target, at: Cursor) -> None:
        """A revision says something new of the same promise."""
        if before.operator != now.operator:
            self._wrong_revision(at, "revision-direction", before=before.operator, now=now.operator)
        elif before == now:
            self._wrong_revision(at, "revision-same", number=decimal_text(now.value))
        elif self.baseline is not None and not self.form.makes.cumulative and self._has_no_way(before, now):
            number, baseline = decimal_text(now.value), decimal_text(self.baseline)
            self._wrong_revision(at, "revision-baseline", number=number, baseline=baseline)

    def _has_no_way(self, before: Target, now: Target) -> bool:
        """Whether a target lies where the baseline is already, while the one before did not."""
        baseline = self.baseline or Fraction(0)
        if now.operator == "at_least":
            return not now.growth and now.value <= baseline < before.value
        return now.operator == "at_most" and now.value >= baseline > before.value

    def _wrong_revision(self, at: Cursor, message: str, **named: Any) -> None:
        self.found.report(rule.IMPOSSIBLE_REVISION, at.place(), message, **named)


def _proposed(figure: Fraction) -> dict[str, Any]:
    """A figure as what a hint proposes."""
    text = decimal_text(figure)
    return {"offers": [Offer(text, Decimal(text))]}
