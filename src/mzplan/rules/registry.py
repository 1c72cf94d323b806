"""How a rule is registered: one decorated function, from which its code, texts, examples and check are taken.

Each shape of rule looks at one thing: a defect of the file, a row of raw cells, a key cell, a record, a series, or all.
Rules yield findings; they do not print, stop the run, know each other or change anything.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial, wraps
from types import MappingProxyType
from typing import Any, NamedTuple, TypedDict, TypeVar, Unpack

from mzplan.diagnostics import Location, Occurrence, Rule, Severity, show
from mzplan.reading.flaws import Defect, Flaw
from mzplan.reading.number import Fault, Habit, Number
from mzplan.rules.scope import Scope, Series, Whole
from mzplan.said import asking, listed, say
from mzplan.submissions.header import FIELDS_ZH, Header
from mzplan.submissions.row import Row

ERROR, WARNING = Severity.ERROR, Severity.WARNING


class Remedy(NamedTuple):
    """A proposal that is told only once the row has been read again with it."""

    hint: str
    text: str = ""
    """What the finding's cell would hold."""
    also: Mapping[str, str] = MappingProxyType({})
    """What other cells of the row would hold as well, by field."""
    cells: tuple[str, ...] = ()
    """For a finding about a whole row: what all its cells would hold."""
    supposed: str = ""
    """What it supposes, and the figure: that is told where others hold as well, before `words`."""
    words: str = ""
    is_about: bool = False
    """Whether the figure is but near what the cell would hold: it is told, and nothing to be written."""

    def cells_of(self, field: str) -> Mapping[str, str]:
        """What the cells would hold that it changes, by field, for a finding about that field."""
        return {field: self.text, **self.also}


class Cause(NamedTuple):
    """What several findings of a file come from: they are told as one, with all their rows."""

    key: str
    least: int = 2
    """So many findings it takes to see one cause in them."""
    together: str = ""
    """What is said of them; `{count}` is how many. Empty: what is said of the first, and how many they are."""
    hint: str = ""
    joins: "Cause | None" = None
    """The cause of which it is one where that is told of the same file."""
    is_harmless: bool = False
    """Whether nothing more is told there: it was worth no more than a word."""


MANY = 5
"""So many different cells with one fault have one cause; a few are so many mistakes."""
MOST_SUPPOSED = 4
"""Of more figures that may have been meant none is told."""
NEVER = sys.maxsize
"""However many have it, it is no cause of its own, but joins another."""
PERCENT_FORMAT = Cause(
    "MZ215",
    MANY,
    together="{count} 格带百分号，像是整张表设成了百分比格式",
    hint="在原表里把这些格子设成“常规”再导出：100.00% 应是 1，2600.00% 应是 26。",
)
SWAPPED_COLUMNS = Cause(
    "swapped",
    MANY,
    "{count} 行的分子大于分母，像是分子、分母两列填反了",
    asking("denominator", "把分子、分母两列换过来，再逐行核对。"),
)


class Finding(NamedTuple):
    """What a rule says; the engine adds the place and the cell, and takes back remedies that do not hold."""

    message: str
    field: str = ""
    hint: str = ""
    """What may be said in any case; a value that the cell might have belongs into `remedies`."""
    fix: str | None = None
    related: tuple[Location, ...] = ()
    value: str | None = None
    """Only where it is not the field's cell."""
    remedies: tuple[Remedy, ...] = ()
    """What is told in the place of `hint` if only one of them holds; once they are proved there is that one or none."""
    cause: Cause | None = None
    """What it may have in common with other findings of the file."""
    of_note: str = ""
    """What is said of the note where there is one, of a finding that a note can clear."""
    is_question: bool = False
    """Whether what the note says makes a warning of an error."""
    is_sure: bool = False
    """Whether what came after makes an error of a warning."""
    cell: int = 0
    """The number of the cell in its row, from 1, where it is no field's."""

    @property
    def told_hint(self) -> str:
        """What is said once the remedies are proved."""
        return self.remedies[0].hint if self.remedies else self.hint

    @property
    def meant(self) -> str:
        """What the proved remedy writes, of several cells each with its column; empty without one."""
        return meant_text(self.remedies[0].cells_of(self.field)) if self.remedies else ""

    def with_the_only(self, held: "Sequence[Remedy]") -> "Finding":
        """Of several proposals that hold none is told as what was meant, but all with what each supposes."""
        different: dict[str, Remedy] = {}
        for each in held:
            different.setdefault(each.supposed if each.is_about else each.text if each.supposed else each.hint, each)
        proposals = list(different.values())
        if len(proposals) == 1 and not proposals[0].is_about:
            return self._replace(remedies=(proposals[0],))
        if not 0 < len(proposals) <= MOST_SUPPOSED or not all(each.supposed for each in proposals):
            return self._replace(remedies=())
        several = listed((*(each.supposed for each in proposals), proposals[0].words), "")
        return self._replace(remedies=(), hint=several if len(proposals) > 1 else proposals[0].hint)


def meant_text(cells: Mapping[str, str]) -> str:
    """What would be written into cells, by field: of several each with its column, those left blank not named."""
    told = {field: show(text, 40) for field, text in cells.items() if text}
    if len(cells) == 1:
        return listed(told.values())
    return listed(say("{column} {text}", column=FIELDS_ZH[field], text=text) for field, text in told.items())


def severity_of(rule: Rule, finding: Finding) -> Severity:
    """How grave a finding of a rule is: a question is a warning, what is sure an error."""
    return ERROR if finding.is_sure else WARNING if finding.is_question else rule.severity


class Texts(TypedDict, total=False):
    """The texts of a rule, in Chinese; the examples are run by the suite."""

    title: str
    what: str
    why: str
    mend: str
    source: str
    bad: str
    good: str
    fixable: bool
    takes_out: bool
    casts_doubt: bool


class Found(NamedTuple):
    """A finding of a rule that sees everything, with its place and keys."""

    finding: Finding
    location: Location
    unit: str = ""
    indicator: str = ""
    period: str = ""
    cell: int | None = None
    """The ledger cell of the record that an error makes useless."""
    parts: tuple[Occurrence, ...] = ()
    """All that it stands for, when that is several."""
    is_of_all: bool = False
    """Whether it is why anything else is found of its file beside others: nothing of that month counts."""


FlawCheck = Callable[[Defect], Finding]
ShapeCheck = Callable[[Sequence[str], Header, Scope], Finding | None]
KeyCheck = Callable[[str, Scope], Finding | None]
NumberCheck = Callable[[Row, str, Number], Finding]
RowCheck = Callable[[Row, Scope], Iterator[Finding]]
SeriesCheck = Callable[[Series], Iterable[tuple[int, Finding]]]
"""Findings with the position in the series that each is about."""
WholeCheck = Callable[[Whole], Iterator[Found]]

_Check = TypeVar("_Check", bound=Callable[..., Any])

_rules: dict[str, Rule] = {}
_flaw_checks: dict[Flaw, tuple[Rule, FlawCheck]] = {}
_shape_checks: list[tuple[Rule, ShapeCheck]] = []
_kept_checks: list[tuple[Rule, ShapeCheck]] = []
_key_checks: dict[str, list[tuple[Rule, KeyCheck]]] = {"period": [], "unit": []}
_fault_checks: dict[Fault, tuple[Rule, NumberCheck]] = {}
_habit_checks: dict[Habit, tuple[Rule, NumberCheck]] = {}
_row_checks: list[tuple[Rule, RowCheck]] = []
_series_checks: list[tuple[Rule, SeriesCheck]] = []
_whole_checks: list[tuple[Rule, WholeCheck]] = []


def rule(code: str, name: str, severity: Severity, **texts: Unpack[Texts]) -> Rule:
    """Register a rule that the engine itself applies; ValueError for a code that is taken."""
    if code in _rules or any(name == known.name for known in _rules.values()):
        raise ValueError(f"{code} {name} is registered twice")
    given: dict[str, Any] = {"what": "", "why": "", "mend": "", **texts}
    _rules[code] = Rule(code=code, name=name, severity=severity, **given)
    return _rules[code]


def _entering(
    enter: Callable[[tuple[Rule, _Check]], None], code: str, severity: Severity | None = None, **texts: Unpack[Texts]
) -> Callable[[_Check], _Check]:
    """Enters the function below with its rule: named by it, or, without a severity, one that is registered already."""

    def register(check: _Check) -> _Check:
        name = check.__name__.replace("_", "-")
        enter((_rules[code] if severity is None else rule(code, name, severity, **texts), check))
        return check

    return register


def flaw_rule(code: str, severity: Severity, flaw: Flaw, **texts: Unpack[Texts]) -> Callable[[FlawCheck], FlawCheck]:
    """A rule about a defect that the CSV border found: the function puts it into words."""
    return _entering(partial(_flaw_checks.__setitem__, flaw), code, severity, **texts)


def flaw_words(code: str, flaw: Flaw) -> Callable[[FlawCheck], FlawCheck]:
    """Another defect that comes under a rule already registered."""
    return _entering(partial(_flaw_checks.__setitem__, flaw), code)


def shape_rule(code: str, severity: Severity, **texts: Unpack[Texts]) -> Callable[[ShapeCheck], ShapeCheck]:
    """A rule about raw cells that make no record; the first that speaks is the only one."""
    return _entering(_shape_checks.append, code, severity, **texts)


def kept_rule(code: str, severity: Severity, **texts: Unpack[Texts]) -> Callable[[ShapeCheck], ShapeCheck]:
    """A rule about a row that is no record and would be taken out, but for what it says: it is told instead."""
    return _entering(_kept_checks.append, code, severity, **texts)


def kept_words(code: str) -> Callable[[ShapeCheck], ShapeCheck]:
    """Such a row that comes under a rule already registered."""
    return _entering(_kept_checks.append, code)


def key_rule(code: str, severity: Severity, key: str, **texts: Unpack[Texts]) -> Callable[[KeyCheck], KeyCheck]:
    """A rule about a `period` or `unit` cell: it speaks once for each different cell of a file, however many rows."""
    return _entering(_key_checks[key].append, code, severity, **texts)


def fault_rule(
    code: str, severity: Severity, faults: Sequence[Fault], **texts: Unpack[Texts]
) -> Callable[[NumberCheck], NumberCheck]:
    """A rule about a cell of figures that is no number in one of these ways; it is asked about no other."""
    return _entering(lambda entry: _fault_checks.update(dict.fromkeys(faults, entry)), code, severity, **texts)


def habit_rule(
    code: str, severity: Severity, habit: Habit, **texts: Unpack[Texts]
) -> Callable[[NumberCheck], NumberCheck]:
    """A rule about a number that is written in this way; of several ways the first is told, with the whole repair."""
    return _entering(partial(_habit_checks.__setitem__, habit), code, severity, **texts)


def row_rule(code: str, severity: Severity, **texts: Unpack[Texts]) -> Callable[[RowCheck], RowCheck]:
    """A rule about one record."""
    return _entering(_row_checks.append, code, severity, **texts)


def row_words(code: str) -> Callable[[RowCheck], RowCheck]:
    """Something else about one record that comes under a rule already registered."""
    return _entering(_row_checks.append, code)


def series_rule(
    code: str, severity: Severity, where: Callable[[Series], bool], **texts: Unpack[Texts]
) -> Callable[[SeriesCheck], SeriesCheck]:
    """A rule about a unit's year of one indicator.

    `where` tells at little cost of which years it may speak: it is asked about no other, as most have nothing odd.
    """
    return _entering(_asked(where), code, severity, **texts)


def series_words(code: str, where: Callable[[Series], bool]) -> Callable[[SeriesCheck], SeriesCheck]:
    """Something else about a unit's year that comes under a rule already registered."""
    return _entering(_asked(where), code)


def _asked(where: Callable[[Series], bool]) -> Callable[[tuple[Rule, SeriesCheck]], None]:
    def enter(entry: tuple[Rule, SeriesCheck]) -> None:
        rule, check = entry

        @wraps(check)
        def asked(series: Series) -> Iterable[tuple[int, Finding]]:
            return check(series) if where(series) else ()

        _series_checks.append((rule, asked))

    return enter


def whole_rule(code: str, severity: Severity, **texts: Unpack[Texts]) -> Callable[[WholeCheck], WholeCheck]:
    """A rule about several units, indicators or files at once."""
    return _entering(_whole_checks.append, code, severity, **texts)


OF_ROWS = "{message}；本文件共 {count} 行"
"""What is said of several rows of a file; it can be said of fewer again."""

PASSES = "没有说到数、单位和月份，不影响采用；要留下的，写到“说明”里，用不着的，删去。"
"""What to do about words that put nothing in doubt."""
TORN = "{torn} 是否应写作 {whole}？"
"""Proposes the number that its separators tore."""

WRITE_WORDS = "写成文字；工作簿里的公式，在 Excel 或 WPS 里打开，算好以后保存。"
"""What to do about a formula among words."""
SET_GENERAL = "单元格的格式不是“常规”的，先设为“常规”再填。"
"""Without it a number that is typed into the cell becomes the same again."""


def of_rows(message: str, count: int) -> str:
    """What is said of one row, of as many as have it."""
    return say(OF_ROWS, message=message, count=count) if count > 1 else message


def says(field: str, text: str, fault: str) -> str:
    """The usual sentence about a cell."""
    return say("“{column}”一栏的“{text}”{fault}", column=FIELDS_ZH[field], text=show(text, 40), fault=fault)


def registered() -> Mapping[str, Rule]:
    """All rules so far, by code."""
    return MappingProxyType(dict(sorted(_rules.items())))


class Checks(NamedTuple):
    """The registered checks by what they look at."""

    flaw: Mapping[Flaw, tuple[Rule, FlawCheck]]
    shape: tuple[tuple[Rule, ShapeCheck], ...]
    kept: tuple[tuple[Rule, ShapeCheck], ...]
    key: Mapping[str, tuple[tuple[Rule, KeyCheck], ...]]
    fault: Mapping[Fault, tuple[Rule, NumberCheck]]
    habit: Mapping[Habit, tuple[Rule, NumberCheck]]
    row: tuple[tuple[Rule, RowCheck], ...]
    series: tuple[tuple[Rule, SeriesCheck], ...]
    whole: tuple[tuple[Rule, WholeCheck], ...]


def checks() -> Checks:
    """The checks so far; called once, when every family has been imported."""
    return Checks(
        MappingProxyType(dict(_flaw_checks)),
        tuple(_shape_checks),
        tuple(_kept_checks),
        MappingProxyType({key: tuple(found) for key, found in _key_checks.items()}),
        MappingProxyType(dict(_fault_checks)),
        MappingProxyType(dict(_habit_checks)),
        tuple(_row_checks),
        tuple(_series_checks),
        tuple(_whole_checks),
    )
