/** A turn of the quoting model read strictly: anything outside its one form is an error. */
export function read(reply: string): { thought: string; call?: { name: string; arguments: Record<string, unknown> }; answer?: string } {
  const turn = /^<think>\n([\s\S]*?)\n<\/think>\n(?:<tool_call>\n([\s\S]*?)\n<\/tool_call>|<answer>\n([\s\S]*?)\n<\/answer>)$/.exec(reply);
  if (!turn) throw new Error(`Not a turn: ${reply}`);
  const [, thought = "", call, answer] = turn;
  return call === undefined ? { thought, answer: answer ?? "" } : { thought, call: JSON.parse(call) };
}
