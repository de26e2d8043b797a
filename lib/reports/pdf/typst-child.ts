import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { readFont } from "./read-font.ts";
import type { TypstDocument } from "./to-typst.ts";
import { openTypesetter, type Typeset } from "./typesetter.ts";

/** A process that sets one document after the other. It has no network, no environment and nothing to write to: see lib/tools/reader/child-pool.ts. */
function open(): (document: TypstDocument) => Typeset | { ok: false; reason: "missing"; detail: string } {
  try {
    return openTypesetter("/dossier-has-no-folder-for-typst", readFont, collect);
  } catch (error) {
    // There is no such part for this platform, or it does not load.
    const detail = error instanceof Error ? error.message : String(error);
    return () => ({ ok: false, reason: "missing", detail });
  }
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const typeset = open();
process.on("message", (document) => {
  process.send?.(typeset(document as TypstDocument));
  collect(); // what a document took outside of JavaScript is given back only when its object is collected, and that object is small
});
process.send?.("ready");
