"""Lesson 10: its exercises and its questions."""
