"""Lesson 09: its exercises and its questions."""
