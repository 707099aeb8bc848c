"""The stages: each takes a document and returns it with one more layer."""
