import { expect, test, vi } from "vitest";
import { problem } from "./problem.ts";

const failure = (code: string) => Object.assign(new Error(`write ${code} 127.0.0.1:5432`), { code });

test.each([
  ["ECONNREFUSED", "The database does not answer."],
  ["CONNECTION_CLOSED", "The database does not answer."],
  ["57P03", "The database does not answer."],
  ["53300", "The database has no connection free."],
  ["53100", "The database's disk is full."],
  ["57014", "The database took too long."],
])("%s of the database is a 503 that says what it is and when to come back, and no address", async (code, cause) => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  const response = problem(failure(code));
  said.mockRestore();
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("2");
  const body = await response.json();
  expect(body).toMatchObject({ type: "urn:dossier:problem:unavailable", detail: expect.stringMatching(`^${cause}`) });
  expect(JSON.stringify(body)).not.toContain("5432");
});

test("a mistake of ours is still a 500", () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  expect(problem(new TypeError("x is not a function")).status).toBe(500);
  expect(problem(failure("23505")).status).toBe(500);
  expect(said).toHaveBeenCalledTimes(2);
  said.mockRestore();
});
