"""``python -m kpigen``."""

from kpigen.cli import main

if __name__ == "__main__":
    main(prog_name="kpigen")
