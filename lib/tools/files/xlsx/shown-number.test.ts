import { expect, test } from "vitest";
import { numberFormats } from "./number-format.ts";
import { shownNumber } from "./shown-number.ts";

test.each([
  ["14", "45000", "2023-03-15"],
  ["22", "45000.75", "2023-03-15 18:00"],
  ["20", "0.75", "18:00"],
  ["46", "1.5", "36 h"],
  ["9", "0.123", "12.3%"],
  ["0", "0.30000000000000004", "0.3"],
  ["0", "1e21", "1e+21"],
  ["4", "1234.5", "1234.5"],
  ["14", "-1", "-1"],
  ["14", "99999999", "99999999"],
  ["14", "not a number", "not a number"],
  ["164", "45000", "2023-03-15"],
  ["165", "45000", "45000"],
  ["166", "0.5", "12:00"],
  ["167", "0.5", "50%"],
])("format %s shows %s as %s", (id, value, shown) => {
  const formats = numberFormats(`<styleSheet><numFmts>
    <numFmt numFmtId="164" formatCode="[$-407]d. mmmm yyyy;@"/><numFmt numFmtId="165" formatCode="#,##0 &quot;days&quot;;[Red]-0"/>
    <numFmt numFmtId="166" formatCode="[h]:mm"/><numFmt numFmtId="167" formatCode="0.0%"/></numFmts>
    <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="${id}"/></cellXfs></styleSheet>`);
  expect(shownNumber(value, formats[0] ?? "plain", { from1904: false })).toBe(shown);
});

test("days of old Macs are counted from 1904", () => {
  expect(shownNumber("43538", "date", { from1904: true })).toBe("2023-03-15");
});
