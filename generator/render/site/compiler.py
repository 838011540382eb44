"""Templates as plain Python: Jinja's own compiler without what only other people's templates need.

Jinja looks for an item where there is no attribute, sends every call through the context and wraps every macro in an
object that sorts its arguments; with our pages that was more than half of the time. Here an attribute is an attribute,
a call is a call, and a macro is a function that takes its arguments by position. A page is such a function too, made of
its template together with the one that it extends: which block goes where is known before any page is rendered.
Escaping stays as it is, and what is missing is an error as before, of Python's: AttributeError, KeyError, TypeError.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import cache, partial
from types import FunctionType
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef, optimizeconst
from jinja2.meta import find_undeclared_variables
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
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


class _DirectTemplate(Template):
    def render(self, *args: Any, **kwargs: Any) -> str:
        """As Jinja's, of what `_as_function` has made."""
        page = getattr(self.module, "page", None)
        if page is None:
            return super().render(*args, **kwargs)
        given = dict(*args, **kwargs)
        written: str = page(*[given.get(name, missing) for name in self.module.parameters])  # type: ignore[attr-defined]
        return written


class _InPlace(NodeTransformer):
    """Puts what a block holds in the place of the block, and a template in the place where it is included."""

    def __init__(self, load: Callable[[nodes.Expr], nodes.Template]) -> None:
        self._load = load

    def visit_Block(self, node: nodes.Block) -> nodes.Node:  # noqa: N802 - Jinja's name
        return self.generic_visit(nodes.Scope(node.body, lineno=node.lineno))

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 - as above
        return self.generic_visit(nodes.Scope(self._load(node.template).body, lineno=node.lineno))


class DirectEnvironment(Environment):
    """An environment for templates of our own: no `{% call %}`, no `*`, no arguments of macros by name.

    A template extends and includes others by their names, not by the value of a variable; there is no `super()`.
    """

    code_generator_class = _DirectCode
    template_class = _DirectTemplate
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

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = self._extended(super()._parse(source, name, filename))
        _InPlace(self._loaded).visit(template)
        if not all(map(_is_unshown, template.body)):
            template = _as_function(template)
            template.set_environment(self)
        return template

    def _extended(self, template: nodes.Template) -> nodes.Template:
        """What `template` extends, with its blocks, and before them what it sets."""
        extends = template.find(nodes.Extends)
        if extends is None:
            return template
        own = {block.name: block for block in template.find_all(nodes.Block)}
        parent = self._extended(self._loaded(extends.template))
        for block in parent.find_all(nodes.Block):
            block.body = own[block.name].body if block.name in own else block.body
        parent.body[:0] = [node for node in template.body if isinstance(node, nodes.Assign)]
        return parent

    def _loaded(self, name: nodes.Expr) -> nodes.Template:
        assert self.loader is not None
        path: str = name.as_const()
        source, filename, _ = self.loader.get_source(self, path)
        return super()._parse(source, path, filename)

    safe = staticmethod(as_html)

    @staticmethod
    def escape(value: object) -> str:
        """As markupsafe does it, but text without anything to escape stays as it is, and most text is such."""
        kind: type = type(value)
        if kind is not str:
            if kind is Markup or not _is_text(kind):
                return str(escape(value))
            value = str(value)
        text: str = value  # type: ignore[assignment]
        # Python finds one character faster than one of several.
        if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text:
            return str(escape(text))
        return text

    @staticmethod
    def macro(function: FunctionType, arguments: int) -> FunctionType:
        """`function` with every argument optional: in its body Jinja has written what stands in for a missing one."""
        function.__defaults__ = (missing,) * arguments
        return function


def _as_function(template: nodes.Template) -> nodes.Template:
    """`template` as a macro `page`, with the names of what it takes as `parameters`: all goes into one list at once."""
    names = sorted(find_undeclared_variables(template))
    imports = [node for node in template.body if isinstance(node, nodes.Import)]
    body = [node for node in template.body if not isinstance(node, nodes.Import)]
    page = nodes.Macro("page", [nodes.Name(name, "param") for name in names], [], body)
    listed = nodes.Assign(nodes.Name("parameters", "store"), nodes.Const(tuple(names)))
    made = nodes.Template([*imports, listed, page])
    made.set_lineno(1)
    return made


def _is_unshown(node: nodes.Node) -> bool:
    """A macro, or the blank between two: a template of nothing else is imported by others."""
    if not isinstance(node, nodes.Output):
        return isinstance(node, nodes.Macro)
    return all(isinstance(part, nodes.TemplateData) and part.data.isspace() for part in node.nodes)
