"""Slides from lessons: cells, the rule, pages, a lesson's deck; the look of them all."""
