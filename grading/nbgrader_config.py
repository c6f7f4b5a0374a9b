"""How nbgrader treats this course; read by every `nbgrader` command that is given in this folder."""

import os
import sys
from pathlib import Path

import nbformat
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbconvert.preprocessors.sanitize import SanitizeHTML
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearOutput,
    GetGrades,
    LimitOutput,
    NbGraderPreprocessor,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)

COURSE = Path(__file__).resolve().parent
sys.path.insert(0, str(COURSE))
from hand_in import put_right, tell  # noqa: E402
from marks import MarksExport  # noqa: E402


class PutRight(NbGraderPreprocessor):
    """Before nbgrader looks at a hand-in: put copied, split, moved and lost cells right, and say so in the feedback."""

    def preprocess(self, nb, resources):
        about = resources["nbgrader"]
        release = COURSE / "release" / about["assignment"] / f"{about['notebook']}.ipynb"
        notes = put_right(nb, nbformat.read(release, as_version=4))
        if notes:
            tell(nb, notes)
        return nb, resources


c = get_config()  # noqa: F821
marks = COURSE / "marks"  # in a folder of its own, so that `contained` can open it alone
marks.mkdir(exist_ok=True)

c.CourseDirectory.course_id = "from-sigmoid-to-mnist"
c.CourseDirectory.db_url = f"sqlite:///{marks / 'gradebook.db'}"

# What takes the place of the solutions in the learners' copy.
c.ClearSolutions.code_stub = {"python": 'raise NotImplementedError("your lines belong here")'}
c.ClearSolutions.text_stub = "*Your answer, in three to six sentences.*"

# PutRight stands where nbgrader only takes the names off copies, and then gives up on the hand-in.
c.Autograde.sanitize_preprocessors = [ClearOutput, PutRight, OverwriteKernelspec, OverwriteCells, CheckCellMetadata]
# A check that a learner deleted is put back and counts; without this line it would simply be missing.
c.OverwriteCells.add_missing_cells = True

# Seconds for one cell. A cell that takes longer is interrupted and gets no points; the next ones still run.
c.Execute.timeout = 60
# Seconds to wait for what a cell prints: on a busy machine nbgrader's 4 would cost the whole hand-in.
c.Execute.iopub_timeout = 60
# What a learner prints may not swell the feedback without end.
c.LimitOutput.max_lines = 200
# Nor may it bring scripts into the feedback, a page that a teacher opens.
c.GenerateFeedback.preprocessors = [GetGrades, SanitizeHTML, CSSHTMLHeaderPreprocessor]
c.SanitizeHTML.enabled = True

# What `nbgrader export` writes: a mark that waits for a text to be read is not given out as one.
c.ExportApp.plugin_class = MarksExport

executed = os.environ.get("GRADING_TAKES")
if executed:  # autograde.py has let the hand-ins run, each in a box: marks are read from their outputs
    c.CourseDirectory.submitted_directory = executed
    c.Autograde.sanitize_preprocessors = [OverwriteKernelspec, OverwriteCells, CheckCellMetadata]
    c.Autograde.autograde_preprocessors = [LimitOutput, SaveAutoGrades, AssignLatePenalties, CheckCellMetadata]
