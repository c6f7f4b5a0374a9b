"""Lesson 14: its exercises and its questions."""
