"""Solutions with one operator, sign, axis or constant changed: the checker has to reject them all."""

import ast
import sys

import pytest

from course_utils.exercises import OpenExercise, judge
from course_utils.exercises.causes import Diagnosis
from course_utils.lessons import ids, lesson
from course_utils.model_checks import ModelExercise, ScoreExercise

OPERATORS = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.Sub),
    ast.FloorDiv: (ast.Mult, ast.Div),
    ast.MatMult: (ast.Mult, ast.Add),
    ast.Pow: (ast.Mult,),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.NotIn: (ast.In,),
}
NAMES = {"exp": "log", "log": "exp", "max": "min", "sum": "mean", "mean": "sum", "zeros": "ones", "abs": "sign"}


# (exercise, changed line): why it is right all the same
EQUIVALENT = {
    ("deep_gradients", "return gradients"): "a list of results counts as a tuple of them",
    ("nearest_opposites", "one = y[:, 0] >= 0.5"): "no target is 0.5",
    ("nearest_opposites", "one = y[:, 0] < 0.5"): "both classes change places",
    ("nearest_opposites", "one = y[:, -1] > 0.5"): "there is one column",
    (
        "nearest_opposites",
        "return min((np.linalg.norm(b - a) for a in A1[one] for b in A1[~one]))",
    ): "as far back as there",
    ("sigmoid_stable", "return np.where(z > 0, 1, e) / (1 + e)"): "both cases are 1 at z = 0",
    ("cost_from_logits", "loss = np.maximum(0, z) - y * z + np.log1p(np.exp(-np.abs(z)))"): "max has no order",
    ("logit_slopes", "p = np.exp(-np.logaddexp(-z, 0))"): "a sum has no order",
    ("training_loop", "dw, db = (X.T @ error / len(X), error.mean())"): "b keeps its shape, (1,)",
    ("training_loop", "w, b, costs = (np.zeros((X.shape[1], 1)), -np.zeros(1), [])"): "-0.0 equals 0.0",
    ("training_loop", "w, b, costs = (-np.zeros((X.shape[1], 1)), np.zeros(1), [])"): "-0.0 equals 0.0",
    ("one_epoch", "dw, db = (X_few.T @ error / len(X_few), error.mean())"): "b keeps its shape, (1,)",
    ("softmax_rows", "E = -np.exp(Z - Z.max(axis=1, keepdims=True))"): "the sign cancels in the division",
    ("gate_says", "return z > 0"): "True counts as 1",
    ("gate_says", "return np.where(0, 1, z > 0)"): "the same comparison",
    ("one_neuron_can", "return abs(ends - middle) < 2"): "the size of a difference has no direction",
    ("predict_even_area", "return -0"): "minus zero is zero",
    ("predict_corner_weight", "return -0"): "minus zero is zero",
    ("predict_cut_silent", "return -0"): "minus zero is zero",
    ("warmup_cosine", "done = -min(1, (step - warmup) / (steps - warmup))"): "a cosine does not see the sign",
    ("warmup_cosine", "done = min((step - warmup) / (steps - warmup), 1)"): "min has no order",
    ("predict_random_labels", "return [1.0, 0.1]"): "a list of the same numbers",
    ("early_stop", "best, best_epoch = (float('inf'), 1)"): "the first loss is a new best, whatever stood there",
    ("early_stop", "best, best_epoch = (float('inf'), -1)"): "the first loss is a new best, whatever stood there",
    ("entry_of_product", "return W[:, j] @ X[i]"): "a dot product has no order",
    ("predict_call_everyone", "return [53 / 143, 53 / 53]"): "a list of numbers counts as an array",
    ("predict_call_everyone", "return np.array([53 / 144, 53 / 53])"): "the same in three decimals",
    ("predict_call_everyone", "return np.array([53 / 142, 53 / 53])"): "the same within its tolerance",
    ("hit_rate", "answers = p > 0.5"): "True counts as 1",
    ("hit_rate", "answers = np.where(0, 1, p > 0.5)"): "the same comparison",
    ("distance_table", "return np.abs(b - a[:, None])"): "a distance has no direction",
    ("bowl_gradient", "return [2 * w + b, w + 4 * b]"): "a list of numbers counts as an array",
    (
        "calibration_error",
        "error += here.mean() * abs(right[here].mean() - confidence[here].mean())",
    ): "a distance has no direction",
    (
        "calibration_error",
        "bins = -np.minimum((confidence * n_bins).astype(int), n_bins - 1)",
    ): "the bins keep their answers, whatever they are called",
    (
        "calibration_error",
        "bins = np.minimum(n_bins - 1, (confidence * n_bins).astype(int))",
    ): "min has no order",
    ("ink_spans", "return edges.reshape(-2, 2)"): "NumPy takes any negative length for the one to find",
}
# one operator is all of it: there is less to change
SHORT = {"entry_of_product", "fruit_sold", "distance_table", "product_node"}
COMMUTATIVE = (ast.Add, ast.Mult)


class _Replace(ast.NodeTransformer):
    def __init__(self, target, other):
        self.target, self.other = target, other

    def visit(self, node):
        return self.other if node is self.target else self.generic_visit(node)


def mutants(code):
    """Give {changed line: whole code}, with one place of the code changed in each."""
    count = len(list(ast.walk(ast.parse(code))))
    original, found = ast.unparse(ast.parse(code)), {}
    for place in range(count):
        for other in range(9):
            tree = ast.parse(code)
            node = list(ast.walk(tree))[place]
            others = _changes(node)[other : other + 1]
            if others:
                text = ast.unparse(ast.fix_missing_locations(_Replace(node, others[0]).visit(tree)))
                if text != original:  # swapping 53 / 53 changes nothing
                    found[_changed_line(original, text)] = text
    return found


def _changed_line(before, after):
    pairs = zip(before.split("\n"), after.split("\n"), strict=True)
    return next(new.strip() for old, new in pairs if old != new)


def _changes(node):
    """Give what may stand in a node's place: another operator, sign, name or constant; one part alone; swapped."""
    if isinstance(node, ast.BinOp):
        others = [ast.BinOp(node.left, op(), node.right) for op in OPERATORS[type(node.op)]]
        swapped = [] if isinstance(node.op, COMMUTATIVE) else [ast.BinOp(node.right, node.op, node.left)]
        return [*others, *swapped, node.left, node.right]
    if isinstance(node, ast.Compare):
        return [ast.Compare(node.left, [op()], node.comparators) for op in OPERATORS[type(node.ops[0])]]
    if isinstance(node, ast.UnaryOp):
        return [node.operand]
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        value = node.value
        near = (not value,) if isinstance(value, bool) else (value + 1, value - 1)
        return [ast.Constant(other) for other in near]
    if isinstance(node, ast.Attribute):
        renamed = [ast.Attribute(node.value, NAMES[node.attr], node.ctx)] if node.attr in NAMES else []
        return [node.value] if node.attr == "T" else renamed
    if isinstance(node, ast.Return):
        return [ast.Return(_minus(node.value))]
    return _call_changes(node) if isinstance(node, ast.Call) else []


def _call_changes(node):
    others = [_minus(node), *node.args[:1]]
    if len(node.args) > 1:
        others.append(ast.Call(node.func, node.args[::-1], node.keywords))
    without = [[k for k in node.keywords if k is not keyword] for keyword in node.keywords]
    return others + [ast.Call(node.func, node.args, keywords) for keywords in without]


def _minus(node):
    return ast.UnaryOp(ast.USub(), node)


def function_of(record, code):
    """Turn a changed source into the function that it defines, among the names that the solution sees."""
    names = dict(record.solution.__globals__)
    exec(code, names)
    return names[record.id]


ALL = [record for number in ids() for record in lesson(number).values()]
EVERY = [record for record in ALL if not isinstance(record, OpenExercise | ModelExercise | ScoreExercise)]
MUTANTS = {record.id: mutants(record.source) for record in EVERY}


@pytest.mark.slow
@pytest.mark.parametrize("record", EVERY, ids=lambda record: record.id)
def test_a_changed_solution_is_rejected(record, monkeypatch):
    # only the verdict counts here; looking for the causes of 1,500 mutants would take minutes
    monkeypatch.setattr(sys.modules["course_utils.exercises.judge"], "likely_cause", lambda attempt: Diagnosis())
    states = {line: judge(record, function_of(record, code)).state for line, code in MUTANTS[record.id].items()}
    expected = {line: "right" if (record.id, line) in EQUIVALENT else "wrong" for line in states}
    assert states == expected


@pytest.mark.parametrize("record", [record for record in EVERY if not record.is_value], ids=lambda r: r.id)
def test_there_are_at_least_ten_changes(record):
    assert len(MUTANTS[record.id]) >= (5 if record.id in SHORT else 10)


def test_every_listed_equivalent_still_occurs():
    assert all(line in MUTANTS[id] for id, line in EQUIVALENT)
