/** A question as a file name: letters and digits of any script, at most 60 characters. */
export function fileName(question: string): string {
  const words = question
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  return [...words].slice(0, 60).join("").replace(/-$/, "") || "report";
}
