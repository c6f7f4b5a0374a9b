"""One press of ■ in a real kernel: it ends the cell, what was to follow does not run, and nothing learned is lost."""

import contextlib
import queue
import re
import time

import kernels
import pytest

START = """
import time
import numpy as np
import course_utils as cu
x, y = np.random.default_rng(0).normal(size=(400, 3)), (np.arange(400) % 2).reshape(-1, 1)
cu.LogisticNeuron(3, rng=0).fit(x, y, learning_rate=0.1, epochs=1)
cu.check("sigmoid_grad")
cu.explorables.train
"""
WAIT = 300  # seconds, on a busy machine


class Kernel:
    """A kernel, and what it has printed and raised."""

    def __init__(self, manager, client):
        self.manager, self.client = manager, client

    def send(self, code, *, stop_on_error=True):
        return self.client.execute(code, stop_on_error=stop_on_error)

    def read(self, sent, until=None):
        """Return printed text and error of a cell, up to its end, or to a word that it prints."""
        text, error, end = "", None, time.monotonic() + WAIT
        while time.monotonic() < end:
            with contextlib.suppress(queue.Empty):
                message = self.client.get_iopub_msg(timeout=1)
                if message["parent_header"].get("msg_id") != sent:
                    continue
                content = message["content"]
                text += content.get("text", "") if message["msg_type"] == "stream" else ""
                error = content["ename"] if message["msg_type"] == "error" else error
                if content.get("execution_state") == "idle" or (until is not None and until in text):
                    return text, error
        raise TimeoutError(text)

    def run(self, code):
        text, error = self.read(self.send(code))
        assert error is None, text
        return text

    def press_stop(self):
        self.manager.interrupt_kernel()


@contextlib.contextmanager
def started():
    manager = kernels.Kernel()
    with kernels.connected(manager, WAIT) as client:
        kernel = Kernel(manager, client)
        kernel.run(START)
        yield kernel


@pytest.fixture(scope="module")
def kernel():
    with started() as kernel:
        yield kernel


@pytest.fixture
def kernel_with_keras():
    with started() as kernel:
        yield kernel


def interrupt(kernel, code, after=0.5):
    """Run a cell that says "begun", press ■ once, and return what it and the cell after it have said."""
    first, second = kernel.send(f"print('begun', flush=True)\n{code}"), kernel.send("print('went on')")
    kernel.read(first, until="begun")
    time.sleep(after)
    began = time.monotonic()
    kernel.press_stop()
    text, error = kernel.read(first)
    assert time.monotonic() - began < 30
    assert error == "KeyboardInterrupt", text
    assert kernel.read(second)[0] == "", "the next cell has run"
    return text


def test_a_loop_over_fit_of_a_neuron(kernel):
    text = interrupt(
        kernel,
        """neuron = cu.LogisticNeuron(3, rng=0)
for _ in range(4):
    neuron.fit(x, y, learning_rate=0.1, epochs=10**9)""",
    )
    assert text.count("Interrupted in epoch ") == 1
    assert "the weights so far are kept" in text
    assert kernel.run("print(len(neuron.history.history['loss']) > 1, abs(neuron.w).max() > 0)") == "True True\n"


def test_a_loop_over_fit_of_a_network_with_its_bar(kernel):
    text = interrupt(
        kernel,
        """model = cu.Sequential([cu.Input((3,)), cu.Dense(1, "sigmoid")], rng=0)
model.compile(cu.SGD(0.1), "binary_crossentropy")
print(model.fit(x, y, epochs=1).history)
for _ in range(4):
    model.fit(x, y, epochs=10**9)""",
    )
    assert text.count("Interrupted in epoch ") == 1
    assert kernel.run("print(len(model.history.history['loss']) > 1)") == "True\n"


def test_an_answer_that_is_being_judged(kernel):
    text = interrupt(
        kernel,
        """def sigmoid_grad(z):
    while True:
        time.sleep(0.01)
for _ in range(1000):
    cu.check('sigmoid_grad', sigmoid_grad)""",
    )
    assert "went on" not in text
    assert kernel.run("print('heard')") == "heard\n"  # stdout is put back


TRAIN = """def build(learning_rate, width):
    model = cu.Sequential([cu.Input((3,)), cu.Dense(width, "tanh"), cu.Dense(1, "sigmoid")], rng=0)
    model.compile(cu.SGD(learning_rate), "binary_crossentropy")
    return model
view = cu.explorables.train(build, (x, y), batch_size=1, epochs=cu.Slider(1, 10**6, 1, 10**6))
"""


def test_a_training_that_a_cell_waits_for(kernel):
    kernel.run(f"{TRAIN}\nview.run(epochs=1)")  # all is imported now
    interrupt(kernel, "view.run(epochs=10**6)", after=2)
    said = kernel.run("print(view.training, view.status, view.model is not None)")
    assert re.match(r"False Stopped in epoch \d+ of 1000000, after ", said)
    assert said.endswith("interrupted. The weights so far are kept. True\n")


def until(condition):
    end = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def has_ended(kernel):
    return kernel.run("print(view.training)") == "False\n"


def test_a_training_in_its_thread_while_no_cell_runs(kernel):
    kernel.run(TRAIN)
    for _ in range(2):  # a second training is heard like the first
        kernel.run("view.start()")
        time.sleep(0.5)
        assert kernel.run("print(view.training)") == "True\n"
        kernel.press_stop()
        until(lambda: has_ended(kernel))
        assert "interrupted. The weights so far are kept." in kernel.run("print(view.status)")
    kernel.press_stop()  # nothing is left to be stopped
    assert kernel.run("print('alive')") == "alive\n"


def test_a_training_in_its_thread_while_another_cell_runs(kernel):
    kernel.run(f"{TRAIN}\nview.start()")
    interrupt(kernel, "time.sleep(60)")
    until(lambda: has_ended(kernel))
    assert "interrupted" in kernel.run("print(view.status)")


def test_a_loop_over_a_download_ends(kernel, tmp_path):
    """■ leads to the embedded digits; the server that was too slow is not asked again."""
    code = f"""import http.server, threading, pathlib
from course_utils.datasets.download import DownloadError, RemoteFile, download_file
asked = []
class Slow(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        asked.append(self.path)
        pathlib.Path({str(tmp_path)!r}, "asked").touch()
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        time.sleep(30)
    def log_message(self, *words): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Slow)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
file = RemoteFile(f"http://127.0.0.1:{{server.server_port}}/a", "0" * 64, 1000)
for i in range(4):
    try:
        download_file(file, pathlib.Path({str(tmp_path)!r}, "a"), "wait")
    except DownloadError as error:
        print(i, error)
print(len(asked))
"""
    sent = kernel.send(code)
    until((tmp_path / "asked").exists)
    kernel.press_stop()
    text, error = kernel.read(sent)
    assert error is None, text
    assert "0 it was stopped\n1 127.0.0.1 failed before in this session\n" in text
    assert re.search("^1$", text, flags=re.MULTILINE), "it was asked again"


NETWORK = """cu.use_keras()
import keras
keras.utils.set_random_seed(0)
net = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, activation="sigmoid")])
net.compile("sgd", "binary_crossentropy")
start = net.get_weights()
_ = net.fit(x, y, epochs=1, verbose=0)"""
KEPT = """print(len(net.history.history['loss']) > 1, bool(abs(net.get_weights()[0] - start[0]).max() > 0.01))
print(net.predict(x, verbose=0).shape, len(net.fit(x, y, epochs=1, verbose=0).epoch))"""


LIBRARY = """import gc, types
from course_utils import interrupts
TEXT = '''
import gc, time
def collects(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        gc.collect()
def calls_back(function):
    return function()
'''
library, other = types.ModuleType("library"), types.ModuleType("other")
exec(TEXT, vars(library))
exec(TEXT, vars(other))
interrupts.end_safely("library")
def slow_callback(*_):
    time.sleep(0.2)
def for_ever():
    while True:
        pass
lost = 0
def careless():
    global lost
    while lost < 3:
        try:
            time.sleep(0.01)
        except:
            lost += 1
"""


def test_a_press_waits_until_compiled_code_has_returned(kernel):
    """What is raised in a callback of the garbage collector is dropped; Python only writes that it was ignored."""
    kernel.run(f"{LIBRARY}\ngc.callbacks.append(slow_callback)")
    for _ in range(3):
        assert "ignored" not in interrupt(kernel, "library.collects(60)")
    kernel.run("gc.callbacks.remove(slow_callback)")


def test_a_press_reaches_what_a_library_calls_back(kernel):
    """The library comes to no line of its own meanwhile."""
    interrupt(kernel, f"{LIBRARY}\nlibrary.calls_back(for_ever)")  # the cell that asks for it is one of them
    interrupt(kernel, "library.calls_back(for_ever)")


def test_a_press_that_got_lost_is_repeated_until_the_call_ends(kernel):
    kernel.run(LIBRARY)
    interrupt(kernel, "library.calls_back(careless)")
    assert kernel.run("import sys\nprint(lost, sys.gettrace())") == "3 None\n"


def test_a_debugger_goes_on_where_a_press_ends_a_call(kernel):
    kernel.run(f"{LIBRARY}\nimport sys\ndef debugger(*_): pass\nsys.settrace(debugger)")
    interrupt(kernel, "sys.settrace(debugger)\nlibrary.calls_back(for_ever)")
    assert kernel.run("print(sys.gettrace() is debugger)\nsys.settrace(None)") == "True\n"


@pytest.mark.parametrize("name", ["library", "other"])
def test_a_press_that_has_come_through_is_not_repeated(kernel, name):
    """The cell may have its own answer to it."""
    kernel.run(LIBRARY)
    cell = f"try:\n    {name}.collects(60)\nexcept KeyboardInterrupt:\n    {name}.collects(3)\n    print('through')"
    sent = kernel.send(f"print('begun', flush=True)\n{cell}")
    kernel.read(sent, until="begun")
    time.sleep(0.5)
    kernel.press_stop()
    assert kernel.read(sent) == ("through\n", None)


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["tensorflow", "jax"])
def test_a_loop_over_fit_in_keras(monkeypatch, backend):
    pytest.importorskip("keras")
    pytest.importorskip(backend)
    monkeypatch.setenv("KERAS_BACKEND", backend)
    with started() as kernel:
        kernel.run(NETWORK)
        told = interrupt(kernel, "for _ in range(4):\n    net.fit(x, y, epochs=10**6, verbose=0)", after=3)
        (left,) = re.findall(r"Interrupted in epoch \d+: (.*)", told)
        if backend == "jax" and left.startswith("on JAX the weights go with the step"):
            kernel.run(NETWORK)  # as the sentence says
        else:
            assert left == "the weights so far are kept, and the finished epochs in model.history."
            assert kernel.run(KEPT) == "True True\n(400, 1) 1\n"
        assert "Interrupted" not in interrupt(kernel, "time.sleep(60)")  # that was no training


@pytest.mark.slow
def test_a_loop_over_fit_in_keras_with_the_courses_bar(kernel_with_keras):
    pytest.importorskip("keras")
    kernel = kernel_with_keras
    kernel.run(NETWORK + "\nbar = cu.progress_bar()")
    text = interrupt(
        kernel,
        """for _ in range(4):
    net.fit(x, y, epochs=10**6, verbose=0, callbacks=[bar])""",
        after=3,
    )
    assert text.count("Interrupted in epoch ") == 1
    assert kernel.run("print(len(net.history.history['loss']) > 1, bar.bar.disable)") == "True True\n"
    # a run that ended with an interrupt is not told of again
    assert kernel.run("1 + 1\ntry:\n    raise KeyboardInterrupt\nexcept KeyboardInterrupt:\n    pass") == ""
