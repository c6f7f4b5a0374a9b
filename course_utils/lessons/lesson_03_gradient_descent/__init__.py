"""Lesson 03: its exercises and its questions."""
