"""Lesson 16: its exercises, its questions, and the ward of its clinic."""
