"""``python -m wan_check`` is the command itself, with its arguments and its exit code."""

import os
import sys

from ._command import CommandError, executable


def main() -> None:
    try:
        program = os.fspath(executable())
    except CommandError as error:
        sys.exit(str(error))
    os.execv(program, [program, *sys.argv[1:]])


if __name__ == "__main__":
    main()
