/** Upstream's size of a turn. */
const mostTokens = 10_000;

/** Tokens a turn may have: upstream's, but at most a quarter of the window. */
export const completionTokens = (window: number | null): number => (window ? Math.min(mostTokens, Math.floor(window / 4)) : mostTokens);
