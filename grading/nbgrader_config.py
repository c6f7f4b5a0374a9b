"""How nbgrader treats this course; read by every `nbgrader` command that is given in this folder."""

from pathlib import Path

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbconvert.preprocessors.sanitize import SanitizeHTML
from nbgrader.preprocessors import GetGrades

c = get_config()  # noqa: F821
marks = Path(__file__).resolve().parent / "marks"  # in a folder of its own, so that `contained` can open it alone
marks.mkdir(exist_ok=True)

c.CourseDirectory.course_id = "from-sigmoid-to-mnist"
c.CourseDirectory.db_url = f"sqlite:///{marks / 'gradebook.db'}"

# What takes the place of the solutions in the learners' copy.
c.ClearSolutions.code_stub = {"python": 'raise NotImplementedError("your lines belong here")'}
c.ClearSolutions.text_stub = "*Your answer, in three to six sentences.*"

# A check that a learner deleted is put back and counts; without this line it would simply be missing.
c.OverwriteCells.add_missing_cells = True

# Seconds for one cell. A cell that takes longer is interrupted and gets no points; the next ones still run.
c.Execute.timeout = 60
# What a learner prints may not swell the feedback without end.
c.LimitOutput.max_lines = 200
# Nor may it bring scripts into the feedback, a page that a teacher opens.
c.GenerateFeedback.preprocessors = [GetGrades, SanitizeHTML, CSSHTMLHeaderPreprocessor]
c.SanitizeHTML.enabled = True
