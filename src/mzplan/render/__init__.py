"""What users see: one module or package for each command's output, pure functions closed by one table each."""
