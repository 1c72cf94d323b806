"""What an office puts around a document it issues: who issues it, its number, to whom, who gets copies, who answers."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from mzplan.diagnostics import InputError, Location, show
from mzplan.plan.lookup import MEANT_IN_FILE, find_unit, key_meant
from mzplan.plan.model import Plan
from mzplan.said import listed, say

LIMIT = 1 << 16
"""Bytes of an office's file."""
_LONGEST = 200

_INVALID = "版头版记文件有 {count} 处错误，改正后再运行：\n{faults}"
_FAULT = "{place}：{fault}"
_UNKNOWN = "没有“{key}”这一项。{near}可写的有：{known}"
_NO_TEXT = "“{key}”要写一段文字（{limit}字以内），多个机关可写成列表"
_UNQUOTED = '“{key}”要写一段文字，数字和日期要加引号：{key}: "{said}"'
_NO_NAMES = "“{key}”要写成“填报单位: 机关全称”，每行一个"
_TWICE = "{unit}写了两次，只留一行"
_NO_DAY = "“{key}”不能是“{said}”，要写成 2023-10-16 这样的日期"
_TOO_EARLY = "“{key}”{said}早于成文日期 {dated}"
_NO_MAPPING = "要由“项目: 内容”组成，如 发文机关: 云川市民政局"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The parts of GB/T 9704 that no plan and no data hold; each may be empty."""

    issuer: str = field(default="", metadata={"key": "发文机关"})
    number: str = field(default="", metadata={"key": "文号"})
    signer: str = field(default="", metadata={"key": "签发人"})
    recipients: str = field(default="", metadata={"key": "主送"})
    copies: str = field(default="", metadata={"key": "抄送"})
    printer: str = field(default="", metadata={"key": "印发"})
    printed: str = field(default="", metadata={"key": "印发日期"})
    contact: str = field(default="", metadata={"key": "联系人"})
    phone: str = field(default="", metadata={"key": "联系电话"})
    names: Mapping[str, str] = field(default_factory=dict, hash=False, metadata={"key": "单位名称"})
    """What a letter calls the office of a reporting unit, where it is not 某县民政局."""


NOBODY = Office()

KEYS: Mapping[str, str] = {one.metadata["key"]: one.name for one in fields(Office)}
"""What the file calls each part."""


def read_office(data: bytes, path: str, plan: Plan, dated: str = "") -> Office:
    """The office that a YAML file describes; InputError tells everything that is wrong with it, line by line.

    `names` is by the plan's own names, in whatever spelling the file has them; `dated` is the document's ISO date.
    """
    from mzplan.plan.yaml_border import Cursor, read_yaml  # PyYAML takes time to load

    document = read_yaml(data, path)
    faults = [(finding.location.line, finding.message) for finding in document.findings]
    given: dict[str, object] = {}
    if not faults and not isinstance(document.value, dict):
        faults.append((1, _NO_MAPPING))
    elif not faults and isinstance(document.value, dict):
        for key, value in document.value.items():
            line = Cursor(document, (key,)).key_place().line
            wrong = [(line, fault) for fault in _faults(key, value, document.value, dated)]
            if not wrong and isinstance(value, dict):
                names: dict[str, object] = {}
                for spelling, name in value.items():
                    unit, fault = _unit_meant(plan, str(spelling), names)
                    if fault:
                        wrong.append((Cursor(document, (key, spelling)).key_place().line, fault))
                    names[unit] = name
                given["names"] = names
            elif key in KEYS:
                given[KEYS[key]] = _joined(value)
            faults += wrong
    if faults:
        told = listed(
            (say(_FAULT, place=Location(show(path, 4096), line), fault=fault) for line, fault in faults), "\n"
        )
        raise InputError(say(_INVALID, count=len(faults), faults=told))
    return Office(**given)  # type: ignore[arg-type]  # each was found to be a text, and the names a mapping of texts


def _faults(key: str, value: object, there: Collection[str], dated: str) -> Iterator[str]:
    if key not in KEYS:
        near = key_meant(key, KEYS, there)
        hint = say(MEANT_IN_FILE, name=near) if near else ""
        yield say(_UNKNOWN, key=show(key, 60), near=hint, known=listed(f"“{key}”" for key in KEYS))
    elif KEYS[key] == "names":
        if not isinstance(value, dict) or not all(map(_is_text, value.values())):
            yield say(_NO_NAMES, key=key)
    elif not (_is_text(value) or (isinstance(value, list) and value and all(map(_is_text, value)))):
        is_plain = isinstance(value, (int, float, date)) and not isinstance(value, bool)
        yield say(_UNQUOTED, key=key, said=value) if is_plain else say(_NO_TEXT, key=key, limit=_LONGEST)
    elif KEYS[key] == "printed":
        said = _joined(value)
        if not _is_day(said):
            yield say(_NO_DAY, key=key, said=show(said, 60))
        elif said < dated:
            yield say(_TOO_EARLY, key=key, said=said, dated=dated)


def _unit_meant(plan: Plan, spelling: str, there: Collection[str]) -> tuple[str, str]:
    """The plan's name of a unit, and what is wrong with naming it so."""
    try:
        unit = find_unit(plan, spelling).name
    except InputError as error:
        return spelling, error.args[0]
    return unit, say(_TWICE, unit=show(unit)) if unit in there else ""


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST and "\n" not in value


def _joined(value: object) -> str:
    return "，".join(map(str, value)) if isinstance(value, list) else str(value)
