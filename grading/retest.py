"""Test hand-ins once more, where their code cannot reach the tests; for who does not believe the marks.

    python retest.py ASSIGNMENT             in a course folder, on Linux with bubblewrap
    python retest.py ASSIGNMENT --here      without it, on a machine that holds nothing else

nbgrader runs learners' code in one process with the checks, so that one line can make every check pass. Here only the
functions of a hand-in are taken: imports, constants, `def` and `class`. They run in a process of their own that knows
no test. The tests run in this one, and what comes back from a function is plain data: numbers, texts, lists, arrays.
"""

import argparse
import ast
import contextlib
import io
import json
import os
import selectors
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from beginning import end_where_nothing_contains_code, path_with_this_python, what_is_missing
from hand_in import grade_id, put_right
from plain_data import DamagedMessageError, arrays_in, frame, length_of, pack, unpack

HERE = Path(__file__).resolve().parent
LIMIT = 60  # s for one call, and for the start
METHODS = {"predict"}  # of objects that cross: of a learner's model here, of a test's stand-in there


class AnswerError(Exception):
    """A learner's function has failed, given no plain data, or taken too long."""


class StartError(Exception):
    """The process for the functions does not start even without any: this is the machine's fault, and no learner's."""


# --- the functions, and the process that they run in


def definitions(source):
    """Give the code of a cell that only defines: imports, constants, functions and classes."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return [ast.unparse(node) for node in tree.body if _defines(node)]


def _defines(node):
    if isinstance(node, ast.Assign):
        try:
            ast.literal_eval(node.value)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            return False
        return all(isinstance(target, ast.Name) for target in node.targets)
    return isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom)


def functions_of(source):
    """Name the functions that an assignment asks for."""
    cells = [cell for cell in source.cells if _is(cell, "solution") and cell.cell_type == "code"]
    return [node.name for cell in cells for node in ast.parse(cell.source).body if isinstance(node, ast.FunctionDef)]


def setup_of(source):
    """Give the code that stands before the first answer: imports and data."""
    code = []
    for cell in source.cells:
        if _is(cell, "solution"):
            break
        if cell.cell_type == "code":
            code.append(cell.source)
    return code


def _is(cell, what):
    return bool(cell.metadata.get("nbgrader", {}).get(what))


class Answers:
    """The process with a learner's functions; one that takes too long is ended, and the next call starts another."""

    def __init__(self, setup, answers, is_contained=True, stderr=subprocess.DEVNULL):
        self._first = {"setup": setup, "answers": answers}
        self._is_contained = is_contained
        self._stderr = stderr
        self._process = None
        self._kept = {}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._end()

    def call(self, name, args, kwargs):
        """Call a function; give what it gives, as plain data."""
        return self._ask({"call": name}, args, kwargs)

    def call_method(self, owner, name, args, kwargs):
        """Call a method of something that a function has given."""
        if owner._process is not self._process:
            raise AnswerError("its process has ended")
        return self._ask({"method": [owner._number, name]}, args, kwargs)

    def _ask(self, what, args, kwargs):
        try:
            if self._process is None:
                self.start()
            self._send(what | {"packed": pack([list(args), kwargs], self._name_of)})
            message = self._receive()
            while "method" in message:
                self._send(self._called_back(message))
                message = self._receive()
            if "error" in message:
                raise AnswerError(str(message["error"])[:300])
            self._take_over(message["arrays"], arrays_in([list(args), kwargs]))
            return unpack(message["answer"], self._object_of)
        except AnswerError:
            raise
        except Exception as error:  # whatever a hostile process may have sent
            self._end()
            raise AnswerError(f"no answer that can be read ({type(error).__name__})") from error

    def _take_over(self, packed, arrays):
        """Let arrays change here as they were changed there."""
        for new, array in zip(packed, arrays, strict=True):
            if new is not None:
                array[...] = unpack(new, self._object_of)

    def _called_back(self, message):
        number, name = message["method"]
        if name not in METHODS:
            return {"error": f"{name} cannot be called from an answer"}
        args, kwargs = unpack(message["packed"], self._object_of)
        try:
            found = getattr(self._kept[number], name)(*args, **kwargs)
            return {"answer": pack(found, self._name_of)}
        except Exception as error:
            return {"error": f"{type(error).__name__}: {error}"}

    def _name_of(self, value):
        if isinstance(value, Remote):
            return ["yours", value._number]
        self._kept[id(value)] = value
        return ["mine", id(value)]

    def _object_of(self, kind, number):
        if kind == "yours":
            return self._kept[number]
        if kind != "mine" or type(number) is not int:
            raise DamagedMessageError(kind)
        return Remote(self, self._process, number)

    def start(self):
        """Start the process; the first call does so by itself. Raise where it does not come to its first word."""
        self._box = tempfile.TemporaryDirectory(prefix="retest-")
        for file in ("plain_data.py", "answer_process.py"):
            shutil.copy(HERE / file, self._box.name)
        command = [sys.executable, "answer_process.py"]
        if self._is_contained:
            command = ["/bin/sh", str(HERE / "contained"), self._box.name, *command]
        own = {"PATH": path_with_this_python(), "OMP_NUM_THREADS": "1", "MPLBACKEND": "Agg"}
        known = {name: os.environ[name] for name in ("HOME", "PYTHONPATH") if name in os.environ}
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, cwd=self._box.name, env=own | known, stdin=pipe, stdout=pipe, stderr=self._stderr
        )
        self._send(self._first)
        if self._receive() != {"ready": True}:
            raise DamagedMessageError("the first word")

    def _end(self):
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
            self._box.cleanup()
        self._kept = {}

    def _send(self, message):
        self._process.stdin.write(frame(message))
        self._process.stdin.flush()

    def _receive(self):
        end = time.monotonic() + LIMIT
        return json.loads(self._read(length_of(self._read(8, end)), end))

    def _read(self, count, end):
        """Read so many bytes, or raise where they do not come in time."""
        parts, file = [], self._process.stdout.fileno()
        with selectors.DefaultSelector() as ready:
            ready.register(file, selectors.EVENT_READ)
            while count:
                if not ready.select(max(0, end - time.monotonic())):
                    self._end()
                    raise AnswerError(f"no answer after {LIMIT} s")
                part = os.read(file, min(count, 1 << 20))
                if not part:
                    self._end()
                    raise AnswerError("its process has ended")
                parts.append(part)
                count -= len(part)
        return b"".join(parts)


class Remote:
    """Something that a learner's function has given and that is no plain data: its `predict` can be called."""

    def __init__(self, answers, process, number):
        self._answers, self._process, self._number = answers, process, number

    def __getattr__(self, name):
        if name not in METHODS:
            raise AttributeError(f"an answer gave something that has no {name} here: it is no plain data")
        return lambda *args, **kwargs: self._answers.call_method(self, name, args, kwargs)


# --- the tests


def run_tests(source, notebook, is_contained=True):
    """Run the checks of an assignment on a hand-in; give {check: sentence}, an empty one where it passes."""
    setup = setup_of(source)
    code = [part for cell in notebook.cells if _is_the_learners(cell) for part in definitions(cell.source)]
    space, results = {}, {}
    with contextlib.redirect_stdout(io.StringIO()), Answers(setup, code, is_contained) as answers:
        for part in setup:
            exec(part, space)
        for name in functions_of(source):
            space[name] = _caller(answers, name)
        for cell in source.cells:
            if cell.cell_type == "code" and _is(cell, "grade"):
                results[grade_id(cell)] = _outcome(cell, space)
    return results


def try_out(setup, is_contained=True):
    """Start the process once without a learner's code: where that fails, no function of anybody's would be called.

    Raises
    ------
    StartError
        With what the process, or the container around it, has said.
    """
    with tempfile.TemporaryFile() as log:
        try:
            with Answers(setup, [], is_contained, log) as answers:
                answers.start()
        except Exception as error:  # a pipe that is closed, half a message, nothing in time
            log.seek(0)
            said = log.read().decode("utf-8", "replace").strip()
            raise StartError(said[-2000:] or str(error)) from error


def _caller(answers, name):
    return lambda *args, **kwargs: answers.call(name, args, kwargs)


def _is_the_learners(cell):
    return cell.cell_type == "code" and not _is(cell, "locked")


def _outcome(cell, space):
    try:
        exec(compile(cell.source, grade_id(cell), "exec"), space)
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:200]
    return ""


def points(source, results):
    """Add up the points of the checks that pass."""
    return sum(cell.metadata.nbgrader.points for cell in source.cells if results.get(grade_id(cell)) == "")


def graded_otherwise(graded, results):
    """Name the checks that nbgrader saw pass and that fail by themselves, and those that it saw fail and that pass."""
    cells = {grade_id(cell): cell for cell in graded.cells if grade_id(cell) in results}
    passed = {name for name, cell in cells.items() if not _failed(cell)}
    notes = [
        f"{name} passed beside the answers and fails alone" for name in results if name in passed and results[name]
    ]
    alone = [name for name in results if name in cells.keys() - passed and not results[name]]
    return notes + [f"{name} failed beside the answers and passes alone" for name in alone]


def _failed(cell):
    return any(out.output_type == "error" or out.get("name") == "stderr" for out in cell.outputs)


def retest(course, assignment, is_contained=True):
    """Give {learner: (points, [sentence, …])} for the hand-ins of an assignment in the folder of a course.

    Raises
    ------
    StartError
        If no learner's function could be called here.
    """
    course, found = Path(course), {}
    file = f"{assignment}.ipynb"
    source = nbformat.read(course / "source" / assignment / file, as_version=4)
    release = nbformat.read(course / "release" / assignment / file, as_version=4)
    try_out(setup_of(source), is_contained)
    for folder in sorted((course / "submitted").glob(f"*/{assignment}")):
        learner = folder.parent.name
        try:
            notebook = nbformat.read(folder / file, as_version=4)
            put_right(notebook, release)
        except Exception as error:  # whatever a damaged file makes the reader raise
            found[learner] = (None, [f"cannot be read ({type(error).__name__})"])
            continue
        results = run_tests(source, notebook, is_contained)
        graded = course / "autograded" / learner / assignment / file
        notes = graded_otherwise(nbformat.read(graded, as_version=4), results) if graded.is_file() else []
        found[learner] = (points(source, results), notes)
    return found


def main(words):
    """Print a line for each learner."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("assignment")
    parser.add_argument("--here", action="store_true", help="without bubblewrap: the code may do what you may")
    options = parser.parse_args(words)
    if not options.here:
        end_where_nothing_contains_code("retest")
    if missing := what_is_missing(".", options.assignment):
        sys.exit(f"retest: {missing}")
    try:
        found = retest(".", options.assignment, not options.here)
    except StartError as error:
        sys.exit(f"retest: learners' functions cannot be called here, so nobody was tested.\n{error}")
    for learner, (mark, notes) in found.items():
        print(f"{learner:12} {'-' if mark is None else mark:>3}  {'; '.join(notes) or 'as graded, or not graded'}")


if __name__ == "__main__":
    main(sys.argv[1:])
