"""What is different between two checklists, requirement by requirement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from wtaudit.checklist.loading import Checklist
from wtaudit.checklist.schema import Element, Requirement


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs; `what` is added, removed, or what changed, and before and after say from what to what."""

    requirement: str
    what: str
    before: str = ""
    after: str = ""

    def to_dict(self) -> dict[str, str]:
        """Plain data, keys in fixed order."""
        return asdict(self)


def differences(old: Checklist, new: Checklist) -> list[Difference]:
    """All differences, in the order of the new checklist; what was removed comes last."""
    out: list[Difference] = []
    for requirement in new.requirements:
        before = old.by_id.get(requirement.id)
        if before is None:
            out.append(Difference(requirement.id, "added", "", requirement.title))
        else:
            out += _between(before, requirement)
    gone = [r for r in old.requirements if r.id not in new.by_id]
    return out + [Difference(r.id, "removed", r.title, "") for r in gone]


def _between(old: Requirement, new: Requirement) -> Iterator[Difference]:
    facts = (
        ("level", old.level.value, new.level.value),
        ("documents", ", ".join(old.documents), ", ".join(new.documents)),
        ("title", old.title, new.title),
        ("theme", old.theme, new.theme),
        ("strength", old.strength, new.strength),
        ("source", old.source.place, new.source.place),
        ("statement", _line(old.statement), _line(new.statement)),
        ("advice", _line(old.advice), _line(new.advice)),
        ("wording", _line(old.wording), _line(new.wording)),
    )
    for what, before, after in facts:
        if before != after:
            yield Difference(new.id, what, before, after)
    yield from _elements(old, new)
    if old.contradictions != new.contradictions:
        yield Difference(
            new.id, "contradictions", "; ".join(c.text for c in old.contradictions),
            "; ".join(c.text for c in new.contradictions),
        )  # fmt: skip


def _elements(old: Requirement, new: Requirement) -> Iterator[Difference]:
    before = {e.id: e for e in old.elements}
    after = {e.id: e for e in new.elements}
    for name in dict.fromkeys([*after, *before]):
        if name not in before:
            yield Difference(new.id, f"element {name} added", "", _said(after[name]))
        elif name not in after:
            yield Difference(new.id, f"element {name} removed", _said(before[name]), "")
        elif _said(before[name]) != _said(after[name]):
            yield Difference(new.id, f"element {name}", _said(before[name]), _said(after[name]))
        elif before[name].patterns != after[name].patterns:
            told = [
                f"{len(e.patterns)} pattern{'s' if len(e.patterns) > 1 else ''}"
                for e in (before[name], after[name])
            ]
            yield Difference(new.id, f"patterns of {name}", *told)


def _said(element: Element) -> str:
    return f"{_line(element.text)} ({'essential' if element.essential else 'optional'})"


def _line(text: str) -> str:
    return " ".join(text.split())
