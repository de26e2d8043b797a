import { z } from "zod";
import { database } from "#db/database.ts";
import { env } from "#lib/env.ts";
import { recentCheckUp } from "#lib/runs/recent-check-up.ts";
import { queryOf, route } from "#lib/web/route.ts";

const asking = z.object({ fresh: z.literal("1", "must be 1, or left out").optional() });

export const GET = route(async ({ request }) => {
  const { fresh } = queryOf(request, asking);
  return Response.json(await recentCheckUp(env(), database().sql, { fresh: fresh === "1" }));
});
