"""What happens in a model: noise, events, decisions, treaties. Each has its states, its random stream, and figures to report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.compile.decisions import Decisions
from foedus.compile.events import Events
from foedus.compile.noises import Noises
from foedus.compile.program import Block, Guard
from foedus.compile.scope import Binding
from foedus.compile.treaties import Treaties
from foedus.language import tree as t

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["Happenings"]


class Happenings:
    """The happenings of a model while its program is built."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self.noises = Noises(builder)
        self.events = Events(builder)
        self.decisions = Decisions(builder)
        self.treaties = Treaties(builder)

    def declare(self) -> None:
        """Make the states, before anything reads them."""
        scope = self._builder.scope
        for kind, declare in (
            ("noise", self.noises.declare),
            ("event", self.events.declare),
            ("decision", self.decisions.declare),
            ("treaty", self.treaties.declare),
        ):
            for item in scope.items(kind):
                declare(item)

    def firings(self, argument: t.Expression, binding: Binding) -> int:
        """How often does the event fire, or is the option chosen anew, on this step?"""
        graph = self._builder.graph
        if self._builder.is_start:
            return graph.number(0.0)
        if isinstance(argument, t.Is):
            return graph.as_number(self.decisions.happens_now(argument))
        assert isinstance(argument, t.Name)
        item = self._builder.scope.resolve(argument, binding)
        assert item is not None
        if item.key in self._builder.supposed:
            return graph.number(self._builder.supposed[item.key])
        return self.events.firings(item)

    def count(self, argument: t.Expression, binding: Binding) -> int:
        """How often has the event fired, or the option been chosen?"""
        if self._builder.is_start:
            return self._builder.graph.number(0.0)
        if isinstance(argument, t.Is):
            return self.decisions.count(argument)
        assert isinstance(argument, t.Name)
        item = self._builder.scope.resolve(argument, binding)
        assert item is not None
        return self.events.count(item)

    def finish(self) -> list[Guard]:
        """Set all updates, at the step block. Returns what must be drawn anew when something fired."""
        guards = self.events.finish()
        self.treaties.finish()
        self.decisions.finish()
        return guards

    def blocks(self, first_number: int) -> list[Block]:
        """Noise first, then decisions in the order of the text."""
        return [*self.noises.blocks(first_number), *self.decisions.blocks(first_number + len(self.noises))]
