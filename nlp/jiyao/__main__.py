"""``python -m jiyao``."""

from jiyao.cli import main

main()
