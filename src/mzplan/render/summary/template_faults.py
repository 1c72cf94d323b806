"""What is wrong with a template, in words of our own: jinja2 and Python tell it in English."""

import re
from collections.abc import Sequence

from mzplan.diagnostics import show
from mzplan.said import listed, say

_FAULTS = tuple(
    (re.compile(pattern, re.DOTALL), template)
    for pattern, template in (
        # tags
        (
            r"Encountered unknown tag '(?P<what>end\w+|else|elif)'.*needs to be closed is '(?P<open>\w+)'",
            "{what} 与前面的 {open} 不配对，这里要先写 end{open}",
        ),
        (r"Encountered unknown tag '(?P<what>end\w+|else|elif)'", "{what} 前面没有与它配对的标签"),
        (r"Encountered unknown tag '(?P<what>.+?)'", "没有标签 {what}"),
        (
            r"Unexpected end of template\..*needs to be closed is '(?P<open>\w+)'",
            "{open} 没有结束，到文末也没有 end{open}",
        ),
        (r"Missing end of (?:comment tag|raw directive)", "注释或 raw 没有结束"),
        (r"tag name expected", "标签里没有写标签名"),
        (r"block '(?P<what>.+)' defined twice", "block {what} 写了两次"),
        # expressions
        (r"unexpected end of template, expected '(?P<wanted>.+)'\.", "到文末也没有写{wanted}"),
        (r"expected token '(?P<wanted>.+)', got '(?P<got>.+)'", "这里要写{wanted}，写的是{got}"),
        (r"unexpected '(?P<got>.+)', expected '(?P<wanted>.+)'", "这里要写{wanted}，写的是{got}"),
        (r"Expected an expression, got '(?P<got>.+)'", "这里要写一个值，写的是{got}"),
        (
            r"unexpected char (?P<quote>['\"])(?P<got>.+)(?P=quote) at ",
            "这里不能用{got}，引号要成对，引号、括号、逗号要用半角",
        ),
        (r"unexpected '(?P<got>.+)'", "这里不能写{got}"),
        (r"expected name or number", "点后面要写名称或数字"),
        (r"can't assign to|Can't assign to|cannot assign", "不能给它赋值，这里要写一个名称，且不能是 loop"),
        (r"Invalid character in identifier", "名称里有不能用的字符"),
        (r"No filter named '(?P<what>.+)'", "没有过滤器 {what}，可用的有：{known}"),
        (r"No test named '(?P<what>.+)'", "没有判断 {what}"),
        # what is not there
        (r"'None' has no attribute '(?P<what>.+)'", "这里是空值，没有 {what}"),
        (r"'.+' has no attribute '(?P<what>.+)'", "没有 {what} 这一项"),
        (r".+ has no element (?P<what>.+)", "没有 {what} 这一项"),
        (r"'(?P<what>.+)' is undefined", "没有这个变量：{what}"),
        (r"parameter '(?P<what>.+)' was not provided", "没有给参数 {what}"),
        (r"No (?:first|last) item, sequence was empty", "列表是空的，没有第一项和最后一项"),
        # what is not allowed
        (r"access to attribute '(?P<what>.+)' of .+ is unsafe", "模板里不能用 {what}"),
        (r".+ is not safely callable", "模板里只能调用 range 和自己写的 macro"),
        (r"Range too big", "range 太长"),
        # what does not go together
        (r".*(?:division|modulo) by zero|integer modulo by zero", "除数是 0"),
        (r"range\(\) arg 3 must not be zero", "range 的步长不能是 0"),
        (r"'(?P<type>\w+)' object cannot be interpreted as an integer", "这里要用整数，给的是{type}"),
        (
            r"unsupported operand type\(s\) for (?P<what>[^ :]+): '(?P<type>\w+)' and '(?P<other>\w+)'",
            "不能对{type}和{other}用 {what}",
        ),
        (r"bad operand type for unary (?P<what>.): '(?P<type>\w+)'", "不能对{type}用 {what}"),
        (
            r"'(?P<what>[<>=]+)' not supported between instances of '(?P<type>\w+)' and '(?P<other>\w+)'",
            "不能对{type}和{other}用 {what}",
        ),
        (r"'(?P<type>\w+)' object is not (?:iterable|reversible)", "{type}不能逐项取"),
        (r"argument of type '(?P<type>\w+)' is not ", "{type}不能逐项取"),
        (r"cannot unpack non-iterable (?P<type>\w+) object", "{type}不能逐项取"),
        (r"argument to reversed\(\) must be a sequence|argument must be iterable", "这个值不能逐项取"),
        (r"object of type '(?P<type>\w+)' has no len\(\)", "{type}没有长度"),
        (r"(?:too many|not enough) values to unpack", "变量的个数与每一项里值的个数不同"),
        (r"map requires a filter argument", "map 后面要写过滤器，或 attribute"),
        (r"macro '(?P<what>.+)' takes ", "macro {what} 的参数不对"),
        (r".*\b(?:required positional|positional|unexpected keyword) argument", "过滤器或判断的参数不对"),
    )
)
"""How each is told, by what jinja2 or Python says; those of one kind beside each other, the narrower first."""
_OTHER = "写得不对或无法计算（{told}）"

_TOKENS = {
    "end of statement block": "标签的结尾",
    "end of print statement": "输出的结尾",
    "begin of statement block": "标签的开头",
    "begin of print statement": "输出的开头",
    "begin of comment": "注释的开头",
    "end of comment": "注释的结尾",
    "end of template": "模板的结尾",
    "template data / text": "文字",
    "name": "一个名称",
    "string": "文字",
    "integer": "数字",
    "float": "数字",
}
_TYPES = {
    "str": "文字",
    "Markup": "文字",
    "int": "数字",
    "float": "数字",
    "bool": "真假",
    "NoneType": "空值",
    "list": "列表",
    "tuple": "列表",
    "dict": "字典",
}


def told_fault(said: str, known: Sequence[str]) -> str:
    """What jinja2 or Python says of a template, said by a template of our own; `known` are the filters there are.

    Of a kind that nobody knows, in general, with those words in brackets.
    """
    for pattern, template in _FAULTS:
        if match := pattern.match(said):
            fields = {name: _word(name, value) for name, value in match.groupdict().items()}
            return say(template, **fields, **({"known": listed(known)} if "{known}" in template else {}))
    return say(_OTHER, told=show(said, 120))


def _word(name: str, value: str) -> str:
    """A part of what is said, as it is called here."""
    if name in ("type", "other"):
        return _TYPES.get(value, "这个值")
    if name in ("wanted", "got"):
        return _TOKENS.get(value) or f"“{show(value, 40)}”"
    return show(value, 40)
