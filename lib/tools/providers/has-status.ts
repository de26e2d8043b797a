import type { Answer } from "./provider.ts";

/** Whether a service failed with this HTTP status: the rarer ones mean something else at every service. */
export const hasStatus = (answer: Answer<unknown>, ...statuses: number[]) =>
  !answer.ok && answer.status !== undefined && statuses.includes(answer.status);
