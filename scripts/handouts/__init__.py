"""What a teacher prints for a lesson, made of its notebook, its exercises and its page of the instructor's guide."""
