"""Which rules count, and how much: `mzplan.toml` and the command line. Knows nothing of data or output."""

import os
import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from mzplan.diagnostics import Diagnostic, InputError, Location, Rule, Severity, show
from mzplan.plan.lookup import MEANT, key_meant, nearest
from mzplan.reading.bounds import open_own
from mzplan.reading.files import FileError, StrPath, upward
from mzplan.rules import RULES
from mzplan.rules.draft import VERIFY_RULES
from mzplan.rules.history import HISTORY_RULES
from mzplan.said import listed, say

NAME = "mzplan.toml"

SIZE_LIMIT = 64 << 10
"""Bytes of a settings file that are read."""

MOST_JOBS = 256

UNKNOWN_SETTING = Rule(
    code="MZ801",
    name="unknown-setting",
    severity=Severity.ERROR,
    title="没有这个设置项",
    what="mzplan.toml 里有程序不认识的设置项。",
    why="写错的设置项如果被悄悄忽略，检查就会比您以为的更松或更严，而且没有人会发现。",
    mend="按提示改正名称，或删去这一行。可用的设置项：select、ignore、error、warn、strict、jobs。",
    bad='ingore = ["MZ501"]\n',
    good='ignore = ["MZ501"]\n',
)
UNKNOWN_RULE = Rule(
    code="MZ802",
    name="unknown-rule-code",
    severity=Severity.ERROR,
    title="没有这条规则",
    what="mzplan.toml 提到了不存在的规则编号或名称。",
    why="编号写错，要放宽的没有放宽，要加严的没有加严。",
    mend="用 mzplan rule 查看全部规则。可以写编号（MZ301）、名称（unknown-indicator）、"
    "一类（MZ3、MZ3xx）或全部（ALL）。",
    bad='warn = ["MZ999"]\n',
    good='warn = ["MZ801"]\n',
)
INVALID_SETTING = Rule(
    code="MZ803",
    name="invalid-setting",
    severity=Severity.ERROR,
    title="设置的值不对",
    what="mzplan.toml 不符合 TOML 语法，或某一项的值不是应有的类型，或同一条规则既要算错误又要算警告。",
    why="值不对就无法知道要怎样检查，不能猜。",
    mend="select、ignore、error、warn 是规则编号的列表，strict 是 true 或 false，jobs 是 DuckDB 的线程数。",
    bad='strict = "yes"\n',
    good="strict = true\n",
)
CANNOT_CHECK = Rule(
    code="MZ804",
    name="cannot-check",
    severity=Severity.ERROR,
    title="无法检查",
    what="检查没有进行：没有这个 git 版本，找不到计划、数据或基线，或者选项不对。各文件里的问题另有编号。"
    "只在给程序看的格式里这样列出，退出码为 2。",
    why="没有检查不等于没有问题；流水线里看不到这一条，就会以为通过了。",
    mend="原因里写着缺什么：检出要有历史（fetch-depth: 0），版本、计划、数据和基线的名称要写对；补上后重新运行。",
)
UNREADABLE_WAIVERS = Rule(
    code="MZ811",
    name="unreadable-waivers",
    severity=Severity.ERROR,
    title="豁免表无法读取",
    what="waivers.csv 不是一张可以读取的表：编码不对、引号不配对，或者表头不对。",
    why="豁免表读不出来，已经批准的豁免就都不生效。",
    mend="另存为“CSV UTF-8”，第一行写表头 code,unit,indicator,period,reason,until，"
    "或 规则编号,填报单位,指标编码,报告期,理由,有效期至。",
    bad="code,unit,reason\nMZ201,,\n",
    good="code,unit,indicator,period,reason,until\n",
)
INVALID_WAIVER = Rule(
    code="MZ812",
    name="invalid-waiver",
    severity=Severity.ERROR,
    title="豁免的内容不对",
    what="waivers.csv 的一行写了不存在的规则、单位、指标、报告期或日期，或者没有写明豁免哪个单位、指标或报告期。",
    why="写错的豁免什么也豁免不了；不写明范围的豁免会放过整条规则。",
    mend="按提示改正。要整条规则不查，请在 mzplan.toml 里写 ignore。",
    bad="code,unit,indicator,period,reason,until\nMZ999,,,2023-06,市局已同意,2023-12-31\n",
    good="code,unit,indicator,period,reason,until\n",
)
WAIVER_WITHOUT_REASON = Rule(
    code="MZ813",
    name="waiver-without-reason",
    severity=Severity.ERROR,
    title="豁免没有写理由或期限",
    what="waivers.csv 的一行没有写理由（reason），或没有写有效期（until）。",
    why="豁免是例外，谁同意、为什么、到哪一天为止，都要有据可查。",
    mend="补上理由和截止日期（YYYY-MM-DD）。",
    bad="code,unit,indicator,period,reason,until\nMZ301,,,2023-06,,2023-12-31\n",
    good="code,unit,indicator,period,reason,until\n",
)
EXPIRED_WAIVER = Rule(
    code="MZ814",
    name="expired-waiver",
    severity=Severity.WARNING,
    title="豁免已过期",
    what="waivers.csv 的一行，截止日期（until）早于今天，不再生效。",
    why="过期的豁免说明当时约定的整改期限已过。",
    mend="问题已解决的，删去这一行；确需延长的，重新报批并改写截止日期和理由。",
    bad="code,unit,indicator,period,reason,until\nMZ301,,,2023-06,市局已同意,2000-01-31\n",
    good="code,unit,indicator,period,reason,until\n",
)
UNUSED_WAIVER = Rule(
    code="MZ815",
    name="unused-waiver",
    severity=Severity.WARNING,
    title="豁免没有用上",
    what="waivers.csv 的一行没有豁免掉任何问题。只在检查全部数据时判断。",
    why="多余的豁免会在将来悄悄放过新的问题。",
    mend="删去这一行。",
    bad="code,unit,indicator,period,reason,until\nMZ301,,,2023-06,市局已同意,2999-12-31\n",
    good="code,unit,indicator,period,reason,until\n",
)

SETTINGS_RULES: tuple[Rule, ...] = (
    UNKNOWN_SETTING,
    UNKNOWN_RULE,
    INVALID_SETTING,
    CANNOT_CHECK,
    UNREADABLE_WAIVERS,
    INVALID_WAIVER,
    WAIVER_WITHOUT_REASON,
    EXPIRED_WAIVER,
    UNUSED_WAIVER,
)
"""The rules about waivers and configuration."""

_CODES = re.compile(r"(MZ\d{1,3})(?:(?<=MZ\d)XX)?|ALL", re.ASCII)
"""A code or the beginning of several, as a group; or all of them."""

_MOST_DOTS = 64
"""Dots on a line of settings: each step of a dotted key costs the reader as much as all before it."""

_LISTS = ("select", "ignore", "error", "warn")
_KEYS = (*_LISTS, "strict", "jobs")

_UNKNOWN_KEY = "没有设置项“{key}”"
_UNKNOWN_CODE = "没有规则“{word}”"
SEE_RULES = "用 mzplan rule 查看全部规则。"
_NOT_A_LIST = "{key} 应是规则编号的列表"
_NOT_A_BOOLEAN = "strict 应是 true 或 false"
_NOT_A_NUMBER = "jobs 应是 1 到 {most} 的整数"
_BOTH = "{codes} 同时列在 error 和 warn 里"
_NOT_TOML = "不是合法的 TOML：{reason}"
_TOO_MANY_DOTS = say("这一行有 {most_dots} 个以上的点", most_dots=_MOST_DOTS)
_UNREADABLE = "无法读取 {path}：{reason}"
_NOT_UTF8 = "不是 UTF-8 编码"
_MEND_FILE = "请换成可以读取的普通文件；不需要设置的，请把它移走。"


class Settings(NamedTuple):
    """Which rules count and how much; rules are given by code."""

    select: frozenset[str] = frozenset()
    """Only these; empty for all."""
    ignore: frozenset[str] = frozenset()
    error: frozenset[str] = frozenset()
    warn: frozenset[str] = frozenset()
    strict: bool = False
    """Warnings are errors, but for the rules in `warn`."""
    jobs: int = 0
    """Processes to spread files over; 0 for one a core."""

    def severity(self, rule: Rule, severity: Severity) -> Severity | None:
        """How much a finding of that rule weighs here; None when it does not count."""
        code = rule.code
        if not self.counts(code):
            return None
        if code in self.error:
            return Severity.ERROR
        if code in self.warn:
            return Severity.WARNING
        return Severity.ERROR if self.strict else severity

    def counts(self, code: str) -> bool:
        """Whether findings of that rule count at all."""
        return code not in self.ignore and (not self.select or code in self.select)

    @property
    def leaves_out(self) -> bool:
        """Whether there are rules that do not count."""
        return bool(self.ignore or self.select)

    def apply(self, findings: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The findings that count, each with its weight."""
        kept = []
        for finding in findings:
            severity = self.severity(finding.rule, finding.severity)
            if severity is not None:
                kept.append(finding if severity is finding.severity else finding._replace(severity=severity))
        return kept

    def override(
        self,
        *,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        error: Iterable[str] = (),
        warn: Iterable[str] = (),
        strict: bool = False,
        jobs: int | None = None,
    ) -> "Settings":
        """These settings under those of the command line, which win; InputError names every unknown rule."""
        given = {"select": select, "ignore": ignore, "error": error, "warn": warn}
        chosen: dict[str, frozenset[str]] = {}
        unknown: list[str] = []
        for option, words in given.items():
            chosen[option], missed = codes_of(word for text in words for word in text.split(",") if word.strip())
            unknown += [
                say(
                    "--{option}：{what}。{hint}",
                    option=option,
                    what=say(_UNKNOWN_CODE, word=show(word)),
                    hint=_hint(word),
                )
                for word in missed
            ]
        if both := chosen["error"] & chosen["warn"]:
            unknown.append(say("--error、--warn：{what}。", what=say(_BOTH, codes=listed(sorted(both)))))
        if jobs is not None and not 1 <= jobs <= MOST_JOBS:
            unknown.append(say("--jobs 应是 1 到 {most} 的整数。", most=MOST_JOBS))
        if unknown:
            raise InputError(listed(unknown, "\n"))
        return Settings(
            select=chosen["select"] or self.select,
            ignore=(self.ignore - chosen["select"] - chosen["error"] - chosen["warn"]) | chosen["ignore"],
            error=(self.error - chosen["warn"]) | chosen["error"],
            warn=(self.warn - chosen["error"]) | chosen["warn"],
            strict=strict or self.strict,
            jobs=jobs or self.jobs,
        )


@cache
def catalogue() -> Mapping[str, Rule]:
    """Every rule there is, by code, in the order of their codes."""
    rules = {rule.code: rule for rule in (*RULES.values(), *SETTINGS_RULES, *HISTORY_RULES, *VERIFY_RULES)}
    return MappingProxyType(dict(sorted(rules.items())))


def codes_of(words: Iterable[str]) -> tuple[frozenset[str], list[str]]:
    """The codes that the words name, and the words that name none.

    A word is a code or the beginning of several (MZ2, MZ2xx), a rule's name, or ALL.
    """
    rules = catalogue().values()
    codes: set[str] = set()
    unknown = []
    for word in words:
        text = word.strip()
        prefix = _CODES.fullmatch(text.upper())
        found = [r.code for r in rules if (prefix and r.code.startswith(prefix[1] or "")) or text == r.name]
        if found:
            codes.update(found)
        else:
            unknown.append(word)
    return frozenset(codes), unknown


def nearest_rule(word: str) -> str | None:
    """The code or name that a mistyped one most likely means; none for a number that no rule has."""
    rules = catalogue()
    code = word.strip().upper().translate(str.maketrans("OIL", "011"))
    if code in rules or code.removeprefix("MZ").isdigit():
        return code if code in rules else None
    return nearest(code, rules) or nearest(word.strip().lower(), (r.name for r in rules.values()))


def _unreadable(path: StrPath, reason: str, hint: str = "") -> InputError:
    """Why a settings file decides nothing, as text and as a finding where it stands."""
    message = say(_UNREADABLE, path=show(str(path)), reason=reason)
    place, severity = Location(str(path)), INVALID_SETTING.severity
    return InputError(
        say("{message}。{hint}", message=message, hint=hint),
        [Diagnostic(place, INVALID_SETTING, message, severity, hint=hint)],
    )


def _hint(word: str) -> str:
    meant = nearest_rule(word)
    return say(MEANT, name=meant) if meant else SEE_RULES


def find_settings(start: StrPath) -> str | None:
    """The nearest `mzplan.toml` upward, whatever it is, or None: one that cannot be read must not be passed over."""
    return next((file for place in upward(start) if os.path.lexists(file := os.path.join(place, NAME))), None)


def read_settings(path: StrPath) -> Settings:
    """The settings in the file; InputError with every finding, each with its line."""
    try:
        with open_own(path, SIZE_LIMIT, os.path.dirname(path) or os.curdir) as stream:
            data = stream.read(SIZE_LIMIT)
        text = data.decode("utf-8-sig")
    except FileError as error:
        raise _unreadable(path, show(error.reason), _MEND_FILE) from None
    except UnicodeDecodeError:
        raise _unreadable(path, _NOT_UTF8) from None
    settings, findings = parse_settings(text, str(path))
    if findings:
        lines = [
            say(
                "{place}: {code} {message}。{hint}",
                place=show(str(f.location), 4096),
                code=f.rule.code,
                message=f.message,
                hint=f.hint,
            )
            for f in sorted(findings, key=lambda finding: finding.order)
        ]
        raise InputError(say("设置文件有误，无法检查：\n{lines}", lines=listed(lines, "\n")), findings)
    return settings


def parse_settings(text: str, path: str = NAME) -> tuple[Settings, list[Diagnostic]]:
    """The settings that the text gives, and what is wrong in it; only when nothing is may the settings be used."""
    import tomllib  # needed only where there are settings

    if line := next((n for n, line in enumerate(text.split("\n"), 1) if line.count(".") > _MOST_DOTS), 0):
        message = say(_NOT_TOML, reason=_TOO_MANY_DOTS)
        return Settings(), [Diagnostic(Location(path, line), INVALID_SETTING, message, INVALID_SETTING.severity)]
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        return Settings(), [_not_toml(str(error), path)]
    found = _SettingsFindings(text, path)
    for key in document:
        if key not in _KEYS:
            meant = key_meant(key, _KEYS, document)
            hint = say(MEANT, name=meant) if meant else say("可用的有 {names}。", names=listed(_KEYS))
            found.add(UNKNOWN_SETTING, key, say(_UNKNOWN_KEY, key=show(key)), hint)
    lists = {key: found.codes(key, document[key]) for key in _LISTS if key in document}
    if both := lists.get("error", frozenset()) & lists.get("warn", frozenset()):
        found.add(INVALID_SETTING, "warn", say(_BOTH, codes=listed(sorted(both))))
    strict, jobs = document.get("strict", False), document.get("jobs", 0)
    if not isinstance(strict, bool):
        found.add(INVALID_SETTING, "strict", _NOT_A_BOOLEAN)
    if not isinstance(jobs, int) or isinstance(jobs, bool) or ("jobs" in document and not 1 <= jobs <= MOST_JOBS):
        found.add(INVALID_SETTING, "jobs", say(_NOT_A_NUMBER, most=MOST_JOBS))
    if found.findings:
        return Settings(), found.findings
    return Settings(**lists, strict=strict, jobs=jobs), []


class _SettingsFindings:
    """Collects what is wrong in a settings file, with the lines that the TOML reader does not tell."""

    def __init__(self, text: str, path: str) -> None:
        self._lines = text.split("\n")
        self._path = path
        self.findings: list[Diagnostic] = []

    def add(self, rule: Rule, word: str, message: str, hint: str = "") -> None:
        """A finding on the line of the key, or of the rule's word in its quotes; else on the first that has it."""
        text = re.escape(word)
        stands = rf"""["']{text}["']""" if rule is UNKNOWN_RULE else rf"""\s*\[*\s*["']?{text}["']?\s*[].=]"""
        find = re.compile(stands).search if rule is UNKNOWN_RULE else re.compile(stands).match
        found = [number for number, line in enumerate(self._lines, start=1) if find(line)]
        found += [number for number, line in enumerate(self._lines, start=1) if word in line]
        line = found[0] if found else 0
        self.findings.append(Diagnostic(Location(self._path, line), rule, message, rule.severity, hint=hint))

    def codes(self, key: str, value: Any) -> frozenset[str]:
        """The codes that a list of rules names."""
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            self.add(INVALID_SETTING, key, say(_NOT_A_LIST, key=key))
            return frozenset()
        codes, unknown = codes_of(value)
        for word in unknown:
            self.add(UNKNOWN_RULE, word, say(_UNKNOWN_CODE, word=show(word)), _hint(word))
        return codes


def _not_toml(reason: str, path: str) -> Diagnostic:
    place = re.search(r"at line (\d{1,6}), column (\d{1,6})", reason)
    line, column = (int(place[1]), int(place[2])) if place else (0, 0)
    message = say(_NOT_TOML, reason=show(reason))
    return Diagnostic(Location(path, line, column), INVALID_SETTING, message, INVALID_SETTING.severity)
