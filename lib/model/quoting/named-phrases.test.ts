import { expect, test } from "vitest";
import { namedPhrases } from "./named-phrases.ts";

test.each([
  ["Who directed the film shot around Leland, North Carolina in 1986?", ["Leland", "North Carolina"]],
  ["Are Christopher Nolan and Sathish Kalathil both directors?", ["Christopher Nolan", "Sathish Kalathil"]],
  ["What was Haymo of Faversham's era?", ["Haymo of Faversham"]],
  ['Which band wrote "The long road"?', ["The long road"]],
  ["贾里德·艾伦和《红楼梦》有什么关系？", ["贾里德·艾伦", "红楼梦"]],
  ["what is photosynthesis?", []],
])("%s", (text, names) => {
  expect(namedPhrases(text)).toEqual(names);
});
