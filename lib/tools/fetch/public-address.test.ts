import { expect, test } from "vitest";
import { isPublicAddress } from "./public-address.ts";

test.each(
  "127.0.0.1 10.0.0.5 168.63.129.16 ::1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 64:ff9b::a9fe:a9fe ::7f00:1 fe80::1 fe80::1%eth0 2606:2800::1%1 2002:808:808::1 3fff::1 4000::1 0177.0.0.1 example.com".split(
    " ",
  ),
)("%s is not public", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test("the empty address is not public", () => {
  expect(isPublicAddress("")).toBe(false);
});

test.each(
  "8.8.8.8 93.184.216.34 172.32.0.1 2606:2800:220:1:248:1893:25c8:1946 2a00:1450:4001:80b::200e 2001:4860:4860::8888 3ffe::1".split(" "),
)("%s is public", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});
