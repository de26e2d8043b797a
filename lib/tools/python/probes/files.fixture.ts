import type { Probe } from "./probe.fixture.ts";

/** What of the host's files, devices and settings can be seen or changed. */
export const fileProbes: Probe[] = [
  {
    name: "environment",
    always: true,
    code: `print("ESCAPED" if "PROBE" in str(os.environ) or len(os.environ) > 12 else "held", dict(os.environ))`,
  },
  {
    name: "environment by getenv of C",
    code: `import ctypes\ngetenv = ctypes.CDLL(None).getenv\ngetenv.restype = ctypes.c_char_p\ntries(lambda: getenv(b"PROBE_SECRET").upper())`,
  },
  { name: "/proc/self/environ", code: `tries(lambda: open("/proc/self/environ").read()[0])` },
  { name: "/proc/1/environ", code: `tries(lambda: open("/proc/1/environ").read()[0])` },
  { name: "/proc of our process", code: `tries(lambda: open("/proc/HOST_PID/environ").read()[0])` },
  { name: "/proc/self/root", code: `tries(lambda: os.listdir("/proc/self/root/home"))` },
  { name: "/proc/self/maps", code: `tries(lambda: open("/proc/self/maps").read()[0])` },
  {
    name: "/proc/kcore and kallsyms",
    code: `tries(lambda: open("/proc/kallsyms").read()[0])\ntries(lambda: open("/proc/kcore", "rb").read(1)[0])`,
  },
  { name: "processes of others", code: `tries(lambda: [pid for pid in os.listdir("/proc") if pid.isdigit()][0])` },
  { name: "/etc/passwd", always: true, code: `tries(lambda: open("/etc/passwd").read()[0])` },
  { name: "/etc/shadow", code: `tries(lambda: open("/etc/shadow").read()[0])` },
  {
    name: "/etc/hosts and resolv.conf",
    code: `tries(lambda: open("/etc/hosts").read()[0])\ntries(lambda: open("/etc/resolv.conf").read()[0])`,
  },
  {
    name: "home folders",
    code: `tries(lambda: os.listdir("/root"))\ntries(lambda: [name for name in os.listdir("/home") if name not in ("web_user", "pyodide")][0])`,
  },
  {
    name: "variable data, sockets of services",
    code: `for path in ("/var/run/docker.sock", "/run/docker.sock", "/var/log", "/var/lib", "/opt", "/srv", "/mnt", "/boot"):\n    tries(lambda: os.stat(path))`,
  },
  { name: "/sys", code: `tries(lambda: os.listdir("/sys/class"))` },
  { name: "a file of the host", always: true, code: `tries(lambda: open("HOST_FOLDER/secret").read())` },
  {
    name: "a file of the host by a link",
    code: `os.symlink("HOST_FOLDER/secret", "link")\ntries(lambda: open("link").read())\ntries(lambda: os.link("HOST_FOLDER/secret", "hard"))`,
  },
  { name: "a file of the host by many dots", code: `tries(lambda: open("../" * 40 + "HOST_FOLDER/secret".lstrip("/")).read())` },
  {
    name: "a file of the host by a shell",
    always: true,
    code: `import subprocess\nos.system("cat HOST_FOLDER/secret")\ntries(lambda: subprocess.check_output(["cat", "HOST_FOLDER/secret"]))`,
  },
  { name: "a file of the host by os.popen", code: `tries(lambda: os.popen("cat HOST_FOLDER/secret 2>/dev/null").read()[0])` },
  {
    name: "the application",
    code: `tries(lambda: os.listdir("APP_FOLDER"))\ntries(lambda: open("APP_FOLDER/package.json").read())`,
  },
  { name: "the host's /tmp", code: `print("ESCAPED" if set(os.listdir("/tmp")) - {"work", "main.py"} else "held", os.listdir("/tmp"))` },
  { name: "the host's shared memory", code: `tries(lambda: open("/dev/shm/probe-NUMBER").read())` },
  { name: "a write to the host's folder", always: true, code: `tries(lambda: open("HOST_FOLDER/written", "w"))` },
  {
    name: "a write to the system",
    code: `for path in ("/usr/bin/x", "/usr/lib/x", "/etc/x", "/bin/x", "/lib64/x"):\n    tries(lambda: open(path, "w")) if os.path.isdir("/usr/bin") else None`,
  },
  { name: "a write to Python itself", code: `import json\ntries(lambda: open(json.__file__, "a"))` },
  { name: "a write to the root", code: `if os.path.isdir("/usr/bin"): tries(lambda: open("/x", "w"))` },
  {
    name: "a write to devices",
    code: `if os.path.isdir("/usr/bin"): tries(lambda: open("/dev/x", "w"))\nfor path in ("/dev/mem", "/dev/kmem", "/dev/port", "/dev/sda", "/dev/vda", "/dev/kvm", "/dev/fuse", "/dev/net/tun"):\n    tries(lambda: open(path, "r+b"))`,
  },
  {
    name: "a device of its own",
    code: `import stat\ntries(lambda: (os.mknod("disk", stat.S_IFBLK | 0o600, os.makedev(254, 0)), open("disk", "rb").read(1)[0]))`,
  },
  { name: "the terminal", code: `tries(lambda: os.write(os.open("/dev/tty", os.O_RDWR), b"x") if os.path.isdir("/usr/bin") else [][0])` },
  {
    name: "a file by its handle",
    code: `import ctypes\nhandle = (ctypes.c_char * 144)()\nhandle[0] = 128\ntries(lambda: system(303, 264, -100, b"/usr", handle, ctypes.byref(ctypes.c_int()), 0))\ntries(lambda: system(304, 265, -100, handle, 0))`,
  },
  {
    name: "descriptors that were left open",
    code: `import stat\nfor number in range(3, 256):\n    try:\n        mode = os.fstat(number).st_mode\n    except OSError:\n        continue\n    kept = number == 5 and stat.S_ISSOCK(mode)  # where pictures are given, as output is on 1 and 2\n    print("ESCAPED" if not kept and (os.path.isdir("/usr/bin") or not stat.S_ISCHR(mode)) else "held", number, mode)`,
  },
  {
    name: "what stands on standard input",
    always: true,
    code: `print("ESCAPED" if sys.stdin.read() or (os.path.isdir("/usr/bin") and os.read(0, 10)) else "held")`,
  },
  {
    name: "programs that may become root",
    code: `import subprocess\nfor line in (["su", "-c", "id"], ["mount", "-t", "tmpfs", "none", "/tmp"], ["passwd", "-S"], ["sudo", "-n", "id"], ["newgrp", "root"]):\n    tries(lambda: subprocess.run(line, capture_output=True, check=True, timeout=5).stdout)`,
  },
  { name: "an import from the host", code: `sys.path.insert(0, "HOST_FOLDER")\ntries(lambda: __import__("outside"))` },
  {
    name: "sqlite with a file of the host",
    code: `import sqlite3\ntries(lambda: sqlite3.connect("file:HOST_FOLDER/secret?mode=ro", uri=True).execute("select 1 from sqlite_master").fetchall())`,
  },
];
