import type { Probe } from "./probe.fixture.ts";

/** Ways from Pyodide's Python into the JavaScript that runs it. Outside of Pyodide there is none of them. */
export const javascriptProbes: Probe[] = [
  { name: "import js", always: true, code: `tries(lambda: __import__("js").process.env)` },
  {
    name: "import pyodide_js",
    always: true,
    code: `tries(lambda: __import__("pyodide_js").FS)\ntries(lambda: __import__("pyodide_js")._module)`,
  },
  { name: "run_js", always: true, code: `tries(lambda: __import__("pyodide.code", fromlist=["x"]).run_js("1 + 1"))` },
  {
    name: "the constructor of an object",
    always: true,
    code: `from pyodide.ffi import to_js\ntries(lambda: to_js({}).constructor.constructor("return process")())`,
  },
  {
    name: "the constructor of a function",
    always: true,
    code: `from pyodide.ffi import create_proxy\ntries(lambda: create_proxy(print).constructor("return globalThis")())\ntries(lambda: create_proxy(print).constructor.constructor("return globalThis")())`,
  },
  {
    name: "the constructor of an asynchronous function",
    code: `from pyodide.ffi import to_js\nimport asyncio\ntries(lambda: asyncio.ensure_future(asyncio.sleep(0)).constructor)\ntries(lambda: to_js([]).at.constructor("return globalThis")())`,
  },
  {
    name: "objects that Python still holds",
    always: true,
    code: `import gc
from pyodide.ffi import JsProxy
def walk():
    found = [each for each in gc.get_objects() if isinstance(each, JsProxy)]
    for module in list(sys.modules.values()):
        found += [each for each in vars(module).values() if isinstance(each, JsProxy)]
    print(len(found), "objects")
    for each in found:
        for name in ("process", "require", "fetch", "globalThis", "FS", "eval", "Function", "mountNodeFS", "runPython", "importScripts"):
            if getattr(each, name, None) is not None:
                print(name, "of", repr(each)[:60])
                if name in ("process", "require", "fetch", "mountNodeFS"): return name
        try:
            return each.constructor.constructor("return process")()
        except Exception:
            pass
    raise LookupError("none leads out")
tries(walk)`,
  },
  {
    name: "the modules behind the import",
    always: true,
    code: `def walk():\n    for finder in sys.meta_path:\n        for name, proxy in getattr(finder, "jsproxies", {}).items():\n            print(name)\n            if name in ("js", "pyodide_js"): return proxy\n    raise LookupError("none")\ntries(walk)`,
  },
  { name: "the bridge's own module", code: `import _pyodide_core\nprint(dir(_pyodide_core))\ntries(lambda: _pyodide_core.run_js("1"))` },
  {
    name: "Emscripten's run_script",
    always: true,
    code: `import ctypes\ntries(lambda: ctypes.CDLL(None).emscripten_run_script_int(b"1 + 1"))\ntries(lambda: ctypes.CDLL(None).emscripten_run_script(b"process.exit(7)"))`,
  },
  {
    name: "JavaScript by Emscripten's asm",
    code: `import ctypes\ntries(lambda: ctypes.CDLL(None).emscripten_asm_const_int(b"1", b"", 0))`,
  },
  {
    name: "fetch of Pyodide",
    always: true,
    code: `async def ask():\n    from pyodide.http import pyfetch\n    return await (await pyfetch("http://127.0.0.1:CANARY_PORT/")).string()\nimport asyncio\ntries(lambda: asyncio.run(ask()))`,
  },
  {
    name: "open_url of Pyodide",
    code: `def ask():\n    from pyodide.http import open_url\n    return open_url("http://127.0.0.1:CANARY_PORT/").read()\ntries(ask)`,
  },
  {
    name: "a package from the network",
    code: `async def install():\n    import micropip\n    return await micropip.install("http://127.0.0.1:CANARY_PORT/x-1-py3-none-any.whl")\nimport asyncio\ntries(lambda: asyncio.run(install()))`,
  },
  {
    name: "the console's loader",
    code: `async def load():\n    from pyodide.console import PyodideConsole\n    return await PyodideConsole().runcode("import numpy")\nimport asyncio\ntry:\n    asyncio.run(load())\nexcept BaseException as error:\n    print("held", type(error))`,
  },
  {
    name: "the system call behind os.system",
    always: true,
    code: `import posix\ntries(lambda: [][posix.system("cat HOST_FOLDER/secret") and 0 or 1])`,
    ends: { bubblewrap: "exited", pyodide: "crashed" },
  },
  { name: "an end by os.abort", code: `os.abort()`, ends: "crashed" },
  { name: "a trap of WebAssembly", code: `import ctypes\nctypes.string_at(0, 10**9)\nctypes.cast(1, ctypes.CFUNCTYPE(None))()` },
];
