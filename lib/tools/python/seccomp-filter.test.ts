import { expect, test } from "vitest";
import { seccompFilter } from "./seccomp-filter.ts";

const [loadWord, answer] = [0x20, 0x06];
const [allow, kill, notPermitted, notImplemented, noFamily] = [0x7fff0000, 0x80000000, 0x50001, 0x50026, 0x50061];
const [x64, arm64, i386] = [0xc000003e, 0xc00000b7, 0x40000003];

/** What the program answers to a system call, as the kernel's machine for it would. */
function run(program: Buffer, machine: number, number: number, first = 0, second = 0): number {
  const data = new Map([
    [0, number],
    [4, machine],
    [16, first],
    [24, second],
  ]);
  let held = 0;
  for (let at = 0; at * 8 < program.length; at++) {
    const [code, value] = [program.readUInt16LE(at * 8), program.readUInt32LE(at * 8 + 4)];
    if (code === answer) return value;
    if (code === loadWord) held = data.get(value) ?? 0;
    else at += program.readUInt8(at * 8 + (holds(code, held, value) ? 2 : 3));
  }
  throw new Error("the program ran off its end");
}

function holds(code: number, held: number, value: number): boolean {
  if (code === 0x15) return held === value;
  if (code === 0x35) return held >= value;
  if (code === 0x45) return (held & value) !== 0;
  throw new Error(`an unknown instruction ${code}`);
}

test.each([
  ["read", x64, 0, 0, 0, allow],
  ["openat on arm64", arm64, 56, 0, 0, allow],
  ["ptrace", x64, 101, 0, 0, notPermitted],
  ["ptrace on arm64", arm64, 117, 0, 0, notPermitted],
  ["mount", x64, 165, 0, 0, notPermitted],
  ["io_uring_setup on arm64", arm64, 425, 0, 0, notPermitted],
  ["clone of a thread", x64, 56, 0x3d0f00, 0, allow],
  ["clone with a user namespace", x64, 56, 0x10000011, 0, notPermitted],
  ["clone with a network on arm64", arm64, 220, 0x40000011, 0, notPermitted],
  ["clone3", x64, 435, 0, 0, notImplemented],
  ["a unix socket", x64, 41, 1, 0, allow],
  ["an internet socket", x64, 41, 2, 0, noFamily],
  ["a vsock socket on arm64", arm64, 198, 40, 0, noFamily],
  ["a pair of sockets", x64, 53, 1, 0, allow],
  ["an ordinary ioctl", x64, 16, 0, 0x5401, allow],
  ["TIOCSTI", x64, 16, 0, 0x5412, notPermitted],
  ["a call of tomorrow", x64, 470, 0, 0, notImplemented],
  ["a call by x32", x64, 0x40000000 + 101, 0, 0, notImplemented],
  ["a call of another machine", i386, 20, 0, 0, kill],
])("%s", (_, machine, number, first, second, expected) => {
  const program = seccompFilter(machine === arm64 ? "arm64" : "x64");
  expect(run(program ?? Buffer.alloc(0), machine, number, first, second)).toBe(expected);
});

test("there is none for a processor it was not written for", () => {
  expect(seccompFilter("riscv64")).toBeNull();
});
