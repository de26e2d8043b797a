/** Whether an address or name, as HOST or a Host header writes it, is this machine's own and reached from nowhere else. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);
