"""What the first edition of the course has left in a learner's folder: how to know it, and what was solved by then.

Nothing here is changed any more, for the files that it describes do not change either.
"""

from pathlib import Path

from course_utils.json_file import DamagedFileError, read_json

PROGRESS = "progress.json"

# The lessons whose number has changed, by their old files; 00 to 03 are called as they were.
LESSONS = (
    "04_logic_gates",
    "05_xor_two_layers",
    "06_backpropagation",
    "07_mnist_softmax_numpy",
    "08_mnist_two_layers_numpy",
    "09_mnist_keras",
    "10_training_keras",
    "11_convolution_keras",
    "12_bug_clinic",
)

# What `question_1` … `question_5` of a lesson, by its old number, are called now. Exercises have kept their ids.
QUESTIONS = {
    "01": ("neuron_of_zeros", "step_in_networks", "curve_at_half", "steepest_place", "odds_of_a_sigmoid"),
    "02": ("loss_or_cost", "sure_and_wrong", "squared_through_sigmoid", "clipping_p", "column_minus_row"),
    "03": ("one_step_down", "curvature_and_rate", "too_small_h", "apple_slope", "noise_at_rest"),
    "04": ("gate_of_a_neuron", "three_of_four", "xor_stands_still", "sum_or_mean_rate", "heart_of_the_proof"),
    "05": ("why_hidden_layer", "numbers_of_3_5_2", "two_in_one_place", "equal_hidden_neurons", "rows_of_xor"),
    "06": (
        "product_of_slopes",
        "input_always_zero",
        "shape_of_a_gradient",
        "failed_gradient_check",
        "price_of_differences",
    ),
    "07": ("ten_equal_logits", "sum_without_axis", "cost_of_half", "batch_32_or_100", "gradient_always_zero"),
    "08": (
        "start_cost_of_ten_classes",
        "start_of_zeros",
        "he_deviation",
        "rate_for_larger_batch",
        "falling_and_rising",
    ),
    "09": ("param_column", "steps_of_an_epoch", "second_fit", "fit_and_evaluate", "another_seed"),
    "10": (
        "stuck_at_class_share",
        "dead_output_relu",
        "binary_accuracy_of_fifths",
        "restored_weights",
        "half_the_rate",
    ),
    "11": ("size_of_a_map", "numbers_of_16_kernels", "after_max_pooling", "moved_digit", "scrambled_pixels"),
    "12": ("one_batch_by_heart", "cost_of_20_classes", "all_but_b2_zero", "step_of_one_percent", "labels_by_lot"),
}


def is_in(folder: Path) -> bool:
    """Tell whether a learner's folder holds the first edition: one of its lessons, or its progress."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:  # nothing there yet, or no folder
        return False
    if any(name.partition(".")[0] in LESSONS for name in names if name.endswith(".ipynb")):
        return True
    try:
        return PROGRESS in names and bool(_read_notes(folder))
    except (OSError, DamagedFileError):
        return False


def read_solved(folder: Path) -> tuple[list[str], list[str]]:
    """Return the ids of the exercises that were solved, and of the questions that were right at the first try.

    Parameters
    ----------
    folder : pathlib.Path
        The learner's folder of the first edition.

    Returns
    -------
    exercises, questions : list of str

    Raises
    ------
    DamagedFileError
        If the file holds something else.
    OSError
        If it is not there, or cannot be opened.
    """
    exercises: list[str] = []
    questions: list[str] = []
    for lesson, noted in _read_notes(folder).items():
        renamed = {f"question_{i}": id for i, id in enumerate(QUESTIONS.get(lesson, ()), start=1)}
        questions += [renamed[id] for id in noted if id in renamed]
        exercises += [id for id in noted if not id.startswith("question_")]
    return exercises, questions


def _read_notes(folder: Path) -> dict[str, list[str]]:
    """Return what the file says: by the old number of a lesson what was done in it."""
    notes = read_json(folder / PROGRESS)
    if not isinstance(notes, dict) or "version" in notes or not all(map(_is_list_of_texts, notes.values())):
        raise DamagedFileError(f"{folder / PROGRESS} is not the first edition's")
    return notes


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
