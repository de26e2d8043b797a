import { expect, test } from "vitest";
import { ownOrigin } from "./own-origin.ts";

const originOf = (headers: Record<string, string>) => ownOrigin(new Request("http://0.0.0.0:3000/api", { headers }));

test.each([
  [{ host: "127.0.0.1:3000" }, "http://127.0.0.1:3000"],
  [{ host: "dossier.example", "x-forwarded-proto": "https" }, "https://dossier.example"],
  [{ host: "dossier.example", "x-forwarded-proto": "https, http" }, "https://dossier.example"],
  [{ host: "dossier.example", "x-forwarded-proto": "javascript" }, "http://dossier.example"],
  [{ host: "a b" }, "http://0.0.0.0:3000"],
])("%o is %s", (headers, origin) => expect(originOf(headers)).toBe(origin));
