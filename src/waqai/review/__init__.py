"""Review: corrections of events as functions on records, and what was reviewed as annotations."""
