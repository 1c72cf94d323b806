"""Drafts that are made to be dear to read: they are refused, or left unread, for what they would take."""

from collections.abc import Callable, Iterator

import pytest

import bulletin_cases as cases
from conftest import few
from mzplan.bulletin import Request
from mzplan.bulletin.verify import Account, verify
from mzplan.bulletin.verify.draft import read_draft
from mzplan.bulletin.verify.effort import LONGEST, Effort
from mzplan.bulletin.verify.truth import Truth
from mzplan.diagnostics import InputError
from mzplan.render.layout import Look
from mzplan.render.summary import FORMATS
from test_verify_edits import official

pytestmark = pytest.mark.untraced

NAMES, BED = ("东山县", "西河县", "南江市", "高新区"), "新增护理型床位"
PIECES = {
    "names": ("", "{name}、"),
    "names in brackets": (BED, "（{name}）"),
    "claims": ("", "{name}未达到进度要求，"),
    "names beside each other": ("", f"{{name}}{BED}快于南江市，"),
    "ranks": ("", "{name}居全市第{n}位，"),
    "figures": (BED, "{n}张、"),
    "figures of each": (BED, "{name}{n}张；"),
    "figures of other months": (BED, "{n}月底{n}张，"),
    "rates": (BED, "完成率{n}.5%、"),
    "parts": ("共有指标12项，", "其中{name}{n}项，"),
    "areas": ("", "领域{n}项、"),
    "stops": (BED, "、"),
    "the city": ("", "全市"),
    "tenths": ("", "近{n}成、"),
}


def sentences(kind: str, size: int, letters: int) -> Iterator[str]:
    """Sentences of a kind, each of nearly so many characters, of so many together."""
    opening, piece = PIECES[kind]
    for number in range(letters // size):
        said, at = f"{number}号{opening}", number
        while len(said) < size - 40:
            said += piece.format(name=NAMES[at % 4], n=at % 9 + 1)
            at += 1
        yield f"{said}总。"


def hostile(kind: str, *, letters: int = 250_000, size: int = LONGEST) -> bytes:
    """A draft of such sentences."""
    return "\n\n".join((f"# {cases.TITLE}", *sentences(kind, size, letters))).encode()


@few("kind", PIECES, [*PIECES][::7])
def test_a_draft_of_names_and_figures_alone_is_refused(kind: str) -> None:
    material = official()
    with pytest.raises(InputError, match="一句话里的名称和数字太多"):
        cases.verified("x.md", hostile(kind, size=LONGEST * 3 // 4), material)


@few("kind", PIECES, [*PIECES][1::7])
def test_a_sentence_that_does_not_end_is_listed_unread(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    effort = _watched(monkeypatch)
    report = cases.verified("x.md", hostile(kind, letters=100_000, size=100_000), official())
    assert [one.account for one in report.statements] == [Account.RIGHT, Account.OPEN]
    assert effort().spent < 2000  # it is the title's


def test_a_table_that_is_all_wrong_is_read_row_by_row() -> None:
    rows = [f"| {BED} | {n} | {n}.5% |" for n in range(600)]
    draft = "\n".join((f"# {cases.TITLE}", "", "| 指标 | 完成值 | 完成率 |", "|---|---|---|", *rows))
    report = cases.verified("x.md", draft.encode(), official())
    assert report.accounted(Account.WRONG) >= 599


def test_a_bulletin_that_is_changed_in_every_figure_takes_two_fifths_of_what_a_draft_may_take(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    material = official()
    draft = str(FORMATS["text"](material.write(Request()), Look()))
    effort = _watched(monkeypatch)
    report = cases.verified("x.txt", draft.translate({ord(digit): "7" for digit in "12345689"}).encode(), material)
    assert report.accounted(Account.WRONG) > 20
    assert 0 < effort().spent < 600_000


def test_a_number_takes_effort_each_time_that_its_sentence_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "{n}张，超过序时进度{n}.1个百分点，其中东山县{n}张、西河县{n}张、比8月增加{n}张。"
    sound, wrong = (
        "\n\n".join((f"# {cases.TITLE}", *(BED + form.format(n=n) for n in range(11, 21))))
        for form in ("扩建{n}号楼。", said)
    )
    taken = []
    effort = _watched(monkeypatch)
    for draft in (sound, wrong):
        cases.verified("x.md", draft.encode(), official())
        taken.append(effort().spent)
    # ten of five numbers, each read once and once more for each of four that may stand instead
    assert taken[1] - taken[0] > 10 * 5 * 5 * 500


def test_an_earlier_month_takes_what_its_documents_take(monkeypatch: pytest.MonkeyPatch) -> None:
    material = official()
    effort = _watched(monkeypatch)
    taken = []
    for said in ("截至8月底，", "截至8月底，东山县", "截至8月底，东山县", "截至9月底，南江市"):
        draft = f"# {cases.TITLE}\n\n{said}{BED}3张。\n"
        verify("x.md", read_draft("x.md", draft.encode()), Truth(material.facts, material.trace))
        taken.append(effort().spent // 10_000)
    assert taken == [6, 8, 8, 0]  # what is written to all, in five kinds, and of one area; to the county, in two


def test_what_a_sentence_takes_grows_with_the_square_of_its_pieces() -> None:
    one, two = Effort(), Effort()
    one.spend(100)
    two.spend(200)
    assert (one.spent, two.spent) == (10_250, 40_250)


def _watched(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Effort]:
    """The effort that is begun next."""
    begun: list[Effort] = []
    begin = Effort.__init__

    def watched(self: Effort) -> None:
        begun.append(self)
        begin(self)

    monkeypatch.setattr(Effort, "__init__", watched)
    return lambda: begun[-1]
