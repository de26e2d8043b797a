"""Runs in Pyodide after run-script.py, before the script: what leads from Python to JavaScript goes, what would be the same in every run is renewed."""

import os
import random
import sys
import types

random.seed()  # a Python from a snapshot would draw the same numbers every time

os.environ.clear()
os.environ.update({"HOME": "/tmp/work", "LANG": "C.UTF-8", "TZ": "UTC", "MPLBACKEND": "Agg"})
sys.executable = ""

for name in [name for name in sys.modules if name.split(".")[0] in ("js", "pyodide_js")]:
    del sys.modules[name]
# asyncio.run asks there whether it may wait, which is all that is left of it.
bridge = types.ModuleType("pyodide_js")
bridge._api = types.ModuleType("pyodide_js._api")
bridge._api.config = types.SimpleNamespace(enableRunUntilComplete=True)
sys.modules.update({"pyodide_js": bridge, "pyodide_js._api": bridge._api})


def refuse(*_):
    raise PermissionError("No other program can be started here")


os.system = refuse  # it would reach for a process of the host, be denied it, and take the whole of Python with it
