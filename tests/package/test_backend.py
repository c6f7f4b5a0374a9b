"""Keras on what there is, without chatter; where it cannot be had, one sentence with the fix."""

import importlib
import json
import os
import re
import subprocess
import sys

import pytest

from course_utils import backend, installed, keras_settings

TRAINS = """
import keras, numpy as np
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
model.compile("sgd", "mse", jit_compile=True)
model.fit(np.ones((4, 3)), np.ones((4, 2)), verbose=0)
"""


OURS = ("TF_CPP_MIN_LOG_LEVEL", "KERAS_BACKEND")
SAYS = "Keras works on TensorFlow.\n"


def fresh(code, **variables):
    """Run code in a new interpreter without our own variables; return its stdout and its stderr, C++'s too."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    done = subprocess.run([sys.executable, "-c", code], env=kept | variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


@pytest.mark.slow
def test_importing_and_training_write_nothing():
    code = "import os, course_utils as cu; print(cu.use_keras(), os.environ['TF_CPP_MIN_LOG_LEVEL'])"
    assert fresh(code + TRAINS) == (SAYS + "None 2\n", "")


@pytest.mark.slow
def test_several_models_are_no_reason_to_warn():
    code = """
import course_utils as cu; cu.use_keras()
import keras, numpy as np
for _ in range(8):
    keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)]).predict(np.ones((4, 3)), verbose=0)
"""
    assert fresh(code) == (SAYS, "")


@pytest.mark.slow
def test_saving_does_not_warn_where_warnings_are_errors(tmp_path):
    code = "import course_utils as cu; cu.use_keras()" + TRAINS + "model.save('model.keras')"
    warn = "import os, warnings; os.chdir(os.environ['HERE']); warnings.simplefilter('error')\n"
    assert fresh(warn + code, HERE=str(tmp_path)) == (SAYS, "")


@pytest.mark.slow
def test_what_the_user_has_set_stays():
    code = "import os, course_utils as cu; cu.use_keras(); print(os.environ['TF_CPP_MIN_LOG_LEVEL'])"
    out, err = fresh(code, TF_CPP_MIN_LOG_LEVEL="0")
    assert out == SAYS + "0\n"
    assert "TensorFlow" in err  # asked to tell everything, it does


@pytest.mark.slow
def test_stderr_works_afterwards():
    code = "import os, sys, course_utils as cu; cu.use_keras(); cu.use_keras(); os.write(2, b'one ')"
    assert fresh(code + "; print('two', file=sys.stderr)") == (2 * SAYS, "one two\n")


def test_the_old_name_says_the_new_one():
    out, _ = fresh("import course_utils as cu; cu.quiet_tensorflow(); cu.quiet_tensorflow()")
    told = "cu.quiet_tensorflow is called cu.use_keras now; the old name still works.\n"
    assert out == told + 2 * SAYS


def test_keras_already_imported_is_left_alone(monkeypatch):
    pytest.importorskip("keras")
    monkeypatch.setattr(importlib, "import_module", lambda name: pytest.fail(f"imports {name}"))
    monkeypatch.delenv("TF_CPP_MIN_LOG_LEVEL", raising=False)
    backend.use_keras()
    assert "TF_CPP_MIN_LOG_LEVEL" not in os.environ


# --- where it cannot be had

HIDE = """
import sys
class Hide:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {absent!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
import importlib.util
usual = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name in {absent!r} else usual(name, *more)
sys.meta_path.insert(0, Hide())
import course_utils as cu
"""


@pytest.mark.parametrize(
    ("absent", "lost", "installs"),
    [
        (("tensorflow", "jax", "keras"), "Keras and TensorFlow", '"keras.*" "tensorflow'),
        (("tensorflow", "jax"), "TensorFlow", '"tensorflow'),
        (("keras",), "Keras", '"keras'),
    ],
)
def test_a_notebook_shows_one_sentence(absent, lost, installs):
    code = HIDE.format(absent=absent) + (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "result = InteractiveShell().run_cell('import course_utils as cu; cu.use_keras()')\n"
        "assert isinstance(result.error_in_exec, ImportError)"
    )
    out, err = fresh(code)
    assert f"This lesson needs {lost}, not installed here; 00 to 10 do not. Fix: " in out
    assert re.search(rf' install (--python ".*" )?{installs}', out)  # by pip, or by uv where there is no pip
    assert len(out.splitlines()) == 1
    assert err == ""


def test_the_first_nine_lessons_need_none_of_it():
    use = """
model = cu.Sequential([cu.Input((784,)), cu.Dense(10, "softmax")], rng=1)
model.compile(cu.SGD(learning_rate=0.1), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
(x, y), _ = cu.load_mnist()
model.fit(x[:100].reshape(-1, 784) / 255, y[:100], batch_size=50, epochs=1, verbose=0)
cu.explorables, cu.exercises, cu.plots
print(model.count_params())
"""
    out, _ = fresh(HIDE.format(absent=("tensorflow", "jax", "keras")) + use, COURSE_UTILS_MNIST="digits")
    assert out.splitlines()[-1] == "7850"


def test_no_build_for_this_computer(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(installed, "needs", lambda extra="": [])
    monkeypatch.setattr(backend.sys, "modules", {})
    with pytest.raises(
        backend.KerasMissing, match=r"no build of Keras for this computer and this Python\. Lessons 00 to 10"
    ):
        backend.use_keras()


def test_a_broken_tensorflow_tells_what_it_wrote(tmp_path):
    (tmp_path / "tensorflow.py").write_text("import os; os.write(2, b'why\\n'); raise ImportError('DLL load failed')")
    code = """
import course_utils as cu
try: cu.use_keras()
except ImportError as error: print(error)
"""
    out, err = fresh(code, PYTHONPATH=str(tmp_path))
    assert "cannot be imported: DLL load failed. Fix: " in out
    assert re.search(r"--force-reinstall .*tensorflow", out)
    assert err == "why\n"


@pytest.mark.parametrize("error", [TypeError("Descriptors cannot be created."), ValueError("numpy.dtype size changed")])
def test_packages_that_do_not_fit_are_a_broken_tensorflow_too(monkeypatch, error):
    def broken(name):
        raise error

    monkeypatch.setattr(backend.importlib, "import_module", broken)
    with pytest.raises(backend.KerasMissing, match=r"cannot be imported: .*[a-z]\. Fix: .*--force-reinstall"):
        backend._import_quietly("tensorflow")


def test_an_interrupt_while_keras_is_imported_goes_through(monkeypatch):
    def interrupted(name):
        raise KeyboardInterrupt

    monkeypatch.setattr(backend.importlib, "import_module", interrupted)
    with pytest.raises(KeyboardInterrupt):
        backend._import_quietly("tensorflow")


def test_keras_was_imported_on_another_backend(monkeypatch):
    keras = pytest.importorskip("keras")
    monkeypatch.setattr(keras.backend, "backend", lambda: "torch")
    with pytest.raises(backend.KerasMissing, match=r"imported before, and works on torch\. Fix: restart the kernel"):
        backend.use_keras()


# --- on JAX

USES = """
import course_utils as cu; cu.use_keras()
import keras, numpy as np, sys
layers = [keras.layers.Conv2D(4, 3, activation="relu"), keras.layers.Flatten(), keras.layers.Dense(10, "softmax")]
model = keras.Sequential([keras.Input((28, 28, 1)), *layers])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
(x, y), _ = cu.load_mnist("digits")
x, y = x[:300, ..., None] / np.float32(255), y[:300]
model.fit(x, y, epochs=6, verbose=0)
print(model.evaluate(x, y, verbose=0)[1] > 0.7)
cu.checkpoints.save_weights(model, "kept.weights.h5")
before = model.predict(x, verbose=0)
model.set_weights([0 * w for w in model.get_weights()])
cu.load_weights(model, "kept.weights.h5")
print(np.array_equal(model.predict(x, verbose=0), before))
print(cu.explorables.draw(model) is not None, cu.plots.stack(model) is not None)
keras.config.set_dtype_policy("float64")
print(keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)]).get_weights()[0].dtype, "tensorflow" in sys.modules)
"""


@pytest.mark.parametrize("by", ["no TensorFlow", "a variable", "the file"])
def test_lessons_work_on_jax(by, tmp_path, monkeypatch):
    pytest.importorskip("jax")
    (tmp_path / "keras.json").write_text(json.dumps({"backend": "jax" if by == "the file" else "tensorflow"}))
    monkeypatch.chdir(tmp_path)
    code = "import course_utils as cu; cu.use_keras(); import keras; keras.utils.set_random_seed(0)"
    hide = HIDE.format(absent=("tensorflow",)) if by == "no TensorFlow" else ""
    whole = by == "no TensorFlow"  # as under a Python for which TensorFlow has no build
    variables = {"KERAS_HOME": str(tmp_path)} | ({"KERAS_BACKEND": "jax"} if by == "a variable" else {})
    out, err = fresh(hide + (USES if whole else code), **variables)
    lines = out.splitlines()
    assert lines[0] == "Keras works on JAX."
    assert lines[-4:] == ["True", "True", "True True", "float64 False"] if whole else lines[1:] == []
    assert err == ""


# --- settings that cannot work


def settings(folder, **said):
    """Write them as Keras would have."""
    whole = {"floatx": "float32", "epsilon": 1e-7, "backend": "tensorflow", "image_data_format": "channels_last"}
    (folder / "keras.json").write_text(json.dumps(whole | said))


@pytest.fixture
def home(monkeypatch, tmp_path):
    """A folder for Keras's file; no variable names a backend, and Keras looks as if it were not imported yet."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.delenv("KERAS_BACKEND", raising=False)
    monkeypatch.setattr(backend, "_is_installed", lambda name: name in ("keras", "tensorflow"))
    return tmp_path


def test_a_file_as_keras_writes_it_asks_for_nothing(home):
    settings(home)
    assert (backend.choose_backend(), backend.lines_on_settings("tensorflow")) == ("tensorflow", [])
    assert backend.lines_on_settings("jax") == []  # Keras writes tensorflow, whatever it works on


@pytest.mark.parametrize(("asked", "fault"), [("theano", "Keras 3 does not know"), ("torch", "is not installed")])
def test_a_backend_of_the_file_that_cannot_work(home, asked, fault):
    settings(home, backend=asked)
    assert backend.choose_backend() == "tensorflow"
    (line,) = backend.lines_on_settings("tensorflow")
    file = home / "keras.json"
    fix = 'Fix: write "tensorflow" there; this lesson runs without that.'
    assert line == f"{file} asks for {asked}, which {fault}. {fix}"


def test_a_backend_of_the_variable_that_cannot_work_goes_before_the_file(home, monkeypatch):
    settings(home, backend="torch")
    monkeypatch.setenv("KERAS_BACKEND", "cntk")
    assert backend.choose_backend() == "tensorflow"
    (line,) = backend.lines_on_settings("tensorflow")
    assert line.startswith(
        "KERAS_BACKEND is cntk, which Keras 3 does not know. Fix: set it to tensorflow, or unset it;"
    )


def test_a_backend_that_works_and_was_not_tried(home, monkeypatch):
    monkeypatch.setattr(backend, "_is_installed", lambda name: True)
    settings(home, backend="torch")
    assert backend.choose_backend() == "tensorflow"
    assert backend.lines_on_settings("tensorflow") == [
        f"{home / 'keras.json'} asks for torch, which the lessons have not been tried on."
    ]


@pytest.mark.slow
def test_theano_and_channels_first_do_not_stop_a_lesson(tmp_path):
    settings(tmp_path, backend="theano", image_data_format="channels_first", floatx="float64")
    code = "import course_utils as cu; cu.use_keras(); import keras, os; print(os.environ.get('KERAS_BACKEND'))\n"
    code += "print(keras.config.image_data_format(), keras.config.floatx(), keras.layers.Dense(1).dtype)"
    out, err = fresh(code, KERAS_HOME=str(tmp_path))
    lines = out.splitlines()
    assert lines[0] == "Keras works on TensorFlow."
    assert f"{tmp_path / 'keras.json'} asks for channels_first; in this lesson it is channels_last." in lines
    assert f"{tmp_path / 'keras.json'} asks for float64; in this lesson it is float32." in lines
    assert lines[-2:] == ["None", "channels_last float32 float32"]  # and the variable is the user's again
    assert err == ""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[]", "it holds no settings of Keras"),
        ('{"floatx": "float8"}', "floatx is 'float8', and Keras knows float16, float32, float64"),
        ('{"image_data_format": "th"}', "image_data_format is 'th', and Keras knows channels_first, channels_last"),
        ('{"epsilon": 1}', "epsilon is 1, and Keras wants a float"),
    ],
)
def test_a_file_that_stops_keras_is_named(home, text, fault):
    (home / "keras.json").write_text(text)
    with pytest.raises(backend.KerasMissing) as caught:
        backend.choose_backend()
    assert str(caught.value) == f"{home / 'keras.json'}: {fault}. Fix: delete the file; Keras writes a new one."


def test_a_file_that_cannot_be_read_is_named(home):
    (home / "keras.json").mkdir()
    with pytest.raises(
        backend.KerasMissing, match=r"keras\.json cannot be read \(Is a directory\)\. Fix: make it read"
    ):
        backend.choose_backend()


@pytest.mark.parametrize("text", ["", "{", "\0"])
def test_a_file_that_is_no_json_is_passed_over_as_by_keras(home, text):
    (home / "keras.json").write_text(text)
    assert keras_settings.read_settings() == {}


FINDS = """
import importlib, os
from course_utils import keras_settings
from keras.src.backend import config
for home in (None, "{0}", "{0}/none"):  # that KERAS_HOME names, of a user, and one that is not there
    os.environ.update({{"KERAS_HOME": "{0}/here"}} if home is None else {{"HOME": home}})
    ours = keras_settings.settings_file()
    importlib.reload(config)
    print(config._config_path == str(ours), ours)
    os.environ.pop("KERAS_HOME", None)
"""


def test_our_reader_finds_the_file_that_keras_reads(run_python, tmp_path):
    pytest.importorskip("keras")
    found = run_python(FINDS.format(tmp_path), KERAS_BACKEND="numpy").splitlines()  # the one soonest imported
    places = (f"{tmp_path}/here", f"{tmp_path}/.keras", "/tmp/.keras")
    assert found == [f"True {place}/keras.json" for place in places]


@pytest.mark.slow
def test_a_summary_in_a_notebook_takes_the_colour_of_the_text(run_python, tmp_path):
    code = """if True:
        from IPython.core.interactiveshell import InteractiveShell
        from rich.jupyter import JupyterRenderable
        import course_utils as cu
        shell = InteractiveShell.instance()
        cu.use_keras()
        for colour in ("00d7ff", "123456"):
            html = f'<b>Dense</b><span style="color: #{colour}; text-decoration-color: #{colour}">None</span>'
            data, _ = shell.display_formatter.format(JupyterRenderable(html, "Dense None"))
            print(data)
    """
    own = '<b>Dense</b><span style="color: #123456; text-decoration-color: #123456">None</span>'
    shown = [
        {"text/plain": "Dense None", "text/html": html} for html in ('<b>Dense</b><span style="">None</span>', own)
    ]
    assert run_python(code, IPYTHONDIR=str(tmp_path)) == SAYS + "".join(f"{data}\n" for data in shown)
