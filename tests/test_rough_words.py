"""What a word that makes a number a rough one asserts, as `summary --verify` holds it."""

from collections.abc import Callable
from fractions import Fraction

import bulletin_cases as cases
from conftest import few, through
from mzplan.bulletin.verify import Account, rough

WORDS = {
    ("超过", "刚过", "超", "逾", "突破", "高于", "大于"): (False, False, True),
    ("不足", "不到", "不满", "不及", "低于", "小于"): (True, False, False),
    ("近", "接近", "将近"): (True, False, False),
    ("余", "多", "有余", "开外", "出头", "挂零"): (False, False, True),
    ("不低于", "不少于", "至少", "起码", "以上"): (False, True, True),
    ("不超过", "不高于", "不多于", "至多", "以下", "以内"): (True, True, False),
    ("约", "大约", "左右", "上下", "大致", "大体", "大概"): (True, True, True),
}


@through(("word", "expected"), [(word, expected) for words, expected in WORDS.items() for word in words])
def test_a_word_is_true_of_a_figure_below_at_or_above_the_number(word: str, expected: tuple[bool, bool, bool]) -> None:
    assert tuple(rough.holds(word, Fraction(500), Fraction(true)) for true in (499, 500, 501)) == expected


def test_no_word_is_left_out() -> None:
    told = {word for words in WORDS for word in words}
    assert told == {*rough.ROUGH, *rough.SIDED.split("|")}


@through(
    ("said", "true", "is_share", "expected"),
    [
        ("500", "485", False, True),
        ("500", "484.9", False, False),
        ("700", "633", False, False),
        ("95", "94", True, True),
        ("95", "93.9", True, False),
        ("90", "88", True, True),
        ("90", "87", True, True),
        ("90", "86.9", True, False),
        ("26", "23.6", True, False),
    ],
)
def test_near_is_just_below(said: str, true: str, is_share: bool, expected: bool) -> None:
    assert rough.holds("近", Fraction(said), Fraction(true), is_share=is_share) is expected


Holds = Callable[[Fraction, Fraction], bool]
_BOUNDS: dict[str, Holds] = {
    **dict.fromkeys(("{}以上", "不低于{}", "不少于{}", "至少{}", "起码{}"), lambda said, true: true >= said),
    **dict.fromkeys(("{}以下", "{}以内", "不超过{}", "不高于{}", "不多于{}"), lambda said, true: true <= said),
    **dict.fromkeys(("超过{}", "逾{}", "超{}", "突破{}", "高于{}", "刚过{}"), lambda said, true: true > said),
    **dict.fromkeys(("不足{}", "不到{}", "不及{}", "低于{}"), lambda said, true: true < said),
}
"""What is said of so many tenths, and when it is so of the exact share."""
_NEAR: dict[str, Holds] = {
    **dict.fromkeys(("近{}", "接近{}", "将近{}"), lambda said, true: said - (1 if said % 10 else 3) <= true < said),
    **dict.fromkeys(("{}多", "{}有余", "{}开外"), lambda said, true: said < true < said + (1 if said % 10 else 10)),
}
_NEAREST = ("{}", "约{}", "{}左右", "{}上下")
"""What rounds: to the nearest tenth, or half of one where it says so."""
_TENTHS = {word: Fraction(10 * at) for at, word in enumerate("一二三四五六七八九", 1)}


def _is_so(words: str, spelled: str, said: Fraction, true: Fraction) -> bool:
    if words in _NEAREST:
        around = Fraction(1, 2) if spelled[-1] == "五" else Fraction(5, 2) if said % 10 else Fraction(5)
        if spelled[-1] == "五" and words != "{}":  # 65% or so: a twentieth of it
            return abs(true - said) <= said / 20
        return said - around <= true < said + around
    return (_BOUNDS | _NEAR)[words](said, true)


_TOLD = [
    (words, word + end, tenths + more)
    for words in (*_BOUNDS, *_NEAR, *_NEAREST)
    for end, more in (("成", 0), ("成半", 5), ("成五", 5))  # apart: two that read alike are one too many
    for word, tenths in _TENTHS.items()
]
_WRONG_AT_ONCE = 100
_SHARES = (1, 2580, 2587, 2599, 2600, 2601, 2187, 2200, 2399, 2400, 2781)


@few("number", _SHARES, (2587, 2600))
@few("is_near", (True, False), (True,))
def test_tenths_are_held_against_the_exact_share(number: int, *, is_near: bool) -> None:
    """助餐服务 has so many of four times 1 000: 2587 are 64.675 %, printed 64.7; tenths within 20 of it are near."""
    share = Fraction(number, 40)
    told = [each for each in _TOLD if (abs(each[2] - share) <= 20) == is_near]
    whole, over = divmod(number, 4)
    pace = dict(zip((*cases.COUNTIES, "gaoxin"), (whole + (at < over) for at in range(4)), strict=True))
    given = cases.material(9, lambda one, unit, _: Fraction(pace[unit], 700) if one == "C2" else Fraction(1))
    sentences = [f"助餐服务城乡社区覆盖率为{words.format(spelled)}。" for words, spelled, _ in told]
    found: dict[str, Account] = {}
    for begin in range(0, len(sentences), _WRONG_AT_ONCE):  # a draft of more is refused
        draft = "\n\n".join((f"# {cases.TITLE}", *sentences[begin : begin + _WRONG_AT_ONCE]))
        found |= {one.text: one.account for one in cases.verified("x.md", draft.encode(), given).statements}
    expected = {
        sentence: Account.RIGHT if _is_so(words, spelled, said, share) else Account.WRONG
        for sentence, (words, spelled, said) in zip(sentences, told, strict=True)
    }
    assert {one: found[one] for one in sentences} == expected
