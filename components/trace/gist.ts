const longest = 200;

/** One line of a thought: its first sentence, without the marks of Markdown. */
export function gist(thought: string): string {
  const line = thought
    .split("\n")
    .map((each) => each.replace(/^[\s#>*+-]+|^\s*\d+[.)]\s+/g, "").trim())
    .find((each) => /[\p{L}\p{N}]/u.test(each));
  if (!line) return "";
  const plain = line.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}/g, "");
  const end = /[.!?](?=\s)|[。！？]/u.exec(plain);
  const sentence = end ? plain.slice(0, end.index + end[0].length) : plain;
  return sentence.length > longest ? `${sentence.slice(0, longest).trimEnd()}…` : sentence;
}
