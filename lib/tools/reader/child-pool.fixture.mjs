import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";

/** A child that does what its job says, well or badly. */
const jobs = {
  work: () => process.pid,
  hang: () => {
    for (;;);
  },
  crash: () => {
    throw new Error("crash");
  },
  exit: () => process.exit(1),
  grow: () => {
    const held = [];
    for (;;) held.push(new Array(1000).fill(held.length));
  },
  growOutside: () => {
    const held = [];
    for (;;) held.push(Buffer.alloc(1_000_000, held.length));
  },
  denials: async () => ({
    read: await codeOf(() => readFileSync(import.meta.filename)),
    readElsewhere: await codeOf(() => readFileSync(`${import.meta.dirname}/../../../tsconfig.json`)),
    write: await codeOf(() => writeFileSync("x", "x")),
    connect: await codeOf(() => once(connect(1, "127.0.0.1"), "connect")),
    spawn: await codeOf(() => spawnSync("true")),
    // biome-ignore lint/style/noProcessEnv: that it is empty is what is tested
    env: Object.keys(process.env),
  }),
};

async function codeOf(attempt) {
  try {
    await attempt();
    return "allowed";
  } catch (error) {
    return error.code;
  }
}

process.on("message", async ({ job }) => process.send(await jobs[job]()));
process.send("ready");
