import { expect, test } from "vitest";
import { eventFrame, framedEvents } from "./event-frame.ts";

test("frames are taken apart into the events they were made of, whatever their text holds", () => {
  const texts = ["plain", "id: 7\nevent: run-ended\ndata: {}\n\n", "\r\n\u2028 \u0085", ""];
  const events = texts.map((text, index) => ({ seq: index + 3, type: "text-appended", json: JSON.stringify({ text }) }));
  expect(framedEvents(events.map(eventFrame).join(""))).toEqual(events);
});
