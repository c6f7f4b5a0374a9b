"""Lesson 05: its exercises and its questions."""
