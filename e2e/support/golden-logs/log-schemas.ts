import { z } from "zod";
import { eventSchema, moveSchema } from "#lib/domain/event.ts";
import type { Schema } from "./schema-breaks.ts";

/** What a log may hold. A step's move is beside the events: it is read through a step of its own, which has no JSON Schema. */
export const logSchemas = (): { event: Schema; move: Schema } => ({
  event: z.toJSONSchema(eventSchema, { io: "input" }) as Schema,
  move: z.toJSONSchema(moveSchema, { io: "output" }) as Schema,
});
