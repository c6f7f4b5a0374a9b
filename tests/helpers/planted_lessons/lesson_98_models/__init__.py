"""A lesson that only tests know: exercises whose answers are models."""
