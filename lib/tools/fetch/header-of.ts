import type { Dispatcher } from "undici";

/** A header's first value. */
export const headerOf = (response: Dispatcher.ResponseData, name: string): string | undefined => [response.headers[name]].flat()[0];
