"""Templates as plain Python: Jinja's own compiler without what only other people's templates need.

Jinja looks for an item where there is no attribute, sends every call through the context and wraps every macro in an
object that sorts its arguments; with our pages that was more than half of the time. Here an attribute is an attribute,
a call is a call, and a macro is a function that takes its arguments by position. Escaping stays as it is, and what is
missing is an error as before, of Python's: AttributeError, KeyError, TypeError.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import cache, partial
from types import FunctionType
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef, optimizeconst
from jinja2.utils import missing
from markupsafe import Markup, escape

as_html: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Marks text as HTML: as `Markup(text)`, which first asks whether it is Markup, in a third of the time."""


@cache
def _is_text(kind: type) -> bool:
    """Whether values of this kind are written as `str` gives them, escaped: texts, dates, choices, whole numbers."""
    return issubclass(kind, (str, int)) and not hasattr(kind, "__html__")


class _DirectCode(CodeGenerator):
    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("escape = environment.escape")
        self.writeline("Markup = environment.safe")
        self.writeline("Html = environment.html")

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - as above
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            self.fail("only plain calls; instead of a call block, a set block and an argument", node.lineno)
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:  # noqa: ARG002 - as above
        # What macros and links give is HTML already: that is seen faster here than by a call.
        self.write("(shown if type(shown := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:  # noqa: ARG002 - as above
        self.write(") is Html else escape(shown))")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:  # noqa: ARG002 - its signature
        self.write(f"environment.macro(macro, {len(macro_ref.node.args)})")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:  # noqa: ARG002 - as above
        """Always as Markup: the object that made a macro's result safe is not there."""
        super().return_buffer_contents(frame)


class DirectEnvironment(Environment):
    """An environment for templates of our own: no `{% call %}`, no `*`, no arguments of macros by name."""

    code_generator_class = _DirectCode
    html = Markup

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._templates: dict[str, Template] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """None: what a template uses it is given. Jinja's own are gone through several times for every page."""
        return d or {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """Each one once; they do not change while we run."""
        assert isinstance(name, str)
        if name not in self._templates:
            self._templates[name] = super().get_template(name, parent, globals)
        return self._templates[name]

    safe = staticmethod(as_html)

    @staticmethod
    def escape(value: object) -> str:
        """As markupsafe does it, but text without anything to escape stays as it is, and most text is such."""
        kind: type = type(value)
        if kind is Markup:
            return value  # type: ignore[return-value]
        if kind is not str and not _is_text(kind):
            return str(escape(value))
        text = str(value)
        # Python finds one character faster than one of several.
        if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text:
            return str(escape(text))
        return text

    @staticmethod
    def macro(function: FunctionType, arguments: int) -> FunctionType:
        """`function` with every argument optional: in its body Jinja has written what stands in for a missing one."""
        function.__defaults__ = (missing,) * arguments
        return function
