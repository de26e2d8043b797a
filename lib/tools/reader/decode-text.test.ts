import { describe, expect, test } from "vitest";
import { decodeText } from "./decode-text.ts";

/** Texts and their bytes in old encodings, as Python's codecs write them. */
const legacy: [encoding: string, text: string, base64: string][] = [
  [
    "windows-1251",
    "Съешь ещё этих мягких французских булок, да выпей чаю. Это страница старого сайта о погоде в Москве и её окрестностях.",
    "0frl+Pwg5fm4IP3y6PUg7P/j6uj1IPTw4O328+fx6uj1IOHz6+7qLCDk4CDi++/l6SD34P4uIN3y7iDx8vDg7ej24CDx8uDw7uPuIPHg6fLgIO4g7+7j7uTlIOIgzO7x6uLlIOgg5bgg7urw5fHy7e7x8v/1Lg==",
  ],
  [
    "euc-jp",
    "日本語のウェブページです。文字コードはとても大切で、間違えると読めなくなります。これは十分に長い文章です。",
    "xvzL3LjspM6lpqWnpdal2qG8pbikx6S5oaPKuLv6pbOhvKXJpM+kyKTGpOLC58DapMehorTWsOOkqKTrpMjGyaThpMqkr6TKpOqk3qS5oaOks6TspM+9vcqspMvEuaSkyri+z6THpLmhow==",
  ],
  [
    "shift_jis",
    "日本語のウェブページです。文字コードはとても大切で、間違えると読めなくなります。これは十分に長い文章です。",
    "k/qWe4zqgsyDRYNGg3WDeYFbg1eCxYK3gUKVto6ag1KBW4Nogs2CxoLEguCR5ZDYgsWBQYrUiOGCpoLpgsaTx4LfgsiCrYLIguiC3IK3gUKCsYLqgs2PXJWqgsmSt4KilbaPzYLFgreBQg==",
  ],
  [
    "gb18030",
    "这是一个用旧编码保存的中文网页，里面有足够多的汉字，读者应当能够看到正确的内容。",
    "1eLKx9K7uPbTw77JseDC67GjtOa1xNbQzsTN+NKzo6zA78Pm09DX47m7tuC1xLq619ajrLbB1d/TprWxxNy5u7+0tb3V/ci3tcTE2sjdoaM=",
  ],
  [
    "big5",
    "這是一個用舊編碼保存的中文網頁，裡面有足夠多的漢字。",
    "s2+sT6RArdOlzsLCvXO9WKtPpnOquqSkpOW69K22oUG4zK2xprOorLD3pmiqurp+pnKhQw==",
  ],
  [
    "euc-kr",
    "한국어로 작성된 오래된 웹 페이지입니다. 글자가 올바르게 보여야 합니다.",
    "x9Gxub7ut84gwNu8urXIIL/At6G1yCDApSDG5MDMwfbA1LTPtNkuILHbwNqwoSC/w7nZuKOw1CC6uL+pvt8gx9W0z7TZLg==",
  ],
  [
    "koi8-r",
    "Съешь ещё этих мягких французских булок, да выпей чаю.",
    "89/F29ggxd2jINzUycggzdHHy8nIIMbSwc7D1drTy8nIIMLVzM/LLCDEwSDX2dDFyiDewcAu",
  ],
];
const latin1 = (text: string) => Buffer.from(text, "latin1");

describe.each(legacy)("%s", (encoding, text, base64) => {
  const bytes = Buffer.from(base64, "base64");

  test("is told by the HTTP header", () => {
    expect(decodeText(bytes, `text/html; charset="${encoding.toUpperCase()}"`)).toBe(text);
  });

  test("is told by <meta>", () => {
    const page = Buffer.concat([latin1(`<!doctype html><meta charset=${encoding}><p>`), bytes]);
    expect(decodeText(page, "text/html")).toContain(text);
  });
});

test.each(legacy.filter(([encoding]) => ["windows-1251", "euc-jp", "shift_jis"].includes(encoding)))(
  "%s is recognised without any label",
  (_, text, base64) => {
    expect(decodeText(Buffer.from(base64, "base64"), "text/html")).toBe(text);
  },
);

test("a byte order mark beats every label", () => {
  const page = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("Grüße, 世界", "utf16le")]);
  expect(decodeText(page, "text/html; charset=utf-8")).toBe("Grüße, 世界");
  expect(decodeText(Buffer.from([0xfe, 0xff, 0x4e, 0x16]), "")).toBe("世");
  expect(decodeText(Buffer.from("\ufeffGrüße"), "text/html; charset=iso-8859-1")).toBe("Grüße");
});

test("valid UTF-8 beats a <meta> that claims Latin-1", () => {
  expect(decodeText(Buffer.from("<meta charset=iso-8859-1><p>Grüße"), "text/html")).toContain("Grüße");
});

test("a broken byte in a UTF-8 page costs that byte alone", () => {
  const page = Buffer.concat([Buffer.from("<meta charset=utf-8><p>Grüße "), Buffer.from([0xff]), Buffer.from(" 世界")]);
  expect(decodeText(page, "text/html")).toContain("Grüße \ufffd 世界");
});

test("unknown labels are passed over, and the last resort is windows-1252", () => {
  expect(decodeText(Buffer.from("Grüße"), "text/html; charset=martian")).toBe("Grüße");
  expect(decodeText(latin1("caf\xe9 \x93quoted\x94"), "text/html; charset=none")).toBe("café “quoted”");
  expect(decodeText(Buffer.alloc(0), "")).toBe("");
});
