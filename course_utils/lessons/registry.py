"""Which lesson an exercise belongs to, so that asking for one loads the records of its lesson alone."""

import difflib
from importlib import import_module
from pathlib import Path

from course_utils import first_edition
from course_utils.exercises.exercise import Exercise

IDS = {
    "00": ("ink_percent",),
    "01": (
        "weighted_sum",
        "predict_double_w",
        "predict_bias_shift",
        "sigmoid_grad",
        "sigmoid_stable",
        "threshold",
    ),
    "02": (
        "log_losses",
        "predict_costliest",
        "predict_sure_cross",
        "predict_sure_squared",
        "cost_from_logits",
        "best_constant",
    ),
    "03": (
        "central_difference",
        "descend",
        "predict_one_step",
        "predict_limit",
        "rate_limit",
        "cross_entropy_gradient",
    ),
    "05": (
        "gate_says",
        "predict_and_becomes_or",
        "predict_negated_gate",
        "rows_right",
        "predict_xor_best",
        "one_neuron_can",
    ),
    "06": (
        "two_layers",
        "count_parameters",
        "predict_nand_bias",
        "predict_stuck_cost",
        "nearest_opposites",
    ),
    "07": (
        "squared_slope",
        "predict_other_target",
        "predict_zero_gradients",
        "hidden_gradient",
        "network_gradients",
        "forward_passes",
    ),
    "08": (
        "one_hot_rows",
        "softmax_rows",
        "predict_start_loss",
        "cross_entropy_from_labels",
        "count_steps",
        "count_steps_uneven",
        "softmax_gradient",
        "predict_zero_middle",
        "predict_corner_weight",
    ),
    "09": (
        "predict_parameters",
        "digit_probabilities",
        "relu_backward",
        "he_start",
        "predict_zero_moves",
        "momentum_step",
        "predict_unused_weight",
        "predict_cut_silent",
    ),
    "11": (
        "predict_start_limit",
        "predict_blank_weight",
        "stack_parameters",
        "predict_first_stride",
        "rmsprop_step",
        "predict_shortcut",
        "with_shortcut",
        "most_confused",
    ),
    "12": (
        "predict_one_logit",
        "last_layer",
        "predict_lonely_softmax",
        "scale_by_training",
        "early_stop",
        "predict_few_steps",
        "predict_scaled_rate",
        "predict_five_slopes",
    ),
    "14": (
        "window_sum",
        "predict_even_area",
        "predict_same_padding",
        "feature_map_size",
        "max_pool",
        "predict_conv_parameters",
        "conv_layer",
    ),
    "16": (
        "cause_1",
        "unpack_nine",
        "cause_2",
        "batch_rows",
        "cause_3",
        "row_shares",
        "cause_4",
        "mended_loss",
        "cause_5",
        "rate_for_share",
        "cause_6",
        "scaled_pixels",
        "cause_7",
        "mended_start",
        "cause_8",
        "mended_order",
        "cause_9",
        "from_table",
        "cause_10",
        "copies_held_out",
    ),
}


def ids_of_questions(number: str) -> tuple[str, ...]:
    """Give the ids of a lesson's questions, in the order in which it asks them; none for a lesson without."""
    old = {"05": "04", "06": "05", "07": "06", "08": "07", "09": "08", "11": "09", "12": "10", "14": "11", "16": "12"}
    return first_edition.QUESTIONS.get(old.get(number, number), ())


def folder(number: str) -> str:
    """Name the folder of one lesson's content: `lesson_01_sigmoid`."""
    (found,) = Path(__file__).parent.glob(f"lesson_{number}_*")
    return found.name


def lesson(number: str) -> dict[str, Exercise]:
    """Give the records of one lesson, by id, in the order in which the lesson asks them."""
    records = import_module(f"course_utils.lessons.{folder(number)}.exercises").EXERCISES
    return {record.id: record for record in records}


def find(id: str) -> Exercise:
    """Give the record of one exercise.

    Raises
    ------
    KeyError
        With a sentence that names the closest id.

    Examples
    --------
    >>> find("threshold").lesson
    '01'
    """
    for number, ids in IDS.items():
        if id in ids:
            return lesson(number)[id]
    raise KeyError(_unknown(id))


def _unknown(id: object) -> str:
    if not isinstance(id, str):
        return 'The id comes first, as text: cu.check("sigmoid_grad", sigmoid_grad).'
    every = [known for ids in IDS.values() for known in ids]
    close = difflib.get_close_matches(id, every, n=1, cutoff=0)
    return f'There is no exercise "{id}". The closest id is "{close[0]}".'
