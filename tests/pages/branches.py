"""Which branches of the templates are taken: every `if`, `else`, `for` and inline `if`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinja2 import Environment, nodes

from pages.render import TEMPLATES, Renderer

Branch = tuple[str, int, str]  # template, line, and which branch of what is there


class Watched(Environment):
    """An environment that notes each branch of its templates, and those that are taken."""

    branches: set[Branch]
    taken: set[Branch]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        for node in list(template.find_all((nodes.If, nodes.For, nodes.CondExpr))):
            self._watch(node, name or "")
        return template

    def _watch(self, node: nodes.Node, name: str) -> None:
        if isinstance(node, nodes.CondExpr):
            node.expr1 = self._call(node, name, "value", node.expr1)
            node.expr2 = self._call(node, name, "other", node.expr2 or nodes.Const(""))
        elif isinstance(node, nodes.If):
            node.body.insert(0, self._note(node, name, "if"))
            node.else_.insert(0, self._note(node, name, "else"))
        elif isinstance(node, nodes.For):
            node.body.insert(0, self._note(node, name, "for"))
            if node.else_:
                node.else_.insert(0, self._note(node, name, "for else"))

    def _note(self, node: nodes.Node, name: str, kind: str) -> nodes.Output:
        return self._at(node, nodes.Output([self._call(node, name, kind, nodes.Const(""))]))

    def _call(self, node: nodes.Node, name: str, kind: str, value: nodes.Expr) -> nodes.Expr:
        branch = (name, node.lineno, kind)
        self.branches.add(branch)
        arguments = [*map(nodes.Const, branch), value]
        function = nodes.Name("note", "load")
        return self._at(node, nodes.Call(function, arguments, [], None, None))

    def _at(self, node: nodes.Node, new: Any) -> Any:
        return new.set_lineno(node.lineno).set_environment(self)

    def note(self, name: str, line: int, kind: str, value: Any) -> Any:
        self.taken.add((name, line, kind))
        return value


def watch(renderer: Renderer) -> Watched:
    """Note the branches that a renderer takes from now on."""
    environment = renderer.environment
    environment.__class__ = Watched
    assert isinstance(environment, Watched)
    environment.branches, environment.taken = set(), set()
    environment.globals["note"] = environment.note
    for path in TEMPLATES.glob("*.j2"):
        environment.get_template(path.name)
    return environment


def described(branches: set[Branch]) -> Iterator[str]:
    """Each branch with the line that opens it."""
    for name, line, kind in sorted(branches):
        text = (TEMPLATES / name).read_text(encoding="utf-8").splitlines()[line - 1]
        yield f"{name}:{line}: {kind}: {text.strip()}"
