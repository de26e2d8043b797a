/** Code without the Markdown fence that models put around it. */
export function withoutFence(code: string): string {
  const inside = /^\s*```(?:python|py)?[ \t]*\n([\s\S]*?)\n?```\s*$/i.exec(code)?.[1];
  return (inside ?? code).replace(/^(?:[ \t]*\n)+/, "").trimEnd();
}
