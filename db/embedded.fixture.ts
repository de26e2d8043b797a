import { startEmbedded } from "./embedded.ts";

// A process of its own that joins the Postgres of a folder, says what it got, and leaves when its input ends.
const server = await startEmbedded({ dataDir: process.argv[2] as string, durable: false });
console.log(JSON.stringify({ url: server.url, startedHere: server.startedHere }));
for await (const _ of process.stdin);
await server.stop();
