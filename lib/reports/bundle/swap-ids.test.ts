import { expect, test } from "vitest";
import { swapIds, swapInText } from "./swap-ids.ts";

const id = "0b6a4a4e-6d0c-4a63-9a4f-2f6f5a3f0a11";
const names = new Map([["dossier:source:1", id]]);

test("a name is swapped where it is a whole string, and in no text that mentions it", () => {
  const told = {
    sourceId: "dossier:source:1",
    sourceIds: ["dossier:source:1", "dossier:source:12"],
    text: 'It says "dossier:source:1" here.',
  };
  const swapped = swapIds(told, names);
  expect(swapped).toEqual({ ...told, sourceId: id, sourceIds: [id, "dossier:source:12"] });
  expect(swapIds(swapped, new Map([[id, "dossier:source:1"]]))).toEqual(told);
});

test("a text of JSON keeps its form", () => {
  expect(swapInText('{"a" :  "dossier:source:1", "b":"x \\"dossier:source:1\\""}', names)).toBe(
    `{"a" :  "${id}", "b":"x \\"dossier:source:1\\""}`,
  );
});
