"""Every rule's own examples: the bad one yields exactly its code, the good one nothing."""

import re
from pathlib import Path

import pytest

from mzplan.check.run import run_checks
from mzplan.rules import CHECKS, DATA_RULES
from mzplan.said import columns_asked
from mzplan.submissions.repair import repair
from mzplan.submissions.sources import Source
from rule_examples import PLAN, check_example, files_of

pytestmark = pytest.mark.traced

WITHOUT_EXAMPLE = {
    "MZ118": "needs fifty thousand other findings; has a test of its own",
    "MZ512": "needs ratios of the same things, which the plan of the examples has not; has a test of its own",
}


@pytest.mark.parametrize("code", sorted(set(DATA_RULES) - set(WITHOUT_EXAMPLE)))
def test_the_bad_example_yields_exactly_this_code(code: str, tmp_path: Path) -> None:
    found = check_example(DATA_RULES[code].bad, tmp_path).diagnostics
    assert {finding.rule.code for finding in found} == {code}
    assert all(finding.severity is DATA_RULES[code].severity for finding in found)
    assert any(finding.fix is not None for finding in found) <= DATA_RULES[code].fixable
    for hint in (finding.hint for finding in found):
        is_asked = re.search("写(?:在“)?说明|“说明”里?写(?:明|一句)", hint) is not None
        is_marked = "note" in columns_asked(hint)
        assert is_asked <= is_marked <= ("说明" in hint), f"{hint} is made by `asking` if it asks for a note"


@pytest.mark.untraced
@pytest.mark.parametrize("code", sorted(set(DATA_RULES) - set(WITHOUT_EXAMPLE)))
def test_the_good_example_yields_nothing(code: str, tmp_path: Path) -> None:
    assert [f"{f.location} {f.message}" for f in check_example(DATA_RULES[code].good, tmp_path).diagnostics] == []


@pytest.mark.parametrize("code", ["MZ112", "MZ113", "MZ114", "MZ115"])
def test_what_is_wrong_with_a_whole_file_is_gone_once_it_is_mended(code: str) -> None:
    assert DATA_RULES[code].fixable
    ((name, data),) = files_of(DATA_RULES[code].bad)
    assert isinstance(data, bytes)
    assert {finding.rule.code for finding in run_checks(PLAN, [Source.of_bytes(name, data)]).diagnostics} == {code}
    mended = repair(data, ())
    assert mended is not None
    result = run_checks(PLAN, [Source.of_bytes(name, mended.data)])
    assert (result.diagnostics, result.records) == ((), 1)


def test_every_flaw_of_a_file_has_its_words() -> None:
    from mzplan.reading.flaws import Flaw

    assert set(CHECKS.flaw) == set(Flaw)
