"""From Sigmoid to MNIST: the functions behind the lessons.

The house, floor by floor; an import only ever points down:

    teachers  class_board  class_files              who is stuck; hand-ins come in, new lessons go out
    commands  card  check  hint  solution  progress   what a learner calls
              clinic                                patients behind a curtain
    content   lessons  explorables                    what a lesson asks; the views with sliders
    show      models  plots                           LogisticNeuron, Sequential; figures
              model_checks  patients                  judging a model; a look into a sick network
    train     layers  optimizers  callbacks           Dense; SGD, RMSprop, Adam; what is called between the epochs
              gradients  checkpoints                  gradients by differences, their check; weights in files
    maths     activations  losses  metrics            what a neuron computes, and how wrong it is
              convolution                             a window that slides over a picture
              initializers  regularizers              where weights start; what large ones cost
              datasets                                gates, mini-batches, MNIST
    engines   exercises  live_figures                 judge an answer; a figure with sliders. They know no lesson
    base      checks  style  formatting               bad input becomes one sentence; colours; numbers as text
              figure_settings  stored_picture  png    how figures are drawn and stored, whatever a reader has set
              atomic_file  json_file  notebook        files whole or not there; is this a notebook
              environment  installed                  is everything ready, and what is installed
              backend  keras_settings                 Keras on what there is, and what it was told elsewhere
              summary_colours  workspace              colours that can be read; the learner's copies of lessons
              lesson_names  lesson_update             what lessons are called; a new edition beside what was written
              data_home                               where the files of a data set lie
              progress_store  running_check           what is solved and tried, and what is being checked now
              first_edition  learner_files            what was in the first edition; reading what others prepared
              beside  startup                         what gets in a lesson's way; said at the first import
              fallback  interrupts                    what a saved lesson shows without a kernel; who hears ■

A digit's way through it: `load_mnist`, `minibatches`, `Dense` forward, a loss, `Dense` backward, `SGD`, `plots`.

Names and argument order are Keras's: `cu.layers.Dense` is to NumPy what `keras.layers.Dense` is to TensorFlow or JAX.

Where we differ from Keras:

- A loss is one float, the mean over the batch, as Keras's loss classes give; Keras's functions give one per example.
- Nothing is clipped: a probability of exactly 0 for what happened costs infinity. Keras stops at 16.1.
- Shapes (m,) and (m, 1) are not matched in silence; the sentence says what to reshape.
- Randomness comes from the `rng` or the `seed` that is handed over, never from NumPy's or Keras's global generator.
- Options are given by name, as in `SGD(0.1, momentum=0.9)`; Keras also takes most of them by place.
- The number of classes is called `n_classes`; Keras calls it `num_classes`.
- Rows of probabilities must sum to 1, and a probability lies in 0 … 1. Keras divides by the sum and clips.
- Labels are whole numbers; Keras takes 0.5 for 0.
- Lists of numbers become float64, and so do integers; Keras makes them float32. A `Sequential` computes in float32.
- Initializers are functions of a shape; Keras's are classes, whose objects are.
- `Sequential` takes all its layers at once, and Dense layers only; Keras can `add` one after the other, of any kind.
- `compile` refuses a loss that does not fit the last activation; Keras trains every pair.
- `compile` takes a loss by its name only, and measures the accuracy if not told otherwise; Keras measures none.
- `fit` has no weights of examples or classes.
- Validation data are measured in one go: callbacks hear of its begin and end, not of its batches.
- Where the numbers leave the floats, `fit` ends with a sentence and the last finite weights; Keras goes on with NaN.
- Optimizers are the textbook's: no `weight_decay` or `clipnorm`.
- Of the regularizers there is `L2`, for kernels; `Dropout` is no layer of a `Sequential`, which takes Dense layers.
- A prediction or an evaluation shows no progress bar.

Everything is loaded at its first use, so `import course_utils as cu` costs little more than NumPy.
What there is to load stands in __init__.pyi, where an editor finds it, too.
"""

__version__ = "2.0.0"

from . import startup

try:
    import lazy_loader
except ModuleNotFoundError:  # `python -m course_utils check` says so, and how to install it
    __all__ = []
else:
    _load, _, __all__ = lazy_loader.attach_stub(__name__, __file__)

startup.start()

# Names of older editions, for copies of lessons that still use them: old name, new name.
_RENAMED = {"quiet_tensorflow": "use_keras"}


def __getattr__(name):
    if name in _RENAMED:
        print(f"cu.{name} is called cu.{_RENAMED[name]} now; the old name still works.")
        value = __getattr__(_RENAMED[name])
    elif name in __all__:
        value = _load(name)
    else:
        newer = "If a lesson uses it, the lesson is newer: bring the course up to date."
        hint = f"dir(course_utils) lists what it has. {newer}" if __all__ else "lazy_loader is not installed."
        raise AttributeError(f"course_utils {__version__} has no {name!r}. Hint: {hint}")
    globals()[name] = value  # the next use is as fast as any other name
    return value


def __dir__():
    return sorted({*globals(), *__all__})
