"""Pages that are alive without a kernel: views and questions as JSON, and the script that shows them."""
