"""The command line: one command a module. Only this folder speaks to people."""
