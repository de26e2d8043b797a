/** 980, 212 k. */
export const thousands = (n: number): string => (n < 1_000 ? String(n) : `${Math.round(n / 1_000)} k`);
