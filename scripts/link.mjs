// `npm run link`: plain Node, version 18 or later, no dependencies; what follows the first line runs under Node 26.
import { onNode26 } from "./on-node-26.mjs";

await onNode26();
const { link } = await import("./link.ts");
await link();
