"""Lesson 00: its exercises."""
