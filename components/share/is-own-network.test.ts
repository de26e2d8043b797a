import { expect, test } from "vitest";
import { isOwnNetwork } from "./is-own-network.ts";

test.each([
  ...[
    "http://wiki/",
    "http://wiki.corp:8090/x",
    "https://host.lan./",
    "http://localhost:3000/",
    "http://nas.home.arpa/",
    "http://10.1.2.3/",
  ],
  ...["http://0x7f000001/", "http://172.31.0.1/", "http://192.168.1.1/", "http://100.127.0.1/", "http://[::1]/", "http://[fd00::1]/"],
])("%s is of a network of one's own", (url) => {
  expect(isOwnNetwork(url)).toBe(true);
});

test.each([
  ...["https://example.org/", "https://10.example.org/", "http://172.32.0.1/", "http://100.128.0.1/", "http://8.8.8.8/"],
  ...["http://[2606:4700::1]/", "https://corp.example/", "not an address"],
])("%s is not", (url) => {
  expect(isOwnNetwork(url)).toBe(false);
});
