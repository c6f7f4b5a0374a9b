"""Toolbox T2: its exercises and its questions."""
