"""A plan to begin with: the reporting units that a new project is given, and the plan file that lists them."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mzplan.diagnostics import InputError, show
from mzplan.english import english
from mzplan.plan.lookup import UNIT_HEADINGS
from mzplan.plan.model import UnitKind
from mzplan.reading.sheet import SheetRow
from mzplan.said import say

BUREAU = "市本级"
"""What the bureau itself is called among the units, where the user has no other name for it."""

_COLUMNS: Mapping[str, frozenset[str]] = {
    "id": frozenset({"id", "标识"}),
    "name": frozenset({"name", "名称", "单位", *UNIT_HEADINGS}),
    "aliases": frozenset({"aliases", "简称", "别名"}),
    "code": frozenset({"code", "代码", "区划代码"}),
    "kind": frozenset({"kind", "类别"}),
    "parent": frozenset({"parent", "上级", "所属地区"}),
}
_KINDS: Mapping[str, UnitKind] = {
    **dict.fromkeys(("county", "县", "县（市、区）", "县(市、区)"), "county"),
    **dict.fromkeys(("zone", "开发区", "功能区"), "zone"),
    **dict.fromkeys(("bureau", BUREAU), "bureau"),
}
_ZONES = ("开发区", "园区", "管委会", "管理区", "development zone")
_BUREAUS = (BUREAU, "市局本级", "市民政局", "市局")
"""What the bureau itself is called, beside the English of the first."""
_CALLED_UNIT = re.compile(rf"(?:[县市区旗]|{BUREAU}|{'|'.join(_ZONES)})$")
"""What a cell is called that is a unit and no heading."""
_SEVERAL = re.compile(r"[、，,；;|\n]+")
_BLANK_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_PLAIN = re.compile(r"[\u4e00-\u9fff]+|(?!(?:true|false|null)$)[a-z][a-z0-9_-]*")

_NO_UNITS = "{source} 里没有填报单位，写成 甲县,乙县 这样。"
_BLANK = "{source} 里“{text}”中间有空格：是几个单位的用逗号隔开，写成 {apart}；是一个的去掉空格。"
_HIDDEN = "{source} 里“{text}”有看不见或认不出的字符，请重新输入。"
_TWICE = "{source} 里“{text}”出现了两次。"
_NO_NAMES = (
    "{source} 第一行要有表头，至少有 name（单位名称）一栏，另可有 id、aliases（简称）、code（区划代码）、"
    "kind（类别）、parent（上级）。"
)
_NO_NAME = "{source} 第{line}行没有单位名称。"
_NO_PARENT = "{source} 里没有单位“{text}”，不能作上级：上级自己也要列一行。"
_NO_KIND = "{source} 第{line}行的类别“{text}”看不懂，请写 county（县、市、区）、zone（开发区）或 bureau（市本级）。"


class NewUnit(NamedTuple):
    """A reporting unit as its city names it."""

    id: str
    """Empty where the city gives none."""
    name: str
    kind: UnitKind
    code: str = ""
    aliases: tuple[str, ...] = ()
    parent: str = ""
    """The region that it belongs to, by id or name; empty for none."""


def named_units(text: str, source: str, office: str = "") -> Sequence[NewUnit]:
    """The units of `甲县,乙县` or `jia=甲县,yi=乙县`; InputError when there is none, or one twice."""
    words = [stripped for word in _SEVERAL.split(text) if (stripped := word.strip())]
    for word in words:
        if _BLANK_BETWEEN.search(word):
            apart = show(_BLANK_BETWEEN.sub(",", word))
            raise InputError(say(_BLANK, source=source, text=show(word), apart=apart))
    pairs = [(identifier.strip(), name.strip()) for identifier, _, name in (word.rpartition("=") for word in words)]
    return _whole([NewUnit(identifier, name, _kind(identifier, name, office)) for identifier, name in pairs], source)


def listed_units(rows: Sequence[SheetRow], source: str, office: str = "") -> Sequence[NewUnit]:
    """The units of a table with the columns of `_COLUMNS`, or of names alone; InputError says what is missing."""
    header = [cell.lower() for cell in rows[0].cells] if rows else []
    places = {column: at for column, words in _COLUMNS.items() for at, cell in enumerate(header) if cell in words}
    if "name" not in places:
        words = [cell for row in rows for cell in row.cells if cell]
        if all(map(_CALLED_UNIT.search, words)):
            return named_units("\n".join(words), source, office)
        raise InputError(say(_NO_NAMES, source=source))
    units = []
    for row in rows[1:]:
        cells = {column: row.cells[at] for column, at in places.items() if at < len(row.cells)}
        identifier, name, kind = cells.get("id", ""), cells.get("name", ""), cells.get("kind", "").casefold()
        if not name:
            raise InputError(say(_NO_NAME, source=source, line=row.line))
        if kind and kind not in _KINDS:
            raise InputError(say(_NO_KIND, source=source, line=row.line, text=show(cells["kind"])))
        aliases = tuple(alias.strip() for alias in _SEVERAL.split(cells.get("aliases", "")) if alias.strip())
        meant = _KINDS.get(kind) or _kind(identifier, name, office)
        units.append(NewUnit(identifier, name, meant, cells.get("code", ""), aliases, cells.get("parent", "")))
    return _whole(units, source)


def _kind(identifier: str, name: str, office: str) -> UnitKind:
    """What a unit most likely is; its id may be the word for it, and the office that issues the plan is the bureau."""
    of_id = _KINDS.get(identifier)
    if of_id is not None:
        return of_id
    if name in (*_BUREAUS, office) or name.casefold() in (english(BUREAU).casefold(), "bureau"):
        return "bureau"
    return "zone" if name.casefold().endswith(_ZONES) else "county"


def _whole(units: Sequence[NewUnit], source: str) -> Sequence[NewUnit]:
    """The units, each with an id (unit01 … where the city gives none), and the bureau, which every city has."""
    if not any(unit.kind != "bureau" for unit in units):
        raise InputError(say(_NO_UNITS, source=source))
    if not any(unit.kind == "bureau" for unit in units):
        units = [*units, NewUnit("", BUREAU, "bureau")]
    for text in (each for unit in units for each in (unit.id, unit.name, unit.code, *unit.aliases)):
        if not text.isprintable():
            raise InputError(say(_HIDDEN, source=source, text=show(text)))
    free = (f"unit{number:02}" for number in range(1, len(units) + len(units)))
    taken = {unit.id for unit in units}
    units = [unit if unit.id else unit._replace(id=_free_id(unit, free, taken)) for unit in units]
    for spelling, count in Counter(each for unit in units for each in {unit.id, unit.name}).items():
        if count > 1:
            raise InputError(say(_TWICE, source=source, text=show(spelling)))
    ids = {spelling: unit.id for unit in units for spelling in (unit.id, unit.name)}
    if unknown := next((unit.parent for unit in units if unit.parent and unit.parent not in ids), ""):
        raise InputError(say(_NO_PARENT, source=source, text=show(unknown)))
    return [unit._replace(parent=ids.get(unit.parent, "")) for unit in units]


def _free_id(unit: NewUnit, free: Iterator[str], taken: set[str]) -> str:
    if unit.kind == "bureau" and "bureau" not in taken:
        taken.add("bureau")
        return "bureau"
    return next(identifier for identifier in free if identifier not in taken)


def reporters(units: Sequence[NewUnit]) -> Sequence[NewUnit]:
    """Those that file reports: whoever is nobody's parent."""
    parents = {unit.parent for unit in units}
    return [unit for unit in units if unit.id not in parents]


def unit_lines(units: Sequence[NewUnit]) -> str:
    """The units as the plan file lists them, a line each."""
    return "\n".join(f"  - {{{', '.join(f'{key}: {value}' for key, value in _pairs(unit))}}}" for unit in units)


def _pairs(unit: NewUnit) -> Iterator[tuple[str, str]]:
    yield "id", plain(unit.id)
    yield "name", plain(unit.name)
    yield "kind", unit.kind
    if unit.parent:
        yield "parent", plain(unit.parent)
    if unit.code:
        yield "code", _quoted(unit.code)
    if unit.aliases:
        yield "aliases", f"[{', '.join(map(plain, unit.aliases))}]"


def plain(text: str) -> str:
    """A text as YAML takes it: without quotes where it is of Chinese characters or an id, else in quotes."""
    return text if _PLAIN.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
