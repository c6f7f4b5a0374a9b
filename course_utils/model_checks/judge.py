"""Judge a model: what it is built of, how it was compiled, and what it scores on data that it has not seen."""

import warnings
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from course_utils.exercises.causes import name_in
from course_utils.exercises.judge import Verdict, judge, not_to_run, nothing_yet
from course_utils.exercises.sandbox import Outcome
from course_utils.model_checks.anatomy import is_model
from course_utils.model_checks.case import Case, look_at
from course_utils.model_checks.causes import find_causes, name_of
from course_utils.model_checks.listed import diagnose_model
from course_utils.model_checks.model_exercise import ModelExercise, takes_data
from course_utils.model_checks.stops import read_error
from course_utils.model_checks.training import SECONDS, kept, run, train

POINTS = 3  # sentences at most that one message holds


@judge.register
def judge_model(exercise: ModelExercise, answer: object) -> Verdict:
    """Judge a model, or a function that returns one.

    Examples
    --------
    >>> import course_utils as cu
    >>> from course_utils.model_checks import model_exercise
    >>> def line():
    ...     return ([[1.0], [2.0]], [[3.5], [5.5]]), ([[3.0]], [[7.5]])
    >>> @model_exercise(title="a line", aim="One unit.", shapes="x (m, 1) -> (m, 1)", hints=(), why="Ok.", data=line)
    ... def line_net():
    ...     model = cu.Sequential([cu.Input(1), cu.Dense(1)])
    ...     model.compile("sgd", "mse", metrics=())
    ...     return model
    >>> judge_model(line_net, line_net.solution()).state
    'right'
    >>> judge_model(line_net, cu.Sequential([cu.Input(1), cu.Dense(2)])).how.splitlines()[0]
    'The last layer gives 2 numbers for each example, and 1 is asked for: one for each value.'
    """
    if answer is None or answer is ...:
        return Verdict("open")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Keras warns of, the causes say in our words
        if is_model(answer):
            return _named(exercise, _judge(exercise, answer, is_theirs=True))
        if callable(answer) and not isinstance(answer, type):
            return _named(exercise, _judge_function(exercise, answer))
    return Verdict("wrong", how=_no_model(answer))


def _named(exercise: ModelExercise, verdict: Verdict) -> Verdict:
    """Add the name under which the first mistake that a verdict tells of is counted."""
    if verdict.state != "wrong":
        return verdict
    text = f"{verdict.how}\n{verdict.diagnosis}"
    return replace(verdict, cause=name_in(exercise, text) or name_of(text))


def _judge_function(exercise: ModelExercise, function: Callable) -> Verdict:
    if strange := not_to_run(function):
        return Verdict("wrong", how=strange)
    (x, y), _ = exercise.data()
    try:
        arguments = (x, y) if takes_data(function) else ()
    except TypeError as misfit:
        return Verdict("wrong", how=str(misfit))
    outcome = run(function, arguments)
    if outcome.timed_out:
        how = f"The function did not come to an end within {outcome.limit:.0f} seconds"
        return Verdict("wrong", f"{how}: fewer epochs, or a smaller model.")
    if nothing_yet(outcome, function):
        return Verdict("open")
    if outcome.error is not None:
        return _stopped("It stopped with an error.", outcome.error)
    if not is_model(outcome.value):
        return Verdict("wrong", how=f"It must return its model. {_no_model(outcome.value)}")
    return _judge(exercise, outcome.value, is_theirs=False)


def _judge(exercise: ModelExercise, model: Any, is_theirs: bool) -> Verdict:
    """Judge a model; one that is theirs, and not made for this check, is as it was afterwards."""
    try:
        case = look_at(exercise, model)
    except Exception as error:
        said = read_error(error) or f"{type(error).__name__}: {str(error)[:300]}"
        return Verdict("wrong", f"It stops at examples of shape {_example(exercise)}. {said}")
    is_untrained = case.anatomy.steps == 0 and not case.reaches_bar
    is_to_train = exercise.bar is not None and exercise.epochs is not None and is_untrained
    listed = diagnose_model(exercise, case.anatomy)
    points = [listed] * bool(listed) + find_causes(case, always_alone=is_to_train or case.reaches_bar)
    if points and (exercise.bar is None or is_untrained or case.reaches_bar):
        return Verdict("wrong", how=_joined(points))
    if is_to_train:
        return _train_and_judge(exercise, model, is_theirs)
    if exercise.bar is None or case.reaches_bar:
        return Verdict("right", how=_praise(case))
    return _below(case, points)


def _train_and_judge(exercise: ModelExercise, model: Any, is_theirs: bool) -> Verdict:
    (x, y), _ = exercise.data()
    assert exercise.epochs is not None
    with kept(model) if is_theirs else nullcontext(model) as trained:
        try:
            ended = train(trained, x, y, exercise.epochs, exercise.batch_size)
        except Exception as error:
            return _stopped("Its training stopped with an error.", error)
        case = look_at(exercise, trained, was_trained_here=True)
        if case.reaches_bar:
            return Verdict("right", how=_praise(case))
        slow = [] if ended else [f"Its training was ended after {SECONDS:.0f} seconds: a smaller model gets further."]
        return _below(case, slow + find_causes(case))


def _joined(points: list[str]) -> str:
    """Put the most telling points into one text, each on a line of its own."""
    return "\n  ".join(points[:POINTS])


def _stopped(how: str, error: BaseException) -> Verdict:
    return Verdict("wrong", how, read_error(error), expected=Outcome(), received=Outcome(error=error))


def _no_model(answer: object) -> str:
    """Say what came in the place of a model, and how a model comes."""
    if answer is None:
        return "It returns nothing. Does its last line say return model?"
    if isinstance(answer, type):
        return f"The class {answer.__name__} came where a model is asked for: {answer.__name__}() makes one."
    if type(answer).__name__ == "History":
        return "model.fit returns its History: hand over the model itself, which fit has changed."
    return f"A {type(answer).__name__} came where a model is asked for: a Keras model, or a cu.Sequential."


def _example(exercise: ModelExercise) -> tuple[int, ...]:
    (x, _), _ = exercise.data()
    return tuple(x.shape[1:])


def _below(case: Case, points: list[str]) -> Verdict:
    """Say how far a trained model is from its bar, and why, as far as that is known."""
    if case.score is None:
        return Verdict("wrong", how=_joined(points))
    bar, limit = case.exercise.bar, case.exercise.limit
    asked = f"{bar:g} is asked for ({limit:.3g} with the luck of the seed allowed for)"
    how = f"Its {case.task.name_of_score} on new data is {case.score:.3f}, and {asked}."
    return Verdict("wrong", how, diagnosis=_joined(points))


def _praise(case: Case) -> str:
    """Say what was measured."""
    said = f"It has {case.anatomy.parameters:,} parameters"
    if case.score is None:
        return f"{said}."
    return f"{said}, and its {case.task.name_of_score} on new data is {case.score:.3f}."
