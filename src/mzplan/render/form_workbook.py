"""A clerk's form as a workbook that cannot easily be filled in wrongly; needs XlsxWriter.

Keys are locked, the cells to fill in are tinted and bound by rules, and what is known already stands beside them. The
same form gives the same bytes, and a workbook that nobody has touched since is known as such.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from mzplan.plan.fineness import DECIMALS_AT_MOST
from mzplan.reading.number import NOT_APPLICABLE_WORD
from mzplan.render import xlsx
from mzplan.scoring.progress import STATUS_ZH, Status
from mzplan.submissions.blank_form import HEADINGS, Form, FormRow
from mzplan.submissions.form_guide import guide
from mzplan.submissions.header import FIELDS, FIELDS_ZH, FIGURES, RATIO_HEADING, READING_HEADINGS, WORDS

GUIDE, SHEET = "填报说明", "填报"

_WIDTH = 20
"""Of a column that none is given for."""
_FIELD_WIDTHS = {
    "period": 11,
    "unit": 11,
    "indicator": 8,
    "name": 26,
    "value": 11,
    "numerator": 10,
    "denominator": 10,
    "evidence": 22,
}
_WIDTHS: Mapping[str, int] = {
    **{FIELDS_ZH[field]: _FIELD_WIDTHS.get(field, _WIDTH) for field in FIELDS if field not in WORDS},
    RATIO_HEADING: 9,
    **{FIELDS_ZH[field]: _FIELD_WIDTHS.get(field, _WIDTH) for field in WORDS},
    **dict(zip(READING_HEADINGS, (13, 10, 16, 13, 60), strict=True)),
}
"""The columns in their order, each so wide that a figure of twelve digits and a header fit."""
_AT = {heading: at for at, heading in enumerate(_WIDTHS)}
_VALUE, _ABOVE, _BELOW = (_AT[FIELDS_ZH[field]] for field in FIGURES)
_NOTE, _EVIDENCE, _RATIO, _NAME = _AT[FIELDS_ZH["note"]], _AT[FIELDS_ZH["evidence"]], _AT[RATIO_HEADING], 3

_GREY, _TO_FILL, _CARRIED, _LACKING = "#EDEDED", "#FFF8D6", "#E3F1DA", "#F8CBAD"
_LOOKS: Mapping[str, Mapping[str, object]] = {
    "head": {"bold": True, "bg_color": "#D6E4F0", "align": "center", "text_wrap": True},
    "key": {"bg_color": _GREY, "num_format": "@", "text_wrap": True},
    "none": {"bg_color": "#D0D0D0"},
    "ratio": {"bg_color": _GREY, "num_format": "0.00"},
    "aside": {"bg_color": _GREY, "locked": False},
    "fill": {"bg_color": _TO_FILL, "locked": False},
    "words": {"bg_color": _TO_FILL, "locked": False, "num_format": "@", "text_wrap": True},
    "carried": {"bg_color": _CARRIED, "locked": False, "num_format": "@", "text_wrap": True},
}
"""How cells look, and whether they may be written in. No figure has a format: what is seen is what was typed."""
_MAY = {"format_cells": True, "format_columns": True, "format_rows": True}
"""What may be done all the same: what is typed or pasted may bring the format of a date, which must come off again."""

_WHOLE = "整数"
_ASK_VALUE = "{filling}，{places}，不带单位。没有发生填 0；没有这项工作填“不适用”并写说明。"
_REFUSE_VALUE = "只能填{places}，不小于 0，不带单位；没有这项工作的填“不适用”。"
_ASK_ABOVE = "{what}，{places}，不带单位。没有发生填 0。"
_ASK_BELOW = "{what}，{places}，不带单位。没有对象的，完成值选“不适用”。"
_REFUSE_ABOVE = "分子只能填{places}，不小于 0。"
_REFUSE_BELOW = "分母只能填{places}，要大于 0；没有对象的，完成值选“不适用”。"
_PART_OF_WHOLE = "分子是分母的一部分，不能大于分母；两个数都要改的，先清空再填。"
_ASK_STAGE = "从下拉列表里选。没有变化的不用改；选“不适用”要写说明。"
_REFUSE_STAGE = "只能从下拉列表里选。"
_ASK_ASIDE = "比率填分子、分母，这里不填；没有对象的选“不适用”并写说明。"
_REFUSE_ASIDE = "这里不填数：填分子、分母，比率自动算出；没有对象的选“不适用”。"
_REFUSED = "不能这样填"

_PROPERTY = "mzplan"
_TELLS = "form 1; unit {unit}; period {period}"
_LONGEST_MESSAGE = 255
_LINE, _MARGIN = 13, 4
"""Points."""


def workbook(form: Form) -> bytes:
    """The workbook: a sheet that says how to fill it in, and the sheet to be filled in."""

    def fill(book: Any) -> None:
        book.set_custom_property(_PROPERTY, _TELLS.format(unit=form.unit.id, period=form.period), "text")
        _guide_sheet(book, form)
        _FormSheet(book, form).fill()

    return xlsx.workbook(form.plan.title, fill)


def _guide_sheet(book: Any, form: Form) -> None:
    sheet = book.add_worksheet(GUIDE)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 92)
    title = book.add_format({**xlsx.FONT, "bold": True, "font_size": 14, "valign": "bottom"})
    label = book.add_format({**xlsx.FONT, "bold": True, "valign": "top"})
    words = book.add_format({**xlsx.FONT, "text_wrap": True, "valign": "top"})
    tints = {look: book.add_format({**xlsx.FONT, **_LOOKS[look], "border": 1}) for look in ("fill", "carried", "key")}
    for at, line in enumerate(guide(form, STATUS_ZH[Status.MISSING])):
        shown = title if not line.text else tints.get(line.tint, label)
        sheet.write_string(at, 0, line.label, shown)
        sheet.write_string(at, 1, line.text, words)
        sheet.set_row(at, (_LINE + _MARGIN) * (1 if line.text else 2))
    sheet.hide_gridlines(2)
    sheet.protect("", _MAY)
    sheet.set_paper(xlsx.A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


class _EntryRule(NamedTuple):
    """What a cell takes, what is said when it is chosen, and what when something else is written into it."""

    validation: Mapping[str, object]
    asks: str
    refuses: str


class _FormSheet:
    """The sheet to be filled in: the header that the checks read, and a row for each indicator."""

    def __init__(self, book: Any, form: Form) -> None:
        self.form = form
        self.looks = {name: book.add_format({**xlsx.FONT, "border": 1, **look}) for name, look in _LOOKS.items()}
        self.lacking = book.add_format({"bg_color": _LACKING})
        self.sheet = book.add_worksheet(SHEET)

    def fill(self) -> None:
        """All of it."""
        for at, (heading, width) in enumerate(_WIDTHS.items()):
            self.sheet.set_column(at, at, width)
            self.sheet.write_string(0, at, heading, self.looks["head"])
        self.sheet.set_row(0, _height({heading: heading for heading in _WIDTHS}))
        for number, (row, cells) in enumerate(zip(self.form.rows, self.form.cells(), strict=True), 1):
            texts = dict(zip(HEADINGS, cells, strict=True))
            for heading, text in texts.items():
                self.sheet.write_string(number, _AT[heading], text, self.looks["key"])
            self.sheet.set_row(number, _height(texts))
            self._open(number, row)
            self._remind(number, row)
        self._page()

    def _open(self, number: int, row: FormRow) -> None:
        """The cells of a row that are filled in; what carries over from the last report stands there already."""
        ratio = row.indicator.ratio
        value = "aside" if ratio else "carried" if row.stage else "words" if row.stages else "fill"
        self._write(number, _VALUE, row.stage, value)
        for column in (_ABOVE, _BELOW):
            self._write(number, column, "", "fill" if ratio else "none")
        self._write(number, _RATIO, "", "none")
        for field in WORDS:
            self._write(number, _AT[FIELDS_ZH[field]], "", "words")
        if row.evidence:
            self._write(number, _EVIDENCE, row.evidence, "carried")
        if ratio:
            above, below = _cell(_ABOVE, number), _cell(_BELOW, number)
            quotient = f'IF(N({below})>0,ROUND({above}/{below}*{ratio.scale},2),"")'
            formula = f'=IF(AND(ISNUMBER({above}),ISNUMBER({below})),{quotient},"")'
            self.sheet.write_formula(number, _RATIO, formula, self.looks["ratio"], "")
        for column, rule in _rules(number, row):
            self._bind(number, column, row, rule)

    def _write(self, number: int, column: int, text: str, look: str) -> None:
        if 0 < len(text) <= xlsx.LONGEST_TEXT:
            self.sheet.write_string(number, column, text, self.looks[look])
        else:
            self.sheet.write_blank(number, column, None, self.looks[look])

    def _bind(self, number: int, column: int, row: FormRow, rule: _EntryRule) -> None:
        messages = {
            "input_title": row.indicator.unit[: xlsx.LONGEST_TITLE],
            "input_message": rule.asks[:_LONGEST_MESSAGE],
            "error_title": _REFUSED,
            "error_message": rule.refuses[:_LONGEST_MESSAGE],
        }
        self.sheet.data_validation(number, column, number, column, {**rule.validation, **messages})

    def _remind(self, number: int, row: FormRow) -> None:
        """不适用 without a note, and a milestone that is done without evidence, turn the cell that lacks it red."""
        value, note, evidence = (_cell(column, number) for column in (_VALUE, _NOTE, _EVIDENCE))
        reminders = [(_NOTE, f'=AND({value}={_quoted(NOT_APPLICABLE_WORD)},TRIM({note})="")')]
        if row.stages:
            reminders.append((_EVIDENCE, f'=AND({value}={_quoted(row.stages[-1])},TRIM({evidence})="")'))
        for column, formula in reminders:
            self.sheet.conditional_format(
                number, column, number, column, {"type": "formula", "criteria": formula, "format": self.lacking}
            )

    def _page(self) -> None:
        """Frozen panes, protection without a password, and A4 on its side with the header on each page."""
        last = len(self.form.rows)
        sheet = self.sheet
        sheet.freeze_panes(1, _NAME + 1)
        sheet.protect("", _MAY)
        names = (self.form.unit.name, self.form.plan.title)
        xlsx.on_a4(sheet, f"{names[0]} {self.form.period.on_forms}", names[1], (0, 0))
        sheet.print_area(0, _AT[FIELDS_ZH["indicator"]], last, len(_AT) - 1)


def _height(texts: Mapping[str, str]) -> int:
    """Of a row: not every program makes a row as high as its texts need."""
    return _LINE * max(len(xlsx.LOOK.fold(text, _WIDTHS[heading] - 1)) for heading, text in texts.items()) + _MARGIN


def _rules(number: int, row: FormRow) -> Iterator[tuple[int, _EntryRule]]:
    """By column what a row's cells take: the same as the checks do, so that nothing is refused afterwards."""
    value, above, below = (_cell(column, number) for column in (_VALUE, _ABOVE, _BELOW))
    indicator, decimals = row.indicator, row.indicator.decimals
    places = DECIMALS_AT_MOST.format(decimals=decimals) if decimals else _WHOLE
    if row.stages:
        yield from ((_VALUE, rule) for rule in _choice((*row.stages, NOT_APPLICABLE_WORD), _ASK_STAGE, _REFUSE_STAGE))
    elif ratio := indicator.ratio:
        yield from ((_VALUE, rule) for rule in _choice((NOT_APPLICABLE_WORD,), _ASK_ASIDE, _REFUSE_ASIDE))
        inside = f",OR(NOT(ISNUMBER({above})),NOT(ISNUMBER({below})),{above}<={below})" if ratio.part_of_whole else ""
        bound = _PART_OF_WHOLE if ratio.part_of_whole else ""
        for column, cell, sign, what, asks, refuses in (
            (_ABOVE, above, ">=", ratio.numerator, _ASK_ABOVE, _REFUSE_ABOVE),
            (_BELOW, below, ">", ratio.denominator, _ASK_BELOW, _REFUSE_BELOW),
        ):
            formula = f"=IF(ISNUMBER({cell}),AND({_figure(cell, sign, decimals)}{inside}),FALSE)"
            said = asks.format(what=what, places=places)
            yield column, _EntryRule(_custom(formula), said, refuses.format(places=places) + bound)
    else:
        figure = _figure(value, ">=", decimals)
        formula = f"=IF(ISNUMBER({value}),AND({figure}),{value}={_quoted(NOT_APPLICABLE_WORD)})"
        asks = _ASK_VALUE.format(filling=indicator.filling, places=places)
        yield _VALUE, _EntryRule(_custom(formula), asks, _REFUSE_VALUE.format(places=places))


def _figure(cell: str, sign: str, decimals: int) -> str:
    return f"{cell}{sign}0,{cell}=ROUND({cell},{decimals})"


def _custom(formula: str) -> Mapping[str, object]:
    return {"validate": "custom", "value": formula}


def _choice(words: tuple[str, ...], asks: str, refuses: str) -> Iterator[_EntryRule]:
    """A list to choose from; none of words that a list in a cell cannot hold, which the checks tell then."""
    if sum(map(len, words)) + len(words) <= _LONGEST_MESSAGE and not any("," in word or '"' in word for word in words):
        yield _EntryRule({"validate": "list", "source": list(words)}, asks, refuses)


def _cell(column: int, number: int) -> str:
    return f"{chr(ord('A') + column)}{number + 1}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
