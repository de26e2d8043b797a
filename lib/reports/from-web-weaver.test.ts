import { expect, test } from "vitest";
import { cite } from "./cite.ts";
import { fromWebWeaver } from "./from-web-weaver.ts";

test("cite tags become marks, and what they claim to quote is kept apart", () => {
  expect(fromWebWeaver('Nine metres deep <qwen:cite id="id_1,id_12">the harbour is nine metres deep</qwen:cite>. So it is.')).toEqual({
    markdown: "Nine metres deep [1][12]. So it is.",
    quotes: [{ numbers: [1, 12], text: "the harbour is nine metres deep" }],
  });
});

test("boxes become text, and tables tables", () => {
  const { markdown } = fromWebWeaver(
    '<qwen:takeaway class="main-takeaway">\nIn short.\n</qwen:takeaway>\n\n## A\n\n<qwen:takeaway>So <qwen:cite id="id_3">x</qwen:cite></qwen:takeaway>\n\n<table class="qwen-table"><caption>Table 1: Depths</caption><tr><th>Port</th><th>Depth</th></tr><tr><td>a|b<br>c &lt;b&gt;</td><td><script>1</script>9 m <qwen:cite id="id_2">y</qwen:cite></td></tr></table>',
  );
  expect(markdown).toBe(
    "In short.\n\n\n## A\n\n\n> So [3]\n\n\n\nTable 1: Depths\n\n| Port | Depth |\n| --- | --- |\n| a\\|b c <b> | 19 m [2] |",
  );
});

test.each([
  ['a <qwen:cite id="id_1">b', "a b"],
  ['a <qwen:cite id="none">b</qwen:cite> c', "a  c"],
  ["a </qwen:cite> <qwen:other x> c", "a   c"],
  ["<table></table>", "<table></table>"],
])("what is broken leaves its text: %s", (written, markdown) => {
  expect(fromWebWeaver(written).markdown).toBe(markdown);
});

test("a mark that names evidence nobody has does not survive", () => {
  const source = {
    id: "s1",
    n: 1,
    url: "https://a.example/",
    title: "A",
    text: "The harbour is nine metres deep. It was dredged in 1911.",
  };
  const { markdown } = fromWebWeaver(
    'The harbour is nine metres deep <qwen:cite id="id_1">x</qwen:cite><qwen:cite id="id_99">y</qwen:cite>.',
  );
  const cited = cite(markdown, [source]);
  expect(cited.markdown).toBe("The harbour is nine metres deep [1].");
  expect(cited.removedMarks).toEqual(["[99]"]);
});
