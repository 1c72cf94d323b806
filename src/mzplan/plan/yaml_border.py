"""The YAML border: bytes to plain values with their places, in one pass over the parser's events.

Knows nothing of plans. Everything that makes YAML dangerous (anchors, aliases, tags, merge keys, depth, size) or
surprising (repeated keys, `no`, `12:30`, `010`) is refused or read as text here, before any object is composed.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

import yaml

from mzplan.diagnostics import Diagnostic, Location, Rule, show
from mzplan.plan.file_rules import HIDDEN, NOT_A_MAPPING, NOT_A_PLAN, REPEATED_KEY, SHORTHAND, SYNTAX, TOO_LARGE
from mzplan.plan.findings import Findings
from mzplan.plan.yaml_syntax import LOADER, explained
from mzplan.plan.yaml_text import YamlPlace, decoded, is_hidden, report_hidden, without_hidden

MAX_BYTES = 8 << 20
MAX_DEPTH = 32
MAX_NODES = 1_000_000

Path = tuple[str | int, ...]
"""Where a value stands in the document: keys and positions from the root."""

_Member = TypeVar("_Member")

Value = None | bool | int | Decimal | str | list["Value"] | dict[str, "Value"]


_MESSAGES: Mapping[str, tuple[str, str]] = {
    "bytes": ("文件有 {size} 字节，上限是 {limit} 字节", NOT_A_PLAN),
    "depth": ("嵌套超过 {limit} 层", "检查此处的括号和缩进"),
    "nodes": ("内容超过 {limit} 项", NOT_A_PLAN),
    "utf16": ("文件是 {encoding} 编码", "用编辑器“另存为”，编码选 UTF-8"),
    "bytes-not-utf8": ("第一个不是 UTF-8 的字节是 0x{byte:02x}", "文件可能是 GBK 编码：用编辑器“另存为”，编码选 UTF-8"),
    "empty": ("文件里没有内容（空文件或只有注释）", "从 title: 写起"),
    "list": ("整个文件是一个列表，应由“键: 值”组成", "去掉行首的“- ”，从 title: 写起"),
    "scalar": ("整个文件只是一段文字，应由“键: 值”组成", "从 title: 写起，冒号后留一个空格"),
    "documents": ("文件里有不止一份文档（第 {first} 行已有一份）", "去掉这里的“---”，或分成两个文件"),
    "anchor": ("不接受锚点 &{name}", "去掉 &{name}，内容照写"),
    "alias": ("不接受引用 *{name}", "把 {name} 所指的内容直接写在这里"),
    "tag": ("不接受类型标签 {name}", "去掉标签；要当文字就加引号"),
    "merge": ("不接受合并键 <<", "把要合并的各键直接写在这里"),
    "key": ("键必须是一个词，不能是列表或映射", "键写成“名称:”，值写在后面"),
    "repeated": ("键 {name} 重复，第 {first} 行已经写过", "删去其中一个"),
    "hidden": ("有看不见的字符 U+{code:04X}（{what}）", "删去该字符重新输入"),
    "syntax": ("{fact}", "缩进只用空格，冒号后留一个空格，引号和括号要成对"),
    "newline": ("文字里有换行", "写成一行，或用 > 折行"),
}

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}")
_BEFORE_COMMA = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})*")
_AFTER_COMMA = re.compile(r"[0-9]{3}(?:\.[0-9]+)?")
_CONSTANTS: Mapping[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(slots=True)
class YamlDocument:
    """What a YAML file says: plain values, where each stands, and what is wrong with it as YAML."""

    path: str
    value: Value = None
    marks: dict[Path, YamlPlace] = field(default_factory=dict)
    """Where each value starts."""
    keys: dict[Path, YamlPlace] = field(default_factory=dict)
    """Where the key of each value starts."""
    found: Findings = field(default_factory=lambda: Findings(_MESSAGES))
    broken: set[Path] = field(default_factory=set)
    """Values already found wrong here: nothing more need be said of them or of what they hold."""
    is_complete: bool = False
    """Whether the file could be read to its end; if not, `value` says nothing about what is missing."""

    @property
    def findings(self) -> list[Diagnostic]:
        """What is wrong with the file as YAML."""
        return self.found.found

    def report(self, rule: Rule, message: str, mark: YamlPlace, *related: Location, **named: Any) -> None:
        """Add one finding."""
        self.found.report(rule, Location(self.path, *mark), message, related=related, **named)

    def place(self, path: Path, *, of_key: bool = False) -> Location:
        """Where a value (or its key) stands; for one that is not there, where the nearest thing around it starts."""
        if of_key and path in self.keys:
            return Location(self.path, *self.keys[path])
        while path and path not in self.marks:
            path = path[:-1]
        return Location(self.path, *self.marks.get(path, YamlPlace(1, 1)))

    def is_broken(self, path: Path) -> bool:
        """Whether the value, or one around it, was already found wrong as YAML."""
        return bool(self.broken) and any(path[:length] in self.broken for length in range(len(path) + 1))


def key_of(path: Path) -> str:
    """The key that a value, or the list that it is a member of, stands under; empty for the whole document."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


class Cursor(NamedTuple):
    """A place in a document, from which what stands below it is found by keys and positions."""

    document: YamlDocument
    path: Path = ()

    def down(self, *steps: str | int) -> "Cursor":
        """The place below it."""
        return Cursor(self.document, (*self.path, *steps))

    def members(self, key: str, values: Sequence[_Member] | None) -> Iterator[tuple[_Member, "Cursor"]]:
        """The members of the list under a key, each with its place."""
        for position, value in enumerate(values or ()):
            yield value, self.down(key, position)

    def place(self, *steps: str | int) -> Location:
        """Where the value below it starts."""
        return self.document.place((*self.path, *steps))

    def key_place(self) -> Location:
        """Where its key starts."""
        return self.document.place(self.path, of_key=True)


def read_yaml(data: bytes, path: str) -> YamlDocument:
    """The one YAML document in these bytes, its faults among `findings`; never raises for what the bytes hold."""
    document = YamlDocument(path)
    if len(data) > MAX_BYTES:
        document.report(TOO_LARGE, "bytes", YamlPlace(0, 0), size=len(data), limit=MAX_BYTES)
        return document
    text = decoded(data, document.report)
    if text is None:
        return document
    text = without_hidden(text, document.report)
    _Builder(document).run(text)
    return document


class _StopReadingError(Exception):
    """Nothing after this place can be read; the finding that says why is in the document."""


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    holder: list[Value] | dict[str, Value]
    path: Path
    is_ghost: bool
    """Whether it was refused: what it holds is read for its faults and leaves no trace."""
    key: str | None = None
    key_mark: YamlPlace | None = None
    """None while the value that comes next is refused with its key."""
    last: str | None = None
    """The key of the value before, in a mapping."""
    is_torn: bool = False
    """Whether the key may be the end of a number that a comma tore: in braces `1,000` is 1 and the key 000."""


class _Builder:
    """Builds the values from events on a stack of its own: no recursion, whatever the nesting."""

    def __init__(self, document: YamlDocument) -> None:
        self.document = document
        self.stack: list[_Open] = []
        self.nodes = 0
        self.first_line = 0
        self.takers: Mapping[str, Callable[[Any, YamlPlace], None]] = {
            "DocumentStartEvent": self._document,
            "ScalarEvent": self._scalar,
            "AliasEvent": self._alias,
            "MappingStartEvent": self._open,
            "SequenceStartEvent": self._open,
            "MappingEndEvent": self._end,
            "SequenceEndEvent": self._end,
        }

    def run(self, text: str) -> None:
        """Read the text to its end, or to the first place behind which nothing can be understood."""
        event: Any
        try:
            for event in yaml.parse(text, Loader=LOADER):
                if taker := self.takers.get(type(event).__name__):
                    taker(event, YamlPlace(event.start_mark.line + 1, event.start_mark.column + 1))
        except _StopReadingError:
            return
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            fact, mark = explained(text, error)
            self.document.report(SYNTAX, "syntax", mark, fact=fact)
        else:
            self._finish()

    def _finish(self) -> None:
        document = self.document
        if isinstance(document.value, dict):
            document.is_complete = True
        elif not document.findings:
            found = "empty" if document.value is None else "list" if isinstance(document.value, list) else "scalar"
            document.report(NOT_A_MAPPING, found, document.marks.get((), YamlPlace(1, 1)))

    def _document(self, event: Any, mark: YamlPlace) -> None:
        if self.first_line:
            self.document.report(NOT_A_MAPPING, "documents", mark, first=self.first_line)
            self.document.is_complete = isinstance(self.document.value, dict)
            raise _StopReadingError
        self.first_line = mark.line

    def _scalar(self, event: Any, mark: YamlPlace) -> None:
        text: str = event.value
        is_plain: bool = event.implicit[0]
        if self._expects_key():
            self._key(text, mark, is_merge=is_plain and text == "<<")
            self._count(event, mark, self.stack[-1].path)
            return
        if event.style in ("|", ">"):
            text = text.rstrip("\n")
        if self.stack and self.stack[-1].is_torn and is_plain and text == "":
            self._mend(self.stack[-1])
            return
        value = _resolve(text) if is_plain else text
        path = self._put(value, mark)
        self._count(event, mark, path)
        if not text.isprintable() or "\ufffd" in text:
            self._refuse_hidden(text, mark, path)

    def _key(self, text: str, mark: YamlPlace, *, is_merge: bool) -> None:
        parent = self.stack[-1]
        parent.key, parent.key_mark = text, None
        path = (*parent.path, text)
        if is_merge:
            self.document.report(SHORTHAND, "merge", mark)
            self.document.broken.add(parent.path)
        elif _AFTER_COMMA.fullmatch(text) and self._follows_number(parent, mark):
            parent.key_mark, parent.is_torn = mark, True
        elif text in parent.holder:
            first = self.document.keys.get(path, mark)
            before = Location(self.document.path, *first)
            self.document.report(REPEATED_KEY, "repeated", mark, before, name=show(text), first=first.line)
        elif "\ufffd" in text or not text.isprintable():
            self._refuse_hidden(text, mark, parent.path)
        else:
            parent.key_mark = mark

    def _follows_number(self, parent: _Open, mark: YamlPlace) -> bool:
        """Whether the value before a key is a number that could go on behind a comma, in the same line."""
        if not isinstance(parent.holder, dict) or parent.last is None:
            return False
        before = self.document.marks.get((*parent.path, parent.last))
        is_beside = before is not None and before.line == mark.line
        return is_beside and _BEFORE_COMMA.fullmatch(str(parent.holder.get(parent.last))) is not None

    @staticmethod
    def _mend(parent: _Open) -> None:
        """Read a number as the text that was written, comma and all, so that it is told what was meant."""
        assert isinstance(parent.holder, dict)
        assert parent.last is not None
        parent.holder[parent.last] = f"{parent.holder[parent.last]},{parent.key}"
        parent.key, parent.is_torn = None, False

    def _refuse_hidden(self, text: str, mark: YamlPlace, path: Path) -> None:
        """U+FFFD stands for a character already reported where it is; the others came from escapes in quotes."""
        hidden = next((character for character in text if is_hidden(character)), None)
        if "\n" in text:
            self.document.report(HIDDEN, "newline", mark)
        elif hidden not in (None, "\ufffd"):
            report_hidden(self.document.report, hidden, mark)
        if hidden is not None:
            self.document.broken.add(path)

    def _alias(self, event: Any, mark: YamlPlace) -> None:
        self.document.report(SHORTHAND, "alias", mark, name=show(event.anchor))
        if self._expects_key():
            self.stack[-1].key, self.stack[-1].key_mark = "", None
            self.document.broken.add(self.stack[-1].path)
        else:
            self.document.broken.add(self._put(None, mark))

    def _open(self, event: Any, mark: YamlPlace) -> None:
        if self._expects_key():
            self.document.report(SYNTAX, "key", mark)
            raise _StopReadingError
        if len(self.stack) >= MAX_DEPTH:
            self.document.report(TOO_LARGE, "depth", mark, limit=MAX_DEPTH)
            raise _StopReadingError
        parent = self.stack[-1] if self.stack else None
        is_refused = parent is not None and isinstance(parent.holder, dict) and parent.key_mark is None
        is_ghost = is_refused or (parent is not None and parent.is_ghost)
        holder: list[Value] | dict[str, Value] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._put(holder, mark)
        self._count(event, mark, path)
        self.stack.append(_Open(holder, path, is_ghost))

    def _end(self, event: Any, mark: YamlPlace) -> None:
        self.stack.pop()

    def _expects_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].holder, dict) and self.stack[-1].key is None

    def _put(self, value: Value, mark: YamlPlace) -> Path:
        """Hand a value to the list or mapping it stands in; returns its path."""
        if not self.stack:
            self.document.value = value
            self.document.marks[()] = mark
            return ()
        parent = self.stack[-1]
        if isinstance(parent.holder, list):
            path = (*parent.path, len(parent.holder))
            parent.holder.append(value)
        else:
            key, key_mark, parent.key, parent.is_torn = parent.key or "", parent.key_mark, None, False
            parent.last = key
            path = (*parent.path, key)
            if key_mark is None:
                return path
            parent.holder[key] = value
            if not parent.is_ghost:
                self.document.keys[path] = key_mark
        if not parent.is_ghost:
            self.document.marks[path] = mark
        return path

    def _count(self, event: Any, mark: YamlPlace, path: Path) -> None:
        """Refuse what a node may not carry, and too many nodes."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.document.report(TOO_LARGE, "nodes", mark, limit=MAX_NODES)
            raise _StopReadingError
        if event.anchor is not None:
            self.document.report(SHORTHAND, "anchor", mark, name=show(event.anchor))
        if event.tag is not None:
            self.document.report(SHORTHAND, "tag", mark, name=show(event.tag))
            self.document.broken.add(path)


def _resolve(text: str) -> Value:
    """A plain scalar's value: nothing, truth, a whole number, a decimal; all else is text, whatever YAML 1.1 says."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] in "-0123456789":
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
    return text
