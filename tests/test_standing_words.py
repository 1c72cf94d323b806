"""Each form of words that a sheet may say of itself is there for its example, and needed for it."""

import re
from itertools import chain

import pytest

from mzplan.submissions.harmless import is_harmless
from mzplan.submissions.remarks import number_in
from mzplan.submissions.standing_words import COUNTS, OF_OTHERS, PLACES, SENTENCES, StandingWords, claiming
from test_titles import NAMES

TABLES = (COUNTS, PLACES, SENTENCES, OF_OTHERS)


@pytest.mark.parametrize("form", list(chain(*TABLES)), ids=lambda form: form.example)
def test_a_form_and_no_other_of_its_table_takes_its_example(form: StandingWords) -> None:
    table = next(each for each in TABLES if form in each)
    assert [each for each in table if re.fullmatch(each.pattern, form.example)] == [form]


@pytest.mark.parametrize("example", [form.example for form in (*COUNTS, *PLACES)])
def test_what_a_sheet_says_of_itself_is_no_figure(example: str) -> None:
    assert number_in(example, NAMES) == ""
    assert is_harmless([example], NAMES)


@pytest.mark.parametrize("figure", ["3000", "3,000.5", "85%"])
def test_a_figure_ends_before_the_mark_that_follows_it(figure: str) -> None:
    assert number_in(f"调整为{figure},另有补助", NAMES) == figure


@pytest.mark.parametrize("example", [form.example for form in SENTENCES])
def test_what_a_form_says_on_every_sheet_is_harmless_and_no_longer_so_with_another_word(example: str) -> None:
    assert is_harmless([f"注：{example}"], NAMES)
    assert not is_harmless([f"注：{example}；金额以元计"], NAMES)


@pytest.mark.parametrize("example", [form.example for form in OF_OTHERS])
def test_what_is_said_of_others_claims_nothing(example: str) -> None:
    assert claiming(example) == "\n"
    assert claiming(f"以上为9月数;{example}") == "以上为9月数;\n"
