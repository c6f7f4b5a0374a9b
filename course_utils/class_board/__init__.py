"""The board of a class: who has solved what, who is stuck, and which mistake most learners share.

The learners' files are read with distrust, and nothing that they hold is shown but the course's own words.
"""

from course_utils.class_board.board import Board, Lesson, Mark, Mistakes, Stuck, board_of
from course_utils.class_board.page import page_of
from course_utils.class_board.records import Learner, read_class, read_learner

__all__ = [
    "Board",
    "Learner",
    "Lesson",
    "Mark",
    "Mistakes",
    "Stuck",
    "board_of",
    "page_of",
    "read_class",
    "read_learner",
]
