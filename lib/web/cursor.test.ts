import { expect, test } from "vitest";
import { AppError } from "#lib/std/app-error.ts";
import { cursorOf } from "./cursor.ts";

const ours = "6d2f6f0e-32d5-4b6b-9d0c-111111111111";
const foreign = "6d2f6f0e-32d5-4b6b-9d0c-222222222222";
const asked = (after: string | null, header: string | null) =>
  new Request(`http://localhost/api/runs/${ours}/events${after === null ? "" : `?after=${encodeURIComponent(after)}`}`, {
    headers: header === null ? {} : { "last-event-id": header },
  });
const refusal = (request: Request) => {
  try {
    return cursorOf(request, ours);
  } catch (error) {
    return error instanceof AppError ? error.code : error;
  }
};

test.each([
  [null, null, 0],
  ["", null, 0],
  ["17", null, 17],
  ["17", "29", 29],
  ["17", "", 0],
  [`${ours}:17`, null, 17],
  [null, `${ours.toUpperCase()}:17`, 17],
  [null, `${foreign}:17`, "unprocessable"],
  [`${foreign}:0`, null, "unprocessable"],
])("after %s, Last-Event-ID %s: %s", (after, header, expected) => {
  expect(refusal(asked(after, header))).toBe(expected);
});

test("whatever is sent as a cursor is a number of this run's, or refused", () => {
  let state = 11;
  const random = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const parts = ["-", "1", "9", "0", ".", "e", ":", " ", "x", "NaN", "Infinity", "0x", "\u0661", "+", "%", ours, foreign, "999999999"];
  for (let round = 0; round < 3_000; round++) {
    const value = Array.from({ length: random(5) }, () => parts[random(parts.length)]).join("");
    const result = refusal(asked(value, null));
    const digits = /^(?:(.{36}):)?([0-9]{1,9})$/.exec(value);
    if (value === "") expect(result).toBe(0);
    else if (!digits) expect(result, value).toBe("bad-request");
    else if (digits[1] === foreign) expect(result, value).toBe("unprocessable");
    else if (digits[1] === undefined || digits[1] === ours) expect(result, value).toBe(Number(digits[2]));
    else expect(["bad-request", "unprocessable"], value).toContain(result);
  }
});
