"""Bytes to rows: files opened and written safely, CSV, numbers. Knows neither plans nor rules."""
