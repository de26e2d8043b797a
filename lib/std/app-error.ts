/** What a refusal to the user can be. `lib/web/problem.ts` gives each its HTTP status. */
export type AppErrorCode =
  | "bad-request"
  | "unauthorized"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "too-large"
  | "unprocessable"
  | "too-many"
  | "unavailable";

/** A refusal whose message is meant for the person who asked: what is wrong, and what to do. */
export class AppError extends Error {
  override name = "AppError" as const;
  readonly code: AppErrorCode;
  /** The field of the request that is wrong, where one is. */
  readonly field: string | undefined;
  /** Seconds after which it may be asked again, where time mends it. */
  readonly retryAfter: number | undefined;

  constructor(code: AppErrorCode, message: string, options?: { cause?: unknown; field?: string; retryAfter?: number }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.field = options?.field;
    this.retryAfter = options?.retryAfter;
  }
}
