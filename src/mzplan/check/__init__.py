"""One run over all files, and which findings count."""
