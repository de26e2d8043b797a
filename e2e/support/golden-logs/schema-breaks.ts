/** The parts of JSON Schema that zod writes for the events. */
export interface Schema {
  type?: string | readonly string[];
  const?: unknown;
  enum?: readonly unknown[];
  properties?: Record<string, Schema>;
  required?: readonly string[];
  items?: Schema;
  oneOf?: readonly Schema[];
  anyOf?: readonly Schema[];
}

/**
 * Why two versions could not share one log, a sentence each; none where they can. Both directions count, because during a deploy each reads
 * what the other writes: a field that is needed was needed before and is needed still, a value or an alternative of either is one of both.
 * Fields that may be absent come and go freely, and so do types of events, which readers skip.
 */
export function schemaBreaks(before: Schema, now: Schema, place = "event"): string[] {
  const alternatives = [before, now].map((schema) => schema.oneOf ?? schema.anyOf);
  if (alternatives[0] && alternatives[1]) return unionBreaks(alternatives[0], alternatives[1], place);
  if (String(before.type) !== String(now.type)) return [`${place} was ${name(before)} and is ${name(now)}`];
  const values = valuesOf(before);
  const valuesNow = valuesOf(now);
  return [
    ...(JSON.stringify([...values].sort()) === JSON.stringify([...valuesNow].sort()) ? [] : [`${place} may hold other values than before`]),
    ...fieldBreaks(before, now, place),
    ...(before.items && now.items ? schemaBreaks(before.items, now.items, `${place}[]`) : []),
  ];
}

function fieldBreaks(before: Schema, now: Schema, place: string): string[] {
  const [needed, neededNow] = [new Set(before.required), new Set(now.required)];
  const fields = before.properties ?? {};
  const fieldsNow = now.properties ?? {};
  return [
    ...[...neededNow].filter((field) => !needed.has(field)).map((field) => `${place}.${field} is needed and was not`),
    ...[...needed].filter((field) => !neededNow.has(field)).map((field) => `${place}.${field} was needed and is not`),
    ...Object.entries(fields).flatMap(([field, schema]) =>
      fieldsNow[field] ? schemaBreaks(schema, fieldsNow[field], `${place}.${field}`) : [],
    ),
  ];
}

function unionBreaks(before: readonly Schema[], now: readonly Schema[], place: string): string[] {
  const known = new Map(before.map((option) => [name(option), option]));
  const knownNow = new Map(now.map((option) => [name(option), option]));
  const isTypes = place === "event";
  return [
    ...[...known.keys()].filter((key) => !knownNow.has(key)).map((key) => `${place} may no longer be ${key}`),
    ...(isTypes ? [] : [...knownNow.keys()].filter((key) => !known.has(key)).map((key) => `${place} may be ${key}, which it could not`)),
    ...[...known].flatMap(([key, option]) => {
      const optionNow = knownNow.get(key);
      return optionNow ? schemaBreaks(option, optionNow, isTypes ? key : `${place}(${key})`) : [];
    }),
  ];
}

/** What tells an alternative from the others: its constants, or its type. */
function name(schema: Schema): string {
  const constants = Object.values(schema.properties ?? {}).flatMap((property) =>
    property.const === undefined ? [] : [String(property.const)],
  );
  if (constants.length > 0) return constants.join(" ");
  return schema.properties ? `{${[...(schema.required ?? [])].sort().join(", ")}}` : String(schema.type ?? "anything");
}

const valuesOf = ({ enum: values, const: value }: Schema): string[] =>
  (values ?? (value === undefined ? [] : [value])).map((each) => JSON.stringify(each));
