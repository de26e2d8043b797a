import type { z } from "zod";

/** At most ten of what a service listed. Each is parsed on its own, so that a malformed one costs itself and not the answer. */
export function firstTen<Form extends z.ZodType, Value>(
  entries: readonly unknown[] | null | undefined,
  form: Form,
  toValue: (entry: z.infer<Form>) => Value | null,
): Value[] {
  const values: Value[] = [];
  for (const entry of entries ?? []) {
    const parsed = form.safeParse(entry);
    const value = parsed.success ? toValue(parsed.data) : null;
    if (value !== null) values.push(value);
    if (values.length === 10) break;
  }
  return values;
}
