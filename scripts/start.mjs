// `npm start`: plain Node, version 18 or later, no dependencies; what follows the first line runs under Node 26.
// package.json calls it with `exec`, so that a signal npm passes on reaches this process and not a shell that dies of it;
// on Windows, which has no `exec`, the second half of the line is what runs.
import { onNode26 } from "./on-node-26.mjs";

await onNode26();
const { supervise } = await import("./supervise.ts");
await supervise({ dev: process.argv.includes("--dev") });
