import type { FailureReason } from "#lib/domain/outcome.ts";

type Expected = "text" | FailureReason;

/** A file that wants to hurt, or is odd, and what has to come of it. */
export interface HostileCase {
  title: string;
  name: string;
  /** Built when its turn comes: all of them together would fill the memory that is measured. */
  bytes: () => Buffer;
  /** Several where it depends on how fast the machine notices. */
  expected: Expected | Expected[];
  /** Of the text or of the detail. */
  contains?: string;
  lacks?: string;
}

const latin = (text: string) => Buffer.from(text, "latin1");

/** `bytes` as Latin-1 when it is a string. */
export const hostile = (
  title: string,
  name: string,
  bytes: string | (() => Buffer | string),
  expected: HostileCase["expected"],
  more: Pick<HostileCase, "contains" | "lacks"> = {},
): HostileCase => ({
  title,
  name,
  bytes: () => {
    const built = typeof bytes === "string" ? bytes : bytes();
    return typeof built === "string" ? latin(built) : built;
  },
  expected,
  ...more,
});
