"""Lesson 01: its exercises and its questions."""
