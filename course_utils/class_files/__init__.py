"""Learners' files in a teacher's hands: hand-ins come in, and new editions of lessons go out."""
