"""The store: one DuckDB file that holds everything coded."""
