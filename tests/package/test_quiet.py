"""Keras without TensorFlow's chatter; where it cannot be had, one sentence with the fix."""

import importlib
import os
import re
import subprocess
import sys

import pytest

from course_utils import backend, installed

TRAINS = """
import keras, numpy as np
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
model.compile("sgd", "mse", jit_compile=True)
model.fit(np.ones((4, 3)), np.ones((4, 2)), verbose=0)
"""


def fresh(code, **variables):
    """Run code in a new interpreter without the Makefile's variable; return its stdout and its stderr, C++'s too."""
    kept = {name: value for name, value in os.environ.items() if name != "TF_CPP_MIN_LOG_LEVEL"}
    done = subprocess.run([sys.executable, "-c", code], env=kept | variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


def test_importing_and_training_write_nothing():
    code = "import os, course_utils as cu; print(cu.quiet_tensorflow(), os.environ['TF_CPP_MIN_LOG_LEVEL'])"
    assert fresh(code + TRAINS) == ("None 2\n", "")


def test_several_models_are_no_reason_to_warn():
    code = """
import course_utils as cu; cu.quiet_tensorflow()
import keras, numpy as np
for _ in range(8):
    keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)]).predict(np.ones((4, 3)), verbose=0)
"""
    assert fresh(code) == ("", "")


def test_saving_does_not_warn_where_warnings_are_errors(tmp_path):
    code = "import course_utils as cu; cu.quiet_tensorflow()" + TRAINS + "model.save('model.keras')"
    warn = "import os, warnings; os.chdir(os.environ['HERE']); warnings.simplefilter('error')\n"
    assert fresh(warn + code, HERE=str(tmp_path)) == ("", "")


def test_a_summary_in_a_notebook_takes_the_colour_of_the_text(run_python, tmp_path):
    code = """if True:
        from IPython.core.interactiveshell import InteractiveShell
        from rich.jupyter import JupyterRenderable
        import course_utils as cu
        shell = InteractiveShell.instance()
        cu.quiet_tensorflow()
        for colour in ("00d7ff", "123456"):
            html = f'<b>Dense</b><span style="color: #{colour}; text-decoration-color: #{colour}">None</span>'
            data, _ = shell.display_formatter.format(JupyterRenderable(html, "Dense None"))
            print(data)
    """
    own = '<b>Dense</b><span style="color: #123456; text-decoration-color: #123456">None</span>'
    shown = [
        {"text/plain": "Dense None", "text/html": html} for html in ('<b>Dense</b><span style="">None</span>', own)
    ]
    assert run_python(code, IPYTHONDIR=str(tmp_path)) == "".join(f"{data}\n" for data in shown)


def test_what_the_user_has_set_stays():
    code = "import os, course_utils as cu; cu.quiet_tensorflow(); print(os.environ['TF_CPP_MIN_LOG_LEVEL'])"
    out, err = fresh(code, TF_CPP_MIN_LOG_LEVEL="0")
    assert out == "0\n"
    assert "TensorFlow" in err  # asked to tell everything, it does


def test_stderr_works_afterwards():
    code = "import os, sys, course_utils as cu; cu.quiet_tensorflow(); cu.quiet_tensorflow(); os.write(2, b'one ')"
    assert fresh(code + "; print('two', file=sys.stderr)")[1] == "one two\n"


def test_keras_already_imported_is_left_alone(monkeypatch):
    pytest.importorskip("keras")
    monkeypatch.setattr(importlib, "import_module", lambda name: pytest.fail(f"imports {name}"))
    monkeypatch.delenv("TF_CPP_MIN_LOG_LEVEL", raising=False)
    backend.quiet_tensorflow()
    assert "TF_CPP_MIN_LOG_LEVEL" not in os.environ


# --- where it cannot be had

HIDE = """
import sys
class Hide:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {absent}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
import importlib.util
usual = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name in {absent} else usual(name, *more)
sys.meta_path.insert(0, Hide())
import course_utils as cu
"""


@pytest.mark.parametrize(
    ("absent", "lost", "installs"),
    [
        (("tensorflow", "keras"), "TensorFlow and Keras", '"keras.*" "tensorflow'),
        (("tensorflow",), "TensorFlow", '"tensorflow'),
        (("keras",), "Keras", '"keras'),
    ],
)
def test_a_notebook_shows_one_sentence(absent, lost, installs):
    code = HIDE.format(absent=absent) + (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "result = InteractiveShell().run_cell('import course_utils as cu; cu.quiet_tensorflow()')\n"
        "assert isinstance(result.error_in_exec, ImportError)"
    )
    out, err = fresh(code)
    assert f"This lesson needs {lost}, which is not installed; 00 to 09 do not. Fix: " in out
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
    out, _ = fresh(HIDE.format(absent=("tensorflow", "keras")) + use, COURSE_UTILS_MNIST="digits")
    assert out.splitlines()[-1] == "7850"


def test_no_build_for_this_computer(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(installed, "needs", lambda extra="": [])
    monkeypatch.setattr(backend.sys, "modules", {})
    with pytest.raises(backend.TensorFlowMissing, match=r"no build of TensorFlow for this computer\. Lessons 00 to 09"):
        backend.quiet_tensorflow()


def test_a_broken_tensorflow_tells_what_it_wrote(tmp_path):
    (tmp_path / "tensorflow.py").write_text("import os; os.write(2, b'why\\n'); raise ImportError('DLL load failed')")
    code = """
import course_utils as cu
try: cu.quiet_tensorflow()
except ImportError as error: print(error)
"""
    out, err = fresh(code, PYTHONPATH=str(tmp_path))
    assert "cannot be imported: DLL load failed. Fix: " in out
    assert re.search(r"--force-reinstall .*tensorflow", out)
    assert err == "why\n"


def test_keras_on_another_backend(monkeypatch):
    keras = pytest.importorskip("keras")
    monkeypatch.setattr(keras.backend, "backend", lambda: "torch")
    with pytest.raises(backend.TensorFlowMissing, match="here it works on torch. Fix: set the variable KERAS_BACKEND"):
        backend.quiet_tensorflow()
