"""A training run to steer: sliders, Train and Stop, and curves that grow."""

from course_utils.explorables.train.widget import train

__all__ = ["train"]
