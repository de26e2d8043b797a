import { describe, expect, test } from "vitest";
import { checkUrl } from "./check-url.ts";

const ipv4Spellings =
  "127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 127.000.000.001 0 0.0.0.0 0x0 ①②⑦.⓪.⓪.① 127。0。0。1 127.0.0.1. %31%32%37.0.0.1";
const names =
  "localhost LOCALHOST. foo.localhost ⓛⓞⓒⓐⓛⓗⓞⓢⓣ db postgres:80 metadata.google.internal printer.local router.lan nas.home.arpa x.onion a..example.com localhost..";
const ranges4 =
  "10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 169.254.170.2 100.64.0.1 100.100.100.200 168.63.129.16 192.0.0.192 198.18.0.1 224.0.0.1 255.255.255.255 240.0.0.1 192.88.99.1 3232235777 0xa9fea9fe 0251.0376.0251.0376 169.254.43518";
const ranges6 =
  "[::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:169.254.169.254] [::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::a00:1] [2002:7f00:1::] [2001:0:4136:e378:8000:63bf:3fff:fdd2] [fd00:ec2::254] [fc00::1] [fe80::1] [fe80::1%25eth0] [fec0::1] [ff02::1] [2001:db8::1] [100::1] [::ffff:0:127.0.0.1] [5f00::1] [3fff::1]";
const hosts = [ipv4Spellings, names, ranges4, ranges6].flatMap((list) => list.split(" "));

const addresses = [
  ...[
    "file:///etc/passwd",
    "gopher://example.com/",
    "ftp://example.com/",
    "data:text/html,x",
    "javascript:alert(1)",
    "blob:https://example.com/1",
  ],
  ...[
    "ws://example.com/",
    "http://user:pw@example.com/",
    "http://user@example.com/",
    "http://example.com@127.0.0.1/",
    "http://127.0.0.1#@example.com/",
  ],
  ...[
    "http:\\\\127.0.0.1\\",
    "http:///127.0.0.1/",
    "//127.0.0.1/",
    "http://example.com:22/",
    "http://example.com:6379/",
    "http://example.com:5432/",
  ],
  ...[
    "https://example.com:25/",
    "http://exa mple.com/",
    "",
    "example.com",
    "http://",
    "http://[::1",
    `http://example.com/${"a".repeat(5_000)}`,
  ],
];

const allowed = [
  ...["http://example.com/", "https://93.184.216.34/", "http://[2606:2800:220:1:248:1893:25c8:1946]/", "https://bücher.example.com/"],
  ...[
    "http://example.com:8080/",
    "https://example.com:8443/",
    "http://172.32.0.1/",
    "http://100.128.0.1/",
    "http://11.0.0.1/",
    "https://example.com./",
  ],
  ...[
    "https://locals.example.com/",
    "https://intranet.example.com/",
    "https://192.169.0.1/",
    "https://my-internal.com/",
    "https://de.wikipedia.org/wiki/K%C3%B6ln#x",
  ],
];

describe("checkUrl", () => {
  test.each([...hosts.flatMap((host) => [`http://${host}/`, `https://${host}/x?y`]), ...addresses])("blocks %s", (address) => {
    expect(checkUrl(address, [])).toMatchObject({ ok: false, reason: "blocked-address" });
  });

  test.each(allowed)("allows %s", (address) => {
    expect(checkUrl(address, [])).toMatchObject({ ok: true });
  });

  test.each([
    ["http://wiki.corp/", ["wiki.corp"]],
    ["http://wiki.corp:9000/", ["wiki.corp"]],
    ["http://WIKI.corp.:9000/", ["Wiki.Corp"]],
    ["http://wiki.corp:9000/", ["wiki.corp:9000"]],
    ["http://a.b.corp:9000/", [".corp"]],
    ["http://127.0.0.1:4000/", ["127.0.0.1:4000"]],
    ["https://db/", ["db:443"]],
    ["http://[::1]:4000/", ["[::1]:4000"]],
  ])("opens %s to the operator who allowed %s", (address, allowHosts) => {
    expect(checkUrl(address, allowHosts)).toMatchObject({ ok: true });
  });

  test.each([
    ["http://wiki.corp:9000/", ["wiki.corp:9001"]],
    ["http://corp/", [".corp"]],
    ["http://evilwiki.corp/", ["wiki.corp"]],
    ["http://wiki.corp.example.test/", ["wiki.corp"]],
    ["http://user:pw@wiki.corp/", ["wiki.corp"]],
    ["file://wiki.corp/etc/passwd", ["wiki.corp"]],
    ["http://127.0.0.1:4001/", ["127.0.0.1:4000"]],
  ])("keeps %s closed to the operator who allowed %s", (address, allowHosts) => {
    expect(checkUrl(address, allowHosts)).toMatchObject({ ok: false, reason: "blocked-address" });
  });

  test("drops the fragment and says what is wrong", () => {
    expect(checkUrl("https://example.com/a?b#c", [])).toMatchObject({ url: new URL("https://example.com/a?b") });
    expect(checkUrl("http://example.com:22/", [])).toMatchObject({ detail: "port 22 is not opened" });
    expect(checkUrl("http://0x7f.1/", [])).toMatchObject({ detail: "127.0.0.1 is not a public address" });
  });
});
