/**
 * Arrays of the built-in types, whose numbers are the same in every Postgres (pg_type.dat). The driver would ask for them anew on each
 * connection, and a connection that breaks right then ends the process: that one query of its own nobody can wait for (postgres.js 3.4.9).
 */
export const arrayTypes = {
  texts: arrayOf([1009, 1015, 1003, 2951, 1016], (text) => text), // text, varchar, name, uuid, bigint
  numbers: arrayOf([1007, 1005, 1028, 1021, 1022], Number), // int, smallint, oid, real, double precision
  booleans: arrayOf([1000], (text) => text === "t"),
  dates: arrayOf([1185, 1115, 1182], (text) => new Date(text)), // timestamptz, timestamp, date
  documents: arrayOf([3807, 199], (text) => JSON.parse(text)), // jsonb, json
};

function arrayOf(types: number[], read: (text: string) => unknown) {
  return { to: types[0] ?? 0, from: types, serialize, parse: (text: string) => parse(text, read) };
}

/** `{"a","b"}`; a value that is no array is handed on as it is. */
function serialize(values: unknown): unknown {
  return Array.isArray(values) ? `{${values.map(serializeOne).join(",")}}` : values;
}

function serializeOne(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) throw new TypeError("undefined cannot be stored");
  if (Array.isArray(value)) return `{${value.map(serializeOne).join(",")}}`;
  return `"${textOf(value).replace(/["\\]/g, "\\$&")}"`;
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "boolean") return value ? "t" : "f";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** A brace, a quoted value, or a bare one. */
const part = /[{}]|"((?:[^"\\]|\\.)*)"|([^{},"]+)/gs;

function parse(text: string, read: (text: string) => unknown): unknown[] {
  const outer: unknown[] = [];
  const open = [outer];
  for (const [whole, quoted, bare] of text.matchAll(part)) {
    const here = open.at(-1) ?? outer;
    if (whole === "{") {
      const inner: unknown[] = [];
      here.push(inner);
      open.push(inner);
    } else if (whole === "}") open.pop();
    else if (quoted !== undefined) here.push(read(quoted.replace(/\\(.)/gs, "$1")));
    else here.push(bare === "NULL" ? null : read(bare ?? ""));
  }
  const [array] = outer;
  return Array.isArray(array) ? array : [];
}
