export async function register() {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  (await import("#lib/web/leave.ts")).leaveOnSignal();
  (await import("#lib/web/unname-odd-requests.ts")).unnameOddRequests();
}
