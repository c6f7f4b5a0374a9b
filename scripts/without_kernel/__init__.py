"""Pages that are alive without a kernel: the views of a lesson as JSON, its questions, and the script that shows them."""
