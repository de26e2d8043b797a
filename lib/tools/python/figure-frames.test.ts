import { expect, test } from "vitest";
import { mostFigureBytes, readFigure, readFigureFrames } from "./figure-frames.ts";
import { png } from "./png.fixture.ts";

const frame = (name: string, bytes: Uint8Array) =>
  Buffer.concat([Buffer.from(`${JSON.stringify({ name, bytes: bytes.length })}\n`), bytes]);

test("frames are read in their order, with the size of each picture", () => {
  const given = Buffer.concat([frame("a.png", png(3, 2)), frame("图.png", png(40, 30))]);
  expect(readFigureFrames(given).map(({ name, width, height }) => ({ name, width, height }))).toEqual([
    { name: "a.png", width: 3, height: 2 },
    { name: "图.png", width: 40, height: 30 },
  ]);
});

test.each<[string, Uint8Array]>([
  ["nothing", Buffer.from("")],
  ["text", Buffer.from("<svg onload=alert(1)>".padEnd(60))],
  ["a JPEG", Buffer.from([0xff, 0xd8, ...Array(60).fill(0)])],
  ["no size", png(0, 5)],
  ["too many pixels", png(8_001, 1)],
  ["too many bytes", Buffer.concat([png(1, 1), Buffer.alloc(mostFigureBytes)])],
])("%s is no picture", (_, bytes) => {
  expect(readFigure("a.png", bytes)).toBeNull();
});

test.each([
  ["a head that lies about its length", Buffer.concat([Buffer.from('{"name":"a.png","bytes":999999}\n'), png(1, 1)])],
  ["a head that is no JSON", Buffer.from("{\n\n")],
  ["no head at all", Buffer.alloc(5_000, 120)],
  ["a head without an end", Buffer.from('{"name":"a.png"')],
])("%s gives nothing", (_, given) => {
  expect(readFigureFrames(given)).toEqual([]);
});

test("no more than four", () => {
  const many = Buffer.concat(Array.from({ length: 9 }, (_, index) => frame(`${index}.png`, png(1, 1))));
  expect(readFigureFrames(many)).toHaveLength(4);
});
