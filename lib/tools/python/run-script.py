"""Runs a script as the main module, as Python itself would, within a Python that is already there."""

import os
import sys
import traceback
import types


def run_script(path):
    """Gives the exit code. What the script raises is written as Python writes it, without a line of ours."""
    main = types.ModuleType("__main__")
    main.__file__ = path
    main.__builtins__ = __builtins__
    sys.modules["__main__"] = main
    sys.argv = [path]
    sys.path[:] = [os.getcwd(), *(folder for folder in sys.path if folder)]
    try:
        with open(path, "rb") as script:
            code = compile(script.read(), path, "exec")
        exec(code, main.__dict__)
        return 0
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return (end.code or 0) & 255
        print(end.code, file=sys.stderr)
        return 1
    except BaseException as error:
        traceback.print_exception(type(error), error, error.__traceback__.tb_next)
        return 1
