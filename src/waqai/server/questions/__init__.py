"""Questions to a store, each a function from a reader and filters to an answer of the API."""
