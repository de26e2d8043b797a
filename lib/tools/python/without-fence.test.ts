import { expect, test } from "vitest";
import { withoutFence } from "./without-fence.ts";

test.each([
  ["print(1)", "print(1)"],
  ["```python\nprint(1)\n```", "print(1)"],
  ["\n```py\n  print(1)\n  print(2)\n```\n", "  print(1)\n  print(2)"],
  ["```\nprint(1)```", "print(1)"],
  ['text = """\n```\nx\n```\n"""', 'text = """\n```\nx\n```\n"""'],
  ["\n  \n    print(1)\n\n", "    print(1)"],
  [" \n ", ""],
])("%j", (given, code) => {
  expect(withoutFence(given)).toBe(code);
});
