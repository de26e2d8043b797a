import { z } from "zod";

/** A point in time as a database takes it: ISO 8601 with its zone, after 1970. */
export const instantSchema = z.iso.datetime({ offset: true }).refine((text) => Date.parse(text) >= 0, "is no time that can be stored");
