/** What the model is told of a turn without call or answer; `next` says how its dialect writes them. */
export function noMove(finishReason: string, next: string): string {
  if (finishReason === "length")
    return `Error: The turn reached its token limit before a tool call or an answer. Think in fewer words. ${next}`;
  if (finishReason === "repetition") return `Error: The text repeated itself and was broken off. Do something else. ${next}`;
  return `Error: The turn held neither a tool call nor an answer. ${next}`;
}
