"""What the verification of a draft found: `text`, `json`, `github`, as `mzplan check` prints its findings."""

from collections.abc import Callable, Mapping

from mzplan.bulletin.model import Ref
from mzplan.bulletin.verify import Account, Check, Statement, Verdict, Verification
from mzplan.diagnostics import LEVELS, errors_of, show
from mzplan.render.check.github import github as annotations
from mzplan.render.check.json import as_document
from mzplan.render.check.report import CheckReport, fact, said, shown_place
from mzplan.render.guard import inert, json_text, slashed
from mzplan.render.summary.json import reference

SCHEMA_VERSION = 1

_TALLY = "核对 {path}：{statements}；{figures}{other}{dropped}。"
_STATEMENTS = "{total} 句（行），{accounts}"
_FIGURES = "{total} 个数字，{verdicts}"
_NOTHING = "没有可核对的{what}"
_OTHER = "；名单、占比、说法等 {count} 处有误"
_DROPPED = "；生成的文稿另有 {count} 句未采用"
_CLEAN = "√ "


def _findings(path: str, report: Verification) -> CheckReport:
    return CheckReport(diagnostics=report.findings, files=(path,), records=0)


def _tally(path: str, report: Verification) -> str:
    verdicts = "，".join(f"{verdict.value} {count}" for verdict in Verdict if (count := report.count(verdict)))
    accounts = "，".join(f"{account.value} {count}" for account in Account if (count := report.accounted(account)))
    numbers = len(report.checks) - report.count(Verdict.AGREES)
    other = len(errors_of(report.findings)) - report.count(Verdict.DIFFERS)
    other -= report.count(Verdict.STALE)
    figures = _FIGURES.format(total=len(report.checks), verdicts=verdicts)
    statements = _STATEMENTS.format(total=len(report.statements), accounts=accounts)
    text = _TALLY.format(
        path=show(path, 4096),
        statements=statements if report.statements else _NOTHING.format(what="句子"),
        figures=figures if report.checks else _NOTHING.format(what="数字"),
        other=_OTHER.format(count=other) if other > 0 else "",
        dropped=_DROPPED.format(count=len(report.dropped)) if report.dropped else "",
    )
    is_clean = not report.findings and report.statements and report.accounted(Account.RIGHT) == len(report.statements)
    return (_CLEAN if is_clean and not numbers else "") + text


def text(path: str, report: Verification) -> str:
    """Place, rule, fact and remedy of each finding, then how many numbers came to which verdict."""
    given = _findings(path, report)
    lines: list[str] = []
    for finding in report.findings:
        place = shown_place(finding.location)
        lines.append(f"{place}: {finding.rule.code} {LEVELS[finding.severity]}：{fact(given, finding)}")
        lines.append(f"  改法：{said(finding.hint)}")
    return inert("\n".join([*lines, _tally(path, report)])) + "\n"


def github(path: str, report: Verification) -> str:
    """Annotations of GitHub Actions, then the tally."""
    *lines, _ = annotations(_findings(path, report)).splitlines()
    return "\n".join([*lines, inert(_tally(path, report))]) + "\n"


def json(path: str, report: Verification) -> str:
    """Every number with its verdict, and every finding."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "path": slashed(path),
        "summary": {verdict.name.lower(): report.count(verdict) for verdict in Verdict},
        "accounts": {account.name.lower(): report.accounted(account) for account in Account},
        "statements": [_statement(one) for one in report.statements],
        "dropped": list(report.dropped),
        "figures": [_figure(check) for check in report.checks],
        "diagnostics": [as_document(finding) for finding in report.findings],
    }
    return json_text(document, indent=2) + "\n"


def _statement(one: Statement) -> dict[str, object]:
    return {
        "line": one.place[0],
        "column": one.place[1],
        "text": one.text,
        "account": one.account.name.lower(),
        "rest": one.rest or None,
        "generated": one.generated or None,
    }


def _figure(check: Check) -> dict[str, object]:
    bound = check.bound
    return {
        "line": bound.place[0],
        "column": bound.place[1],
        "text": bound.text,
        "verdict": check.verdict.name.lower(),
        **reference(bound.ref or Ref("")),
        "right": check.right or None,
        "period": str(check.period) if check.period else None,
    }


FORMATS: Mapping[str, Callable[[str, Verification], str]] = {"text": text, "json": json, "github": github}
"""Every format of `mzplan summary --verify`."""
