"""Lesson 12: its exercises and its questions."""
