"""Characters to sentences and tokens, always with the way back to the original."""
