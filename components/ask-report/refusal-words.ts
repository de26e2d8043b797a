/** What the chat's transport threw, in a sentence for the reader: the body of our own refusal, or that nobody answered. */
export function refusalWords({ message }: Error): string {
  try {
    const body: unknown = JSON.parse(message);
    if (typeof body === "object" && body !== null && "detail" in body && typeof body.detail === "string") return body.detail;
  } catch {
    // no body of ours: the connection failed
  }
  return navigator.onLine
    ? "The connection to the Dossier server was lost. Check that it is running, then ask again."
    : "You are offline. Ask again when you are back.";
}
