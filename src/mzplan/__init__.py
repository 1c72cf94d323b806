"""Indicator tracker for a city's annual civil-affairs work plan."""

__version__ = "0.2.0"
