"""How much of a draft is read word by word at most: no draft stops the program, however it is made."""

from mzplan.diagnostics import InputError

LONGEST = 2000
"""Characters of a sentence or cell that is read word by word: the program's own have some 300."""
_MOST = 1_500_000
"""What takes some four seconds, with what it takes to begin."""
_EACH = 250
"""What it takes to begin with a sentence or row."""
_A_NUMBER = 600
"""What it takes to hold a number against the data of each month and what is said beside it, each time it is read."""
_A_DOCUMENT = 10_000
"""What it takes to write a document of an earlier month that a draft speaks of."""
_TOO_MUCH = (
    "文稿里与数据不同的句子太多，或一句话里的名称和数字太多，不像是按这些数据写的，不予核对。"
    "请确认报告期和数据，或分成几份核对。"
)


class Effort:
    """What the reading of a draft has taken so far."""

    def __init__(self) -> None:
        self.spent = 0

    def spend(self, size: int, times: int = 1) -> None:
        """Take what a sentence of so many names, numbers and stops takes: each is held against each.

        InputError where the draft takes more than one that somebody has written.
        """
        self._take(times * (_EACH + size * size))

    def spend_checking(self, numbers: int) -> None:
        """Take what it takes to hold so many numbers of a sentence against the data; InputError likewise."""
        self._take(numbers * _A_NUMBER)

    def spend_writing(self, documents: int) -> None:
        """Take what it takes to write so many documents of earlier months; InputError likewise."""
        self._take(documents * _A_DOCUMENT)

    def _take(self, effort: int) -> None:
        self.spent += effort
        if self.spent > _MOST:
            raise InputError(_TOO_MUCH)
