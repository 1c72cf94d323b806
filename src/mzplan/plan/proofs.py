"""Whether what a hint proposes holds: the plan is read again with it before anybody is told of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from mzplan.diagnostics import Diagnostic
from mzplan.plan.file_rules import MISSING_KEY
from mzplan.plan.findings import Findings, Offer
from mzplan.plan.yaml_border import Path, YamlDocument, read_yaml
from mzplan.plan.yaml_text import YamlPlace
from mzplan.said import listed

MOST = 50
"""So many readings a file; one with more findings is not one with slips of the pen."""

Read = Callable[[YamlDocument], Iterable[Diagnostic]]
"""All that is to be said of a document as a plan."""


def prove(data: bytes, path: str, read: Read, *founds: Findings) -> None:
    """Put into the hints of findings what they propose, as far as it holds.

    A proposal holds when the plan that has it in place of what is wrong has this finding no more, and none that it did
    not have before. A key that was missed because it was written otherwise is not told beside it.
    """
    asked = [(found, proposal) for found in founds if not found.is_full for proposal in found.proposals]
    if not asked:
        return
    document = read_yaml(data, path)
    before = _said(read(replace(document, value=deepcopy(document.value))))
    needless: Counter[tuple[str, str]] = Counter()
    left = MOST
    for found, proposal in asked:
        finding = found.found[proposal.at]
        starts = {(part.line, part.column) for part in finding.parts or (finding.location,)}
        innermost: dict[YamlPlace, Path] = {}
        for there, mark in document.marks.items():
            if mark in starts and len(there) >= len(innermost.get(mark, ())):
                innermost[mark] = there
        places = [proposal.path] if proposal.path else list(innermost.values())
        holds = []
        for offer in proposal.offers:
            left -= 1
            if not places or left < 0:
                break
            after = _said(read(_with(document, places, offer, of_key=proposal.of_key)))
            if not after - (before - _said([finding])):
                holds.append(offer.text)
                needless |= Counter({said: n for said, n in (before - after).items() if said[0] == MISSING_KEY.code})
        if holds:
            found.found[proposal.at] = finding._replace(hint=proposal.hint(listed(dict.fromkeys(holds), " 或 ")))
    for found in founds:
        found.found[:] = [each for each in found.found if not needless[each.rule.code, each.message]]


def _said(findings: Iterable[Diagnostic]) -> Counter[tuple[str, str]]:
    return Counter((finding.rule.code, finding.message) for finding in findings)


def _with(document: YamlDocument, places: Iterable[Path], offer: Offer, *, of_key: bool) -> YamlDocument:
    """The document with a value, or a key, in each of these places; a key that there is already is left alone."""
    found = replace(document, value=deepcopy(document.value))
    for path in places:
        found = _put(found, path, offer, of_key=of_key)
    return found


def _put(document: YamlDocument, path: Path, offer: Offer, *, of_key: bool) -> YamlDocument:
    """The same at one place, in the value of the document itself."""
    whole: Any = document.value
    holder, last, after = whole, path[-1], path
    for step in path[:-1]:
        holder = holder[step]
    if isinstance(holder, dict):
        holder.update({key: each for key, each in offer.beside.items() if key not in holder})
    if not of_key:
        holder[last] = offer.value
    elif offer.value not in holder:
        after = (*path[:-1], str(offer.value))
        renamed = {after[-1] if key == last else key: held for key, held in holder.items()}
        holder.clear()
        holder.update(renamed)

    def moved(marks: Mapping[Path, YamlPlace]) -> dict[Path, YamlPlace]:
        """Where everything stands; nothing is known of what is in a new value."""
        within = {at: mark for at, mark in marks.items() if at[: len(path)] == path}
        kept = {at: mark for at, mark in marks.items() if at not in within}
        return kept | {after + at[len(path) :]: mark for at, mark in within.items() if of_key or at == path}

    return replace(document, value=whole, marks=moved(document.marks), keys=moved(document.keys))
