"""The engine of the clinic: a sick program behind a curtain, instruments, a diagnosis, and a repair that is tried.

It knows no patient: which there are stands in `lessons`, and what a learner calls in `clinic`.
"""

from course_utils.patients.case import Case, Cause
from course_utils.patients.material import Material
from course_utils.patients.patient import Patient, Record, admit, verdict

__all__ = ["Case", "Cause", "Material", "Patient", "Record", "admit", "verdict"]
