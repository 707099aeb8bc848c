"""Typed, immutable views of the files under resources/. Only this package opens resource files."""
