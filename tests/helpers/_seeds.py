"""The same lesson with other seeds: is what it shows chance?"""

import ast

from IPython.core.inputtransformer2 import TransformerManager

TAKERS = {"default_rng", "set_random_seed"}  # functions whose first argument is a seed
NAMES = {"rng", "seed", "seeds", "random_state"}


def shifted(source, k):
    """Add k to each seed in a cell's code: a number in `default_rng(3)`, `rng=3`, `seed=3` or `seed = 3`.

    A range of seeds moves on by k times its length, so that none of them is used twice. `RandomState(777)` stays:
    it is the start of a published run.
    """
    tree = ast.parse(TransformerManager().transform_cell(source))  # %magic becomes Python
    for node in ast.walk(tree):
        _shift_within(node, k)
    return ast.unparse(tree)


def _shift_within(node, k):
    if isinstance(node, ast.Call) and _last_name(node.func) in TAKERS and node.args:
        node.args[0] = _moved(node.args[0], k)
    elif (
        isinstance(node, ast.keyword)
        and node.arg in NAMES
        or isinstance(node, ast.Assign)
        and _last_name(node.targets[0]) in NAMES
    ):
        node.value = _moved(node.value, k)
    elif isinstance(node, ast.For | ast.comprehension) and _last_name(node.target) in NAMES:
        node.iter = _moved(node.iter, k)
    elif isinstance(node, ast.Dict):
        for i, key in enumerate(node.keys):
            if isinstance(key, ast.Constant) and key.value in NAMES:
                node.values[i] = _moved(node.values[i], k)
    elif isinstance(node, ast.arguments):
        positional = [*node.posonlyargs, *node.args][-len(node.defaults) :] if node.defaults else []
        node.defaults = [_default(*pair, k) for pair in zip(positional, node.defaults, strict=True)]
        node.kw_defaults = [_default(*pair, k) for pair in zip(node.kwonlyargs, node.kw_defaults, strict=True)]


def _default(argument, value, k):
    return _moved(value, k) if argument.arg in NAMES else value


def _last_name(node):
    return getattr(node, "attr", getattr(node, "id", None))


def _moved(node, k):
    """Give a seed, or several, moved by k; anything else as it is."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return ast.copy_location(ast.Constant(node.value + k), node)
    if isinstance(node, ast.Tuple | ast.List):
        node.elts = [_moved(each, k) for each in node.elts]
    if isinstance(node, ast.Call) and _last_name(node.func) == "range":
        seeds = _range_of(node.args)
        if seeds is not None:
            ends = seeds.start + k * len(seeds), seeds.stop + k * len(seeds)
            node.args = [ast.Constant(end) for end in ends]
    return node


def _range_of(arguments):
    """Give the range that two or one written-out numbers make, None for any other."""
    if len(arguments) < 3 and all(isinstance(each, ast.Constant) for each in arguments):
        return range(*(each.value for each in arguments))
    return None
