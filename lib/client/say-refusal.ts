import { Refusal } from "./api.ts";

/** A refusal in words; anything else is a bug and goes on as one. */
export function sayRefusal(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  throw error;
}
