import type { PythonResult } from "../python-job.ts";

/**
 * A script that tries what must not succeed. It prints ESCAPED when it did, which no run may ever show; `ends` says how the script has to end
 * where that is what the probe is about. In its code `tries(…)` calls a function and prints ESCAPED with its result when it came back, and
 * `system(…)` makes a system call by its numbers on x86-64 and arm64; the words in capitals stand for what lies outside: see `inPlace`.
 */
export interface Probe {
  name: string;
  code: string;
  ends?: PythonResult["ended"] | { bubblewrap?: PythonResult["ended"]; pyodide?: PythonResult["ended"] };
  /** Of the script that is allowed to run on until it is ended. */
  timeoutMs?: number;
  /** Run with Pyodide too when there is not the time for all. */
  always?: true;
}

/** What lies outside of the sandbox, for scripts to reach for. */
export interface Outside {
  CANARY_PORT: number;
  HOST_PID: number;
  HOST_FOLDER: string;
  APP_FOLDER: string;
  NUMBER: number;
}

const helpers = `
import os, sys
def tries(what):
    try:
        result = what()
    except BaseException as error:
        print("held:", type(error).__name__, str(error)[:200])
    else:
        print("ESCAPED", repr(result)[:500])
def system(x64, arm64, *arguments):
    import ctypes, platform
    libc = ctypes.CDLL(None, use_errno=True)
    number = x64 if platform.machine() == "x86_64" else arm64
    result = libc.syscall(ctypes.c_long(number), *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
`;

export function inPlace(code: string, outside: Outside): string {
  const placed = Object.entries(outside).reduce((text, [name, value]) => text.replaceAll(name, String(value)), code);
  return `${helpers}\n${placed}`;
}
