/** The base address as the OpenAI client wants it: ending in /v1. */
export const apiBase = (url: string) => `${rootOf(url)}/v1`;

/** The address without /v1, where vLLM's own routes are. */
export const rootOf = (url: string) => url.replace(/\/+$/, "").replace(/\/v1$/, "");
