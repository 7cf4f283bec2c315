"""The version, in one place for the program; the packaging takes its own from pyproject.toml, and a test compares them."""

__version__ = "0.1.0"
