import { createHash } from "node:crypto";
import { style } from "./style.ts";

const styleHash = `'sha256-${createHash("sha256").update(style).digest("base64")}'`;
const nothingRuns = ["default-src 'none'", "script-src 'none'", `style-src ${styleHash}`, "base-uri 'none'", "form-action 'none'"];

/** Of a file on a disk. `data:` is for the icons of the style and for pictures: nothing is asked of anybody. */
export const filePolicy = [...nothingRuns, "img-src data:"].join("; ");

/** Of a page that is served. `connect-src` is what Lighthouse reads robots.txt by; with no script nothing else can use it. */
export const pagePolicy = [...nothingRuns, "img-src 'self' data:", "connect-src 'self'", "frame-ancestors 'none'"].join("; ");
