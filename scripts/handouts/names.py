"""The names that code uses and gives: by them a plan knows which cells must run though the class leaves them out."""

import ast
import re


class _Reader(ast.NodeVisitor):
    """Reads code in the order in which Python runs it."""

    def __init__(self, known=()):
        self.known = set(known)
        self.used = set()

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Store):
            self.known.add(node.id)
        elif node.id not in self.known:
            self.used.add(node.id)

    def visit_Assign(self, node):
        self.visit(node.value)
        self._visit_all(node.targets)

    def visit_AugAssign(self, node):
        if isinstance(node.target, ast.Name) and node.target.id not in self.known:
            self.used.add(node.target.id)
        self.generic_visit(node)

    def visit_For(self, node):
        self._visit_all([node.iter, node.target, *node.body, *node.orelse])

    def visit_alias(self, node):
        self.known.add((node.asname or node.name).partition(".")[0])

    def visit_FunctionDef(self, node):
        self.known.add(node.name)
        self._visit_all([*node.decorator_list, *node.args.defaults])
        self._visit_inside(node.body, node)

    def visit_Lambda(self, node):
        self._visit_inside([node.body], node)

    def visit_ListComp(self, node):
        inner = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        self._visit_inside([*node.generators, *inner], node)

    visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_ListComp

    def _visit_inside(self, body, node):
        """Read what has names of its own: those of its arguments, and all to which it assigns."""
        own = {each.arg for each in ast.walk(node) if isinstance(each, ast.arg)}
        own |= {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
        inside = _Reader(self.known | own)
        inside._visit_all(body)
        self.used |= inside.used

    def _visit_all(self, nodes):
        for node in nodes:
            self.visit(node)


def names_of(source):
    """Return the names that a cell needs from cells above it, and those that it leaves to cells below it.

    >>> sorted(names_of("total = prices + fee\\nfor each in total:\\n    each.pay()")[0])
    ['fee', 'prices']
    >>> sorted(names_of("import numpy as np\\ntotal = [each for each in range(3)]")[1])
    ['np', 'total']
    """
    reader = _Reader()
    reader.visit(ast.parse(re.sub(r"^[%!].*", "", source, flags=re.M)))
    return reader.used, reader.known


def must_run_before(parts, sources, kept):
    """Return the sections of a class that need what was left out above them, each with the names that it needs.

    Who runs all cells above one of these sections has all that later ones need from there.

    Parameters
    ----------
    parts : list of Part
        The sections of the notebook, in their order.
    sources : dict of str to str
        The code of each cell, by its id.
    kept : set of str
        The names of the sections that the class does.

    Returns
    -------
    dict of str to list of str
    """
    left_out, found = set(), {}
    for part in parts:
        needed = set()
        for cell in part.cells:
            used, given = names_of(sources[cell])
            if part.name in kept:
                needed |= used & left_out
                left_out -= given
            else:
                left_out |= given
        if needed:
            found[part.name] = sorted(needed)
            left_out = set()
    return found
