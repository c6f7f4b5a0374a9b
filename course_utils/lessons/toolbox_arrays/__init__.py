"""Toolbox T1: its exercises and its questions."""
