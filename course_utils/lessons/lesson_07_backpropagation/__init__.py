"""Lesson 07: its exercises and its questions."""
