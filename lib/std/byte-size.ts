/** A number of bytes as people read it: "812 bytes", "3.4 kB", "12 MB". Prompts hold it, so the words of a size must never change. */
export function byteSize(bytes: number): string {
  if (bytes < 1_000) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  const [amount, unit] = bytes < 999_500 ? [bytes / 1_000, "kB"] : [bytes / 1_000_000, "MB"];
  return `${Number(amount.toFixed(amount < 9.95 ? 1 : 0))} ${unit}`;
}
