"""Patterns that are compiled when they are first used: all of them can be, and they are what `re.compile` makes."""

import re
import subprocess
import sys
from importlib import import_module
from pkgutil import walk_packages

import pytest

import mzplan
from mzplan.reading.patterns import Late, late


def test_every_late_pattern_compiles() -> None:
    names = [found.name for found in walk_packages(mzplan.__path__, "mzplan.") if ".submissions" in found.name]
    late_ones = [value for name in names for value in vars(import_module(name)).values() if isinstance(value, Late)]
    assert all(isinstance(one.compiled, re.Pattern) for one in late_ones)
    assert len(late_ones) > 100


def test_a_late_pattern_finds_what_the_pattern_finds() -> None:
    found = late("(?P<word>B)c", re.I).search("abcd")
    assert found
    assert found["word"] == "b"
    assert late("b").sub("x", "abc") == "axc"
    with pytest.raises(re.error):
        late("(").search("")


def test_reading_notes_is_imported_without_compiling_what_they_say() -> None:
    code = (
        "import re\n"
        "from mzplan.reading.patterns import Late\n"
        "from mzplan.submissions import reasons\n"
        "print([name for name, one in vars(reasons).items() if isinstance(one, Late) and 'compiled' in vars(one)])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
