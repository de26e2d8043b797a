import { expect, test } from "vitest";
import { browserCookie, browserTokenIn, noBrowserCookie } from "./browser-cookie.ts";

const token = "a".repeat(43);

test.each([
  [`dossier-3000=${token}`, token],
  [`theme=dark; dossier-3000=${token}; time_zone=UTC`, token],
  [`dossier-3001=${token}`, null],
  [`xdossier-3000=${token}`, null],
  ["dossier-3000=short", null],
  [`dossier-3000=${token}${token}`, null],
  ["", null],
  [null, null],
])("in the header %s the token is %s", (header, found) => expect(browserTokenIn(header)).toBe(found));

test("the cookie is for this server alone, no script reads it, and behind https it stays there", () => {
  const plain = new Request("http://127.0.0.1:3000/", { headers: { host: "127.0.0.1:3000" } });
  const https = new Request("http://127.0.0.1:3000/", { headers: { host: "dossier.example", "x-forwarded-proto": "https" } });
  expect(browserCookie(plain, token)).toBe(`dossier-3000=${token}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax`);
  expect(browserCookie(https, token)).toMatch(/; Secure$/);
  expect(noBrowserCookie(plain)).toBe("dossier-3000=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
});
