import fc from "fast-check";
import { expect, test } from "vitest";
import { touches } from "./touches.ts";

test("a stretch touches what it shares a place with", () => {
  const lengths = fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 5 })), { maxLength: 12 });
  fc.assert(
    fc.property(lengths, fc.nat(60), fc.integer({ min: 1, max: 8 }), (steps, start, length) => {
      let at = 0;
      const spans = steps.map(([gap, size]) => {
        const span = { start: at + gap, end: at + gap + size };
        at = span.end;
        return span;
      });
      const stretch = { start, end: start + length };
      expect(touches(spans, stretch)).toBe(spans.some((span) => span.start < stretch.end && stretch.start < span.end));
    }),
  );
});
