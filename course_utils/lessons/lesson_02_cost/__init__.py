"""Lesson 02: its exercises and its questions."""
