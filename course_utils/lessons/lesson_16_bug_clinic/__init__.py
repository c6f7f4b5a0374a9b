"""Lesson 16: its exercises and its questions."""
