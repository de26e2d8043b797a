import type { Probe } from "./probe.fixture.ts";

/** Whether other processes can be seen, signalled or read, and rights be won. */
export const processProbes: Probe[] = [
  { name: "a signal to our process", always: true, code: `tries(lambda: os.kill(HOST_PID, 0))` },
  {
    name: "a signal to its group and to all",
    code: `import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nos.kill(-1, signal.SIGTERM) if os.path.isdir("/usr/bin") else None\nprint("held")`,
  },
  {
    name: "a signal to its parent",
    always: true,
    code: `import signal\ntry:\n    os.kill(os.getppid() or 1, signal.SIGKILL)\nexcept OSError as error:\n    print(error)\nprint("held")`,
  },
  {
    name: "a signal to the first process",
    code: `import signal\ntry:\n    os.kill(1, signal.SIGTERM)\nexcept OSError as error:\n    print(error)\nprint("held")`,
  },
  { name: "a handle on our process", code: `tries(lambda: os.pidfd_open(HOST_PID))` },
  { name: "ptrace of the first process", code: `tries(lambda: system(101, 117, 16, 1, 0, 0))` },
  { name: "ptrace of itself", code: `tries(lambda: system(101, 117, 0, 0, 0, 0))` },
  {
    name: "memory of the first process",
    code: `import ctypes\nbuffer = ctypes.create_string_buffer(8)\nclass Vector(ctypes.Structure):\n    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]\nhere, there = Vector(ctypes.addressof(buffer), 8), Vector(0x400000, 8)\ntries(lambda: system(310, 270, 1, ctypes.byref(here), 1, ctypes.byref(there), 1, 0))\ntries(lambda: system(311, 271, 1, ctypes.byref(here), 1, ctypes.byref(there), 1, 0))`,
  },
  {
    name: "descriptors of others",
    code: `tries(lambda: system(438, 438, os.pidfd_open(1), 0, 0))\ntries(lambda: system(312, 272, 1, os.getpid(), 0, 0, 0))`,
  },
  {
    name: "becoming root",
    always: true,
    code: `tries(lambda: os.setuid(0) if os.path.isdir("/usr/bin") else [][0])\ntries(lambda: os.setresuid(0, 0, 0))\ntries(lambda: os.setgid(0) if os.path.isdir("/usr/bin") else [][0])\ntries(lambda: os.setgroups([0]))`,
  },
  {
    name: "capabilities",
    code: `import ctypes\nheader = (ctypes.c_uint32 * 2)(0x20080522, 0)\ndata = (ctypes.c_uint32 * 6)(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff)\ntries(lambda: system(126, 91, header, data))`,
  },
  { name: "a user namespace by unshare", code: `tries(lambda: system(272, 97, 0x10000000))` },
  {
    name: "other namespaces by unshare",
    code: `for flag in (0x20000, 0x40000000, 0x20000000, 0x8000000, 0x4000000, 0x2000000):\n    tries(lambda: system(272, 97, flag))`,
  },
  { name: "a user namespace by clone", code: `tries(lambda: system(56, 220, 0x10000000 | 17, 0, 0, 0, 0))` },
  {
    name: "a user namespace by clone3",
    code: `import ctypes\narguments = (ctypes.c_uint64 * 11)(0x10000000, 0, 0, 0, 17)\ntries(lambda: system(435, 435, arguments, 88))`,
  },
  {
    name: "our namespaces",
    code: `tries(lambda: system(308, 268, os.open("/proc/HOST_PID/ns/net", os.O_RDONLY), 0))\ntries(lambda: system(308, 268, os.pidfd_open(1), 0x40000000))`,
  },
  {
    name: "another root",
    code: `tries(lambda: os.chroot("/tmp") if os.path.isdir("/usr/bin") else [][0])\ntries(lambda: system(155, 41, b"/tmp", b"/tmp"))`,
  },
  {
    name: "more than its limits",
    code: `import resource\nfor kind in ("RLIMIT_NPROC", "RLIMIT_AS", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CPU", "RLIMIT_CORE"):\n    tries(lambda: resource.setrlimit(getattr(resource, kind), (1 << 40, 1 << 40)))`,
  },
  {
    name: "a higher priority",
    code: `tries(lambda: os.setpriority(os.PRIO_PROCESS, 0, -20))\ntries(lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50)))`,
  },
  {
    name: "locked memory",
    code: `import ctypes, mmap\nlibc = ctypes.CDLL(None, use_errno=True)\ndef lock():\n    if not os.path.isdir("/usr/bin") or libc.mlockall(1): raise OSError(ctypes.get_errno(), "mlockall")\ntries(lock)`,
  },
  {
    name: "native code for 32 bits",
    code: `import ctypes, mmap, platform\ndef call():\n    if platform.machine() != "x86_64": raise OSError("another machine")\n    code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)\n    code.write(bytes.fromhex("53b814000000cd805bc3"))\n    return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()\ntries(call)`,
    ends: { bubblewrap: process.arch === "x64" ? "crashed" : "exited" },
  },
];
