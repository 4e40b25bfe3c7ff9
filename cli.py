"""The command line in a checkout: `python cli.py run surveys/il-cop` is `sna run surveys/il-cop`."""

from sna.cli import main

if __name__ == "__main__":
    main()
