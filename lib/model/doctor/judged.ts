import type { Finding } from "./finding.ts";

/** What was found about a turn, and whether it held a call that can be carried out. */
export interface Judged extends Finding {
  calls: boolean;
}
