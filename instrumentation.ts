export async function register() {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  (await import("#lib/web/node-response.ts")).keepNodeResponses();
  (await import("#lib/web/leave.ts")).leaveOnSignal();
  (await import("#lib/web/unname-odd-requests.ts")).unnameOddRequests();
}
