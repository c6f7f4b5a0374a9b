"""What the view of a training run says: the bar, and the run in words."""

import html

from course_utils.explorables.train.run import Run
from course_utils.style import BLUE


def progress_bar(run: Run | None) -> str:
    """Return the progress of a run as HTML: a bar with a name, and where the run is.

    >>> 'value="0"' in progress_bar(None)
    True
    """
    share = run.step / run.steps if run else 0
    where = html.escape(_where(run)) if run else "&nbsp;"
    style = f"width:100%;height:14px;accent-color:{BLUE}"
    return (
        f'<progress aria-label="progress of the training" max="1" value="{share:.4g}" style="{style}"></progress>'
        f'<div style="line-height:1.4">{where}</div>'
    )


def _where(run):
    text = f"step {run.step:,} of {run.steps:,}"
    return f"{text}, loss {run.curves['loss'][-1]:.3g}" if run.curves else text


def run_in_words(run: Run | None) -> str:
    """Return a run in words.

    >>> run_in_words(None)
    'Nothing trained yet. Choose the settings and press Train.'
    """
    if run is None:
        return "Nothing trained yet. Choose the settings and press Train."
    if run.stopped:
        return run.stopped
    done, epochs = run.epochs_done, run.settings["epochs"]
    if not done:
        return f"{run.label.capitalize()}: the first of {epochs} epochs."
    if not run.seconds:
        return f"{run.label.capitalize()}: epoch {done} of {epochs} is done. {_numbers(run)}"
    return f"Done in {_time(run.seconds)}. {_numbers(run)}{_no_better(run)}"


def _numbers(run):
    """Return loss and metric of the last finished epoch, of training and validation."""
    parts = []
    for prefix, name in (("", "Training"), ("val_", "Validation")):
        values = {key: run.history.get(prefix + key) for key in ("loss", run.metric) if key}
        measured = ", ".join(f"{key.replace('_', ' ')} {amount(key, v[-1])}" for key, v in values.items() if v)
        parts += [f"{name}: {measured}."] if measured else []
    return " ".join(parts)


def amount(name: str, value: float) -> str:
    """Return a value as text, an accuracy in per cent.

    >>> amount("accuracy", 0.9765), amount("loss", 0.07651)
    ('97.7 %', '0.0765')
    """
    return f"{100 * value:.1f} %" if "accuracy" in name else f"{value:.3g}"


def _no_better(run):
    """Say so where a run ends where it began, or worse."""
    loss, metric = run.curves["loss"], run.curves.get(run.metric, [0, 1])
    if len(loss) < 2:  # a single measurement has nothing to be compared with
        return ""
    if loss[-1] > 1.05 * loss[0]:
        return " The loss has risen: a smaller learning rate may mend it."
    if loss[-1] > 0.95 * loss[0]:  # mini-batches differ by as much
        return " The loss has hardly moved: another learning rate may mend it."
    if "accuracy" in (run.metric or "") and len(metric) > 1 and metric[-1] <= metric[0]:
        return " The accuracy has not risen: another learning rate may mend it."
    return ""


def _time(seconds):
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
