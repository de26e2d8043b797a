/** 1 page, 2 pages, 3 queries. */
export const count = (n: number, noun: string, plural = `${noun}s`) => `${n.toLocaleString("en-GB")} ${n === 1 ? noun : plural}`;
