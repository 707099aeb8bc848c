"""`python -m waqai`: the command line, where the `waqai` program is not on the path."""

from waqai.cli.app import main

if __name__ == "__main__":
    main()
