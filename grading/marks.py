"""The table of marks, in which a mark is one only when every text has been read."""

import csv
from pathlib import Path

from nbgrader.api import MissingEntry
from nbgrader.plugins import ExportPlugin

COLUMNS = ["assignment", "student_id", "last_name", "first_name", "state", "score", "so_far", "max_score", "to_read"]


def row_of(assignment, name, student, submission):
    """Tell how one learner stands in one assignment; the score is empty until it is complete."""
    row = dict.fromkeys(COLUMNS, "") | {
        "assignment": assignment.name,
        "student_id": name,
        "last_name": getattr(student, "last_name", None) or "",
        "first_name": getattr(student, "first_name", None) or "",
        "state": "nothing graded",
        "max_score": assignment.max_score,
    }
    if submission is None:
        return row
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    waiting = sum(1 for grade in grades if grade.needs_manual_grade)
    points = max(0.0, submission.score - (submission.late_submission_penalty or 0))
    row |= {"so_far": points, "to_read": waiting}
    if waiting:
        return row | {"state": "text not yet read"}
    return row | {"state": "complete", "score": points}


class MarksExport(ExportPlugin):
    """What `nbgrader export --to marks.csv` writes: a line for each learner and assignment."""

    def export(self, gradebook):
        """Write the table."""
        with open(self.to or "marks.csv", "w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, COLUMNS)
            table.writeheader()
            for assignment in gradebook.assignments:
                if not self.assignment or assignment.name in self.assignment:
                    table.writerows(self._rows(gradebook, assignment))

    def _rows(self, gradebook, assignment):
        """Give the rows of all that nbgrader knows, and of those who handed in and were not graded."""
        students = {student.id: student for student in gradebook.students}
        handed_in = {folder.parent.name for folder in Path("submitted").glob(f"*/{assignment.name}")}
        names = sorted(set(self.student) or {*students, *handed_in})
        return [
            row_of(assignment, name, students.get(name), self._submission(gradebook, assignment, name))
            for name in names
        ]

    def _submission(self, gradebook, assignment, name):
        """Give what nbgrader knows of a hand-in that it graded; it also notes those that it gave up on."""
        if not any(Path("autograded", name, assignment.name).glob("*.ipynb")):
            return None
        try:
            return gradebook.find_submission(assignment.name, name)
        except MissingEntry:
            return None
