"""`python -m narrate`, and the command `narrate`."""

from narrate.cli.console import guarded


def main() -> None:
    """Run the command; where a package is missing or broken, that is said in a line as well."""
    import sys

    with guarded(debug="--debug" in sys.argv[1:]):
        from narrate.cli.app import main as run

        run()


if __name__ == "__main__":
    main()
