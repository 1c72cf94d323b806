"""What the form says about a plan file, in Chinese: the one table from pydantic's error types to our sentences."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from mzplan.diagnostics import Location, Rule, show
from mzplan.plan import file_rules as rule
from mzplan.plan.findings import GLOSSED, IN_UNIT, Findings, Offer
from mzplan.plan.form import PlanForm, form_at, holders_of, keys_of, required
from mzplan.plan.form_indicator import INDICATOR_FORMS, TargetForm
from mzplan.plan.form_meant import CHINESE, meant_by, unit_ids, value_at
from mzplan.plan.form_values import TAG
from mzplan.plan.meant import day_meant, direction_meant, keys_meant
from mzplan.plan.model import FIRST_YEAR, LAST_YEAR
from mzplan.plan.yaml_border import Path, YamlDocument, key_of
from mzplan.plan.yaml_syntax import full_width
from mzplan.said import Named, listed, say

_SAYS: Mapping[str, tuple[Rule, str, str]] = {
    "missing": (rule.MISSING_KEY, "{inside}缺少必填的键 {key}", "补上 {key}"),
    "extra_forbidden": (rule.UNKNOWN_KEY, "{inside}没有 {key} 这个键", "可用的键：{keys}"),
    "string_type": (rule.WRONG_TYPE, "{key} 应是文字，写的是{given}", "写成一段文字"),
    "string_too_short": (rule.NOT_ALLOWED, "{key} 是空的", "写上内容，或删去这一行"),
    "string_too_long": (rule.NOT_ALLOWED, "{key} 太长，最多 {max_length} 个字", "写短一些；说明放在 note"),
    "string_pattern_mismatch": (rule.NOT_ALLOWED, "{key} 的格式不对：{given}", "{format}"),
    "text_blanks": (rule.NOT_ALLOWED, "{key} 前后有空格", "删去引号里前后的空格"),
    "one_and_many": (rule.NOT_ALLOWED, "{key} 有多余的 |：{given}", "写成 bed|beds：一个怎么说、几个怎么说"),
    "one_alone": (
        rule.NOT_ALLOWED,
        "{key} 里有 |：{given}",
        "名称里不写 |；分一个、几个的是 words_en 里的量词",
    ),
    "formula": (rule.NOT_ALLOWED, "{key} 以 {first} 开头，表格软件会当成公式", "去掉开头的 {first}"),
    "date": (rule.NOT_ALLOWED, "{key} 不是日历上的一天：{given}", "写成 {day} 这样的日期"),
    "number_type": (rule.WRONG_TYPE, "{key} 应是数，写的是{given}", "只写数字和小数点，不加引号、逗号、%和单位"),
    "number_size": (rule.NOT_ALLOWED, "{key} 位数太多：{given}", "小数点前最多12位，后最多6位；数太大就换计量单位"),
    "int_type": (rule.WRONG_TYPE, "{key} 应是整数，写的是{given}", "{format}"),
    "bool_type": (rule.WRONG_TYPE, "{key} 应是 true 或 false，写的是{given}", "写 true 或 false，不加引号"),
    "literal_error": (rule.NOT_ALLOWED, "{key} 不能是{given}", "可选：{expected}"),
    "list_type": (rule.WRONG_TYPE, "{key} 应是列表，写的是{given}", "写成 [甲, 乙]，或每项一行、以“- ”开头"),
    "dict_type": (rule.WRONG_TYPE, "{key} 应是“键: 值”，写的是{given}", "写成 {{键: 值}}，或每个键一行、缩进两格"),
    "model_type": (rule.WRONG_TYPE, "{key} 应是“键: 值”，写的是{given}", "写成 {{{required}}}，或每个键一行、缩进两格"),
    "too_short": (rule.NOT_ALLOWED, "{key} 至少要有 {min_length} 项", "补上内容"),
    "greater_than_equal": (rule.NOT_ALLOWED, "{key} 是{given}，不能小于 {ge}", "核对这个数"),
    "greater_than": (rule.NOT_ALLOWED, "{key} 是{given}，要大于 {gt}", "核对这个数"),
    "less_than_equal": (rule.NOT_ALLOWED, "{key} 是{given}，不能大于 {le}", "核对这个数"),
}
"""By pydantic's error type: our rule, the fact, the remedy."""

_AT_KEY = "[key]"
"""What pydantic adds to a location when the fault is in a key."""

_FORMATS: Mapping[str, str] = {
    "code": '用两个以上数字或大写字母，例如 "330702"',
    "issued": "写成 {day} 这样的日期",
    "weights": "权重的名称用小写字母、数字和下划线，例如 townships",
    "name": "用小写字母、数字和连字符，例如 own-2023",
    "breakdown": "权重的名称用小写字母、数字和下划线，例如 townships；均分写 equal",
    "due": "写成 {year}-06 这样的月份",
    "from": "写成 {year}-06 这样的月份",
    "escalate": "只写数字，不加引号；不升级的写 0",
    "schedule": "进度点的月份写成 {year}-06: 50",
}
"""By the key whose value (or whose free keys) have a pattern."""

_MESSAGES: Mapping[str, tuple[str, str]] = {
    **{kind: says[1:] for kind, says in _SAYS.items()},
    "missing-kind": (_SAYS["missing"][1], "补上 {key}，可选：{expected}"),
    "full-width": ("{fact}", "改成半角的"),
    "empty": ("{key} 后面没有写值", "写上值，或删去这一行"),
    "empty-required": ("{key} 后面没有写值", "写上值"),
    "blank-required": (_SAYS["string_too_short"][1], "写上内容"),
    "other-kind": ("{inside}的 kind 是 {kind}，不用 {key}", "删去 {key}，它只用于 {kinds}；或改正 kind"),
    "key-meant": (_SAYS["extra_forbidden"][1], "是不是 {meant}？可用的键：{keys}"),
    "key-elsewhere": (_SAYS["extra_forbidden"][1], "{key} 写在 {holders} 下面；这里可用的键：{keys}"),
    "nothing": (_SAYS["number_type"][1], "没有的，删去 {key}"),
    "nothing-format": (_SAYS["string_pattern_mismatch"][1], "没有的，删去 {key}"),
    "whole": (_SAYS["int_type"][1], "写成 {key}: {meant}"),
    "joined": (_SAYS["string_type"][1], "写成 {key}: {meant}"),
    "quoted": (_SAYS["string_type"][1], "加上引号：{meant}"),
    "listed": (_SAYS["list_type"][1], "写成 {meant}"),
    "listed-units": (_SAYS["list_type"][1], "写填报单位的 id，或 county、zone、bureau，如 [county]"),
    "listed-members": (_SAYS["list_type"][1], "每项以“- ”开头，只有一项的也是"),
    "listed-forms": (_SAYS["list_type"][1], "每项一行，写成 - {{{required}}}"),
    "no-blank": ("{inside}{key} 的冒号后面没有空格", "写成“{key}: ”，后面再写值"),
    "word": ("{key} 不能是{given}", "写成 {meant}"),
    "applies-to-mapping": (
        "{key} 不能是{given}",
        (
            "可选：{expected}；指定填报单位写成列表：[{word}]，一类单位写成 [county]、[zone]、[bureau]；"
            "各单位的数写在计划旁边的 {year}.breakdown.csv 里"
        ),
    ),
    "applies-to-unknown": ("{key} 不能是{given}", "可选：{expected}；指定填报单位要写成列表：[{word}]"),
    "schedule": ("{key} 不能是{given}", "可选：{expected}；或写进度点：{{{year}-06: 50, {year}-12: 100}}{or_value}"),
    "target": ("{key} 要写方向，写的是{given}", "写成 {meant}"),
    "target-unknown": (
        "{key} 要写方向，写的是{given}",
        "写成 {{at_least: 数}}、{{at_most: 数}}、{{about: 数, tolerance: 百分数}}、{{growth: 百分数}}{or_undefined}",
    ),
    "number": ("{key} 应是数，写的是{given}", "写成 {key}: {meant}{in_unit}"),
    "month": ("{key} 的格式不对：{given}", "写成 {meant}"),
    "no-month": ("{key} 里没有这个月：{given}", "{format}"),
    "month-unknown": ("{key} 应是一个月份，写的是{given}", "{format}"),
    "months": (
        "{key} 只能是一个月份，写的是{given}",
        "写全部完成的月份；各月要求多少写成进度点：schedule: {{{year}-06: 50, {year}-12: 100}}",
    ),
}


class FormReading(NamedTuple):
    """What of a document can be read as a plan, and every way in which it departs from the form of one."""

    form: PlanForm | None
    """None in the place of what cannot be read; there is none when nothing can be read at all."""
    found: Findings
    names_all: bool = False
    """Whether it knows the id of every indicator: none stands in what cannot be read."""


_ONLY_DIGITS = "只写数字，不加引号"
_OR_VALUE = "，数量写 {year}-06: {{value: 350}}"
_KEY_AND_VALUE, _ANY_KEY = "{key}: 值", "键"
_OPENS = ": "
"""What stands in front of a value."""
_NO_MONTH = re.compile("[0-9]{4}-(?:00|1[3-9]|[2-9][0-9])")
_MEASURED = ("at_least", "at_most", "about", "baseline", "value")
"""Keys whose numbers are in the indicator's measure unit."""


def read_form(document: YamlDocument) -> FormReading:
    """What of the document can be read, and what is wrong with it."""
    found = Findings(_MESSAGES, is_proved=True)
    if () in document.broken:
        return FormReading(None, found)
    empty = {path for path in document.marks if path and value_at(document, path) is None}
    for path in document.broken & document.marks.keys():
        _forget(document, path)
    form, faults = _validated(document)
    unknown = [fault for fault in faults if fault["type"] == "extra_forbidden"]
    misspelt = {_path(fault)[0]: _meant(document, found, fault) for fault in unknown}
    meant = {(*path[:-1], key) for path, key in misspelt.items() if key}
    for fault in faults:
        if found.is_full:
            break
        path, _ = _path(fault)
        if path not in empty - misspelt.keys() and (fault["type"] != "missing" or path not in meant):
            _report(document, fault, found)
    for path in empty - misspelt.keys():
        if not document.is_broken(path):
            says = "empty-required" if _must_stand(document, path) else "empty"
            found.report(rule.WRONG_TYPE, document.place(path, of_key=True), says, key=_named(path))
    if form is None:
        for path in meant:
            _forget(document, path, unless_given=True)
        for path, at_key in sorted(map(_path, faults), key=lambda found: found[1]):  # keys last: values name them
            if at_key and path[-2:-1] == ("schedule",):  # what it asks for, and until when, is not known
                path, at_key = path[:-1], False
            _forget(document, path, with_key=at_key)
        form, _ = _validated(document)
    return FormReading(form, found, form is not None and form.names_all and not any(map(_is_lost, unknown)))


def _validated(document: YamlDocument) -> tuple[PlanForm | None, Sequence[Mapping[str, Any]]]:
    try:
        return PlanForm.model_validate(document.value), ()
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _forget(document: YamlDocument, path: Path, *, with_key: bool = False, unless_given: bool = False) -> None:
    """Put None in the place of what cannot be read; leave it out if its key is what is wrong.

    A mapping of nothing but wrong keys cannot be read itself. What stood under a wrong key is gone with it.
    """
    holder: Any = document.value
    for step in path[:-1]:
        is_gone = holder is None or (isinstance(holder, dict) and step not in holder)
        holder = None if is_gone else holder[step]
    if holder is None or (unless_given and path[-1] in holder):
        return
    if with_key:
        holder.pop(path[-1], None)
        if not holder and path[:-1]:
            _forget(document, path[:-1])
    else:
        holder[path[-1]] = None


def _is_lost(fault: Mapping[str, Any]) -> bool:
    """Whether what stands under an unknown key may hold indicators."""
    return isinstance(fault["input"], list | dict) and "indicators" not in fault["loc"][:-1]


def _path(fault: Mapping[str, Any]) -> tuple[Path, bool]:
    """Where in the document a fault is, and whether it is about a key: pydantic's location without its own words."""
    path = tuple(step for step in fault["loc"] if not (isinstance(step, str) and step.startswith(TAG)))
    if isinstance(fault["input"], str) and path[-2:] == (fault["input"], _AT_KEY):
        return path[:-1], True
    return path, fault["type"] == "extra_forbidden"


def _must_stand(document: YamlDocument, path: Path) -> bool:
    """Whether a key cannot be left out where it stands; growth is upon a baseline."""
    held = value_at(document, path[:-1])
    if not isinstance(held, dict):
        return False
    form = INDICATOR_FORMS.get(str(held.get("kind"))) or form_at(path[:-1])
    target = held.get("target")
    return path[-1] in required(form) or (path[-1] == "baseline" and isinstance(target, dict) and "growth" in target)


def _meant(document: YamlDocument, found: Findings, fault: Mapping[str, Any]) -> str | None:
    """The key that an unknown one most likely stands for; one that is there already it does not."""
    key, form = str(fault["loc"][-1]), form_at(fault["loc"][:-1])
    there = value_at(document, _path(fault)[0][:-1])
    if glued := _glued(key, keys_of(form)):
        return glued
    words = [*keys_meant(key), *([direction_meant(key)] if form is TargetForm else [])]
    said = next((each for each in words if each in keys_of(form) and each not in there), None)
    return said or found.guess_key(key, keys_of(form), there, required(form))


def _glued(key: str, keys: Collection[str]) -> str | None:
    """The key that its value stands right behind, without a blank after the colon: target:{at_least."""
    known, colon, _ = key.partition(":")
    return known if colon and known in keys else None


def _report(document: YamlDocument, fault: Mapping[str, Any], found: Findings) -> None:
    location, kind, given = fault["loc"], fault["type"], fault["input"]
    path, at_key = _path(fault)
    holder = path[:-1]
    inside, key = _inside(document, holder), _named(path)
    if isinstance(given, str) or at_key:
        written = str(path[-1]) if at_key else f"{_OPENS}{given}"
        if wide := full_width(written):
            place, at = document.place(path, of_key=at_key), wide[1] - (0 if at_key else len(_OPENS)) - 1
            found.report(rule.SYNTAX, place._replace(column=place.column + at), "full-width", fact=wide[0])
            return
    if kind == "extra_forbidden":
        _unknown_key(document, found, fault, document.place(path, of_key=at_key), inside, key)
        return
    context = fault.get("ctx", {})
    expected = _expected(location, str(context.get("expected", "")))
    unit, day = _unit(document, path), day_meant(str(given)) or f"{_year(document)}-04-10"
    meant = meant_by(document, path, kind, given, unit, _year(document))
    is_needed = kind == "string_too_short" and _must_stand(document, path)
    if kind == "string_pattern_mismatch":
        key = _named(holder) if at_key else key  # the wrong key itself is told as what was given
        if _NO_MONTH.fullmatch(str(given)) and meant.message == "month" and not meant.offers:
            meant = meant._replace(message="no-month")
    found.report(
        _SAYS[kind][0],
        document.place(path, of_key=at_key),
        "blank-required" if is_needed else meant.message,
        near=(given, expected) if expected and isinstance(given, str) else None,
        offers=meant.offers,
        otherwise=meant.otherwise,
        path=path,
        of_key=at_key,
        inside=inside,
        key=key,
        given=_given(given),
        word=next(iter(unit_ids(document).values()), "county"),
        year=_year(document),
        day=day,
        in_unit=say(IN_UNIT, unit=unit) if unit not in ("", "%") and path[-1] in _MEASURED else "",
        or_value=say(_OR_VALUE, year=_year(document)) if unit else "",
        or_undefined="" if "revisions" in path else " 或 undefined",
        format=say(_FORMATS.get(key_of(holder if at_key else path), _ONLY_DIGITS), year=_year(document), day=day),
        required=listed((say(_KEY_AND_VALUE, key=each) for each in required(form_at(location)) or [_ANY_KEY]), ", "),
        expected=listed(_glossed(path, word) for word in expected),
        **{name: context[name] for name in ("max_length", "min_length", "ge", "le", "gt", "first") if name in context},
    )


def _unknown_key(
    document: YamlDocument, found: Findings, fault: Mapping[str, Any], place: Location, inside: str, key: str
) -> None:
    """A key that the form does not have: the nearest may be meant, or one that is to be there and is not."""
    form, written = form_at(fault["loc"][:-1]), value_at(document, _path(fault)[0][:-1])
    keys = keys_of(form)
    missing = [each for each in required(form) if each not in written]
    if glued := _glued(str(fault["loc"][-1]), keys):
        found.report(rule.SYNTAX, place, "no-blank", inside=inside, key=glued)
        return
    others = [kind for kind, other in INDICATOR_FORMS.items() if key in other.model_fields]
    if form in INDICATOR_FORMS.values() and others:
        own = next(kind for kind, other in INDICATOR_FORMS.items() if other is form)
        kinds = listed(others)
        found.report(rule.KEY_OF_OTHER_KIND, place, "other-kind", inside=inside, key=key, kind=own, kinds=kinds)
    else:
        meant, holders = _meant(document, found, fault), holders_of(key)
        found.report(
            rule.UNKNOWN_KEY,
            place,
            "key-meant",
            offers=[_key_offer(each, written) for each in dict.fromkeys((meant, *missing)) if each],
            otherwise="key-meant" if meant in missing else "key-elsewhere" if holders else "extra_forbidden",
            meant=meant,
            path=_path(fault)[0],
            of_key=True,
            inside=inside,
            key=key,
            keys=listed(keys),
            holders=listed(holders, " 或 "),
        )


_ABOUT_WITH = "about，另写 tolerance: 5"


def _key_offer(key: str, written: Collection[str]) -> Offer:
    """A key that may be meant, with what cannot be left out beside it."""
    if key == "about" and "tolerance" not in written:
        return Offer(say(_ABOUT_WITH), key, {"tolerance": 5})
    return Offer(key, key)


def _glossed(path: Path, word: str) -> str:
    """A word that is allowed, with what it means where there is a Chinese one for it."""
    chinese = CHINESE.get(str(path[-1]), {}).get(word)
    return say(GLOSSED, word=word, chinese=chinese) if chinese else word


def _year(document: YamlDocument) -> str:
    """The plan's own year, for examples."""
    year = document.value.get("year") if isinstance(document.value, dict) else None
    return str(year) if isinstance(year, int) and FIRST_YEAR <= year <= LAST_YEAR else "2023"


def _unit(document: YamlDocument, path: Path) -> str:
    """The unit of measure of the indicator that a place belongs to."""
    for _, held in _around(document, path[:-1]):
        if isinstance(held.get("unit"), str):
            return str(held["unit"])
        form = INDICATOR_FORMS.get(str(held.get("kind")))
        if form is not None and isinstance(usual := form.model_fields["unit"].default, str):
            return usual
    return ""


def _expected(location: tuple[str | int, ...], english: str) -> list[str]:
    """The values allowed; of an indicator's kind all kinds, since the form was only guessed from its other keys."""
    if location[-1] == "kind" and "indicators" in location:
        return list(INDICATOR_FORMS)
    return [quoted or number for quoted, number in re.findall(r"'([^']*)'|([0-9]+)", english)]


def _inside(document: YamlDocument, path: Path) -> str:
    """What the mapping is about: the id or name of the nearest around that has one, and which member of a list."""
    for length, held in _around(document, path):
        for key in ("id", "name"):
            if isinstance(held.get(key), str):
                name, member = show(str(held[key]), 40), _member(path, length)
                return say("{name} {member} ", name=name, member=member) if member else say("{name} ", name=name)
    member = _member(path, 0)
    return say("{name} ", name=member) if member else ""


def _member(path: Path, start: int) -> str:
    """Which member of a list a place is in, below what stands so many steps down; empty for none."""
    ends = [at + 1 for at in range(start, len(path)) if isinstance(path[at], int)]
    return _named(path[: ends[-1]]) if ends else ""


def _around(document: YamlDocument, path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The mapping that stands at a place and those around it but for the plan itself, the innermost first.

    Each with how many steps lead there.
    """
    for length in range(len(path), 0, -1):
        held = value_at(document, path[:length]) if path[:length] in document.marks else None
        if isinstance(held, dict):
            yield length, held


def _named(path: Path) -> str:
    """A value by its key as the file has it in every language, and its position if it is a member of a list."""
    key = Named(key_of(path), key_of(path))
    return say("{key} 的第 {number} 项", key=key, number=path[-1] + 1) if path and isinstance(path[-1], int) else key


def _given(value: object) -> str:
    if isinstance(value, str):
        return say("“{text}”", text=show(value, 40))
    if isinstance(value, bool):
        value = str(value).lower()
    elif isinstance(value, list):
        return "列表"
    return "“键: 值”" if isinstance(value, dict) else say(" {value}", value=show(str(value), 40))
