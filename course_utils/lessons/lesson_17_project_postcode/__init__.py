"""Lesson 17: its exercises and its questions, and a reference solution of its project."""
