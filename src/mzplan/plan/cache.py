"""Keeps the plans found sound, as JSON beside the bytes that they were read from: no YAML need be read again.

A convenience only: whatever is wrong with it (no home, a full disk, an entry that is damaged or is somebody else's)
means that the plan is read again. What an entry holds follows from the annotations of the plan's own classes, and every
type is checked when it is read.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from itertools import islice, starmap
from types import UnionType
from typing import Any, Literal, NamedTuple, get_args, get_origin
from zlib import crc32

from mzplan import __version__
from mzplan.plan.model import Plan
from mzplan.reading.files import open_regular, write_whole

KEPT = 20
LARGEST = 1 << 28
"""Bytes of an entry: the largest plan with the largest breakdown, and what they mean."""

_FRACTION = re.compile(r"-?[0-9]{1,40}(?:/[0-9]{1,40})?")


def source_of(data: bytes, breakdown: bytes | None) -> bytes:
    """A plan file and its breakdown as one; no byte of one can be taken for one of the other, as a plan has no NUL."""
    return data if breakdown is None else data + b"\0" + breakdown


def load(source: bytes, path: str) -> Plan | None:
    """The plan of these bytes as it was found sound before, said to be from that path; None when it is not kept."""
    try:
        where = place()
        if not where:
            return None
        with _ours(where) as folder:
            name = _name(source) if folder is not None else os.path.join(where, _name(source))
            with open_regular(name, LARGEST, folder=folder) as file:
                kept = file.read() if _is_mine(os.fstat(file.fileno())) else b""
        head, _, rest = kept.partition(b"\n")
        body = rest[len(source) :]
        if head != _seal(source, body) or not rest.startswith(source):
            return None
        return replace(plan_of(body), path=path)
    except Exception:  # a convenience that fails must not be noticed, whatever an entry holds
        return None


def plan_of(body: bytes) -> Plan:
    """The plan that an entry holds; some exception when it holds none."""
    plan: Plan
    (plan,) = unpack(Plan, json.loads(body))
    return plan


def store(plan: Plan, source: bytes) -> None:
    """Keep a plan that was found sound in these bytes; does nothing when that is not possible."""
    with suppress(OSError, ValueError):
        where = place()
        if not where:
            return
        os.makedirs(where, mode=0o700, exist_ok=True)
        with _ours(where):
            body = json.dumps(pack(Plan, [replace(plan, path="")]), ensure_ascii=False, separators=(",", ":")).encode()
            entry = os.path.join(where, _name(source))
            with suppress(FileNotFoundError):  # a link or a pipe in its place is not written to
                os.unlink(entry)
            write_whole(entry, _seal(source, body) + b"\n" + source + body)
            _prune(where)


def place() -> str:
    """Where entries are kept; empty when the user wants none or has no home."""
    if os.environ.get("MZPLAN_NO_CACHE"):
        return ""
    if sys.platform == "win32":
        given = os.environ.get("LOCALAPPDATA", "")
        return os.path.join(given, "mzplan", "cache") if given else ""
    given = os.environ.get("XDG_CACHE_HOME", "")
    home = given if given.startswith("/") else os.path.expanduser("~/.cache")
    return os.path.join(home, "mzplan") if home.startswith("/") else ""


@contextmanager
def _ours(folder: str) -> Iterator[int | None]:
    """The open folder, if nobody else can have put entries there; None on Windows, where it cannot be opened."""
    if sys.platform == "win32":
        yield None
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        status = os.fstat(descriptor)
        if not _is_mine(status) or status.st_mode & 0o022:
            raise PermissionError(folder)
        yield descriptor
    finally:
        os.close(descriptor)


def _is_mine(status: os.stat_result) -> bool:
    return sys.platform == "win32" or status.st_uid == os.geteuid()


def _name(source: bytes) -> str:
    """What the entry of these bytes is called.

    Old entries do not count while the modules are worked on that decide what a plan file means: of this package and of
    those below it.
    """
    stamps = []
    for package in ("", "reading", "plan"):
        with os.scandir(os.path.join(os.path.dirname(os.path.dirname(__file__)), package)) as modules:
            stamps += sorted((each.name, each.stat().st_mtime_ns) for each in modules if each.name.endswith(".py"))
    return f"{crc32(source):08x}-{__version__}-{crc32(repr(stamps).encode()):08x}.json"


def _seal(source: bytes, body: bytes) -> bytes:
    """The first line of an entry, which holds it to be whole; what it is an entry of follows, byte for byte."""
    return b"mzplan-plan %d %08x" % (len(source), crc32(body))


def _prune(folder: str) -> None:
    entries = [os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".json")]
    for entry in sorted(entries, key=lambda path: os.lstat(path).st_mtime, reverse=True)[KEPT:]:
        os.unlink(entry)


_PLAIN = (str, int, bool)
"""What JSON has too."""


class _Many(NamedTuple):
    """How a type that holds any number of members of one other type is taken apart and put together."""

    member: Any
    take: Callable[[Any], Iterable[Any]]
    make: Callable[[tuple[Any, ...]], Any]


def _many(kind: Any) -> _Many | None:
    shape, inner = get_origin(kind), get_args(kind)
    if shape is UnionType:
        return _Many(inner[0], lambda value: () if value is None else (value,), _only)
    if shape is Mapping:
        return _Many(tuple[inner], lambda value: value.items(), dict)  # type: ignore[valid-type]  # worked out at run time
    return _Many(inner[0], tuple, tuple) if shape is tuple and inner[-1] is Ellipsis else None


def _only(members: tuple[Any, ...]) -> Any:
    (value,) = members or (None,)
    return value


def _fields(kind: Any) -> Mapping[str, Any]:
    """The annotations of a class's fields, in order."""
    named: Mapping[str, Any] = (
        {each.name: each.type for each in fields(kind)} if is_dataclass(kind) else kind.__annotations__
    )
    return named


def _variants(kind: Any) -> Sequence[Any]:
    """The classes that a class stands for which is never made itself."""
    return type.__subclasses__(kind) if isinstance(kind, type) and is_dataclass(kind) else ()


def pack(kind: Any, values: Sequence[Any]) -> Any:
    """Values of one annotated type as JSON: a column for each of its fields, where what repeats stands once."""
    with suppress(TypeError):  # what holds a mapping has no hash
        places = {value: place for place, value in enumerate(dict.fromkeys(values))}
        if 2 * len(places) < len(values):
            return {"each": _pack(kind, list(places)), "which": [places[value] for value in values]}
    return _pack(kind, values)


def _pack(kind: Any, values: Sequence[Any]) -> list[Any]:
    if kind in _PLAIN or get_origin(kind) is Literal:
        return list(values)
    if kind is Fraction:
        return [str(value) for value in values]
    if many := _many(kind):
        members = [tuple(many.take(value)) for value in values]
        return [[len(some) for some in members], pack(many.member, [member for some in members for member in some])]
    if get_origin(kind) is tuple:
        return [pack(each, [value[at] for value in values]) for at, each in enumerate(get_args(kind))]
    if variants := _variants(kind):
        each = [_pack(one, [value for value in values if type(value) is one]) for one in variants]
        return [[variants.index(type(value)) for value in values], *each]
    return [pack(each, [getattr(value, name) for value in values]) for name, each in _fields(kind).items()]


def unpack(kind: Any, packed: Any) -> list[Any]:
    """The values that `pack` made this of; some exception when it cannot have been made of values of that type."""
    if not isinstance(packed, dict):
        return _unpack(kind, packed)
    values = _unpack(kind, packed["each"])
    return [values[place] for place in _counts(packed["which"])]


def _unpack(kind: Any, packed: Any) -> list[Any]:
    if kind in _PLAIN:
        return _checked(kind, packed)
    if many := _many(kind):
        lengths, members = _counts(packed[0]), unpack(many.member, packed[1])
        if sum(lengths) != len(members):
            raise ValueError("members too few or too many")
        rest = iter(members)
        return [many.make(tuple(islice(rest, length))) for length in lengths]
    if get_origin(kind) is tuple:
        return _rows(get_args(kind), packed)
    if get_origin(kind) is Literal:
        choices = get_args(kind)
        if not set(packed) <= set(choices):
            raise ValueError("none of the choices")
        return _checked(type(choices[0]), packed)
    if kind is Fraction:
        numbers = {text: _fraction(text) for text in set(_checked(str, packed))}
        return [numbers[text] for text in packed]
    if variants := _variants(kind):
        of_each = [iter(_unpack(one, columns)) for one, columns in zip(variants, packed[1:], strict=True)]
        return [next(of_each[which]) for which in _counts(packed[0])]
    named = _fields(kind)
    rows = _rows(named.values(), packed)
    if hasattr(kind, "_make"):
        return list(starmap(kind, rows))
    return [kind(**dict(zip(named, row, strict=True))) for row in rows]


def _rows(kinds: Iterable[Any], packed: Any) -> list[tuple[Any, ...]]:
    columns = [unpack(kind, column) for kind, column in zip(kinds, packed, strict=True)]
    return list(zip(*columns, strict=True))


def _checked(kind: type, values: Any) -> list[Any]:
    """A list of nothing but values of that very type."""
    if type(values) is not list or not set(map(type, values)) <= {kind}:
        raise ValueError(f"something that is no {kind.__name__}")
    return values


def _counts(values: Any) -> list[int]:
    if min(_checked(int, values), default=0) < 0:
        raise ValueError("a number below 0")
    return list(values)


def _fraction(text: str) -> Fraction:
    if not _FRACTION.fullmatch(text):
        raise ValueError("no fraction")
    return Fraction(text)
