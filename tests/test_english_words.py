"""One idea has one word in English, and a word beside a figure makes no false sentence with it."""

import re
import shutil
from pathlib import Path

import pytest

from conftest import Mzplan
from mzplan.english import english, texts
from mzplan.render.words import MISSING_MARK
from mzplan.said import listed, say
from mzplan.scoring.progress import STATUS_ZH, UNREAD

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parent.parent
EN = ("--lang", "en")


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize(
    "asked",
    [
        "status",
        "status --full",
        "status --by area",
        "status --unit panan",
        "status --trend 3",
        "status --compare 2023-08",
    ],
)
@pytest.mark.usefixtures("shipped")
def test_what_is_not_all_reported_is_not_told_as_so_many_of_so_many_not_reported(mzplan: Mzplan, asked: str) -> None:
    """Pan'an reached 0 of the 3 due of one area: “0/3 not reported” would say of none that they were not."""
    said = mzplan(*asked.split(), *EN).out
    mark = english(MISSING_MARK)
    assert re.search(rf"[0-9] {mark}", said)
    assert not re.search(r"\d/\d+\*? not (reported|due)\b|\d\.\d\*? not reported", said)
    assert mark not in {english(word) for word in STATUS_ZH.values()}
    assert f"{mark}: some are not reported" in said


def test_a_report_that_is_there_and_does_not_count_is_called_the_same_everywhere() -> None:
    of_it = {said for template, said in texts().items() if "未能读入" in template}
    assert len(of_it) > 5
    assert {said for said in of_it if "not counted" not in said or re.search("read|could not", said)} == set()


@pytest.mark.usefixtures("shipped")
def test_a_figure_refused_for_an_error_is_reported_but_not_counted(mzplan: Mzplan, tmp_path: Path) -> None:
    """The file was read well: half a person is refused by a rule."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    sent = tmp_path / "data" / "2023-09" / "yiwu.csv"
    row = next(line for line in sent.read_text("utf-8-sig").splitlines() if "T05-04" in line)
    cells = row.split(",")
    cells[4] = "135.5"
    sent.write_text(sent.read_text("utf-8-sig").replace(row, ",".join(cells)), "utf-8")
    said = mzplan("explain", "T05-04", "yiwu", "--data", tmp_path / "data", *EN).out
    assert english(UNREAD) == "reported but not counted"
    assert "not counted" in said
    assert "unreadable" not in said
    assert "not read" not in said


def test_a_gloss_that_says_the_same_is_left_out() -> None:
    template = "{word}（{chinese}）"
    told = [
        english(say(template, word=word, chinese=chinese)) for word, chinese in (("stock", "存量"), ("zone", "存量"))
    ]
    assert told == ["stock", "zone (stock)"]
    assert english(listed([say(template, word="count", chinese="累计量"), "x"], "、")) == "count, x"


@pytest.mark.usefixtures("shipped")
def test_a_title_tells_its_year_once_and_a_page_nothing_of_its_twin(mzplan: Mzplan, tmp_path: Path) -> None:
    for asked in ((), EN):
        assert mzplan("plan", *asked).out.splitlines()[0].count("2023") == 1
    other = tmp_path / "2023.yaml"
    other.write_text((ROOT / "plan" / "2023.yaml").read_text("utf-8").replace("title: 2023年", "title: "), "utf-8")
    assert mzplan("plan", "--plan", other).out.startswith("全市民政工作要点（2023年）")
    for page in ("figures", "first-month"):
        assert "中文：" not in mzplan("help", page, *EN).out
        assert "English:" not in mzplan("help", page).out
