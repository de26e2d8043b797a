import { expect, test } from "vitest";
import { lintCitations } from "./lint-citations.ts";

test("marks are compared with the list at the end", () => {
  const text = `First [2]. Then [1, 7]. Again [2][5].

### Sources

[1] One: https://a.example/1
[2] Two: https://a.example/2
[3] Nobody's: https://a.example/3
[5] One again: https://a.example/1/
`;
  expect(lintCitations(text)).toEqual({ marks: 5, listed: 4, dangling: [7], duplicates: [5], uncited: [3], renumbered: 3 });
});

test("without a list every mark dangles", () => {
  expect(lintCitations("One [1] and two [2].")).toMatchObject({ marks: 2, listed: 0, dangling: [1, 2] });
});
