"""The public contract: flat, frozen records and their JSON Schema."""
