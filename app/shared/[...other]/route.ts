import { closed } from "#app/shared/shared-route.ts";

/** Whatever else is asked for under a link is the same closed page, with the same headers. */
export const GET = () => closed();
