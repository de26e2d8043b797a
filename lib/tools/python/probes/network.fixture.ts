import type { Probe } from "./probe.fixture.ts";

/** Whether anything outside can be reached. The canary counts who came, whatever the script believes. */
export const networkProbes: Probe[] = [
  {
    name: "TCP to the host",
    always: true,
    code: `import socket\ntries(lambda: socket.create_connection(("127.0.0.1", CANARY_PORT), 2).recv(1))`,
  },
  {
    name: "TCP to the host by IPv6",
    code: `import socket\ntries(lambda: socket.create_connection(("::1", CANARY_PORT), 2).recv(1))\ntries(lambda: socket.create_connection(("::ffff:127.0.0.1", CANARY_PORT), 2).recv(1))`,
  },
  {
    name: "HTTP to the host",
    always: true,
    code: `import urllib.request\ntries(lambda: urllib.request.urlopen("http://127.0.0.1:CANARY_PORT/", timeout=2).read())`,
  },
  {
    name: "HTTP by http.client",
    code: `import http.client\ndef ask():\n    connection = http.client.HTTPConnection("localhost", CANARY_PORT, timeout=2)\n    connection.request("GET", "/")\n    return connection.getresponse().read()\ntries(ask)`,
  },
  {
    name: "UDP to the host",
    code: `import socket\ntries(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", CANARY_PORT)))`,
  },
  {
    name: "asyncio to the host",
    code: `import asyncio\ntries(lambda: asyncio.run(asyncio.wait_for(asyncio.open_connection("127.0.0.1", CANARY_PORT), 2)))`,
  },
  {
    name: "a name looked up",
    always: true,
    code: `import socket\ndef look():\n    found = socket.getaddrinfo("example.com", 80)\n    if found[0][4][0].startswith("172.29."): raise OSError("an address Pyodide makes up")\n    return found\ntries(look)`,
  },
  {
    name: "the metadata address of clouds",
    code: `import urllib.request\ntries(lambda: urllib.request.urlopen("http://169.254.169.254/", timeout=2).read())`,
  },
  {
    name: "an abstract socket of the host",
    code: `import socket\ns = socket.socket(socket.AF_UNIX)\ntries(lambda: s.connect("\\0probe-NUMBER"))`,
  },
  {
    name: "a socket file of the host",
    code: `import socket\ns = socket.socket(socket.AF_UNIX)\ntries(lambda: s.connect("HOST_FOLDER/socket"))`,
  },
  { name: "vsock to the hypervisor", code: `import socket\ntries(lambda: socket.socket(40, socket.SOCK_STREAM).connect((2, 1024)))` },
  { name: "netlink", code: `import socket\ntries(lambda: socket.socket(16, socket.SOCK_RAW, 0))` },
  { name: "packets", code: `import socket\ntries(lambda: socket.socket(17, socket.SOCK_RAW, 3))` },
  { name: "raw sockets", code: `import socket\ntries(lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1))` },
  { name: "the kernel's ciphers", code: `import socket\ntries(lambda: socket.socket(38, socket.SOCK_SEQPACKET).bind(("hash", "sha256")))` },
  {
    name: "a server of its own",
    code: `import socket\ndef serve():\n    s = socket.socket()\n    s.bind(("0.0.0.0", 0))\n    s.listen()\n    if not os.path.isdir("/usr/bin"): raise OSError("within Pyodide, which nobody reaches")\n    return s.getsockname()\ntries(serve)`,
  },
  {
    name: "a shell's connection",
    code: `import subprocess\ntries(lambda: subprocess.run(["bash", "-c", "echo x > /dev/tcp/127.0.0.1/CANARY_PORT"], check=True, capture_output=True, timeout=5))`,
  },
  {
    name: "curl",
    code: `import subprocess\ntries(lambda: subprocess.run(["curl", "-s", "-m", "2", "http://127.0.0.1:CANARY_PORT/"], check=True, capture_output=True, timeout=5))`,
  },
  { name: "a browser", code: `import webbrowser\ntries(lambda: webbrowser.open("http://127.0.0.1:CANARY_PORT/") or [][0])` },
  { name: "interfaces", code: `import socket\ntries(lambda: [name for _, name in socket.if_nameindex() if name != "lo"][0])` },
];
