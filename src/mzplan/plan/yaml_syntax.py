"""What is wrong with a text that is no YAML, in Chinese, and where that began: quotes and brackets where they open."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress

import yaml

from mzplan.diagnostics import show
from mzplan.plan.yaml_text import YamlPlace
from mzplan.said import say

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C, where it is built."""
_UNCLOSED = "引号在这里打开，没有结束：本行少了收尾的引号，或引号里又有同样的引号"
_OPEN = "{bracket} 在这里打开，读到第 {line} 行还没有结束：少了收尾的括号，或各项之间缺少逗号（要用半角 , ）"
_FULL_WIDTH = "这里是全角的 {sign}：YAML 只认半角的 {half}"
_COLON, _COMMA = "“: ”（后面留空格）", "“, ”（后面留空格）"
_HALF: Mapping[str, str] = {"：": _COLON, "，": _COMMA, "｛": "{", "｝": "}", "［": "[", "］": "]"}
_WIDE = re.compile(
    r"(?:^|[{,])[ -]*[a-z_0-9-]+(：)"  # a key and its colon
    r"|(?<=[:：])[ ]?([｛［])"  # a value that opens
    r"|[{\[][^{}｛｝\[\]［］]*([｝］])"  # and closes
    r"|(，)[ ]*[a-z_]+[:：]"  # the next key
)
_ITEM_ASTRAY = "列表项没有对齐：同一列表的“- ”要在同一列"
_KEY_ASTRAY = "本行比同一项的其他键少缩进 {count} 格：同一项的键要在同一列"
_EXPECTED_ITEM, _EXPECTED_KEY = "did not find expected '-'", "did not find expected key"
_NO_COLON = "could not find expected ':'"
"""What is said at the line behind the one without it."""
_ITEM = re.compile(r"( *)-(?: +|$)")
_SYNTAX_ZH = (
    ("mapping values are not allowed", "这里不该有冒号：本行与上一行的缩进没有对齐，或文字里的“: ”没有加引号"),
    ("unexpected ':'", "冒号后面没有空格，或文字里的冒号没有加引号"),
    (_NO_COLON, "这一项缺少冒号，或冒号后没有空格"),
    (_EXPECTED_ITEM, _ITEM_ASTRAY),
    (_EXPECTED_KEY, "这里应是一个“键: 值”：检查本行缩进，以及引号后面是否还有别的字"),
    ("expected <block end>", "这里的缩进或引号不对：检查本行缩进，以及引号后面是否还有别的字"),
    ("',' or ']'", "方括号 [ ] 没有成对，或各项之间缺少逗号（要用半角 , ）"),
    ("',' or '}'", "花括号 { } 没有成对，或各项之间缺少逗号（要用半角 , ）"),
    ("cannot start any token", "这个字符不能开头（制表符、@、%、` 等）：缩进用空格，文字加引号"),
    ("escape c", "双引号里的 \\ 转义写错了；不需要转义就用单引号"),
    ("escape sequence", "双引号里的 \\ 转义写错了；不需要转义就用单引号"),
    ("violates indentation", "缩进里有制表符，只能用空格"),
    ("tab character", "缩进里有制表符，只能用空格"),
    ("undefined tag handle", "不接受类型标签"),
    ("while parsing a tag", "不接受类型标签"),
    ("block scalar", "| 或 > 后面只能换行，正文从下一行缩进写起"),
    ("anchor", "文字以 & 开头时要加引号；不接受锚点"),
    ("alias", "文字以 * 开头时要加引号；不接受引用"),
    ("directive", "不接受以 % 开头的指令"),
    ("expected <document start>", "顶格的内容不完整：上面某一行缩进不对，或括号多了一个"),
)


def full_width(line: str) -> tuple[str, int] | None:
    """The fact, and the number of the sign in a line from 1, where a sign of YAML is written in full width."""
    found = _WIDE.search(re.sub(r"'[^']*'|\"[^\"]*\"", lambda quoted: "x" * len(quoted[0]), line))
    if found is None:
        return None
    sign = found[found.lastindex or 0]
    return say(_FULL_WIDTH, sign=sign, half=_HALF[sign]), found.start(found.lastindex or 0) + 1


def explained(text: str, error: Exception) -> tuple[str, YamlPlace]:
    """The fact, and where to look for its cause, of an error that the YAML parser met in that text."""
    problem = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or error}".strip()
    found = getattr(error, "context_mark" if _NO_COLON in problem else "problem_mark", None)
    mark = YamlPlace(found.line + 1, found.column + 1) if found else YamlPlace(0, 0)
    bracket, lines = _bracket_before(text, mark.line), text.splitlines()
    for number in range(min(bracket[1].line if bracket else mark.line, mark.line - 1), mark.line + 1):
        if 0 < number <= len(lines) and (wide := full_width(lines[number - 1])):
            return wide[0], YamlPlace(number, wide[1])
    if opened := _quote_before(text, mark.line):
        return _UNCLOSED, opened
    if bracket:
        sign, opened = bracket
        return say(_OPEN, bracket=sign, line=min(mark.line, len(text.splitlines()))), opened
    is_item = 0 < mark.line <= len(lines) and bool(_ITEM.match(lines[mark.line - 1]))
    if _EXPECTED_KEY in problem and is_item:
        return _ITEM_ASTRAY, mark
    if _EXPECTED_ITEM in problem and not is_item and (count := _missing_blanks(lines, mark)):
        return say(_KEY_ASTRAY, count=count), mark
    return next(
        (chinese for english, chinese in _SYNTAX_ZH if english in problem),
        say("读不懂（{problem}）", problem=show(problem)),
    ), mark


def _missing_blanks(lines: Sequence[str], mark: YamlPlace) -> int:
    """How many blanks a key stands left of the others of the list's member that it belongs to; 0 if it is in none."""
    for line in reversed(lines[: mark.line - 1]):
        if (found := _ITEM.match(line)) and len(found[1]) < mark.column:
            return max(0, found.end() + 1 - mark.column)
    return 0


def _quote_before(text: str, line: int) -> YamlPlace | None:
    """Where a quoted text opens that runs over lines and ends where nothing can be understood any more, or never.

    A quote that is not closed ends at the next one that opens; what follows that one is the error.
    """
    last: YamlPlace | None = None
    try:
        for token in yaml.scan(text, Loader=LOADER):
            start, end = token.start_mark, token.end_mark
            if start.line + 1 > line:
                break
            is_quoted = isinstance(token, yaml.ScalarToken) and token.style in ("'", '"')
            if is_quoted and end.line + 1 >= line > start.line + 1:
                last = YamlPlace(start.line + 1, start.column + 1)
    except yaml.MarkedYAMLError as error:
        opened = error.context_mark
        if opened is not None and "quoted scalar" in (error.context or "") and "end of stream" in (error.problem or ""):
            return YamlPlace(opened.line + 1, opened.column + 1)
    except (yaml.YAMLError, ValueError, RecursionError):
        pass
    return last


def _bracket_before(text: str, line: int) -> tuple[str, YamlPlace] | None:
    """The innermost bracket that is open where nothing can be understood any more, if it opens above that line."""
    opened: list[yaml.Token] = []
    with suppress(yaml.YAMLError, ValueError, RecursionError):
        for token in yaml.scan(text, Loader=LOADER):
            if token.start_mark.line + 1 >= line:
                break
            if isinstance(token, (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)):
                opened.append(token)
            elif isinstance(token, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)):
                opened.pop()
    if not opened:
        return None
    start = opened[-1].start_mark
    sign = "[" if isinstance(opened[-1], yaml.FlowSequenceStartToken) else "{"
    return sign, YamlPlace(start.line + 1, start.column + 1)
