"""How nbgrader treats this course; read by every `nbgrader` command that is given in this folder."""

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "from-sigmoid-to-mnist"

# What takes the place of the solutions in the learners' copy.
c.ClearSolutions.code_stub = {"python": 'raise NotImplementedError("your lines belong here")'}
c.ClearSolutions.text_stub = "*Your answer, in three to six sentences.*"

# A check that a learner deleted is put back and counts; without this line it would simply be missing.
c.OverwriteCells.add_missing_cells = True

# Seconds for one cell. A cell that takes longer is interrupted and gets no points; the next ones still run.
c.Execute.timeout = 60
# Nothing that a learner prints may fill the disk or the feedback.
c.LimitOutput.max_lines = 200
