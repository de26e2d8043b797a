/** What a request comes to without a model: a status, and a body in vLLM's shape. Mostly why it was turned down. */
export interface Reaction {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

const types: Record<number, string> = {
  400: "BadRequestError",
  404: "NotFoundError",
  429: "Too Many Requests",
  500: "InternalServerError",
  501: "NotImplementedError",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

export interface ErrorText {
  message: string;
  type?: string;
  param?: string | null;
}

export const errorBody = (status: number, { message, type, param }: ErrorText) => ({
  error: { message, type: type ?? types[status] ?? "Error", param: param ?? null, code: status },
});

export const refusal = (status: number, text: ErrorText, headers: Record<string, string> = {}): Reaction => ({
  status,
  body: status === 401 ? unauthorized.body : errorBody(status, text),
  headers,
});

/** The one body that is a string: it comes from the middleware, not from the server's error code. */
export const unauthorized: Reaction = { status: 401, body: { error: "Unauthorized" } };

/** What FastAPI says to a path it does not know: no `error` at all. */
export const notFound: Reaction = { status: 404, body: { detail: "Not Found" } };
export const wrongMethod: Reaction = { status: 405, body: { detail: "Method Not Allowed" } };

/** What pydantic refuses has the phrase of the status as its type, and the rule somewhere inside its text. */
export const invalid = (rule: string, param: string | null = null): Reaction =>
  refusal(400, {
    message: `1 validation error:\n  {'type': 'value_error', 'loc': ('body',), 'msg': 'Value error, ${rule}'}`,
    type: "Bad Request",
    param,
  });

/** What vLLM's own code refuses. */
export const badRequest = (message: string, param: string | null = null): Reaction => refusal(400, { message, param });
