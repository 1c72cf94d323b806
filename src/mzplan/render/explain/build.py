"""From an explanation to a document: a heading for each step, and what it says."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from mzplan import zh
from mzplan.diagnostics import Location, show
from mzplan.figures import decimal_text
from mzplan.period import Period
from mzplan.plan.indicator import SPAN_ZH
from mzplan.plan.lights import LIGHT_ZH
from mzplan.plan.model import BASIS_IN_FULL, REFERENCE_CAUTION, LightPreset
from mzplan.plan.target import SCHEDULE_ZH
from mzplan.plan.unit_lists import FEW, units_told
from mzplan.render import words
from mzplan.render.document import Align, Block, Document, Heading, Item, Listing
from mzplan.render.explain.promise import given_lines, promise_lines
from mzplan.said import SCREEN, listed, say
from mzplan.scoring.explain import Explanation, Formula, Record, Step, Token
from mzplan.scoring.pace import REACH_ZH, Pace
from mzplan.scoring.progress import INCOMPLETE, LOST, STATUS_ZH, UNREAD, Progress, Status
from mzplan.scoring.silence import silent_units
from mzplan.zh import Amount

CLAUSE_HEADING = "条款"
TITLE = "{id} {name} · {unit} · {period}"
LONG = 500
"""Cells of a clause or a note; the plan's loader allows no more of a line than this shows."""

_VERDICT = "{status}。完成率 {completion}%{carried}，序时进度 {expected}%，差距 {gap} 个百分点。"
_VERDICT_ABOVE = "{status}。完成率 {completion}%{carried}，序时进度 {expected}%，超出目标 {excess} 个百分点。"
_HEARD, _NONE_HEARD = "已报{reported}家、{others}{open}。", "{others}{open}。"
_OPEN_YET = "，报齐后结论可能改变"
_NOT_READ, _NOT_HEARD = "报了但未能读入{count}家", "未报{count}家"
_SCOPES = {"total": "考核{city}合计", "each": "逐个填报单位考核", "units": "考核 {units}"}
_PART_PLACE = "分解依据：{place}（{source}）"
_COUNTS_AS_NONE = "，完成率按0计入平均，不算达序时"
_UNREAD = "{units} {period} {unread}：见 mzplan check。"
_USED, _CARRIED, _UNASKED = "采用", "采用（沿用，本期未报）", "该月不应报"
_CARRIED_FOR_UNREAD = "采用（沿用，本期报了但未能读入）"
_NOTED, _EVIDENCE = "说明：{text}", "佐证：{text}"
_RECORD: tuple[Align, ...] = ("left", "right", "left", "left")
"""Whose record of which month, its figure, its place, whether it is used."""

_STEPS = {
    "actual": "完成值",
    "completion": "完成率",
    "capped": "计分",
    "expected": "序时进度",
    "gap": "差距",
    "excess": "超出目标",
    "shortfall": "占应完成量的落差",
    "contribution": "占{city}",
}
_WHYS = {
    "met": "已不超过上限，计100%",
    "at-target": "目标与起点相同，达到即100%，否则0",
    "stage": "该阶段所占的份额",
    "units": "达标的单位各计1",
    "mean": "各单位份额的平均，从未报过的按第一阶段计",
    "ratio": "分子之和除以分母之和，不是比率的平均",
    "sum": "各单位之和",
}
_SCHEDULES = {
    "linear": "{word}，{due}到期",
    "by_due": "{due}{word}，此前不作要求",
    "always": "{word}，每一期都须达到",
    "points": "{word}：{points}",
}
_PRESET = "亮灯规则 {name}：{title}。{rule}"
_LIGHT_ABOVE = "高于约值的上限，超出目标 {excess} 个百分点 → {light} → {status}"
_ESCALATED = "；计划规定连续滞后 {escalate} 期升为{status}"
_REASONS = {
    Status.UNDEFINED: "目标没有定义，不判定",
    Status.NOT_APPLICABLE: "填报为不适用，不判定",
    Status.MISSING: "应报的一期没有填报，不判定",
    Status.EXCEEDED: "累计数已超过上限，不能回落",
    Status.MET: "已达到目标，不再看差距",
    Status.HOLDING: "至今保持，到期才算完成",
    Status.OVERDUE: "已经到期而未达到目标",
    Status.NOT_DUE: "此时尚不作要求，不看差距",
    Status.CONTRIBUTION: "没有本单位的目标，不判定",
}
_LOST = "{why} → {light} → {status}"
_WAITING = "没有给出本单位的基期值，到期（{due}）前不计完成率，到期时按分解数本身判定"
_LACKING = {INCOMPLETE: "未报的单位还可能改变结论，不判定", UNREAD: "应报的一期未能读入，不判定"}
"""Why what is missing is not judged, where it is not for silence."""
_PACE = "剩余 {left}，余 {months} 个月"
_PACE_FALL = "须再减少 {left}，余 {months} 个月"
_PACE_EACH = "，每{span}至少 {required}"
_PACE_SO_FAR = "；此前{span}均 {mean}，最好{span} {best}{when}：{reach}"
_BEST_IN, _BEST_SPREAD = "（{month}月）", "（{month}月，补报的数平摊到未报的各月）"


def document(found: Explanation) -> Document:
    """The whole explanation; headings under which nothing is to be said are left out."""
    row = found.row
    title = say(
        TITLE, id=show(row.indicator.id), name=show(row.indicator.name), unit=_unit(found), period=found.card.period
    )
    blocks: list[Block] = []
    for heading, lines in (
        ("结论", _verdict(found)),
        (CLAUSE_HEADING, _clause(found)),
        ("目标", _target(found)),
        ("数据", _data(found)),
        ("计算", _arithmetic(found)),
        ("判定", _judgement(found)),
        ("所需进度", () if found.pace is None else (pace_text(row, found.pace),)),
    ):
        items = tuple(Item((line,) if isinstance(line, str) else line) for line in lines)
        if items:
            blocks += [Heading(heading), Listing("points", items, aligns=_RECORD)]
    return Document(title, tuple(blocks))


def _verdict(found: Explanation) -> Iterator[str]:
    row = found.row
    status, carried = row.status_text, words.carried_mark(row)
    if row.completion is None:
        yield say("{status}{carried}。", status=status, carried=carried if row.actual is not None else "")
    else:
        progress = {"completion": words.percent_of(row), "carried": carried, "expected": words.expected(row).text}
        if row.excess is None:
            yield say(_VERDICT, status=status, **progress, gap=words.gap(row).text)
        else:
            yield say(_VERDICT_ABOVE, status=status, **progress, excess=words.points(row.excess))
    unread = [one.unit for one in row.addends or (row,) if one.is_unread]
    if row.is_whole and row.reported < row.reporting:
        refused = len(unread)
        counts = {_NOT_READ: refused, _NOT_HEARD: row.reporting - row.reported - refused}
        others = listed(say(template, count=count) for template, count in counts.items() if count)
        heard = _HEARD if row.reported else _NONE_HEARD
        yield say(heard, reported=row.reported, others=others, open=_OPEN_YET if found.hinges else "")
    if unread:
        yield say(_UNREAD, units=_names(found, unread), period=found.card.period, unread=UNREAD)


def _clause(found: Explanation) -> Iterator[str]:
    indicator, plan = found.row.indicator, found.plan
    if found.area is not None:
        yield say("行动{number} {name}", number=found.area.number, name=show(found.area.name, LONG))
    else:
        yield show(plan.safeguards_name)
    yield say("任务{number} {name}", number=found.task.number, name=show(found.task.name, LONG))
    yield say("原文：“{source}”（{plan}）", source=show(indicator.source, LONG), plan=show(plan.title, LONG))
    units = units_told(plan, indicator.judged)
    scope = say(_SCOPES[indicator.applies_to], city=_name(found, None), units=units)
    measure = "" if indicator.counts_silence else say("，计量单位 {unit}", unit=show(indicator.unit))
    yield say("口径：{kind}，{scope}{unit}", kind=indicator.kind_zh, scope=scope, unit=measure)
    yield from promise_lines(plan.indicators[indicator.id])
    if indicator.note:
        yield say("说明：{note}", note=show(indicator.note, LONG))


def _target(found: Explanation) -> Iterator[str]:
    row, indicator = found.row, found.row.indicator
    if indicator.target.operator == "undefined":
        yield "计划只提到它，没有说明内容：定义缺失，不计入完成率"
        return
    city = found.card.rows[indicator.id, None]
    yield say("{city}：{target}", city=_name(found, None), target=Amount(words.target(city).text, words.measure(city)))
    if row.counts_units and row.target is not None:
        yield say("考核单位 {count} 个，都达标为完成", count=zh.trimmed(words.amount(row, row.target.value)))
    if row.unit is not None and row.target is None:
        yield say("{unit}：没有分解目标，只统计贡献，不判定进度", unit=_unit(found))
    elif row.unit is not None and row.target_basis is not None:
        yield say(
            "{unit}：{target}，{basis}",
            unit=_unit(found),
            target=Amount(words.target(row).text, words.measure(row)),
            basis=REFERENCE_CAUTION if row.target_basis == "reference" else BASIS_IN_FULL[row.target_basis],
        )
    if found.basis_location is not None:
        yield say(_PART_PLACE, place=_place(found.basis_location), source=show(found.basis_source, LONG))
    yield from given_lines(found)
    if row.is_waiting:
        yield say(_WAITING, due=zh.month_name(row.schedule.due, found.plan.year))
    if row.baseline is not None:
        yield say("基期值：{value}", value=Amount(decimal_text(row.baseline), words.measure(row)))


def _data(found: Explanation) -> Iterator[str | tuple[str, ...]]:
    row = found.row
    if not found.records:
        none = listed(("没有任何记录：未报。未报不等于零", _COUNTS_AS_NONE if row.is_judged else ""), "")
        yield none if row.reporting else "没有任何记录，也没有应报的"
        return
    silent = list(found.silent)
    shown = found.records[:SCREEN] if row.is_whole else found.records
    for record in shown:
        entry = record.entry
        while silent and silent[0] > entry.period:
            yield _without_record(found, silent.pop(0))
        when = str(entry.period)
        who = when if not row.is_whole else say("{unit} {period}", unit=_name(found, record.unit), period=when)
        place, mark = _place(entry.location, record.said.cell), _mark(found, record)
        yield (who, record_text(found, record), place, mark) if mark else (who, record_text(found, record), place)
        words_said = [
            say(label, text=show(text, LONG))
            for label, text in ((_NOTED, record.said.note), (_EVIDENCE, record.said.evidence))
            if text
        ]
        if words_said:
            yield "", listed(words_said, "；")
    for period in silent:
        yield _without_record(found, period)
    if rest := len(found.records) - len(shown):
        yield say("另有 {count} 条记录没有列出，全部见 mzplan explain --format json", count=rest)
    if row.is_whole:
        named = silent_units(row) if rest else [one for one in row.addends if one.entry is None]  # else marked above
        unheard = [one.unit for one in named if not one.is_unread]
        if unheard and row.status is not Status.UNDEFINED:
            yield say("未报：{units}", units=_names(found, unheard))
        not_applicable = [one.unit for one in row.addends if one.status is Status.NOT_APPLICABLE]
        if not_applicable:
            yield say("不适用：{units}", units=_names(found, not_applicable))


def _without_record(found: Explanation, period: Period) -> tuple[str, str]:
    scorer = found.card.rows.scorer
    is_unread = scorer.is_unread(found.row.indicator.id, found.row.unit, period)
    return str(period), UNREAD if is_unread else STATUS_ZH[Status.MISSING]


def record_text(found: Explanation, record: Record) -> str:
    """The figure as the record has it."""
    figure, indicator = record.entry.figure, found.row.indicator
    if figure.value is None:
        return STATUS_ZH[Status.NOT_APPLICABLE]
    if figure.denominator is not None:
        return f"{decimal_text(Fraction(figure.value, 10**6))}/{decimal_text(Fraction(figure.denominator, 10**6))}"
    return show(indicator.record_text(figure.value))


def _mark(found: Explanation, record: Record) -> str:
    used = _USED if record.is_used and not found.row.is_whole else ""
    if record.is_carried:
        used = _CARRIED_FOR_UNREAD if found.card.is_unread(found.row.indicator.id, record.unit) else _CARRIED
    unasked = "" if found.row.indicator.is_owed(record.entry.period) else _UNASKED
    return listed(filter(None, (used, unasked)), "，")


def _arithmetic(found: Explanation) -> Iterator[str]:
    for step in found.steps:
        name = say(_STEPS[step.name], city=_name(found, None))
        pieces = [name, formula_text(in_brief(step.formula)) if len(step.formula) > 1 else "", _result(found, step)]
        why = _why(found, step)
        equation = listed(filter(None, pieces), " = ")
        yield say("{equation}（{why}）", equation=equation, why=why) if why else equation


def in_brief(formula: Formula) -> Formula:
    """The formula with the first few and the last of more addends than a screen holds."""
    found: list[Token] = []
    addends: list[Token] = []
    for piece in (*formula, ""):
        if isinstance(piece, Fraction) or piece == "+":
            addends.append(piece)
            continue
        is_long = len(addends) > 2 * SCREEN
        found += (*addends[: 2 * FEW], "…", *addends[-2:]) if is_long else addends
        found += [piece] if piece else []
        addends = []
    return tuple(found)


def formula_text(formula: Formula) -> str:
    """A formula as it is written, every number exact."""
    text = ""
    for token in formula:
        piece = decimal_text(token) if isinstance(token, Fraction) else token
        blank = "" if not text or text.endswith("(") or piece == ")" else " "
        text += blank + piece
    return text.replace("( ", "(")


def _result(found: Explanation, step: Step) -> str:
    row = found.row
    match step.name:
        case "actual":
            amount = Amount(words.actual_text(row, step.value), words.measure(row))
            return say("{amount}{carried}", amount=amount, carried=words.carried_mark(row))
        case "completion":
            return f"{words.percent_of(row)}%"
        case "gap":
            return say("{points} 个百分点", points=words.gap(row).text)
        case "excess":
            return say("{points} 个百分点", points=words.points(step.value / 100))
        case "shortfall":
            return f"{decimal_text(step.value)}%"
        case _:
            return f"{words.percent(step.value)}%"


def _why(found: Explanation, step: Step) -> str:
    if step.name == "expected":
        return schedule_text(found, step)
    return "超过100%按100%、低于0按0计入平均" if step.name == "capped" else _WHYS.get(step.why, "")


def schedule_text(found: Explanation, step: Step) -> str:
    """What the schedule asks for."""
    schedule = found.row.schedule
    due = zh.month_name(schedule.due, found.plan.year)
    if step.why == "units" and schedule.kind != "always":
        return say("到期（{due}）前不要求单位达标，到期时要求全部达标", due=due)
    if step.why == "own-dates":
        return say("各单位按自己的期限要求，取平均；{due}全部到期", due=due)
    points = listed(
        (say("{period}起{share}%", period=period, share=words.percent(share)) for period, share in schedule.points),
        "，",
    )
    return say(_SCHEDULES[schedule.kind], word=SCHEDULE_ZH[schedule.kind], due=due, points=points)


def _judgement(found: Explanation) -> Iterator[str]:
    row, preset = found.row, found.card.preset
    if row.status in LOST and found.light is not None:
        yield say(_LOST, why=_REASONS[row.status], light=LIGHT_ZH[found.light], status=row.status_text)
        return
    if row.status is Status.MISSING or found.light is None:
        yield say("{why} → {status}", why=_LACKING.get(row.status_text, _REASONS[row.status]), status=row.status_text)
    if row.carried_status is not None:
        yield say("沿用的数按本期要求看：{status}（不作判定）", status=STATUS_ZH[row.carried_status])
    if found.light is None:
        return
    yield say(_PRESET, name=show(preset.name), title=show(preset.title), rule=rule_text(preset))
    yield say("出处：{source}", source=show(preset.source, LONG))
    named = {"light": LIGHT_ZH[found.light], "status": STATUS_ZH[row.carried_status or row.status]}
    if row.excess is None:
        yield say("差距 {gap} 个百分点 → {light} → {status}", gap=words.gap(row).text, **named)
    else:
        yield say(_LIGHT_ABOVE, excess=words.points(row.excess), **named)
    if found.streak:
        text: str = say("连续滞后 {count} 期", count=found.streak)
        escalate = found.plan.escalate
        if escalate and found.streak >= escalate:
            text = listed((text, say(_ESCALATED, escalate=escalate, status=STATUS_ZH[Status.FAR_BEHIND])), "")
        yield text


def rule_text(preset: LightPreset) -> str:
    """The thresholds of a preset in words."""
    beyond_yellow, beyond_red = words.beyond(preset, "yellow"), words.beyond(preset, "red")
    yellow = say("低于序时{beyond}为黄灯", beyond=beyond_yellow) if preset.yellow else "低于序时即黄灯"
    return listed((yellow, say("，{beyond}为红灯", beyond=beyond_red)), "") if beyond_red else yellow


def pace_text(row: Progress, need: Pace) -> str:
    """What is left, and what it takes each month or quarter."""
    unit, span = words.span(row), SPAN_ZH[need.every]
    left = Amount(words.amount(row, abs(need.left)), unit)
    if not need.months:
        return say("剩余 {left}，已到期" if need.left > 0 else "超出 {left}，已到期", left=left)
    sentences = [say(_PACE if need.left > 0 else _PACE_FALL, left=left, months=need.months)]
    if need.least is not None:
        sentences.append(say(_PACE_EACH, span=span, required=Amount(words.amount(row, need.least), unit)))
    if need.mean is not None and need.best is not None and need.reach is not None:
        mean, best = (words.amount(row, change) for change in (need.mean, need.best))
        when = say(_BEST_SPREAD if need.is_spread else _BEST_IN, month=need.best_at) if need.every == "month" else ""
        sentences.append(say(_PACE_SO_FAR, span=span, mean=mean, best=best, when=when, reach=REACH_ZH[need.reach]))
    return listed(sentences, "")


def _unit(found: Explanation) -> str:
    return _name(found, found.row.unit)


def _names(found: Explanation, units: Iterable[str | None]) -> str:
    return units_told(found.plan, [unit for unit in units if unit is not None])


def _name(found: Explanation, unit: str | None) -> str:
    return words.unit_name(found.plan, unit)


def _place(location: Location, cell: str = "") -> str:
    """Path and line, or the cell of a workbook."""
    path = show(location.path, LONG)
    return f"{path} {show(cell, LONG)}" if cell else str(Location(path, location.line))
